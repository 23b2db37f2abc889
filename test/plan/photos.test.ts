import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ImageProbe } from '../../src/model.ts';
import { chunks, decidePhoto } from '../../src/plan/photos.ts';
import type { Fit } from '../../src/plan/plan.ts';
import { lemon8 } from '../../src/targets/lemon8.ts';
import { rednote } from '../../src/targets/rednote.ts';
import { reels } from '../../src/targets/reels.ts';
import type { Target } from '../../src/targets/target.ts';
import { imageProbe } from '../builders.ts';

/** A decision in a few words, so that a row of the table can be read. */
function inWords(probe: ImageProbe, { photos }: Target, fit: Fit = 'blur'): string {
  if (photos === null) throw new Error('takes no photos');
  const decision = decidePhoto(probe, photos, fit);
  if (decision.kind === 'reject') return `reject ${decision.issues.map(({ code }) => code).join(' ')}`;
  if (decision.operation.kind !== 'image') return decision.operation.kind;
  const { format, width, height, fit: how } = decision.operation.settings;
  return `${format} ${width}x${height} ${how}`;
}

describe('decidePhoto', () => {
  it.each<[string, ImageProbe, Target, string]>([
    ['compliant', imageProbe(), reels, 'copy'],
    ['any shape where any is taken', imageProbe({ width: 300, height: 3000 }), rednote, 'copy'],
    ['huge, but taken', imageProbe({ width: 8000, height: 10_000 }), rednote, 'copy'],
    ['WebP where it is taken', imageProbe({ format: 'webp' }), rednote, 'copy'],
    ['WebP where it is not', imageProbe({ format: 'webp' }), lemon8, 'jpeg 1080x1350 scale'],
    ['HEIC from a phone', imageProbe({ format: 'heif', width: 3024, height: 4032 }), rednote, 'jpeg 1920x2560 scale'],
    ['stored on its side', imageProbe({ orientation: 6 }), reels, 'jpeg 1080x1350 scale'],
    ['a place inside', imageProbe({ hasLocation: true }), rednote, 'jpeg 1080x1350 scale'],
    ['CMYK', imageProbe({ space: 'cmyk' }), rednote, 'jpeg 1080x1350 scale'],
    ['33 MB', imageProbe({ bytes: 33_000_000, width: 4000, height: 5000 }), rednote, 'jpeg 1920x2400 scale'],
    ['too wide', imageProbe({ width: 2880, height: 3600 }), reels, 'jpeg 1440x1800 scale'],
    ['too narrow: enlarged', imageProbe({ width: 160, height: 200 }), reels, 'jpeg 320x400 scale'],
    ['9:16', imageProbe({ width: 1080, height: 1920 }), reels, 'jpeg 1440x1800 blur'],
    ['panorama', imageProbe({ width: 3000, height: 1000 }), reels, 'jpeg 1440x754 blur'],
  ])('%s', (_odd, probe, target, expected) => {
    expect(inWords(probe, target)).toBe(expected);
  });

  it.each<[Fit, string]>([
    ['keep', 'reject shape'],
    ['blur', 'jpeg 1440x1800 blur'],
    ['pad', 'jpeg 1440x1800 pad'],
    ['crop', 'jpeg 1440x1800 crop'],
  ])('a tall photo with --fit %s: %s', (fit, expected) => {
    expect(inWords(imageProbe({ width: 1440, height: 2560 }), reels, fit)).toBe(expected);
  });

  it('--fit keep is about shapes only', () => {
    expect(inWords(imageProbe({ format: 'png' }), reels, 'keep')).toBe('jpeg 1080x1350 scale');
  });

  it('says why, as information', () => {
    if (!reels.photos) throw new Error('takes no photos');
    const decision = decidePhoto(imageProbe({ format: 'png' }), reels.photos, 'blur');
    expect(decision).toMatchObject({
      why: [{ code: 'image-format', severity: 'info', actual: 'png', limit: 'jpeg' }],
    });
  });
});

describe('chunks', () => {
  it('loses none, keeps the order, fills from the front', () => {
    fc.assert(
      fc.property(fc.array(fc.integer()), fc.integer({ min: 1, max: 20 }), (items, max) => {
        const result = chunks(items, max);
        expect(result.flat()).toEqual(items);
        expect(result).toHaveLength(Math.ceil(items.length / max));
        for (const chunk of result.slice(0, -1)) expect(chunk).toHaveLength(max);
      }),
    );
  });
});
