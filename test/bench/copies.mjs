/**
 * What a run costs that leaves every video as it is, against what cannot be saved: for each file one ffprobe, one sha256
 * and three hard links. Covers apart: they are stand-ins here. Linux only (it reads the CPU time of child processes).
 *
 *   npm run build && node test/bench/copies.mjs [posts] [megabytes of each]
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream, readFileSync } from 'node:fs';
import { appendFile, link, mkdir, mkdtemp, readdir, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { checkOptions } from '../../build/config/options.js';
import { port } from '../../build/pipeline/port.js';
import { createTools } from '../../build/tools/create-tools.js';
import { findProgram } from '../../build/tools/programs.js';
import { cpuSeconds } from './compare/measure.mjs';
import { keyOf, writeExport } from './made-export.mjs';

const posts = Number(process.argv[2] ?? 40);
const bytes = Number(process.argv[3] ?? 3) * 1_000_000;

async function timed(what, work) {
  const before = cpuSeconds();
  await work();
  const seconds = cpuSeconds() - before;
  console.log(`${what}: ${((seconds / posts) * 1000).toFixed(1)} ms of CPU a post`);
  return seconds;
}

const folder = await mkdtemp(join(tmpdir(), 'port-bench-'));
try {
  const world = await createTools();
  const [ffmpeg, ffprobe] = [(await findProgram('ffmpeg')).path, (await findProgram('ffprobe')).path];
  const media = join(folder, 'export', 'media');
  await mkdir(media, { recursive: true });
  const seed = join(folder, 'seed.mp4');
  execFileSync(ffmpeg, [
    ...[
      '-v',
      'error',
      '-f',
      'lavfi',
      '-i',
      'testsrc2=s=1080x1920:r=30:d=4',
      '-f',
      'lavfi',
      '-i',
      'sine=440:r=48000:d=4',
    ],
    ...['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', '-c:a', 'aac', '-ac', '2'],
    ...['-movflags', '+faststart', seed],
  ]);
  for (let index = 0; index < posts; index++) {
    const path = join(media, `${keyOf(index)}.mp4`);
    await writeFile(path, readFileSync(seed));
    await grow(path, index);
  }
  writeExport(join(folder, 'export'), Array(posts).fill(0));
  await mkdir(join(folder, 'links'));

  const least = await timed('one ffprobe, one sha256, three hard links', async () => {
    for (const name of await readdir(media)) {
      const path = join(media, name);
      execFileSync(ffprobe, ['-v', 'error', '-show_format', '-show_streams', '-of', 'json', path]);
      await pipeline(createReadStream(path, { highWaterMark: 1 << 20 }), createHash('sha256'));
      for (const target of ['a', 'b', 'c']) await link(path, join(folder, 'links', `${target} ${name}`));
    }
  });

  const drawn = new Map();
  const blank = Buffer.from('still');
  const tools = {
    ...world,
    ffmpeg: { ...world.ffmpeg, capture: async () => blank },
    images: {
      ...world.images,
      probe: async (path) => ({ frames: 1, orientation: 1, space: 'srgb', ...drawn.get(path) }),
      render: async (_source, settings, output) => {
        drawn.set(output, settings);
        await writeFile(output, blank);
      },
    },
  };
  const options = checkOptions({ to: 'rednote,shorts,reels', out: join(folder, 'ported'), offline: true });
  const settings = { common: options, all: [options], for: () => options };
  const run = await timed('port to three targets', async () => {
    const { exitCode, accounts } = await port(
      [join(folder, 'export')],
      settings,
      tools,
      () => {},
      new AbortController().signal,
    );
    if (exitCode !== 0) throw new Error(JSON.stringify(accounts));
  });
  console.log(`ratio: ${(run / least).toFixed(2)}`);
  console.log(`memory at most: ${Math.round(process.resourceUsage().maxRSS / 1024)} MB`);
} finally {
  await rm(folder, { recursive: true, force: true });
}

/** A box that players skip, so that files are as large as people's, and no two are alike. */
async function grow(path, index) {
  const size = Math.max(16, bytes - readFileSync(path).length);
  const header = Buffer.alloc(16);
  header.writeUInt32BE(size, 0);
  header.write('free', 4);
  header.writeUInt32BE(index, 8);
  await appendFile(path, header);
  await truncate(path, readFileSync(path).length + size - 16);
}
