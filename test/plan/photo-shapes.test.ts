import { describe, expect, it } from 'vitest';
import { photoFrame } from '../../src/plan/photo-frame.ts';
import { decidePhotos } from '../../src/plan/photos.ts';
import type { Fit } from '../../src/plan/plan.ts';
import { pinterest } from '../../src/targets/pinterest.ts';
import { rednote } from '../../src/targets/rednote/index.ts';
import { reels } from '../../src/targets/reels.ts';
import type { Target } from '../../src/targets/target.ts';
import { imageProbe } from '../builders.ts';

describe('what is said of the shapes of photos', () => {
  const rules = (target: Target) => {
    if (target.photos === null) throw new Error('takes no photos');
    return target.photos;
  };
  const sizes = (list: readonly (readonly [number, number])[]) =>
    list.map(([width, height]) => ({ probe: imageProbe({ width, height }) }));

  it.each<[string, [number, number][], Target, Fit, object[]]>([
    [
      'of one shape',
      [
        [1080, 1350],
        [2160, 2700],
      ],
      reels,
      'keep',
      [],
    ],
    [
      'of which one has another shape',
      [
        [1080, 1350],
        [2160, 2700],
        [1080, 1080],
      ],
      reels,
      'keep',
      [{ actual: 1 }],
    ],
    [
      'of two shapes, which are drawn alike',
      [
        [1080, 1350],
        [1080, 1080],
      ],
      reels,
      'blur',
      [],
    ],
    [
      'of two shapes where each keeps its own',
      [
        [1080, 1350],
        [1080, 1080],
      ],
      rednote,
      'keep',
      [],
    ],
  ])('photos %s: those that the platform cuts are counted', (_odd, list, target, fit, expected) => {
    const { issues } = decidePhotos(sizes(list), rules(target), fit);
    expect(issues.filter(({ code }) => code === 'shape-shared')).toMatchObject(expected);
    expect(issues.filter(({ code }) => code === 'shape-shared')).toHaveLength(expected.length);
  });

  it('a photo that is drawn in the shape of the first says so', () => {
    const photos = sizes([
      [1080, 1350],
      [1080, 1080],
    ]);
    expect(decidePhotos(photos, rules(reels), 'blur')).toMatchObject({
      kind: 'make',
      packages: [[{ why: [] }, { why: [{ code: 'shape', severity: 'info', actual: '1080x1080', limit: 0.8 }] }]],
    });
  });

  it('a photo that is drawn as advised is not reported', () => {
    const photos = [{ probe: imageProbe({ format: 'gif', width: 1080, height: 1920 }) }];
    expect(decidePhotos(photos, rules(rednote), 'blur').issues).toEqual([]);
  });

  it.each<[string, [number, number], object[]]>([
    ['a tall photo', [1080, 1920], [{ code: 'shape-advice', severity: 'info', actual: 1, limit: '0.67' }]],
    ['a square', [1080, 1080], []],
    ['a wide photo', [1900, 1000], []],
  ])('a platform that advises against tall photos only, %s', (_odd, size, issues) => {
    const decision = decidePhotos(sizes([size]), rules(pinterest), 'blur');
    expect(decision).toMatchObject({ packages: [[{ operation: { kind: 'copy' } }]] });
    expect(decision.issues).toEqual(issues);
  });
});

describe('the frame of a photo that is drawn', () => {
  const frameOf = ([width, height]: readonly [number, number], maxAspect: number | null, encode: object = {}) => {
    if (!reels.photos?.accept.maxAspect) throw new Error('takes any shape');
    const { formats, maxAspect: limit } = reels.photos.accept;
    const accept = { formats, ...(maxAspect !== null && { maxAspect: { ...limit, value: maxAspect } }) };
    const rules = { ...reels.photos, accept, advice: {}, encode: { ...reels.photos.encode, ...encode } };
    const frame = photoFrame(imageProbe({ width, height }), rules, 'blur', null);
    return `${frame.width}x${frame.height}`;
  };
  it.each<[string, readonly [number, number], string]>([
    ['14 pixels wide', [14, 1], '14x2'],
    ['24 pixels wide', [24, 2], '24x3'],
    ['1001 pixels wide, which is near enough', [1001, 50], '1001x100'],
  ])('is no flatter than allowed after rounding: %s', (_odd, size, expected) => {
    expect(frameOf(size, 10)).toBe(expected);
  });

  it.each<[string, readonly [number, number], object, string]>([
    ['that JPEG can hold', [100, 100_000], {}, '65x65000'],
    ['whose worst JPEG fits into the limit', [4000, 4000], { maxWidth: 9000, maxBytes: 1_000_000 }, '1581x1581'],
    ['of 20 million pixels', [9000, 9000], { maxWidth: 9000, maxBytes: 90_000_000 }, '4472x4472'],
  ])('has the largest size %s', (_which, size, encode, expected) => {
    expect(frameOf(size, null, encode)).toBe(expected);
  });

  it('--fit keep: keeps its own shape where another is advised, and is enlarged as far as it has to be', () => {
    const keep = (target: Target, width: number, height: number) => {
      if (target.photos === null) throw new Error('takes no photos');
      return photoFrame(imageProbe({ width, height }), target.photos, 'keep', null);
    };
    expect(keep(rednote, 1080, 1920)).toEqual({ width: 1080, height: 1920, fit: 'scale' });
    expect(keep(reels, 100, 125)).toEqual({ width: 320, height: 400, fit: 'scale' });
  });
});
