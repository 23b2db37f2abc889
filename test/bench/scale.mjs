/**
 * How the program itself scales: archives of a thousand posts and more with everything stubbed that a program or a
 * library does to media (ffmpeg, ffprobe, sharp, sha256). What is left is ours: reading, joining, matching, planning,
 * writing folders, manifest and contact sheets. Tells CPU a post and the peak of the memory of a first run; what a second
 * run with nothing to do takes, of the whole program with its start; and what one takes after another build of it, which
 * looks at everything again and makes nothing.
 *
 *   npm run build && node test/bench/scale.mjs [posts ...]        (1000 10000 if none are named)
 *   node --cpu-prof test/bench/scale.mjs --one 1000               (where the time goes)
 *
 * Each size runs in a process of its own, so that the peaks are its own. Linux only: it reads the CPU time of children.
 */
import { execFile, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, utimesSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { combineSettings } from '../../build/config/config-file.js';
import { checkOptions } from '../../build/config/options.js';
import { port } from '../../build/pipeline/port.js';
import { createTools } from '../../build/tools/create-tools.js';
import { measured } from './compare/measure.mjs';
import { makeArchive } from './scale/archive.mjs';
import { stubbed } from './scale/stubbed.mjs';

const bin = fileURLToPath(new URL('../../bin/port.js', import.meta.url));
const targets = 'rednote,lemon8,reels';

/** The modules used here and the program as it is installed are one build, which their times tell from others. */
function beBuild(time) {
  for (const file of ['build/version.js', 'dist/start.js']) {
    utimesSync(fileURLToPath(new URL(`../../${file}`, import.meta.url)), time, time);
  }
}
const now = Math.floor(Date.now() / 1000);
beBuild(now);

async function firstRun({ file, media, captions }, out) {
  const options = { to: targets, media: [media], captions: [captions], out, offline: true };
  let trouble = '';
  const hear = (event) => {
    if (event.type === 'post' && event.status === 'failed') trouble ||= JSON.stringify(event.issues);
  };
  const settings = combineSettings(options, null, checkOptions);
  const world = stubbed(await createTools());
  const { exitCode } = await port([file], settings, world, hear, new AbortController().signal);
  if (exitCode !== 0) throw new Error(`exit code ${exitCode}: ${trouble}`);
}

async function secondRun({ file, media, captions }, out) {
  const from = ['--to', targets, '--media', media, '--captions', captions, '--out', out, '--offline', '--quiet'];
  await promisify(execFile)(process.execPath, [bin, file, ...from]);
}

async function measure(posts) {
  const folder = mkdtempSync(join(tmpdir(), 'port-scale-'));
  const out = join(folder, 'ported');
  try {
    const archive = await makeArchive(folder, posts);
    const from = performance.now();
    const before = process.cpuUsage();
    await firstRun(archive, out);
    const { user, system } = process.cpuUsage(before);
    const first = { seconds: (performance.now() - from) / 1000, cpuSeconds: (user + system) / 1e6 };
    const peakMegabytes = process.resourceUsage().maxRSS / 1024;
    const second = await measured(async () => secondRun(archive, out));
    beBuild(now + 1);
    const anew = await measured(async () => secondRun(archive, out));
    return { posts, first: { ...first, peakMegabytes }, second, anew };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function show({ posts, first, second, anew }) {
  const cells = [
    `${posts}`.padStart(6),
    ((first.cpuSeconds / posts) * 1000).toFixed(1).padStart(10),
    first.seconds.toFixed(1).padStart(8),
    first.peakMegabytes.toFixed(0).padStart(8),
    second.cpuSeconds.toFixed(2).padStart(9),
    second.seconds.toFixed(2).padStart(7),
    `${second.peakMegabytes}`.padStart(8),
    anew.seconds.toFixed(1).padStart(9),
    `${anew.peakMegabytes}`.padStart(7),
  ];
  console.log(cells.join(' '));
}

const [only, ...sizes] = process.argv.slice(2);
if (only === '--one') console.log(JSON.stringify(await measure(Number(sizes[0]))));
else {
  console.log('         first run                   | second run            | another build');
  console.log(' posts CPU ms/post  seconds  peak MB |  CPU s seconds peak MB | seconds peak MB');
  for (const posts of only === undefined ? [1000, 10_000] : [only, ...sizes].map(Number)) {
    const itself = [fileURLToPath(import.meta.url), '--one', `${posts}`];
    const { stdout, stderr, status } = spawnSync(process.execPath, itself, { encoding: 'utf8' });
    if (status !== 0) throw new Error(stderr);
    show(JSON.parse(stdout.trim().split('\n').at(-1)));
  }
}
