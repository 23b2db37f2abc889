/**
 * `npm run bench`: port against what a user could run instead, and against the least that anybody has to run, on the same
 * sources, in one run on one machine. Prints a table of ratios and writes all figures as JSON.
 *
 *   npm run bench -- [--kinds compliant,hevc,...] [--seconds 10,60] [--copies 20] [--rounds 3]
 *                    [--media <folder of own videos>] [--json <file>] [--page test/bench/RESULTS.md]
 *                    [--before <another checkout of port, built: its runs get lines of their own, and a column>]
 *
 * The figures are written after each kind: a run that is stopped leaves what it had. With a file of figures that is there
 * already, kinds that are measured again take the place of the older ones, and the others stay.
 *
 * Ratios mean something only while nothing else runs. Kinds: compliant, hevc, landscape, 4k60, photos, mix.
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { createTools } from '../../build/tools/create-tools.js';
import { findProgram } from '../../build/tools/programs.js';
import { bytesOf, encodesOf, floor, handbrake, hasHandbrake, loop, portTo, similarity } from './compare/contenders.mjs';
import { machine, measured } from './compare/measure.mjs';
import { page } from './compare/page.mjs';
import { kinds, makeArchive, ownArchive } from './compare/sources.mjs';

const { values } = parseArgs({
  options: {
    kinds: { type: 'string', default: Object.keys(kinds).join() },
    seconds: { type: 'string', default: '10,60' },
    copies: { type: 'string', default: '20' },
    rounds: { type: 'string', default: '3' },
    media: { type: 'string' },
    json: { type: 'string', default: 'bench.json' },
    page: { type: 'string' },
    before: { type: 'string' },
  },
});

const programs = { ffmpeg: (await findProgram('ffmpeg')).path, ffprobe: (await findProgram('ffprobe')).path };
const world = await createTools();
const likeness = new Map();
const brake = await hasHandbrake();
const folder = mkdtempSync(join(tmpdir(), 'port-compare-'));
const results = existsSync(values.json) ? JSON.parse(readFileSync(values.json, 'utf8')).results : [];

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
  console.log(`All figures: ${values.json}`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** @param many platforms for the loop and the floor */
async function compare(name, archive, many) {
  const [first] = archive.media;
  const isPlain = typeof first === 'string' && !/landscape|mix/.test(name);
  const takes = new Map();
  const take = async (what, work) => {
    const out = join(folder, 'out');
    let done = {};
    const measures = await measured(async () => {
      done = (await work(out)) ?? {};
    });
    const { made = [], ...counted } = done;
    const video = made.find(({ path }) => /\.(?:mp4|mov)$/.test(path));
    const ssim = isPlain && video ? await likenessOf(video.path, first) : null;
    const line = { what, ...measures, ...counted, bytes: bytesOf(made), ssim };
    takes.set(what, [...(takes.get(what) ?? []), line]);
    rmSync(out, { recursive: true, force: true });
  };
  const trial = join(folder, 'trial');
  const jobs = await encodesOf(world, archive, trial, many);
  await take(`loop x${many}`, async (out) => loop(programs.ffmpeg, archive, out, many));
  if (brake && isPlain) await take('HandBrake x1', async (out) => handbrake(archive, out));
  // In turn, so that a machine that slows down slows down all.
  for (let round = 0; round < Number(values.rounds); round++) {
    await take(`floor x${many}`, async (out) => floor(programs, archive, jobs, out, many));
    for (const count of [1, 2, 3, 4]) {
      if (values.before !== undefined) {
        const bin = join(resolve(values.before), 'bin', 'port.js');
        await take(`before x${count}`, async (out) => portTo(archive, out, count, bin));
      }
      await take(`port x${count}`, async (out) => portTo(archive, out, count));
    }
  }
  const lines = [...takes.values()].map(middle);
  rmSync(`${trial}-inputs`, { recursive: true, force: true });
  const date = new Date().toISOString();
  const result = {
    ...{ name, posts: archive.media.length, rounds: Number(values.rounds), lines },
    port: `${commit()}, ${date.slice(0, 10)}`,
  };
  const older = results.findIndex((each) => each.name === name);
  results.splice(older === -1 ? results.length : older, 1, result);
  const report = { machine: machine(), versions: versions(), date, results };
  writeFileSync(values.json, JSON.stringify(report, null, 2));
  if (values.page !== undefined) writeFileSync(values.page, page(report));
  show(name, lines);
}

/** Of the rounds of one contender the one that took neither longest nor shortest. */
function middle(rounds) {
  return rounds.sort((one, other) => one.seconds - other.seconds)[Math.floor(rounds.length / 2)];
}

/** Looked at once for all contenders that made the same bytes. */
async function likenessOf(made, source) {
  const hash = createHash('sha256').update(readFileSync(made)).digest('hex');
  if (!likeness.has(hash)) likeness.set(hash, await similarity(programs.ffmpeg, made, source));
  return likeness.get(hash);
}

function commit() {
  return said('git', ['-C', import.meta.dirname, 'log', '-1', '--format=%h']).trim();
}

function versions() {
  const [ffmpeg] = said(programs.ffmpeg, ['-version']).split(' Copyright');
  return [ffmpeg, ...(brake ? [said('HandBrakeCLI', ['--version']).trim().split('\n')[0]] : [])];
}

function said(program, args) {
  return execFileSync(program, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
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
