import { describe, expect, it } from 'vitest';
import { countWorks, encodedMegapixels, estimatedBytes, estimatedSeconds } from '../../src/plan/estimate.ts';
import { Measurements } from '../../src/plan/measure.ts';
import type { PlannedFile } from '../../src/plan/plan.ts';
import { planPost } from '../../src/plan/post.ts';
import { rednote } from '../../src/targets/rednote/index.ts';
import { originalFile, planOptions, post, videoProbe } from '../builders.ts';

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
