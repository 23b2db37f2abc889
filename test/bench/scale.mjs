/**
 * How the program itself scales: archives of a thousand posts and more with everything stubbed that a program or a
 * library does to media (ffmpeg, ffprobe, sharp, sha256). What is left is ours: reading, joining, matching, planning,
 * writing folders, manifest and contact sheets. Tells CPU a post, the peak of the memory, and how long a second run with
 * nothing to do takes, of the whole program with its start.
 *
 *   npm run build && node test/bench/scale.mjs [posts ...]        (1000 10000 if none are named)
 *
 * Each size runs in a process of its own, so that the peaks are its own.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, linkSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { settle } from '../../dist/config.js';
import { checkOptions } from '../../dist/options.js';
import { port } from '../../dist/port.js';
import { findProgram } from '../../dist/tools/programs.js';
import { openWorld } from '../../dist/world.js';

const bin = fileURLToPath(new URL('../../bin/port.js', import.meta.url));
const targets = 'rednote,lemon8,reels';

/** An export of so many videos with their words, and their media beside it: all of them one small clip. */
async function makeArchive(folder, posts) {
  const { path: ffmpeg } = await findProgram('ffmpeg');
  const clip = join(folder, 'clip.mp4');
  const source = ['-f', 'lavfi', '-i', 'testsrc2=s=1080x1920:r=30:d=4', '-f', 'lavfi', '-i', 'sine=440:r=48000:d=4'];
  const codecs = [
    '-c:v',
    'libx264',
    '-preset',
    'ultrafast',
    '-crf',
    '51',
    '-pix_fmt',
    'yuv420p',
    '-c:a',
    'aac',
    '-ac',
    '2',
  ];
  execFileSync(ffmpeg, ['-v', 'error', ...source, ...codecs, '-b:a', '16k', '-movflags', '+faststart', clip]);
  const media = join(folder, 'media');
  mkdirSync(media);
  const rows = [];
  const words = ['key,caption'];
  // A file has so many names at most on ext4; then a new copy begins.
  let seed = clip;
  for (let index = 0; index < posts; index++) {
    const date = new Date(Date.UTC(2015, 0, 1, 0, index * 7)).toISOString().slice(0, 19);
    const key = date.replace('T', '_').replaceAll(':', '-');
    if (index % 50_000 === 49_999) {
      seed = join(folder, `clip ${index}.mp4`);
      copyFileSync(clip, seed);
    }
    linkSync(seed, join(media, `${key}.mp4`));
    rows.push({
      Date: date.replace('T', ' '),
      Link: `https://video-va.tiktokv.com/a/${index}`,
      WhoCanView: 'Everyone',
    });
    words.push(
      `${key},"Day ${index} in Lisbon: coffee, trams and a view. What would you try first? #travel #lisbon #coffee #fyp"`,
    );
  }
  const profile = { 'Profile Info': { ProfileMap: { userName: 'bench' } } };
  writeFileSync(
    join(folder, 'export.json'),
    JSON.stringify({ Profile: profile, Post: { Posts: { VideoList: rows } } }),
  );
  writeFileSync(join(folder, 'words.csv'), words.join('\n'));
}

const args = (folder) => [
  join(folder, 'export.json'),
  ...['--to', targets, '--media', join(folder, 'media'), '--captions', join(folder, 'words.csv')],
  ...['--out', join(folder, 'ported'), '--offline'],
];

/** The real world, whose programs are asked once for each kind of question: after that the answer is known. */
function remembering(world) {
  const known = new Map();
  const once = (name, ask) => {
    if (!known.has(name)) known.set(name, ask());
    return known.get(name);
  };
  const general = (value) => JSON.stringify(value).replace(/[^" ]*[\\/](?:media|ported)[\\/][^"]*/g, '*');
  const sizeOf = (path) => statSync(path).size;
  const made = async (name, output, make) => {
    const bytes = await once(name, async () => {
      await make();
      return readFileSync(output);
    });
    writeFileSync(output, bytes);
  };
  const { ffmpeg, ffprobe, images, files } = world;
  return {
    ...world,
    files: {
      ...files,
      sha256: async (path) =>
        createHash('sha256')
          .update(`${sizeOf(path)}`)
          .digest('hex'),
    },
    ffprobe: {
      probe: async (path, signal) => once(`probe ${sizeOf(path)}`, async () => ffprobe.probe(path, signal)),
      packets: async (path, ...rest) => once(`packets ${sizeOf(path)}`, async () => ffprobe.packets(path, ...rest)),
    },
    ffmpeg: {
      ...ffmpeg,
      run: async (job, ...rest) => made(`run ${general(job)}`, job.output, async () => ffmpeg.run(job, ...rest)),
      capture: async (job, ...rest) => once(`capture ${general(job)}`, async () => ffmpeg.capture(job, ...rest)),
      report: async (job, ...rest) => once(`report ${general(job)}`, async () => ffmpeg.report(job, ...rest)),
    },
    images: {
      ...images,
      probe: async (path) => once(`image ${sizeOf(path)}`, async () => images.probe(path)),
      render: async (source, settings, output, time) =>
        made(`draw ${JSON.stringify(settings)}`, output, async () => images.render(source, settings, output, time)),
      attention: async (image, window) =>
        once(`attention ${JSON.stringify(window)}`, async () => images.attention(image, window)),
    },
  };
}

async function measure(posts) {
  const folder = mkdtempSync(join(tmpdir(), 'port-scale-'));
  try {
    await makeArchive(folder, posts);
    const written = { to: targets, media: [join(folder, 'media')], captions: [join(folder, 'words.csv')] };
    const options = { ...written, out: join(folder, 'ported'), offline: true };
    const world = remembering(await openWorld());
    const run = async () => {
      const from = performance.now();
      const cpu = process.cpuUsage();
      let trouble = '';
      const settings = settle(options, null, checkOptions);
      const { exitCode } = await port(
        [join(folder, 'export.json')],
        settings,
        world,
        (event) => {
          if (event.type === 'post' && event.status === 'failed') trouble ||= JSON.stringify(event.issues);
        },
        new AbortController().signal,
      );
      if (exitCode !== 0) throw new Error(`exit code ${exitCode}: ${trouble}`);
      const { user, system } = process.cpuUsage(cpu);
      return { seconds: (performance.now() - from) / 1000, cpu: (user + system) / 1000 / posts };
    };
    const first = await run();
    const peak = process.resourceUsage().maxRSS / 1024;
    const from = performance.now();
    const again = spawnSync(process.execPath, [bin, ...args(folder), '--quiet'], { encoding: 'utf8' });
    const second = (performance.now() - from) / 1000;
    if (again.status !== 0) throw new Error(`the second run: ${again.status} ${again.stderr}`);
    return { posts, cpuMilliseconds: first.cpu, seconds: first.seconds, peakMegabytes: peak, secondRun: second };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const [only, ...sizes] = process.argv.slice(2);
if (only === '--one') console.log(JSON.stringify(await measure(Number(sizes[0]))));
else {
  console.log('   posts   ms of CPU a post   seconds   peak MB   second run, s');
  for (const posts of only === undefined ? [1000, 10_000] : [only, ...sizes].map(Number)) {
    const { stdout, stderr, status } = spawnSync(
      process.execPath,
      [fileURLToPath(import.meta.url), '--one', `${posts}`],
      { encoding: 'utf8' },
    );
    if (status !== 0) throw new Error(stderr);
    const { cpuMilliseconds, seconds, peakMegabytes, secondRun } = JSON.parse(stdout.trim().split('\n').at(-1));
    const cells = [
      cpuMilliseconds.toFixed(1).padStart(19),
      seconds.toFixed(1).padStart(10),
      peakMegabytes.toFixed(0).padStart(10),
    ];
    console.log(`${String(posts).padStart(8)}${cells.join('')}${secondRun.toFixed(2).padStart(16)}`);
  }
}
