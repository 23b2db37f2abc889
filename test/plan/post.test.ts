import { describe, expect, it } from 'vitest';
import { Measurements } from '../../src/plan/measure.ts';
import type { Material } from '../../src/plan/post.ts';
import { planPost } from '../../src/plan/post.ts';
import { renditionKey } from '../../src/plan/rendition-key.ts';
import { lemon8 } from '../../src/targets/lemon8.ts';
import { rednote } from '../../src/targets/rednote/index.ts';
import { reels } from '../../src/targets/reels.ts';
import { shorts } from '../../src/targets/shorts.ts';
import type { Target } from '../../src/targets/target.ts';
import { imageProbe, originalFile, planOptions, post, videoProbe } from '../builders.ts';

const video = (...odd: Parameters<typeof videoProbe>): Material => ({
  kind: 'video',
  still: null,
  file: originalFile(),
  probe: videoProbe(...odd),
});
const photos = (number: number, odd = {}): Material => ({
  kind: 'photos',
  photos: Array.from({ length: number }, (_, index) => ({ file: originalFile(`p${index}`), probe: imageProbe(odd) })),
});

function plan(material: Material, target: Target) {
  const measured = new Measurements();
  measured.answer({ kind: 'cover', from: 0, to: 20 }, 1);
  const made = planPost(post({ kind: material.kind }), material, null, target, planOptions(), measured);
  if (made.kind === 'reject') throw new Error(made.issues.map(({ code }) => code).join(' '));
  return made;
}

const names = (material: Material, target: Target) =>
  plan(material, target).parts.map(({ folder, files }) => [folder, ...files.map(({ name }) => name)].join(' '));

describe('planPost', () => {
  it.each<[string, Material, Target, string[]]>([
    ['a video', video(), rednote, [' video.mp4 cover.jpg']],
    ['a MOV that is taken keeps its name', video({ container: 'mov' }), rednote, [' video.mov cover.jpg']],
    ['a MOV that is remuxed', video({ container: 'mov' }), shorts, [' video.mp4 cover.jpg']],
    ['three photos', photos(3), rednote, [' 01.jpg 02.jpg 03.jpg cover.jpg']],
    ['PNG stays PNG', photos(1, { format: 'png' }), rednote, [' 01.png cover.jpg']],
    ['PNG becomes JPEG', photos(1, { format: 'png' }), reels, [' 01.jpg cover.jpg']],
  ])('%s', (_odd, material, target, expected) => {
    expect(names(material, target)).toEqual(expected);
  });

  it.each<[Target, number[]]>([
    [rednote, [18, 17]],
    [reels, [20, 15]],
    [lemon8, [10, 10, 10, 5]],
  ])('splits 35 photos on $name into packages without dropping any', (target, sizes) => {
    const { parts, issues } = plan(photos(35), target);
    expect(parts.map(({ files }) => files.filter(({ role }) => role === 'photo').length)).toEqual(sizes);
    expect(parts.map(({ folder }) => folder)).toEqual(sizes.map((_, index) => `part-${index + 1}`));
    expect(parts.map(({ caption }) => caption.body)).toEqual(sizes.map((_, index) => `(${index + 1}/${sizes.length})`));
    expect(issues.map(({ code }) => code)).toContain('photo-count');
    const sources = parts.flatMap(({ files }) =>
      files.filter(({ role }) => role === 'photo').map(({ source }) => source),
    );
    expect(sources.map(({ sha256 }) => sha256.replace(/0+$/, '') || 'p0')).toHaveLength(35);
    expect(new Set(sources).size).toBe(35);
  });

  it('the maximum number of photos fits into one package', () => {
    expect(plan(photos(18), rednote).parts).toHaveLength(1);
  });

  it('crops a cover to the aspect ratio of the platform and never enlarges it', () => {
    const cover = (target: Target, ...odd: Parameters<typeof videoProbe>) => {
      const operation = plan(video(...odd), target).parts[0]?.files.find(({ role }) => role === 'cover')?.operation;
      return operation?.kind === 'image'
        ? `${operation.settings.width}x${operation.settings.height} at ${operation.at}`
        : null;
    };
    expect(cover(rednote)).toBe('1080x1440 at 1');
    expect(cover(shorts)).toBe('1080x1920 at 1');
    expect(cover(rednote, {}, { width: 540, height: 960 })).toBe('540x720 at 1');
  });

  it.each(['split', 'trim'] as const)(
    '--long %s: the advice is about what is uploaded, not about the whole',
    (long) => {
      const measured = new Measurements();
      const tell = () => planPost(post(), video({ seconds: 400 }), null, shorts, planOptions({ long }), measured);
      tell();
      for (const wanted of measured.takeWanted()) {
        const keyFrames = Array.from({ length: 200 }, (_, index) => ({ at: index * 2, decodedAt: index * 2 }));
        if (wanted.kind === 'cut-points') measured.answer(wanted, { keyFrames, silences: [], scenes: [], stills: [] });
      }
      const lasting = tell().issues.filter(({ code }) => code === 'duration-advice');
      expect(lasting.length).toBe(1);
      expect(lasting[0]?.actual).toBeGreaterThan(100);
      expect(lasting[0]?.actual).toBeLessThanOrEqual(180);
    },
  );

  /** What becomes of a video of so many seconds that has a key frame each half second. */
  function partsOf(seconds: number, target: Target, long: 'split' | 'trim') {
    const measured = new Measurements();
    const tell = () => planPost(post(), video({ seconds }), null, target, planOptions({ long }), measured);
    let made = tell();
    for (let wanted = measured.takeWanted(); wanted.length > 0; wanted = measured.takeWanted()) {
      const keyFrames = Array.from({ length: seconds * 2 }, (_, index) => ({ at: index / 2, decodedAt: index / 2 }));
      for (const each of wanted) {
        if (each.kind === 'cut-points') measured.answer(each, { keyFrames, silences: [], scenes: [], stills: [] });
        else if (each.kind === 'sound') measured.answer(each, true);
        else if (each.kind === 'cover') measured.answer(each, 1);
      }
      made = tell();
    }
    if (made.kind === 'reject') throw new Error(made.issues.map(({ code }) => code).join(' '));
    const { parts, issues } = made;
    return {
      folders: parts.map(({ folder }) => folder),
      seconds: parts.map(({ files }) => files.find(({ role }) => role === 'video')?.seconds ?? 0),
      said: issues.map(({ code }) => code).filter((code) => /^duration-(?:split|trimmed)$/.test(code)),
    };
  }

  it.each([20, 179.9, 180, 180.05])(
    '%f s on Shorts, which takes 180: nothing is split, cut or said of it',
    (seconds) => {
      for (const long of ['split', 'trim'] as const) {
        const { folders, said } = partsOf(seconds, shorts, long);
        expect([folders, said]).toEqual([[''], []]);
      }
    },
  );

  it.each([
    [shorts, 180, 1, 181],
    [shorts, 180, 1, 180.4],
    [shorts, 180, 1, 360.5],
    [reels, 900, 3, 901],
    [reels, 900, 3, 1800.5],
  ])(
    '$name takes %i s and no less than %i: no part of %f s is longer or shorter',
    (target, longest, shortest, whole) => {
      const { folders, seconds, said } = partsOf(whole, target, 'split');
      expect(folders).toEqual(seconds.map((_, index) => `part-${index + 1}`));
      expect(said).toEqual(['duration-split']);
      expect(Math.min(...seconds)).toBeGreaterThanOrEqual(shortest);
      expect(Math.max(...seconds)).toBeLessThanOrEqual(longest);
      expect(seconds.reduce((sum, each) => sum + each, 0)).toBeCloseTo(whole, 3);
    },
  );

  it('returns the same plan for the same arguments', () => {
    expect(plan(video(), rednote)).toEqual(plan(video(), rednote));
  });
});

describe('renditionKey', () => {
  it('does not depend on the property order of settings', () => {
    const settings = { format: 'jpeg', quality: 92, maxBytes: 9, width: 10, height: 20, fit: 'crop' } as const;
    const turned = { fit: 'crop', height: 20, width: 10, maxBytes: 9, quality: 92, format: 'jpeg' } as const;
    expect(renditionKey('k', 'h', { kind: 'image', at: null, settings })).toBe(
      renditionKey('k', 'h', { settings: turned, at: null, kind: 'image' }),
    );
  });

  it.each([
    ['post', renditionKey('other', 'h', { kind: 'copy' })],
    ['original', renditionKey('k', 'other', { kind: 'copy' })],
    ['operation', renditionKey('k', 'h', { kind: 'remux', sound: 'copy' })],
  ])('changes with %s', (_what, key) => {
    expect(key).not.toBe(renditionKey('k', 'h', { kind: 'copy' }));
  });
});
