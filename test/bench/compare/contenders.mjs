/** What a creator could run, and the least that anybody has to run. */
import { execFile, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, createReadStream, linkSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { combineSettings } from '../../../build/config/config-file.js';
import { checkOptions } from '../../../build/config/options.js';
import { port } from '../../../build/pipeline/port.js';
import { cpuSeconds } from './measure.mjs';

const bin = fileURLToPath(new URL('../../../bin/port.js', import.meta.url));
const exec = promisify(execFile);

export const platforms = ['rednote', 'lemon8', 'reels', 'shorts'];

function start(program, args) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'pipe'] });
    let said = '';
    child.stderr.on('data', (chunk) => (said = (said + chunk).slice(-2000)));
    child.on('error', reject);
    child.on('close', (code) => (code === 0 ? resolve() : reject(new Error(`${program} ${args.join(' ')}: ${said}`))));
  });
}

/**
 * What does not know one file from another costs each clip and platform anew, as much as the first time: of posts that are
 * the same clip the first one is run, for one platform, and counted as often as it would be run.
 * @param times how many platforms @param work of one post @returns what it made, of the posts that were run
 */
async function oneByOne({ media, alike }, times, work) {
  const made = [];
  let seconds = 0;
  let cpu = 0;
  for (const [index, paths] of media.entries()) {
    if (alike[index] !== index) continue;
    const many = times * alike.filter((first) => first === index).length;
    const [from, before] = [performance.now(), cpuSeconds()];
    const outputs = await work(paths, index);
    seconds += many * ((performance.now() - from) / 1000);
    cpu += many * (cpuSeconds() - before);
    for (const path of outputs) made.push({ path, many });
  }
  return { made, seconds, cpuSeconds: cpu };
}

/** The plain loop that people use: every video once for each platform; a photo post has its photos copied. */
export async function loop(ffmpeg, archive, out, count) {
  const fit = 'scale=1080:1920:force_original_aspect_ratio=decrease,pad=1080:1920:(ow-iw)/2:(oh-ih)/2,setsar=1';
  const codecs = ['-c:v', 'libx264', '-preset', 'medium', '-pix_fmt', 'yuv420p', '-c:a', 'aac'];
  mkdirSync(out, { recursive: true });
  return await oneByOne(archive, count, async (paths, index) => {
    const made = [];
    for (const [number, path] of [paths].flat().entries()) {
      const isVideo = typeof paths === 'string';
      const output = join(out, isVideo ? `${index}.mp4` : `${index}-${number}.jpg`);
      const settings = isVideo ? [...codecs, '-movflags', '+faststart'] : ['-q:v', '2'];
      await start(ffmpeg, ['-v', 'error', '-y', '-i', path, '-vf', fit, ...settings, output]);
      made.push(output);
    }
    return made;
  });
}

/** HandBrake has no platforms: once for each video. Photos it does not know. */
export async function handbrake(archive, out) {
  mkdirSync(out, { recursive: true });
  return await oneByOne(archive, 1, async (path, index) => {
    if (typeof path !== 'string') return [];
    const output = join(out, `${index}.mp4`);
    await start('HandBrakeCLI', ['--preset', 'Fast 1080p30', '-i', path, '-o', output]);
    return [output];
  });
}

export async function hasHandbrake() {
  return await exec('HandBrakeCLI', ['--version']).then(
    () => true,
    () => false,
  );
}

/** @param program another build of port */
export async function portTo({ file, folder }, out, count, program = bin) {
  const to = platforms.slice(0, count).join();
  await start(process.execPath, [program, file, '--to', to, '--media', folder, '--out', out, '--offline', '--quiet']);
  const account = join(out, 'bench');
  const made = platforms.slice(0, count).flatMap((platform) =>
    readdirSync(join(account, platform), { recursive: true })
      .filter((name) => /(?:^|[\\/])(?:video\.\w+|\d\d\.\w+)$/.test(name))
      .map((name) => ({ path: join(account, platform, name), many: 1 })),
  );
  return { made };
}

/**
 * The encodes of a run of `port`, as its own ffmpeg was told: found out by running it once and writing them down.
 * @returns argument lists for the floor
 */
export async function encodesOf(world, { file, folder }, out, count) {
  const jobs = [];
  const kept = `${out}-inputs`;
  mkdirSync(kept);
  // The pictures of a slideshow lie in a file that is gone after its encode.
  const keep = (input) => {
    if (!('file' in input.source) || !input.source.file.startsWith(out)) return input;
    const file = join(kept, `${jobs.length}`);
    copyFileSync(input.source.file, file);
    return { ...input, source: { file } };
  };
  const run = async (job, ...rest) => {
    jobs.push({ ...job, inputs: job.inputs.map(keep) });
    return await world.ffmpeg.run(job, ...rest);
  };
  const written = { to: platforms.slice(0, count).join(), media: [folder], out, offline: true };
  const settings = combineSettings(written, null, checkOptions);
  const { signal } = new AbortController();
  await port([file], settings, { ...world, ffmpeg: { ...world.ffmpeg, run } }, () => {}, signal);
  rmSync(out, { recursive: true, force: true });
  return jobs;
}

/**
 * What cannot be saved, or could not before plain files were probed without it: of each file one ffprobe, one look at its key frames for the cover, one sha256 and the links;
 * each distinct encode once, and one decode of its result.
 */
export async function floor({ ffmpeg, ffprobe }, { media }, jobs, out, count) {
  mkdirSync(out, { recursive: true });
  for (const [index, paths] of media.entries()) {
    for (const path of [paths].flat()) {
      await exec(ffprobe, ['-v', 'error', '-show_format', '-show_streams', '-of', 'json', path]);
      const hash = createHash('sha256');
      await pipeline(createReadStream(path), hash);
      for (let link = 0; link < count; link++) linkSync(path, join(out, `${index}-${statSync(path).ino}-${link}`));
    }
    if (typeof paths !== 'string') continue;
    const look = [
      '-skip_frame',
      'nokey',
      '-i',
      paths,
      '-vf',
      'scale=160:-2',
      '-vsync',
      'passthrough',
      '-f',
      'rawvideo',
      '-',
    ];
    await start(ffmpeg, ['-v', 'error', ...look]);
  }
  for (const [index, { inputs, outputOptions }] of jobs.entries()) {
    const made = join(out, `made ${index}.mp4`);
    const from = inputs.flatMap(({ options, source }) => [
      ...('lavfi' in source ? ['-f', 'lavfi'] : []),
      ...options,
      '-i',
      'file' in source ? `file:${source.file}` : source.lavfi,
    ]);
    await start(ffmpeg, ['-v', 'error', '-y', ...from, ...outputOptions, made]);
    await start(ffmpeg, ['-v', 'error', '-i', made, '-f', 'null', '-']);
  }
}

/** SSIM of a video against its source, both at the size of the result; null where the shape was changed. */
export async function similarity(ffmpeg, made, source) {
  const graph =
    '[1:v]scale=1080:1920:flags=bicubic,setpts=PTS-STARTPTS[s];[0:v]scale=1080:1920:flags=bicubic,setpts=PTS-STARTPTS[m];[m][s]ssim';
  const { stderr } = await exec(ffmpeg, ['-i', made, '-i', source, '-lavfi', graph, '-f', 'null', '-'], {
    maxBuffer: 1 << 26,
  });
  const found = /SSIM.*All:([\d.]+)/.exec(stderr);
  return found === null ? null : Number(found[1]);
}

/** Files that are links to one another count once. @param made paths, and how many posts each stands for */
export function bytesOf(made) {
  const inodes = new Map(made.map(({ path, many }) => [statSync(path).ino, statSync(path).size * many]));
  return [...inodes.values()].reduce((sum, size) => sum + size, 0);
}
