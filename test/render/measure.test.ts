import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { wholePicture } from '../../src/plan/cover.ts';
import { storageOf } from '../../src/plan/stored.ts';
import { measure } from '../../src/render/measure.ts';
import { openStills } from '../../src/render/stills.ts';
import { createFiles } from '../../src/tools/disk-files.ts';
import { createFfmpeg } from '../../src/tools/ffmpeg.ts';
import { createFfprobe } from '../../src/tools/ffprobe.ts';
import type { Tools } from '../../src/tools/tools.ts';
import { makeMedia, outside, temporaryFolder } from '../media.ts';
import { bundledPair, type Pair, pairs } from '../programs.ts';

const signal = new AbortController().signal;
const folder = await temporaryFolder();

const card = (seconds: number, more = '') => ['-f', 'lavfi', '-i', `testsrc2=s=144x256:r=30:d=${seconds}${more}`];
const black = (seconds: number) => ['-f', 'lavfi', '-i', `color=black:s=144x256:r=30:d=${seconds}`];
const joined = [
  '-filter_complex',
  '[0]format=yuv420p[a];[1]format=yuv420p[b];[2]format=yuv420p[c];[a][b][c]concat=n=3',
];
const x264 = ['-c:v', 'libx264', '-pix_fmt', 'yuv420p', '-threads', '1'];
/** Made once for all programs. */
const media = new Map<string, Promise<string>>();
async function made(name: string, args: readonly string[]): Promise<string> {
  const path = media.get(name) ?? makeMedia(folder, name, args);
  media.set(name, path);
  return await path;
}
const blurredCard = card(1, ',boxblur=8:3');

describe.each(pairs)('cover, with $name', (pair: Pair) => {
  const tools = { ffmpeg: createFfmpeg(pair.ffmpeg), files: createFiles() } as Tools;

  async function moment(path: string, from?: number, used = tools, to?: number): Promise<number> {
    const probe = await createFfprobe(pair.ffprobe).probe(path, signal);
    const file = { path, bytes: probe.bytes, sha256: '' };
    const stretch = { ...wholePicture(probe), ...(from !== undefined && { from }), ...(to !== undefined && { to }) };
    return await measure({ kind: 'cover', ...stretch }, { file, probe }, used, signal);
  }

  it.each([
    ['a key frame at each cut', x264],
    ['a single key frame, and it is black', [...x264, '-preset', 'ultrafast']],
  ])('black for 1 s, then blurred, then sharp; %s', async (name, encoder) => {
    const args = [...black(1), ...blurredCard, ...card(2), ...joined, ...encoder];
    const at = await moment(await made(`${name}.mp4`, args));
    expect(at).toBeGreaterThanOrEqual(2);
    expect(at).toBeLessThan(4);
  });

  it.each([
    ['50 s, key frames', 30, ['-g', '20']],
    ['90 s, key frames', 70, ['-g', '20']],
    ['90 s, a single key frame, and it is black', 70, ['-g', '9999', '-sc_threshold', '0']],
  ])('black except for the last 20 s: %s', async (name, dark, keys) => {
    const args = [...black(dark), ...card(10), ...card(10), ...joined, '-r', '10', ...x264, ...keys];
    const at = await moment(await made(`${name}.mp4`, args));
    expect(at).toBeGreaterThanOrEqual(dark);
    expect(at).toBeLessThan(dark + 20);
  });

  it('a truncated film without frames in half of the windows has a cover', async () => {
    const args = [...card(30), ...card(30), ...card(30), ...joined, '-r', '10', ...x264, '-g', '20'];
    const whole = await made('whole.mkv', args);
    const path = join(folder, `half-${pair.name.slice(0, 3)}.mkv`);
    const bytes = await readFile(whole);
    await writeFile(path, bytes.subarray(0, bytes.length / 2));
    const at = await moment(path);
    expect(at).toBeGreaterThanOrEqual(0);
    expect(at).toBeLessThan(60);
  });

  it('an entirely black video has a cover', async () => {
    const path = await made('black.mp4', [...black(1), ...x264]);
    const at = await moment(path);
    expect(at).toBeGreaterThanOrEqual(0);
    expect(at).toBeLessThan(1);
  });

  it('searches only the requested range', async () => {
    const path = await made('stretch.mp4', [...card(4), ...x264, '-g', '15']);
    expect(await moment(path, 2.25)).toBeGreaterThanOrEqual(2.25);
  });

  it('a frame held for the whole range is its cover, however plain', async () => {
    const slides = "color=red:s=144x256:r=1:d=801,drawbox=c=lime:t=fill:enable='gte(t,400)'";
    const rare = `${slides},select='eq(n,0)+eq(n,400)+eq(n,800)'`;
    const path = await made('stands.mp4', ['-f', 'lavfi', '-i', rare, '-vsync', '0', ...x264, '-bf', '0']);
    expect(await moment(path, 400, tools, 720)).toBe(400);
  });

  it('samples a film in windows', async () => {
    const path = await made('film.mp4', [
      ...black(3),
      ...black(12),
      ...card(25),
      ...joined,
      ...x264,
      '-preset',
      'veryfast',
    ]);
    expect(await moment(path)).toBeGreaterThanOrEqual(15);
  });

  it('finds a cover among distant key frames, none of them in a window', async () => {
    // The places of a film of 36 s are 4.7 s apart and last 3 s.
    const path = await made('rare-keys.mkv', [...card(36), ...x264, '-preset', 'ultrafast', '-g', '250']);
    const options: string[] = [];
    const capture: Tools['ffmpeg']['capture'] = async (job, ...rest) => {
      options.push(job.inputs[0]?.options.join(' ') ?? '');
      return tools.ffmpeg.capture(job, ...rest);
    };
    await moment(path, 1, { ...tools, ffmpeg: { ...tools.ffmpeg, capture } } as Tools);
    expect(options.length).toBeGreaterThan(0);
    for (const each of options) expect(each).toContain('nokey');
  });

  it.each([
    ['a film of 36 s, by the tables of its file', 36],
    ['a clip that is decoded completely', 2],
  ])('decodes the frame of the cover in the one start that finds it: %s', async (name, seconds) => {
    const path = await made(`${name}.mp4`, [...card(seconds), ...x264, '-preset', 'ultrafast', '-g', '100']);
    const probe = await createFfprobe(pair.ffprobe).probe(path, signal);
    const { video } = probe;
    if (!video) throw new Error('no picture');
    let starts = 0;
    const capture: Tools['ffmpeg']['capture'] = async (...job) => {
      starts++;
      return await tools.ffmpeg.capture(...job);
    };
    const frames: Tools['ffmpeg']['frames'] = async (...job) => {
      starts++;
      await tools.ffmpeg.frames(...job);
    };
    const counting: Tools = { ...tools, ffmpeg: { ...tools.ffmpeg, capture, frames } };
    const stills = openStills(counting, signal);
    const wanted = { kind: 'cover', ...wholePicture(probe) } as const;
    const at = await measure(
      wanted,
      { file: { path, bytes: probe.bytes, sha256: '' }, probe },
      counting,
      signal,
      stills,
    );
    const frame = await stills.at(path, video.index, at, storageOf(video));
    expect(starts).toBe(1);
    // The same as the frame that is decoded alone, but for the rounding of colours and their edges.
    const alone = await openStills(tools, signal).at(path, video.index, at, storageOf(video));
    expect([frame.width, frame.height]).toEqual([alone.width, alone.height]);
    const off = frame.pixels.reduce((sum, value, index) => sum + Math.abs(value - (alone.pixels[index] ?? 0)), 0);
    expect(off / frame.pixels.length).toBeLessThan(6);
  });

  it.each([
    ['one frame', ['-frames:v', '1']],
    ['a picture on its side', ['-metadata:s:v', 'rotate=90']],
    ['ten bits', ['-pix_fmt', 'yuv420p10le']],
  ])('%s', async (name, odd) => {
    const path = await made(`${name}.mp4`, [...card(1), ...x264, ...odd]);
    expect(await moment(path)).toBeLessThan(1);
  });

  it('returns exactly the frame that was examined', async () => {
    const path = await made('keys.mp4', [...card(2), ...x264, '-g', '10']);
    const at = await moment(path);
    const shown = ['-show_entries', 'frame=best_effort_timestamp_time', '-of', 'csv=p=0', `file:${path}`];
    const times = await outside(bundledPair.ffprobe, [
      '-v',
      'error',
      '-skip_frame',
      'nokey',
      '-select_streams',
      'v:0',
      ...shown,
    ]);
    const keys = times
      .split(/[\s,]+/)
      .filter(Boolean)
      .map(Number);
    expect(keys.some((key) => Math.abs(key - at) < 0.00001)).toBe(true);
  });
});
