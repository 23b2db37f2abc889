import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { makeMedia, picture, tone } from '../media.ts';

const h264 = ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', '-threads', '1'];
const aac = ['-c:a', 'aac', '-b:a', '64k'];
const index = ['-movflags', '+faststart'];
const upright = picture('160x284');

/** Videos of one second but for one, 160 pixels wide, each made in a tenth of a second; the keys are names of files. */
const videos: Readonly<Record<string, readonly string[]>> = {
  'whole.mp4': [...upright, ...tone(), ...h264, ...aac, ...index],
  'four.mp4': [...picture('160x284', 4), ...tone(4), ...h264, ...aac, ...index],
  'silent.mp4': [...upright, ...h264, ...index],
  'sound.mp4': [...tone(), ...aac],
  'sound.avi': [...tone(), '-c:a', 'libmp3lame', '-ac', '1'],
  'index-last.mp4': [...upright, ...tone(), ...h264, ...aac],
  'place.mp4': [...upright, ...tone(), ...h264, ...aac, ...index, '-metadata', 'location=+52.3676+004.9041/'],
  'wide.mp4': [...picture('284x160'), ...tone(), ...h264, ...aac, ...index],
  /** A codec that every platform takes only encoded anew. */
  'old.mp4': [...upright, ...tone(), '-c:v', 'mpeg4', '-q:v', '5', ...aac, ...index],
  'whole.mkv': [...upright, ...tone(), ...h264, ...aac],
  'old.avi': [...upright, ...tone(), '-c:v', 'mpeg4', '-q:v', '5', '-c:a', 'libmp3lame', '-ac', '1'],
};

const middleOf = ({ length }: Buffer) => Math.floor(length / 2);
const damages: Readonly<Record<string, (file: Buffer) => Buffer>> = {
  half: (file) => file.subarray(0, middleOf(file)),
  /** As a placeholder of a cloud folder that is not downloaded. */
  zeros: (file) => Buffer.alloc(file.length),
  empty: () => Buffer.alloc(0),
  /** A JPEG with a spot that decodes to something else. */
  spoilt: (file) => Buffer.from(file).fill(0x55, middleOf(file), middleOf(file) + 40),
  /** Its sample entry names a codec of TikTok that no program reads. */
  foreign: (file) => Buffer.from(file.toString('latin1').replaceAll('avc1', 'bvc2'), 'latin1'),
};

/** Makes a video of the list above; resolves to its path. */
export async function tinyVideo(folder: string, name: string, as = name): Promise<string> {
  return await makeMedia(folder, as, videos[name] ?? []);
}

/** Draws a JPEG, or another format that its name says. */
export async function tinyPhoto(folder: string, name: string, width = 120, height = 160): Promise<string> {
  const path = join(folder, name);
  // Details, so that a damaged byte can be seen, and other pictures of other sizes.
  const pixels = Uint8Array.from({ length: width * height * 3 }, (_, at) => (at * at) >> 5);
  await sharp(pixels, { raw: { width, height, channels: 3 } }).toFile(path);
  return path;
}

/** Writes a damaged copy of a file, in the same folder; resolves to its path. */
export async function damagedCopy(path: string, how: string, to: string): Promise<string> {
  await writeFile(to, damages[how]?.(await readFile(path)) ?? '');
  return to;
}
