/**
 * `npm run bench`: port against what a user could run instead, and against the least that anybody has to run, on the same
 * sources, in one run on one machine. Prints a table of ratios and writes all figures as JSON.
 *
 *   npm run bench -- [--kinds compliant,hevc,...] [--seconds 10,60] [--copies 20] [--media <folder of own videos>]
 *                    [--json <file>]
 *
 * Ratios mean something only while nothing else runs. Kinds: compliant, hevc, landscape, 4k60, photos, mix.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { findProgram } from '../../build/tools/programs.js';
import { openWorld } from '../../build/world.js';
import { bytesOf, encodesOf, floor, handbrake, hasHandbrake, loop, portTo, similarity } from './compare/contenders.mjs';
import { machine, measured } from './compare/measure.mjs';
import { kinds, makeArchive, ownArchive } from './compare/sources.mjs';

const { values } = parseArgs({
  options: {
    kinds: { type: 'string', default: Object.keys(kinds).join() },
    seconds: { type: 'string', default: '10,60' },
    copies: { type: 'string', default: '20' },
    media: { type: 'string' },
    json: { type: 'string', default: 'bench.json' },
  },
});

const programs = { ffmpeg: (await findProgram('ffmpeg')).path, ffprobe: (await findProgram('ffprobe')).path };
const world = await openWorld();
const brake = await hasHandbrake();
const folder = mkdtempSync(join(tmpdir(), 'port-compare-'));
const results = [];

try {
  console.log(
    `${machine()}; ${new Date().toISOString().slice(0, 10)}; times are against the line “loop”, x3 means three platforms\n`,
  );
  if (values.media !== undefined)
    await compare('own footage', ownArchive(join(folder, 'own'), resolve(values.media)), 3);
  else {
    for (const seconds of values.seconds.split(',').map(Number)) {
      for (const kind of values.kinds.split(',')) {
        const place = join(folder, `${kind}-${seconds}`);
        const archive = await makeArchive(programs.ffmpeg, place, kind, seconds, Number(values.copies));
        await compare(`${kind}, ${seconds} s`, archive, kind === 'mix' ? 4 : 3);
        rmSync(place, { recursive: true, force: true });
      }
    }
  }
  writeFileSync(values.json, JSON.stringify({ machine: machine(), date: new Date().toISOString(), results }, null, 2));
  console.log(`\nAll figures: ${values.json}`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** @param many platforms for the loop and the floor */
async function compare(name, archive, many) {
  const [first] = archive.media;
  const isPlain = typeof first === 'string' && !/landscape|mix/.test(name);
  const lines = [];
  const take = async (what, work) => {
    const out = join(folder, 'out');
    let made = [];
    const cost = await measured(async () => {
      made = (await work(out)) ?? [];
    });
    const video = made.find((path) => /\.(?:mp4|mov)$/.test(path));
    const ssim = isPlain && video ? await similarity(programs.ffmpeg, video, first) : null;
    lines.push({ what, ...cost, bytes: bytesOf(made), ssim });
    rmSync(out, { recursive: true, force: true });
  };
  const jobs = await encodesOf(world, archive, join(folder, 'trial'), many);
  await take(`loop x${many}`, async (out) => loop(programs.ffmpeg, archive, out, many));
  if (brake && isPlain) await take('HandBrake x1', async (out) => handbrake(archive, out));
  await take(`floor x${many}`, async (out) => floor(programs, archive, jobs, out, many));
  for (const count of [1, 2, 3, 4]) await take(`port x${count}`, async (out) => portTo(archive, out, count));
  results.push({ name, posts: archive.media.length, lines });
  show(name, lines);
}

function show(name, lines) {
  const [slow] = lines;
  console.log(`${name}\n  ${'what'.padEnd(14)}   seconds   times less   CPU s   peak MB      MB    SSIM`);
  for (const { what, seconds, cpuSeconds, peakMegabytes, bytes, ssim } of lines) {
    const cells = [
      seconds.toFixed(2).padStart(9),
      (slow.seconds / seconds).toFixed(1).padStart(12),
      (cpuSeconds?.toFixed(1) ?? '-').padStart(7),
      `${peakMegabytes ?? '-'}`.padStart(9),
      (bytes / 1e6).toFixed(1).padStart(7),
      (ssim?.toFixed(4) ?? '-').padStart(7),
    ];
    console.log(`  ${what.padEnd(14)} ${cells.join(' ')}`);
  }
  console.log('');
}
