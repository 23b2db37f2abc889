import { describe, expect, it } from 'vitest';
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
