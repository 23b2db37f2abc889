import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { openMusic } from '../../src/pipeline/probe-music.ts';
import { decideSlideshow, type SlideshowOptions } from '../../src/plan/slideshow.ts';
import { render } from '../../src/render/index.ts';
import { openStills } from '../../src/render/stills.ts';
import { reels } from '../../src/targets/reels.ts';
import { shorts } from '../../src/targets/shorts.ts';
import { createFiles } from '../../src/tools/disk-files.ts';
import { createFfmpeg } from '../../src/tools/ffmpeg.ts';
import { createFfprobe } from '../../src/tools/ffprobe.ts';
import { createImages } from '../../src/tools/sharp.ts';
import type { Tools } from '../../src/tools/tools.ts';
import { planOptions, post } from '../builders.ts';
import { makeMedia, outside, probedOnce, temporaryFolder, tone } from '../media.ts';
import { bundledPair, type Pair, pairs } from '../programs.ts';

const signal = new AbortController().signal;
const folder = await temporaryFolder();
const images = createImages();
const red = [200, 30, 30];
const green = [30, 170, 40];
const blue = [40, 60, 200];

async function photo(name: string, [r = 0, g = 0, b = 0]: readonly number[], width = 300, height = 400) {
  const path = join(folder, name);
  await sharp({ create: { width, height, channels: 3, background: { r, g, b } } }).toFile(path);
  return { file: { path, bytes: 1, sha256: name.padEnd(64, '0') }, probe: await images.probe(path) };
}
/** The middle one is wide: above and below it is its blurred fill. */
const photos = [await photo('a.jpg', red), await photo('b.png', green, 400, 200), await photo('c.webp', blue)];

// Smaller than what a platform gets, so that the tests take seconds.
const small = (target: typeof shorts) => ({
  ...target,
  video: { ...target.video, encode: { ...target.video.encode, longSide: 320, shortSide: 180 } },
});

describe.each(pairs)('with $name', (pair: Pair) => {
  const tools = {
    ffmpeg: createFfmpeg(pair.ffmpeg),
    ffprobe: createFfprobe(pair.ffprobe),
    files: createFiles(),
    images,
  } as Tools;

  async function show(name: string, odd: Partial<SlideshowOptions> = {}, target = shorts) {
    const why = { code: 'slideshow-needed', severity: 'info', actual: 3, limit: null } as const;
    const decided = decideSlideshow(post(), photos, small(target).video, planOptions(odd), why);
    const [part] = decided.parts;
    if (!part) throw new Error('no part');
    const inside = join(folder, `${pair.libavcodec[0]} ${name}`);
    await tools.files.makeFolder(inside);
    const path = join(inside, 'video.mp4');
    const making = {
      time: post().time,
      threads: 1,
      owned: true,
      stills: openStills(tools, signal),
      signal,
      probeSource: probedOnce(tools.ffprobe, signal),
    };
    const wrong = await render(part.video, path, [shorts, reels], { ...making, onProgress: () => {} }, tools);
    return { wrong, path, left: await readdir(inside) };
  }

  async function colourAt(path: string, at: number, y = 0.5): Promise<number[]> {
    const filter = `crop=2:2:90:${Math.round(320 * y)},scale=in_color_matrix=bt709,format=rgb24`;
    const raw = join(folder, 'pixel.png');
    await outside(bundledPair.ffmpeg, [
      '-y',
      '-v',
      'error',
      '-ss',
      String(at),
      '-i',
      path,
      '-frames:v',
      '1',
      '-vf',
      filter,
      raw,
    ]);
    return [...(await sharp(raw).removeAlpha().raw().toBuffer()).subarray(0, 3)];
  }

  const far = (a: readonly number[], b: readonly number[]) =>
    Math.max(...a.map((value, index) => Math.abs(value - (b[index] ?? 0))));

  /** Mean volume in dB of a stretch, as ffmpeg measures it. */
  async function volume(path: string, from: number, seconds: number): Promise<number> {
    const sound = join(folder, 'volume.raw');
    const stretch = ['-ss', String(from), '-t', String(seconds), '-i', path, '-map', '0:a:0'];
    await outside(bundledPair.ffmpeg, ['-y', '-v', 'error', ...stretch, '-ac', '1', '-f', 's16le', sound]);
    const { buffer, byteOffset, length } = Buffer.from(await tools.files.readStart(sound, 10_000_000));
    const samples = new Int16Array(buffer, byteOffset, Math.floor(length / 2));
    const power = samples.reduce((sum, value) => sum + value * value, 0) / Math.max(1, samples.length);
    return 10 * Math.log10(power / 32768 ** 2 + 1e-12);
  }

  it('shows each photo in its time, mixed half and half in the middle of each cross-fade', async () => {
    const { wrong, path, left } = await show('silent');
    expect(wrong).toEqual([]);
    expect(left).toEqual(['video.mp4']);
    const probe = await tools.ffprobe.probe(path, signal);
    expect(probe).toMatchObject({
      moovFirst: true,
      container: 'mp4',
      video: { fps: 30, baseFps: 30, sampleAspect: 1 },
    });
    expect(probe).toMatchObject({
      video: { codec: 'h264', width: 180, height: 320, pixelFormat: 'yuv420p', matrix: 'bt709' },
    });
    expect(Math.abs((probe.video?.seconds ?? 0) - 9)).toBeLessThan(0.001);
    expect(probe.audio).toMatchObject([{ codec: 'aac', channels: 2, sampleRate: 48_000 }]);
    for (const [at, expected] of [
      [0, red],
      [2.7, red],
      [3.3, green],
      [5.7, green],
      [6.3, blue],
      [8.95, blue],
    ] as const) {
      expect(far(await colourAt(path, at), expected), `at ${at} s`).toBeLessThan(10);
    }
    const half = red.map((value, index) => (value + (green[index] ?? 0)) / 2);
    expect(far(await colourAt(path, 3), half)).toBeLessThan(14);
    // The wide one is whole in the middle and lies over a darker fill of itself.
    const [, fill = 0] = await colourAt(path, 4.5, 0.05);
    expect(fill).toBeGreaterThan(80);
    expect(fill).toBeLessThan(150);
    expect(await volume(path, 0, 9)).toBeLessThan(-90);
  });

  const silentFirst = ['-f', 'lavfi', '-i', 'aevalsrc=0:s=44100:d=2', ...tone(2), '-map', '0', '-map', '1'];
  const secondIsDefault = ['-disposition:a:0', '0', '-disposition:a:1', 'default', '-metadata:s:a:1', 'title=Mix'];
  it.each<[string, string, readonly string[], string[]]>([
    ['music', 'song.mp3', [...tone(2), '-c:a', 'libmp3lame'], []],
    [
      'the default track of music that has two',
      'two songs.mka',
      [...silentFirst, '-c:a', 'aac', ...secondIsDefault],
      ['one is played (track 2 “Mix”); left out: track 1.'],
    ],
  ])('loops %s to the end and fades it out', async (name, file, args, said) => {
    const song = await makeMedia(folder, file, args);
    const told: string[] = [];
    const music = await openMusic(song, tools, signal, (event) => {
      if (event.type === 'warning') told.push(event.message);
    });
    expect(told).toEqual(said.map((words) => `Of the sound tracks of --music "${song}" ${words}`));
    const { wrong, path } = await show(name, { music });
    expect(wrong).toEqual([]);
    const [start, later, end] = [await volume(path, 0.5, 1), await volume(path, 5.5, 1), await volume(path, 8.7, 0.3)];
    expect(Math.abs(later - start)).toBeLessThan(2);
    expect(end).toBeLessThan(start - 12);
    expect(Math.abs((await tools.ffprobe.probe(path, signal)).seconds - 9)).toBeLessThan(0.1);
  });

  it.each([
    ['that is not there', 'nothing.mp3', /There is no file/],
    ['that is a picture', 'a.jpg', /cannot be played/],
    ['without a sound', 'mute.mp4', /it has no sound/],
    ['of a moment', 'moment.wav', /shorter than a second/],
  ])('music %s is reported before anything is made', async (_odd, name, sentence) => {
    await makeMedia(folder, 'mute.mp4', ['-f', 'lavfi', '-i', 'color=s=32x32:d=2', '-c:v', 'mpeg4']);
    await makeMedia(folder, 'moment.wav', tone(0.2));
    await expect(openMusic(join(folder, name), tools, signal)).rejects.toThrow(sentence);
  });

  it('leaves nothing when a photo is damaged', async () => {
    const broken = join(folder, 'broken.jpg');
    await tools.files.write(broken, 'no picture');
    const [first, second] = photos;
    if (!first || !second) throw new Error('no photos');
    const kept = photos.splice(1, 1, { ...second, file: { ...second.file, path: broken } });
    const { wrong, left } = await show('broken').finally(() => photos.splice(1, 1, ...kept));
    expect(wrong.map(({ code }) => code)).toEqual(['render-failed']);
    expect(left).toEqual([]);
  });
});
