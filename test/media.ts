import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll } from 'vitest';
import type { VideoProbe } from '../src/model/probe.ts';
import type { Ffprobe } from '../src/tools/ffprobe.ts';
import { type Pair, pairs } from './programs.ts';

const execute = promisify(execFile);

/** Runs a program as a stranger would, without any code of ours, and returns what it printed. */
export async function outside(path: string, args: readonly string[]): Promise<string> {
  const { stdout } = await execute(path, args, { maxBuffer: 50_000_000 });
  return stdout;
}

const folders: string[] = [];
afterAll(async () => {
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
});

/** A folder that is gone when the tests of the file are over. Its name holds a space and a quote. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "port it's "));
  folders.push(folder);
  return folder;
}

/** Makes a file with ffmpeg; resolves to its path. */
export async function makeMedia(
  folder: string,
  name: string,
  ffmpegArgs: readonly string[],
  pair: Pair = pairs[0] as Pair,
): Promise<string> {
  const path = join(folder, name);
  await outside(pair.ffmpeg, ['-y', '-v', 'error', '-nostdin', ...ffmpegArgs, `file:${path}`]);
  return path;
}

/**
 * For media that several tests and both pairs look at, and none changes: made when it is first asked for, by one program.
 * Sources with equal arguments and extension are one file, under the name that was asked for first.
 */
export function sharedMedia(pair: Pair): (name: string, ffmpegArgs: readonly string[]) => Promise<string> {
  let folder: Promise<string> | undefined;
  const made = new Map<string, Promise<string>>();
  return async (name, ffmpegArgs) => {
    folder ??= temporaryFolder();
    const recipe = JSON.stringify([extname(name), ...ffmpegArgs]);
    const path = made.get(recipe) ?? folder.then(async (place) => makeMedia(place, name, ffmpegArgs, pair));
    made.set(recipe, path);
    return await path;
  };
}

/** Runs a program that reports to stderr, and returns that report. */
export async function reportOf(path: string, args: readonly string[]): Promise<string> {
  const { stderr } = await execute(path, args, { maxBuffer: 50_000_000 });
  return stderr;
}

/** Asks about each file once: for sources that stay as they are. */
export function probedOnce({ probe }: Ffprobe, signal: AbortSignal): (path: string) => Promise<VideoProbe> {
  const asked = new Map<string, Promise<VideoProbe>>();
  return async (path) => {
    const answer = asked.get(path) ?? probe(path, signal);
    asked.set(path, answer);
    return await answer;
  };
}

const lavfi = (source: string) => ['-f', 'lavfi', '-i', source];
const x264 = ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', '-threads', '1'];
const x265 = ['-c:v', 'libx265', '-preset', 'ultrafast', '-x265-params', 'log-level=none:pools=1', '-tag:v', 'hvc1'];
const aac = ['-c:a', 'aac', '-ar', '44100', '-ac', '2', '-b:a', '64k'];
const faststart = ['-movflags', '+faststart'];

/** One second at 25 frames a second. */
export function picture(size = '320x568', seconds = 1, rate = 25): string[] {
  return lavfi(`testsrc=size=${size}:rate=${rate}:duration=${seconds}`);
}

export function tone(seconds = 1, frequency = 440): string[] {
  return lavfi(`sine=frequency=${frequency}:sample_rate=44100:duration=${seconds}`);
}

/** Arguments for small files of the kinds that people have; the names of those that end in `mp4` say nothing more. */
export const recipes = {
  /** What every platform takes as it is. */
  compliant: [...picture(), ...tone(), ...x264, ...aac, ...faststart],
  moovLast: [...picture(), ...tone(), ...x264, ...aac],
  noSound: [...picture(), ...x264, ...faststart],
  soundAlone: [...tone(), ...aac],
  landscape: [...picture('568x320'), ...tone(), ...x264, ...aac, ...faststart],
  hevc: [...picture(), ...tone(), ...x265, '-pix_fmt', 'yuv420p', ...aac, ...faststart],
  /** HDR10 by its tags; the picture is the same test card. */
  hdr: [
    ...[...picture(), ...tone(), ...x265, '-pix_fmt', 'yuv420p10le'],
    ...['-color_primaries', 'bt2020', '-color_trc', 'smpte2084', '-colorspace', 'bt2020nc', '-color_range', 'tv'],
    ...[...aac, ...faststart],
  ],
  /** For a name that ends in `.mkv`. */
  matroska: [...picture(), ...tone(), ...x264, ...aac],
  /** For a name that ends in `.avi`. */
  oldAvi: [
    ...[...picture(), ...lavfi('sine=frequency=440:sample_rate=22050:duration=1')],
    ...['-c:v', 'mpeg4', '-q:v', '5', '-c:a', 'libmp3lame', '-ar', '22050', '-ac', '1'],
  ],
  /** For a name that ends in `.webm`. */
  webm: [
    ...[...picture(), ...tone(), '-c:v', 'libvpx-vp9', '-deadline', 'realtime', '-cpu-used', '8', '-b:v', '200k'],
    ...['-pix_fmt', 'yuv420p', '-c:a', 'libopus', '-ar', '48000', '-b:a', '48k'],
  ],
  twoSoundTracks: [
    ...[...picture(), ...tone(), ...tone(1, 880), '-map', '0:v', '-map', '1:a', '-map', '2:a'],
    ...[...x264, ...aac, ...faststart],
  ],
  withPlace: [...picture(), ...tone(), ...x264, ...aac, ...faststart, '-metadata', 'location=+52.3676+004.9041/'],
  interlaced: [...picture(), ...tone(), ...x264, '-flags', '+ilme+ildct', '-x264opts', 'tff=1', ...aac, ...faststart],
  /** Stored 426 wide, shown 320 wide. */
  anamorphic: [...picture('426x568'), ...tone(), '-vf', 'setsar=3/4', ...x264, ...aac, ...faststart],
} as const;

/** A copy of `source` that a player turns clockwise by 90 degrees. */
export function turned(source: string, pair: Pair): string[] {
  const copy = ['-c', 'copy', ...faststart];
  // The tag was replaced by an option in ffmpeg 6, and ignored from 7 on. Both turn counter-clockwise.
  return pair.libavcodec[0] >= 60
    ? ['-display_rotation:v:0', '-90', '-i', `file:${source}`, ...copy]
    : ['-i', `file:${source}`, '-metadata:s:v', 'rotate=270', ...copy];
}

export async function hasEncoder(pair: Pair, name: string, pixelFormat = ''): Promise<boolean> {
  const help = await outside(pair.ffmpeg, ['-hide_banner', '-h', `encoder=${name}`]);
  return help.startsWith('Encoder') && help.includes(pixelFormat);
}
