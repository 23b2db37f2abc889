import { describe, expect, it } from 'vitest';
import { countWorks, encodedMegapixels, estimatedBytes, estimatedSeconds } from '../../src/plan/estimate.ts';
import { Measurements } from '../../src/plan/measure.ts';
import type { PlannedFile } from '../../src/plan/plan.ts';
import { planPost } from '../../src/plan/post.ts';
import { rednote } from '../../src/targets/rednote/index.ts';
import { originalFile, pictureSettings, planOptions, post, videoProbe } from '../builders.ts';

function filesOf(odd: Parameters<typeof videoProbe>[0], picture: Parameters<typeof videoProbe>[1] = {}) {
  const material = { kind: 'video', file: originalFile(), probe: videoProbe(odd, picture), still: null } as const;
  const plan = planPost(post(), material, null, rednote, planOptions(), new Measurements());
  if (plan.kind === 'reject') throw new Error('rejected');
  return plan.parts.flatMap(({ files }) => files);
}
const video = (...odd: Parameters<typeof filesOf>) => filesOf(...odd)[0] as PlannedFile;

describe('estimates of a planned file', () => {
  it('a copy encodes nothing and uses no space', () => {
    expect([encodedMegapixels(video({})), estimatedBytes(video({}))]).toEqual([0, 0]);
  });

  it('an encode counts its pixels: size, frame rate, duration', () => {
    const hevc = video({ seconds: 10 }, { codec: 'hevc' });
    expect(encodedMegapixels(hevc)).toBeCloseTo((1080 * 1920 * 30 * 10) / 1e6);
    const twice = video({ seconds: 20 }, { codec: 'hevc' });
    expect(estimatedSeconds([twice], 0.02, 1)).toBeGreaterThan(1.9 * estimatedSeconds([hevc], 0.02, 1));
  });

  it('the size never exceeds the bit rate cap', () => {
    const large = video({ seconds: 100 }, { codec: 'hevc', fps: 60, baseFps: 60 });
    expect(estimatedBytes(large)).toBeLessThanOrEqual((12_000_000 * 100) / 8);
  });

  it('parallel jobs take less time', () => {
    const files = filesOf({}, { codec: 'hevc' });
    expect(estimatedSeconds(files, 0.02, 2)).toBeCloseTo(estimatedSeconds(files, 0.02, 1) / 2);
  });

  it('covers are not counted as separate works', () => {
    expect(countWorks(filesOf({}))).toEqual({ copy: 1, remux: 0, transcode: 0, slideshow: 0, image: 0 });
  });
});

describe('estimates, in numbers', () => {
  const source = { ...originalFile(), bytes: 5_000_000 };
  const image = { format: 'jpeg', quality: 92, maxBytes: 1, width: 200, height: 100, fit: 'crop' } as const;
  const planned = (operation: PlannedFile['operation'], odd: Partial<PlannedFile> = {}): PlannedFile => ({
    ...{ name: 'a', role: 'video', source, streams: null, seconds: 10, why: [], key: 'a', operation },
    ...odd,
  });
  const encoded = (odd: Parameters<typeof pictureSettings>[0] = {}) =>
    planned({ kind: 'transcode', picture: pictureSettings(odd), sound: 'copy' });
  const stored = pictureSettings();
  const files: readonly (readonly [string, PlannedFile, number, number])[] = [
    ['a copy', planned({ kind: 'copy' }), 0, 0.05],
    ['subtitles', planned({ kind: 'subtitles', text: '1' }, { role: 'subtitles', seconds: null }), 0, 0.05],
    ['a remux', planned({ kind: 'remux', sound: 'copy' }), 5_000_000, 0.5],
    ['a photo without its metadata', planned({ kind: 'strip' }, { seconds: null }), 5_000_000, 0.5],
    ['a photo', planned({ kind: 'image', at: null, settings: image }, { seconds: null }), 5000, 0.25],
    ['a frame of a video', planned({ kind: 'image', at: 3, stored, settings: image }), 5000, 0.45],
    ['the sound alone', planned({ kind: 'transcode', picture: 'copy', sound: 'silence' }), 5_000_000, 0.6],
    ['small pictures', encoded({ width: 100, height: 100 }), (100 * 100 * 30 * 0.07 * 10) / 8, 0.6 + 3 * 2],
    ['pictures up to the cap', encoded({ maxKbps: 100 }), (100_000 * 10) / 8, 0.6 + 622.08 * 2],
    ['pictures of no length', { ...encoded(), seconds: null }, 5_000_000, 0.6],
  ];
  it.each(files)('%s', (_what, file, bytes, seconds) => {
    expect(estimatedBytes(file)).toBeCloseTo(bytes, 6);
    expect(estimatedSeconds([file], 2, 1)).toBeCloseTo(seconds, 9);
  });

  it('without a measured speed nothing is encoded', () => {
    expect(estimatedSeconds([encoded(), planned({ kind: 'copy' })], null, 1)).toBeCloseTo(0.65, 9);
  });

  it('each kind of work is counted, a photo without its metadata as a remux', () => {
    const show = { kind: 'slideshow', show: {} } as PlannedFile['operation'];
    const all = [...files.map(([, file]) => file), planned(show), planned({ kind: 'copy' }, { role: 'cover' })];
    expect(countWorks(all)).toEqual({ copy: 1, remux: 2, transcode: 4, slideshow: 1, image: 2 });
  });
});
