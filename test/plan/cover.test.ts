import { describe, expect, it } from 'vitest';
import { coverOfImage, coverOfVideo, wholePicture } from '../../src/plan/cover.ts';
import { Measurements } from '../../src/plan/measure.ts';
import { rednote } from '../../src/targets/rednote/index.ts';
import { shorts } from '../../src/targets/shorts.ts';
import type { Target } from '../../src/targets/target.ts';
import { imageProbe, originalFile, post, videoProbe } from '../builders.ts';

const still = (odd = {}) => ({ file: originalFile('still'), probe: imageProbe({ width: 1080, height: 1920, ...odd }) });
const whole = { from: 0, to: 20 };

interface Odd {
  readonly size?: { readonly width: number; readonly height: number };
  readonly still?: ReturnType<typeof still> | null;
  readonly cover?: number | null;
  readonly stretch?: { readonly from: number; readonly to: number };
  readonly target?: Target;
}

function coverOf({ size = { width: 1080, height: 1920 }, stretch = whole, target = shorts, ...odd }: Odd): string {
  const measurements = new Measurements();
  measurements.answer({ kind: 'cover', ...stretch }, stretch.from + 1);
  const material = { file: originalFile('video'), probe: videoProbe({}, size), still: odd.still ?? null };
  const [file] = coverOfVideo(post(), material, stretch, target, { cover: odd.cover ?? null }, measurements);
  if (file?.operation.kind !== 'image') throw new Error('no cover');
  const { at, settings } = file.operation;
  const source = file.source.path.includes('still') ? 'the still' : `the video at ${at}`;
  return `${source}, ${settings.width}x${settings.height}`;
}

describe('coverOfVideo', () => {
  it.each<[string, Odd, string]>([
    ['the best frame', {}, 'the video at 1, 1080x1920'],
    ['cut to the shape of the platform', { target: rednote }, 'the video at 1, 1080x1440'],
    ['never enlarged', { size: { width: 540, height: 960 } }, 'the video at 1, 540x960'],
    ['cut upright from a landscape', { size: { width: 1920, height: 1080 } }, 'the video at 1, 608x1080'],
    ["the creator's own", { still: still() }, 'the still, 1080x1920'],
    ["the creator's own, a little smaller", { still: still({ width: 720, height: 1280 }) }, 'the still, 720x1280'],
    [
      "not the creator's own as a thumbnail",
      { still: still({ width: 240, height: 426 }) },
      'the video at 1, 1080x1920',
    ],
    ['the moment that was asked for', { cover: 7.5 }, 'the video at 7.5, 1080x1920'],
    ["rather than the creator's own", { cover: 7.5, still: still() }, 'the video at 7.5, 1080x1920'],
    ['the first part', { still: still(), stretch: { from: 0, to: 10 } }, 'the still, 1080x1920'],
    ['a later part', { still: still(), stretch: { from: 10, to: 20 } }, 'the video at 11, 1080x1920'],
    [
      'a later part, in which the moment lies',
      { cover: 15, stretch: { from: 10, to: 20 } },
      'the video at 15, 1080x1920',
    ],
    ['a part in which it does not', { cover: 15, stretch: { from: 0, to: 10 } }, 'the video at 1, 1080x1920'],
  ])('%s', (_odd, odd, expected) => {
    expect(coverOf(odd)).toBe(expected);
  });

  it.each<[string, Parameters<typeof videoProbe>[1], Odd['stretch'], string]>([
    ['the first part, which begins at a late key frame', { keyFrameAt: 2 }, { from: 2, to: 10 }, 'still'],
    ['a later part of a video with a late key frame', { keyFrameAt: 2 }, { from: 10, to: 20 }, 'video'],
    ['a part that begins later than the first frame', {}, { from: 0.5, to: 10 }, 'video'],
  ])("the creator's own cover is for the first part only: %s", (_odd, picture, stretch = whole, expected) => {
    const material = { file: originalFile('video'), probe: videoProbe({}, picture), still: still() };
    const [cover] = coverOfVideo(post(), material, stretch, shorts, { cover: null }, new Measurements());
    expect(cover?.source.path).toContain(expected);
  });

  it.each<[number, string]>([
    [540, 'still'],
    [539, 'video'],
  ])("the creator's own cover of %i pixels for a video of 1080: the %s", (width, expected) => {
    const own = still({ width, height: 1920 });
    expect(coverOf({ still: own })).toContain(expected);
  });

  it('a time that was asked for is in the part that begins there, and not in the one that ends there', () => {
    expect(coverOf({ cover: 10, stretch: { from: 0, to: 10 } })).toBe('the video at 1, 1080x1920');
    expect(coverOf({ cover: 10, stretch: { from: 10, to: 20 } })).toBe('the video at 10, 1080x1920');
  });

  it('a part that goes on with a frame from before it is measured from there, and shows it if nothing is found', () => {
    const measurements = new Measurements();
    const material = { file: originalFile('video'), probe: videoProbe(), still: null };
    const stretch = { from: 10, to: 20, shownFrom: 7 };
    const cover = () => {
      const [file] = coverOfVideo(post(), material, stretch, shorts, { cover: null }, measurements);
      return file?.operation.kind === 'image' ? file.operation.at : null;
    };
    expect(cover()).toBe(7);
    expect(measurements.takeWanted()).toEqual([{ kind: 'cover', from: 7, to: 20 }]);
    measurements.answer({ kind: 'cover', from: 7, to: 20 }, 12);
    expect(cover()).toBe(12);
  });

  it('the picture that was chosen goes before everything else', () => {
    const material = { file: originalFile('video'), probe: videoProbe(), still: still() };
    const coverPicture = { file: originalFile('chosen'), probe: imageProbe() };
    const [file, ...more] = coverOfVideo(
      post(),
      material,
      whole,
      shorts,
      { cover: 3, coverPicture },
      new Measurements(),
    );
    expect([file?.source.path, more]).toEqual(['/originals/chosen.mp4', []]);
  });

  it('sound alone has no cover', () => {
    const material = { file: originalFile('sound'), probe: videoProbe({ video: null }), still: null };
    expect(coverOfVideo(post(), material, whole, shorts, { cover: null }, new Measurements())).toEqual([]);
  });

  it('is a JPEG of at most 8 MB, of the streams and the colours of the video', () => {
    const measurements = new Measurements();
    measurements.answer({ kind: 'zscale' }, false);
    const probe = videoProbe({}, { index: 3, ordinal: 1, transfer: 'smpte2084', rotation: 90 });
    const material = { file: originalFile('video'), probe, still: null };
    const [file] = coverOfVideo(post(), material, whole, shorts, { cover: 3 }, measurements);
    expect(file).toMatchObject({ name: 'cover.jpg', role: 'cover', seconds: null, why: [] });
    expect(file?.streams).toEqual({ picture: 3, sound: 1, areFirst: false });
    const settings = { format: 'jpeg', quality: 92, maxBytes: 8_000_000, fit: 'crop' };
    const stored = { transfer: 'pq', light: 'curves', rotation: 90 };
    expect(file?.operation).toMatchObject({ kind: 'image', at: 3, settings, stored });
  });

  it('two platforms with one aspect ratio share a cover, a third has another', () => {
    const measurements = new Measurements();
    const material = { file: originalFile(), probe: videoProbe(), still: null };
    const keyFor = (target: Target) =>
      coverOfVideo(post(), material, whole, target, { cover: null }, measurements).map(({ key }) => key);
    expect(keyFor({ ...shorts, name: 'other' })).toEqual(keyFor(shorts));
    expect(keyFor(rednote)).not.toEqual(keyFor(shorts));
  });

  it('uses the end of the picture if the sound is longer', () => {
    expect(wholePicture(videoProbe({ seconds: 30 }))).toEqual({ from: 0, to: 30 });
    expect(wholePicture(videoProbe({ seconds: 30 }, { seconds: 12 }))).toEqual({ from: 0, to: 12 });
  });
});

it('the cover of a photo post is its first photo, cropped', () => {
  const { source, operation, streams } = coverOfImage(post(), still({ width: 1200, height: 900 }), rednote);
  expect(streams).toBeNull();
  expect(source.path).toContain('still');
  expect(operation).toMatchObject({ kind: 'image', at: null, settings: { width: 675, height: 900, fit: 'crop' } });
});
