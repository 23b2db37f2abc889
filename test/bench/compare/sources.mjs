/** Archives to be ported: each a folder of media named by the posts' keys, and an export that lists them. */
import { execFileSync } from 'node:child_process';
import { appendFileSync, copyFileSync, mkdirSync, readdirSync } from 'node:fs';
import { extname, join } from 'node:path';
import sharp from 'sharp';
import { scenes } from '../../../fixtures/scenes.mjs';
import { keyOf, writeExport } from '../made-export.mjs';

const h264 = ['-c:v', 'libx264', '-preset', 'fast', '-crf', '20', '-pix_fmt', 'yuv420p'];
const hevc = [
  '-c:v',
  'libx265',
  '-preset',
  'ultrafast',
  '-crf',
  '24',
  '-pix_fmt',
  'yuv420p',
  '-tag:v',
  'hvc1',
  '-x265-params',
  'log-level=error',
];
const sound = ['-c:a', 'aac', '-ac', '2', '-ar', '48000', '-b:a', '128k'];

/** What a phone films, as far as it can be made from nothing: a painted scene that drifts, with a little grain. */
function film(ffmpeg, [width, height, fps, seconds], codec, output) {
  const picture = `color=black:s=${width / 4}x${height / 4}:r=1:d=1,format=gbrp,geq=${scenes.hills},scale=${width * 1.2}:${height * 1.2}:flags=bicubic`;
  const still = `${output}.png`;
  execFileSync(ffmpeg, ['-v', 'error', '-y', '-f', 'lavfi', '-i', picture, '-frames:v', '1', still]);
  const drift = `crop=${width}:${height}:x='(in_w-out_w)*(0.5+0.5*sin(t))':y='(in_h-out_h)*(0.5+0.5*cos(t*0.7))',noise=alls=3:allf=t`;
  const inputs = ['-loop', '1', '-r', `${fps}`, '-i', still, '-f', 'lavfi', '-i', 'sine=440:r=48000'];
  const end = ['-t', `${seconds}`, '-movflags', '+faststart', output];
  execFileSync(ffmpeg, ['-v', 'error', '-y', ...inputs, '-vf', drift, ...codec, ...sound, ...end]);
}

async function photo(index, output) {
  const [width, height] = [3024, 4032];
  const hue = { r: (index * 37) % 256, g: (index * 91) % 256, b: (index * 17) % 256 };
  const noise = { type: 'gaussian', mean: 128, sigma: 20 };
  const grain = await sharp({ create: { width, height, channels: 3, background: hue, noise } })
    .png()
    .toBuffer();
  const plain = sharp({ create: { width, height, channels: 3, background: hue } });
  await plain
    .composite([{ input: grain, blend: 'soft-light' }])
    .jpeg({ quality: 90 })
    .toFile(output);
}

const vertical = [1080, 1920, 30];

/** Each kind of archive by its name: the clips that it needs, and the posts that are made of them. */
export const kinds = {
  compliant: { clips: { clip: [vertical, h264] }, posts: (times) => Array(times).fill('clip') },
  hevc: { clips: { clip: [vertical, hevc] }, posts: () => Array(4).fill('clip') },
  landscape: { clips: { clip: [[1920, 1080, 30], h264] }, posts: () => Array(4).fill('clip') },
  '4k60': { clips: { clip: [[2160, 3840, 60], hevc] }, posts: () => ['clip'] },
  photos: { clips: {}, posts: () => Array(6).fill('photos') },
  mix: {
    clips: { good: [vertical, h264], phone: [vertical, hevc], wide: [[1920, 1080, 30], h264] },
    posts: () => [
      ...Array(38).fill('good'),
      ...Array(4).fill('phone'),
      ...Array(2).fill('wide'),
      ...Array(6).fill('photos'),
    ],
  },
};

/**
 * @param seconds of each clip
 * @param times how many posts an archive of files has that are only copied
 * @returns the archive: `media` (paths, a photo post's are a list), `file`, the export, and `alike`: for each post the
 *   first one that costs as much, because it is the same clip
 */
export async function makeArchive(ffmpeg, folder, kind, seconds, times) {
  const { clips, posts } = kinds[kind];
  const media = join(folder, 'media');
  mkdirSync(media, { recursive: true });
  const made = {};
  for (const [name, [size, codec]] of Object.entries(clips)) {
    made[name] = join(folder, `${name}.mp4`);
    film(ffmpeg, [...size, seconds], codec, made[name]);
  }
  const paths = [];
  const wanted = posts(times);
  for (const [index, what] of wanted.entries()) {
    const place = join(media, keyOf(index));
    if (what !== 'photos') {
      copyFileSync(made[what], `${place}.mp4`);
      appendFileSync(`${place}.mp4`, mark(index));
      paths.push(`${place}.mp4`);
      continue;
    }
    mkdirSync(place);
    const photos = [1, 2, 3, 4].map((number) => join(place, `0${number}.jpg`));
    for (const [number, path] of photos.entries()) await photo(index * 4 + number, path);
    paths.push(photos);
  }
  const alike = wanted.map((what) => wanted.indexOf(what));
  return { file: writeExport(folder, photosOf(paths)), media: paths, folder: media, alike };
}

/** A box that players skip: no two files are the same, so nothing is saved by knowing one from another post. */
function mark(index) {
  const box = Buffer.alloc(16);
  box.writeUInt32BE(box.length, 0);
  box.write('free', 4);
  box.writeUInt32BE(index, 8);
  return box;
}

/** Real footage: every video of a folder is a post of its own. */
export function ownArchive(folder, from) {
  const media = join(folder, 'media');
  mkdirSync(media, { recursive: true });
  const videos = readdirSync(from).filter((name) => /\.(?:mp4|mov|m4v|webm|mkv)$/i.test(name));
  const paths = videos.map((name, index) => {
    const path = join(media, `${keyOf(index)}${extname(name).toLowerCase()}`);
    copyFileSync(join(from, name), path);
    return path;
  });
  return { file: writeExport(folder, photosOf(paths)), media: paths, folder: media, alike: [...paths.keys()] };
}

/** Of each post how many photos it has, 0 for a video. */
function photosOf(paths) {
  return paths.map((path) => (typeof path === 'string' ? 0 : path.length));
}
