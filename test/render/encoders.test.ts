import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { Operation, PlannedFile } from '../../src/plan/plan.ts';
import { checkEncoder, openEncoders } from '../../src/render/encoders.ts';
import { render } from '../../src/render/index.ts';
import { openStills } from '../../src/render/stills.ts';
import { rednote } from '../../src/targets/rednote/index.ts';
import { createFiles } from '../../src/tools/disk-files.ts';
import { createFfmpeg } from '../../src/tools/ffmpeg.ts';
import { createFfprobe } from '../../src/tools/ffprobe.ts';
import type { Tools } from '../../src/tools/tools.ts';
import { originalFile, pictureSettings, streams } from '../builders.ts';
import { outside, picture, probedOnce, sharedMedia, temporaryFolder } from '../media.ts';
import { bundledPair, type Pair } from '../programs.ts';

const signal = new AbortController().signal;
const folder = await temporaryFolder();
const medium = sharedMedia(bundledPair);
const standIn = resolve(import.meta.dirname, '../stand-ins/ffmpeg-with-hardware.mjs');

const operation = (encoder: string): Operation => ({
  kind: 'transcode',
  picture: pictureSettings({ width: 96, height: 160, fps: 25, encoder }),
  sound: 'silence',
});

afterEach(() => {
  for (const name of ['FFMPEG', 'HARDWARE', 'LOG']) delete process.env[`STAND_IN_${name}`];
});

// Windows starts no script by its first line; what is tested is the same there.
// What is tested is when a card is used, which no version of ffmpeg changes.
describe.skipIf(process.platform === 'win32').each([bundledPair])('with $name', (pair: Pair) => {
  /** A world in which ffmpeg has an encoder of a graphics card, and what was done with it. */
  async function world(how: string) {
    const log = join(await mkdtemp(join(folder, 'run-')), 'log');
    Object.assign(process.env, { STAND_IN_FFMPEG: pair.ffmpeg, STAND_IN_HARDWARE: how, STAND_IN_LOG: log });
    const told: string[] = [];
    const tools = {
      ffmpeg: createFfmpeg(standIn),
      ffprobe: createFfprobe(pair.ffprobe),
      files: createFiles(),
    } as unknown as Tools;
    const encoders = openEncoders(tools, (sentence) => told.push(sentence));
    const done = async () => (await readFile(log, 'utf8').catch(() => '')).split('\n').filter(Boolean);
    return { tools, encoders, told, done };
  }

  async function rendered(encoder: string, { tools, encoders }: Awaited<ReturnType<typeof world>>, name: string) {
    const path = await medium('source.mkv', [...picture('96x160', 0.6), '-c:v', 'mpeg4']);
    const silent = { ...streams, sound: null };
    const source = { ...originalFile(), path };
    const file: PlannedFile = {
      ...{ name: 'video.mp4', role: 'video', source, streams: silent, operation: operation(encoder), seconds: 0.6 },
      ...{ why: [], key: 'a' },
    };
    const making = {
      ...{ time: 1_740_906_904, threads: 1, owned: true, signal, onProgress: () => {} },
      stills: openStills(tools, signal),
      probeSource: probedOnce(tools.ffprobe, signal),
    };
    const out = join(folder, `${pair.libavcodec[0]}-${name}.mp4`);
    expect(await render(file, out, [rednote], making, tools, encoders)).toEqual([]);
    const seen = ['-v', 'error', '-show_entries', 'stream=codec_name,nb_frames', '-of', 'csv=p=0'];
    return (await outside(bundledPair.ffprobe, [...seen, `file:${out}`])).trim().split('\n')[0]?.trim();
  }

  it.each<[string, string, readonly string[], number]>([
    ['works', 'auto', ['trial', 'render'], 0],
    ['works', 'h264_nvenc', ['render'], 0],
    ['works', 'software', [], 0],
    ['absent', 'auto', [], 0],
    ['dead', 'auto', ['trial'], 0],
    ['breaks', 'auto', ['trial', 'render'], 1],
    ['breaks', 'h264_nvenc', ['render'], 1],
    ['lies', 'auto', ['trial', 'render'], 1],
  ])('a GPU that %s, --encoder %s: %j, and the video is made', async (how, encoder, expected, warnings) => {
    const here = await world(how);
    expect(await rendered(encoder, here, `${how}-${encoder}`)).toMatch(/^h264,15/);
    expect(await here.done()).toEqual(expected);
    expect(here.told).toHaveLength(warnings);
    for (const sentence of here.told) expect(sentence).toMatch(/^The encoder h264_nvenc failed \(.+\), so libx264/);
  });

  it('an encoder that failed is not tried again, and is reported once', async () => {
    const here = await world('breaks');
    await rendered('auto', here, 'again-1');
    await rendered('auto', here, 'again-2');
    expect(await here.done()).toEqual(['trial', 'render']);
    expect(here.told).toHaveLength(1);
  });

  it('a damaged video does not count against the GPU: the next one still uses it', async () => {
    const here = await world('works');
    const silent = { ...streams, sound: null };
    const source = { ...originalFile(), path: join(folder, 'damaged.mkv') };
    await writeFile(source.path, 'no video');
    const file: PlannedFile = {
      ...{ name: 'video.mp4', role: 'video', source, streams: silent, operation: operation('auto'), seconds: 0.6 },
      ...{ why: [], key: 'a' },
    };
    const making = {
      ...{ time: 0, threads: 1, owned: true, signal, onProgress: () => {} },
      stills: openStills(here.tools, signal),
      probeSource: probedOnce(here.tools.ffprobe, signal),
    };
    const out = join(folder, `${pair.libavcodec[0]}-damaged.mp4`);
    const wrong = await render(file, out, [rednote], making, here.tools, here.encoders);
    expect(wrong.map(({ code }) => code)).toEqual(['render-failed']);
    expect(here.told).toEqual([]);
    expect(await here.encoders.choose(operation('auto'), signal)).toBe('h264_nvenc');
  });

  it('--encoder libx264 is software, and its failure is not reported as that of a GPU', async () => {
    const { encoders } = await world('works');
    expect(await encoders.choose(operation('libx264'), signal)).toBe('software');
  });

  it('an ffmpeg that cannot list its encoders is asked once, and libx264 is used', async () => {
    const ffmpeg = { h264Encoders: async () => Promise.reject(new Error('no list')) } as unknown as Tools['ffmpeg'];
    const encoders = openEncoders({ ffmpeg }, () => {});
    for (const _ of [1, 2]) expect(await encoders.choose(operation('auto'), signal)).toBe('software');
  });

  it('a run that only copies does not query ffmpeg', async () => {
    const here = await world('works');
    expect(await here.encoders.choose({ kind: 'copy' }, signal)).toBe('software');
    expect(await here.encoders.choose({ kind: 'remux', sound: 'copy' }, signal)).toBe('software');
    expect(await here.done()).toEqual([]);
  });

  it.each<[string, string, RegExp]>([
    ['absent', 'h264_nvenc', /^This ffmpeg has no H.264 encoder “h264_nvenc”: it has .*libx264/],
    ['works', 'libx265', /^This ffmpeg has no H.264 encoder “libx265”/],
    ['dead', 'h264_nvenc', /^The encoder h264_nvenc does not work on this machine \(No capable devices found\)/],
  ])('a GPU that is %s, named %s: a usage error', async (how, encoder, sentence) => {
    const { tools } = await world(how);
    await expect(checkEncoder(encoder, tools, signal)).rejects.toThrow(sentence);
  });

  it.each(['auto', 'software', 'libx264', 'h264_nvenc'])('--encoder %s is accepted if it works', async (encoder) => {
    const { tools } = await world('works');
    await expect(checkEncoder(encoder, tools, signal)).resolves.toBeUndefined();
  });

  it('tries the encoders that this ffmpeg lists, and uses only a working one', async () => {
    const encoders = openEncoders({ ffmpeg: createFfmpeg(pair.ffmpeg) }, () => {});
    const chosen = await encoders.choose(operation('auto'), signal);
    if (chosen !== 'software') await checkEncoder(chosen, { ffmpeg: createFfmpeg(pair.ffmpeg) }, signal);
    expect(chosen).toMatch(/^software$|^h264_/);
  });
});
