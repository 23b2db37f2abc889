/**
 * What x264's presets and rate factors cost and give, on five kinds of content, 720x1280. By hand:
 *
 *   node test/bench/encoder-study.mjs [ffmpeg]            about ten minutes of two cores
 *   node test/bench/encoder-study.mjs [ffmpeg] threads    several files at a time against several threads
 *
 * Prints the tables of ENCODER.md. Time is CPU time as ffmpeg counts it (`-benchmark`), which other work on the machine
 * hardly disturbs; the table of threads has the clock as well.
 */
import { execFile, execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import sharp from 'sharp';
import { scenes } from '../../fixtures/scenes.mjs';

const [ffmpeg = 'ffmpeg', what = 'presets'] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), 'content-port-study-'));
const seconds = what === 'threads' ? 4 : 1;
const [width, height] = [720, 1280];

const lavfi = (graph) => ['-f', 'lavfi', '-i', graph];
const painted = (scene) =>
  `color=black:s=${width / 4}x${height / 4}:r=30:d=${seconds},format=gbrp,geq=${scenes[scene]},scale=${width}:${height}:flags=bicubic`;

/** Kinds of content that people post, each made from nothing. */
const contents = {
  // A calm scene by a phone indoors: little moves, and every pixel has grain.
  grain: lavfi(`${painted('hills')},noise=alls=4:allf=t`),
  // The same in the dark, where phones are noisy.
  night: lavfi(`${painted('hills')},eq=brightness=-0.2,noise=alls=10:allf=t`),
  // Without grain, slowly darkening: where steps between colours show.
  gradient: lavfi(`${painted('dawn')},eq=brightness=-0.2:saturation=0.8`),
  // Fine detail, all of it moving.
  motion: lavfi(`mandelbrot=s=${width}x${height}:r=30:start_scale=0.02:end_scale=0.001:end_pts=60:maxiter=600`),
  // A page of text that is scrolled.
  screen: ['-loop', '1', '-r', '30', '-i', join(folder, 'page.png'), '-vf', 'scroll=vertical=0.004'],
};

/** As plan/encoder-args.ts has it: the preset, with a look ahead by which what stays in sight gets more of the bytes. */
const ours = 'superfast, 20 ahead';

try {
  await drawPage(join(folder, 'page.png'));
  for (const [name, input] of Object.entries(contents)) {
    const lossless = ['-c:v', 'libx264', '-preset', 'ultrafast', '-qp', '0', '-pix_fmt', 'yuv420p'];
    run([...input, '-t', `${seconds}`, ...lossless, join(folder, `${name}.mkv`)]);
  }
  const version = execFileSync(ffmpeg, ['-version']).toString().split(' Copyright')[0];
  console.log(`${version}; ${cpus()[0].model}, ${cpus().length} cores; ${new Date().toISOString().slice(0, 10)}\n`);
  await (what === 'threads' ? studyThreads() : studyPresets());
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function studyPresets() {
  console.log('| content | preset | CRF | CPU s a second of video | kb/s | SSIM dB | PSNR dB | worst frame, SSIM |');
  console.log('|---|---|---|---|---|---|---|---|');
  for (const content of Object.keys(contents)) {
    for (const crf of [17, 18, 19, 20, 22]) {
      for (const preset of ['superfast', ours, 'veryfast', 'faster', 'medium']) {
        const { cpu, kbps, ...looks } = encode(content, preset, crf);
        const { ssim, psnr, worst } = looks;
        console.log(`| ${content} | ${preset} | ${crf} | ${cpu} | ${kbps} | ${ssim} | ${psnr} | ${worst} |`);
      }
    }
  }
}

function encode(content, preset, crf) {
  const source = join(folder, `${content}.mkv`);
  const made = join(folder, 'made.mp4');
  const said = run(['-i', source, ...x264(preset, crf), '-threads', '1', made], ['-benchmark']);
  const cpu = Number(/utime=([\d.]+)s/.exec(said)[1]) / seconds;
  // Counted, not timed: containers round the times of frames, each in its own way.
  const compare =
    '[0:v]settb=1/30,setpts=N,split[a][b];[1:v]settb=1/30,setpts=N,split[c][d];[a][c]ssim=f=ssim.log[e];[b][d]psnr;[e]nullsink';
  const found = run(['-i', made, '-i', source, '-lavfi', compare, '-f', 'null', '-']);
  const frames = readFileSync(join(folder, 'ssim.log'), 'latin1').match(/All:[\d.]+/g) ?? [];
  return {
    cpu: cpu.toFixed(2),
    kbps: Math.round((statSync(made).size * 8) / 1000 / seconds),
    ssim: /SSIM.*All:[\d.]+ \(([\d.]+|inf)\)/.exec(found)[1].slice(0, 5),
    psnr: /PSNR.*average:([\d.]+|inf)/.exec(found)[1].slice(0, 5),
    worst: Math.min(...frames.map((frame) => Number(frame.slice(4)))).toFixed(4),
  };
}

/** Four files through every way of sharing the cores, in turn, so that a machine that slows down slows down all. */
async function studyThreads() {
  const cores = cpus().length;
  const ways = [
    [1, cores],
    [Math.ceil(cores / 2), 2],
    [cores, 1],
    [cores, 2],
  ].filter(([jobs, threads], index, all) => all.findIndex(([j, t]) => j === jobs && t === threads) === index);
  const walls = ways.map(() => []);
  const cpu = ways.map(() => []);
  for (let round = 0; round < 5; round++) {
    for (const [index, [jobs, threads]] of ways.entries()) {
      const start = performance.now();
      cpu[index].push(await fourFiles(jobs, threads));
      walls[index].push((performance.now() - start) / 1000);
    }
  }
  console.log('| files at a time | threads each | clock s, median of 5 | CPU s |');
  console.log('|---|---|---|---|');
  const median = (values) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)].toFixed(1);
  for (const [index, [jobs, threads]] of ways.entries()) {
    console.log(`| ${jobs} | ${threads} | ${median(walls[index])} | ${median(cpu[index])} |`);
  }
}

async function fourFiles(jobs, threads) {
  const waiting = Object.keys(contents);
  let cpu = 0;
  const work = async () => {
    for (let content = waiting.shift(); content; content = waiting.shift()) {
      const made = join(folder, `${content}-made.mp4`);
      const args = ['-i', join(folder, `${content}.mkv`), ...x264(ours, 18), '-threads', `${threads}`, made];
      const { stderr } = await promisify(execFile)(ffmpeg, ['-y', '-benchmark', ...args]);
      cpu += Number(/utime=([\d.]+)s/.exec(stderr)[1]);
    }
  };
  await Promise.all(Array.from({ length: jobs }, work));
  return cpu;
}

/** As plan/encoder-args.ts has it, but for what is under study. */
function x264(name, crf) {
  const [preset, ahead] = name === ours ? ['superfast', ['-mbtree', '1', '-rc-lookahead', '20']] : [name, []];
  const rate = ['-crf', `${crf}`, '-maxrate', '12000k', '-bufsize', '24000k'];
  return ['-c:v', 'libx264', '-preset', preset, ...ahead, '-profile:v', 'high', ...rate, '-pix_fmt', 'yuv420p'];
}

/** Runs ffmpeg in the folder and returns what it said. */
function run(args, first = []) {
  return execFileSync('sh', ['-c', '"$0" "$@" 2>&1', ffmpeg, '-y', '-hide_banner', '-nostdin', ...first, ...args], {
    cwd: folder,
    maxBuffer: 50_000_000,
  }).toString();
}

async function drawPage(path) {
  const words = 'Every post ends as one of these with the reason on screen in the list and in the manifest'.split(' ');
  const line = (row) => Array.from({ length: 7 }, (_, n) => words[(row * 5 + n * 3) % words.length]).join(' ');
  const rows = Array.from({ length: 48 }, (_, row) => {
    const fill = row % 8 === 0 ? '#0a58ca' : '#222';
    return `<text x="40" y="${40 + row * 40}" font-size="${row % 8 === 0 ? 34 : 26}" fill="${fill}">${line(row)}</text>`;
  });
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><rect width="100%" height="100%" fill="#fff"/><g font-family="sans-serif">${rows.join('')}</g></svg>`;
  await sharp(Buffer.from(svg)).flatten().png().toFile(path);
}
