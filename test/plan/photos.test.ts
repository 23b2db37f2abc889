import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ImageProbe } from '../../src/model/probe.ts';
import { whyNotImage } from '../../src/plan/accept.ts';
import { chunks, decidePhoto, decidePhotos } from '../../src/plan/photos.ts';
import type { Fit, Operation } from '../../src/plan/plan.ts';
import { targets } from '../../src/targets/index.ts';
import { lemon8 } from '../../src/targets/lemon8.ts';
import { rednote } from '../../src/targets/rednote/index.ts';
import { reels } from '../../src/targets/reels.ts';
import type { Target } from '../../src/targets/target.ts';
import { imageProbe } from '../builders.ts';

/** A decision in a few words, so that a row of the table can be read. */
function inWords(probe: ImageProbe, { photos }: Target, fit: Fit = 'blur'): string {
  if (photos === null) throw new Error('takes no photos');
  const decision = decidePhoto(probe, photos, fit);
  if (decision.kind === 'reject') return `reject ${decision.issues.map(({ code }) => code).join(' ')}`;
  if (decision.operation.kind !== 'image') return decision.operation.kind;
  const { format, width, height, fit: how, within } = decision.operation.settings;
  return `${format} ${width}x${height} ${how}${within ? `, ${within.width}x${within.height}` : ''}`;
}

describe('decidePhoto', () => {
  it.each<[string, ImageProbe, Target, string]>([
    ['compliant', imageProbe(), reels, 'copy'],
    ['any shape where any is taken', imageProbe({ width: 300, height: 3000 }), rednote, 'copy'],
    ['huge, but taken', imageProbe({ width: 8000, height: 10_000 }), rednote, 'copy'],
    ['WebP where it is taken', imageProbe({ format: 'webp' }), rednote, 'copy'],
    ['WebP where it is not', imageProbe({ format: 'webp' }), lemon8, 'jpeg 1080x1350 scale'],
    ['AVIF', imageProbe({ format: 'heif', width: 3024, height: 4032 }), rednote, 'jpeg 1920x2560 scale'],
    ['9:16 where that is taken', imageProbe({ width: 1080, height: 1920 }), rednote, 'copy'],
    [
      '9:16, drawn anyway: as advised',
      imageProbe({ format: 'gif', width: 1080, height: 1920 }),
      rednote,
      'jpeg 1440x1920 blur',
    ],
    ['a strip of screens', imageProbe({ format: 'webp', width: 1080, height: 40_000 }), lemon8, 'jpeg 735x27222 scale'],
    ['one pixel', imageProbe({ width: 1, height: 1 }), rednote, 'copy'],
    [
      'one pixel, drawn anyway: not enlarged',
      imageProbe({ format: 'gif', width: 1, height: 1 }),
      rednote,
      'jpeg 1x1 scale',
    ],
    ['one pixel where 320 are the least', imageProbe({ width: 1, height: 1 }), reels, 'jpeg 320x320 blur, 2x2'],
    ['12,000 x 12,000', imageProbe({ width: 12_000, height: 12_000 }), reels, 'jpeg 1440x1440 scale'],
    ['stored on its side', imageProbe({ orientation: 6 }), reels, 'jpeg 1080x1350 scale'],
    ['a place inside', imageProbe({ hasLocation: true }), rednote, 'strip'],
    ['a serial number', imageProbe({ hasSerial: true }), reels, 'strip'],
    ['the film of a motion photo', imageProbe({ hasAttachment: true }), lemon8, 'strip'],
    ['a place in a PNG', imageProbe({ format: 'png', hasLocation: true }), lemon8, 'strip'],
    [
      'a place, and a platform that takes no PNG',
      imageProbe({ format: 'png', hasLocation: true }),
      reels,
      'jpeg 1080x1350 scale',
    ],
    ['a place, and on its side', imageProbe({ hasLocation: true, orientation: 3 }), reels, 'jpeg 1080x1350 scale'],
    [
      'a place that cannot be cut out',
      imageProbe({ hasLocation: true, strippable: false }),
      rednote,
      'jpeg 1080x1350 scale',
    ],
    ['Display P3', imageProbe({ profile: 'Display P3' }), rednote, 'jpeg 1080x1350 scale'],
    ['CMYK', imageProbe({ space: 'cmyk' }), rednote, 'jpeg 1080x1350 scale'],
    ['33 MB', imageProbe({ bytes: 33_000_000, width: 4000, height: 5000 }), rednote, 'jpeg 1920x2400 scale'],
    ['too wide', imageProbe({ width: 2880, height: 3600 }), reels, 'jpeg 1440x1800 scale'],
    ['too narrow: enlarged', imageProbe({ width: 160, height: 200 }), reels, 'jpeg 320x400 scale'],
    ['much too narrow: twice its size', imageProbe({ width: 100, height: 125 }), reels, 'jpeg 320x400 blur, 200x250'],
    ['9:16', imageProbe({ width: 1080, height: 1920 }), reels, 'jpeg 1440x1920 blur'],
    ['panorama', imageProbe({ width: 3000, height: 1000 }), reels, 'jpeg 1440x754 blur'],
  ])('%s', (_odd, probe, target, expected) => {
    expect(inWords(probe, target)).toBe(expected);
  });

  it.each<[Fit, string]>([
    ['keep', 'reject shape'],
    ['blur', 'jpeg 1440x1920 blur'],
    ['pad', 'jpeg 1440x1920 pad'],
    ['crop', 'jpeg 1440x1920 crop'],
  ])('a tall photo with --fit %s: %s', (fit, expected) => {
    expect(inWords(imageProbe({ width: 1440, height: 2560 }), reels, fit)).toBe(expected);
  });

  it('--fit keep affects aspect ratios only', () => {
    expect(inWords(imageProbe({ format: 'png' }), reels, 'keep')).toBe('jpeg 1080x1350 scale');
  });

  it('returns the reasons as information', () => {
    if (!reels.photos) throw new Error('takes no photos');
    const decision = decidePhoto(imageProbe({ format: 'png' }), reels.photos, 'blur');
    expect(decision).toMatchObject({
      why: [{ code: 'image-format', severity: 'info', actual: 'png', limit: 'jpeg' }],
    });
  });
});

describe('decidePhotos', () => {
  const rules = (target: Target) => {
    if (target.photos === null) throw new Error('takes no photos');
    return target.photos;
  };
  const sizes = (list: readonly (readonly [number, number])[]) =>
    list.map(([width, height]) => ({ probe: imageProbe({ width, height }) }));
  /** Per package, what becomes of each photo. */
  const inWordsAll = (photos: readonly { probe: ImageProbe }[], target: Target, fit: Fit = 'blur') => {
    const decision = decidePhotos(photos, rules(target), fit);
    if (decision.kind === 'reject') return decision.issues.map(({ code }) => code);
    return decision.packages.map((chunk) =>
      chunk
        .map(({ operation }) => {
          if (operation.kind !== 'image') return operation.kind;
          const { width, height, fit: how } = operation.settings;
          return `${width}x${height} ${how}`;
        })
        .join(', '),
    );
  };

  it.each<[Fit, string]>([
    ['blur', 'copy, 1440x1800 blur, copy, 1080x1350 blur'],
    ['pad', 'copy, 1440x1800 pad, copy, 1080x1350 pad'],
    ['crop', 'copy, 1080x1350 crop, copy, 864x1080 crop'],
  ])('Instagram shows all photos in the aspect ratio of the first; --fit %s', (fit, expected) => {
    const photos = sizes([
      [1080, 1350],
      [1080, 1920],
      [720, 900],
      [1080, 1080],
    ]);
    expect(inWordsAll(photos, reels, fit)).toEqual([expected]);
  });

  it('limits the aspect ratio of a first photo that is too tall', () => {
    const photos = sizes([
      [1080, 1920],
      [1080, 1350],
      [1080, 1080],
    ]);
    expect(inWordsAll(photos, reels, 'crop')).toEqual(['1080x1440 crop, 1013x1351 crop, 810x1080 crop']);
  });

  it('--fit keep leaves the aspect ratio to the platform, with an issue', () => {
    const photos = sizes([
      [1080, 1350],
      [1080, 1080],
    ]);
    const decision = decidePhotos(photos, rules(reels), 'keep');
    expect(decision).toMatchObject({
      packages: [[{ operation: { kind: 'copy' } }, { operation: { kind: 'copy' } }]],
      issues: [{ code: 'shape-shared', severity: 'warning', actual: 1, limit: '1080x1350' }],
    });
    expect(inWordsAll(sizes([[1080, 1920]]), reels, 'keep')).toEqual(['shape']);
  });

  it.each<[Target, number[]]>([
    [rednote, [18, 17]],
    [reels, [20, 15]],
    [lemon8, [10, 10, 10, 5]],
  ])('splits 35 photos for $name', (target, expected) => {
    const photos = Array.from({ length: 35 }, (_, number) => ({ number, probe: imageProbe() }));
    const decision = decidePhotos(photos, rules(target), 'blur');
    if (decision.kind === 'reject') throw new Error('rejected');
    expect(decision.packages.map((chunk) => chunk.length)).toEqual(expected);
    expect(decision.packages.flat().map(({ number }) => number)).toEqual(photos.map(({ number }) => number));
    expect(decision.issues).toMatchObject([
      { code: 'photo-count', severity: 'info', actual: 35, limit: rules(target).maxCount.value },
    ]);
  });

  it('each package has the aspect ratio of its first photo', () => {
    const tall = Array.from({ length: 20 }, () => [1080, 1350] as const);
    const square = [[1080, 1080] as const, [1080, 1350] as const];
    expect(inWordsAll(sizes([...tall, ...square]), reels, 'crop')[1]).toBe('copy, 1080x1080 crop');
  });

  it('reports aspect ratios that are accepted but not shown well', () => {
    const photos = sizes([
      [1080, 1920],
      [1080, 1440],
    ]);
    const decision = decidePhotos(photos, rules(rednote), 'blur');
    expect(decision.issues).toEqual([{ code: 'shape-advice', severity: 'info', actual: 1, limit: '0.75 to 2' }]);
  });

  const anyPhoto = fc
    .record({
      width: fc.integer({ min: 1, max: 13_000 }),
      height: fc.integer({ min: 1, max: 13_000 }),
      format: fc.constantFrom('jpeg', 'png', 'webp', 'heif', 'gif'),
      orientation: fc.constantFrom(1, 6),
      profile: fc.constantFrom(null, 'Display P3'),
      hasLocation: fc.boolean(),
      strippable: fc.boolean(),
      bytes: fc.integer({ min: 100, max: 40_000_000 }),
    })
    .map((odd) => ({ probe: imageProbe(odd) }));

  it.each(targets.filter(({ photos }) => photos !== null))(
    '$name: nothing dropped, order kept, all taken',
    (target) => {
      const { accept, maxCount, oneShape } = rules(target);
      fc.assert(
        fc.property(
          fc.array(anyPhoto, { maxLength: 45 }),
          fc.constantFrom<Fit>('blur', 'pad', 'crop'),
          (photos, fit) => {
            const decision = decidePhotos(photos, rules(target), fit);
            if (decision.kind === 'reject') throw new Error('rejected');
            expect(decision.packages.flat().map(({ probe }) => probe)).toEqual(photos.map(({ probe }) => probe));
            for (const chunk of decision.packages) {
              expect(chunk.length).toBeLessThanOrEqual(maxCount.value);
              const made = chunk.map(({ probe, operation }) => outcome(probe, operation));
              for (const probe of made) expect(whyNotImage(probe, accept)).toEqual([]);
              const [first = imageProbe()] = made;
              // Both lie within half a percent of the shape that they share, and whole pixels add to it.
              if (oneShape) {
                for (const { width, height } of made) {
                  expect(Math.abs(width / height / (first.width / first.height) - 1)).toBeLessThan(0.014);
                }
              }
            }
          },
        ),
      );
    },
  );
});

/** What was done as it was told looks like. */
function outcome(probe: ImageProbe, operation: Operation): ImageProbe {
  if (operation.kind === 'strip') return { ...probe, hasLocation: false, hasSerial: false, hasAttachment: false };
  if (operation.kind !== 'image') return probe;
  const { width, height, format } = operation.settings;
  return imageProbe({ width, height, format });
}

describe('chunks', () => {
  it('keeps all items in order, in evenly sized chunks', () => {
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
