/** What a creator could run, and the least that anybody has to run. */
import { execFile, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream, existsSync, linkSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { settle } from '../../../build/config.js';
import { checkOptions } from '../../../build/options.js';
import { port } from '../../../build/port.js';

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

/** The plain loop that people use: every video once for each platform; a photo post has its photos copied. */
export async function loop(ffmpeg, { media }, out, count) {
  const fit = 'scale=1080:1920:force_original_aspect_ratio=decrease,pad=1080:1920:(ow-iw)/2:(oh-ih)/2,setsar=1';
  const codecs = ['-c:v', 'libx264', '-preset', 'medium', '-pix_fmt', 'yuv420p', '-c:a', 'aac'];
  const made = [];
  for (const platform of platforms.slice(0, count)) {
    mkdirSync(join(out, platform), { recursive: true });
    for (const [index, paths] of media.entries()) {
      const place = join(out, platform, `${index}`);
      if (typeof paths === 'string') {
        await start(ffmpeg, [
          '-v',
          'error',
          '-y',
          '-i',
          paths,
          '-vf',
          fit,
          ...codecs,
          '-movflags',
          '+faststart',
          `${place}.mp4`,
        ]);
        made.push(`${place}.mp4`);
        continue;
      }
      for (const [number, path] of paths.entries()) {
        const photo = `${place}-${number}.jpg`;
        await start(ffmpeg, ['-v', 'error', '-y', '-i', path, '-vf', fit, '-q:v', '2', photo]);
        made.push(photo);
      }
    }
  }
  return made;
}

/** HandBrake has no platforms: once for each video. Photos it does not know. */
export async function handbrake({ media }, out) {
  mkdirSync(out, { recursive: true });
  const made = [];
  for (const [index, path] of media.entries()) {
    if (typeof path !== 'string') continue;
    made.push(join(out, `${index}.mp4`));
    await start('HandBrakeCLI', ['--preset', 'Fast 1080p30', '-i', path, '-o', made.at(-1)]);
  }
  return made;
}

export async function hasHandbrake() {
  return await exec('HandBrakeCLI', ['--version']).then(
    () => true,
    () => false,
  );
}

export async function portTo({ file, folder }, out, count) {
  const to = platforms.slice(0, count).join();
  await start(process.execPath, [bin, file, '--to', to, '--media', folder, '--out', out, '--offline', '--quiet']);
  const account = join(out, 'bench');
  return platforms.slice(0, count).flatMap((platform) =>
    readdirSync(join(account, platform), { recursive: true })
      .filter((name) => /(?:^|[\\/])(?:video\.\w+|\d\d\.\w+)$/.test(name))
      .map((name) => join(account, platform, name)),
  );
}

/**
 * The encodes of a run of `port`, as its own ffmpeg was told: found out by running it once and writing them down.
 * @returns argument lists for the floor
 */
export async function encodesOf(world, { file, folder }, out, count) {
  const jobs = [];
  const run = async (job, ...rest) => {
    jobs.push(job);
    return await world.ffmpeg.run(job, ...rest);
  };
  const written = { to: platforms.slice(0, count).join(), media: [folder], out, offline: true };
  const settings = settle(written, null, checkOptions);
  const { signal } = new AbortController();
  await port([file], settings, { ...world, ffmpeg: { ...world.ffmpeg, run } }, () => {}, signal);
  rmSync(out, { recursive: true, force: true });
  return jobs;
}

/**
 * What cannot be saved: of each file one ffprobe, one look at its key frames for the cover, one sha256 and the links;
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
      '-fps_mode',
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

export function bytesOf(paths) {
  const inodes = new Map(
    paths.filter((path) => existsSync(path)).map((path) => [statSync(path).ino, statSync(path).size]),
  );
  return [...inodes.values()].reduce((sum, size) => sum + size, 0);
}
