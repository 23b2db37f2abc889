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

  it('two platforms with one aspect ratio share a cover, a third has another', () => {
    const measurements = new Measurements();
    const material = { file: originalFile(), probe: videoProbe(), still: null };
    const keyFor = (target: Target) =>
      coverOfVideo(post(), material, whole, target, { cover: null }, measurements).map(({ key }) => key);
    expect(keyFor({ ...shorts, name: 'other' })).toEqual(keyFor(shorts));
    expect(keyFor(rednote)).not.toEqual(keyFor(shorts));
  });

  it('uses the end of the picture if the sound is longer', () => {
    expect(wholePicture(videoProbe({ seconds: 30 }, { seconds: 12 }))).toEqual({ from: 0, to: 12 });
  });
});

it('the cover of a photo post is its first photo, cropped', () => {
  const { source, operation } = coverOfImage(post(), still({ width: 1200, height: 900 }), rednote);
  expect(source.path).toContain('still');
  expect(operation).toMatchObject({ kind: 'image', at: null, settings: { width: 675, height: 900, fit: 'crop' } });
});
