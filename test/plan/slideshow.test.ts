import { describe, expect, it } from 'vitest';
import type { Issue } from '../../src/model/issue.ts';
import { whyNotVideo } from '../../src/plan/accept.ts';
import { Measurements } from '../../src/plan/measure.ts';
import { planPost } from '../../src/plan/post.ts';
import { decideSlideshow } from '../../src/plan/slideshow.ts';
import { targets } from '../../src/targets/index.ts';
import { rednote } from '../../src/targets/rednote/index.ts';
import { reels } from '../../src/targets/reels.ts';
import { shorts } from '../../src/targets/shorts.ts';
import { imageProbe, originalFile, planOptions, post, videoProbe } from '../builders.ts';

const photos = (count: number, odd = {}) =>
  Array.from({ length: count }, (_, index) => ({ file: originalFile(`p${index}`), probe: imageProbe(odd) }));
const why: Issue = { code: 'slideshow-needed', severity: 'info', actual: 1, limit: null };
const decide = (shown = photos(3), odd: Parameters<typeof planOptions>[0] = {}, { video } = shorts) =>
  decideSlideshow(post({ kind: 'photos' }), shown, video, planOptions(odd), why);
const keyOf = (...args: Parameters<typeof decide>) => decide(...args).parts[0]?.video.key;

describe('decideSlideshow', () => {
  it('shows each photo for three seconds, in order, in a portrait video', () => {
    const { parts, issues } = decide();
    const [part] = parts;
    expect(part?.video).toMatchObject({ name: 'video.mp4', role: 'video', seconds: 9, why: [why] });
    const { operation } = part?.video ?? {};
    if (operation?.kind !== 'slideshow') throw new Error('no slideshow');
    expect(operation.show).toMatchObject({ width: 1080, height: 1920, slide: 3, fade: 0.5, music: null });
    expect(operation.show.slides.map(({ photo }) => photo.path)).toEqual(photos(3).map(({ file }) => file.path));
    expect([parts.length, issues]).toEqual([1, []]);
  });

  it.each<[string, object, Parameters<typeof planOptions>[0], string]>([
    ['whole over its blurred fill', {}, {}, 'blur'],
    ['of the shape of the video', { width: 1080, height: 1920 }, {}, 'scale'],
    ['on black', {}, { fit: 'pad' }, 'pad'],
    ['cut', {}, { fit: 'crop' }, 'crop'],
    ['kept whole', {}, { fit: 'keep' }, 'blur'],
  ])('a photo %s', (_odd, probe, options, fit) => {
    const operation = decide(photos(1, probe), options).parts[0]?.video.operation;
    expect(operation?.kind === 'slideshow' && operation.show.slides.map((slide) => slide.fit)).toEqual([fit]);
  });

  it.each<[string, [number, number], Parameters<typeof planOptions>[0], object]>([
    ['half as wide: enlarged', [540, 720], {}, { fit: 'blur' }],
    ['a thumbnail: twice its size over the fill', [40, 40], {}, { fit: 'blur', within: { width: 80, height: 80 } }],
    ['on black', [40, 40], { fit: 'pad' }, { fit: 'pad', within: { width: 80, height: 80 } }],
    [
      'to be cut, which would be mush',
      [300, 300],
      { fit: 'crop' },
      { fit: 'blur', within: { width: 600, height: 600 } },
    ],
    ['of the shape of the video', [90, 160], {}, { fit: 'blur', within: { width: 180, height: 320 } }],
    ['a line', [3, 2000], { fit: 'crop' }, { fit: 'blur', within: { width: 6, height: 1920 } }],
  ])('a small photo, %s', (_odd, [width, height], options, expected) => {
    const operation = decide(photos(1, { width, height }), options).parts[0]?.video.operation;
    const { photo: _, ...slide } = (operation?.kind === 'slideshow' && operation.show.slides[0]) || { photo: null };
    expect(slide).toEqual(expected);
  });

  it('splits 500 photos into three videos without losing any', () => {
    expect(decide(photos(500)).parts.map((part) => part.photos.length)).toEqual([167, 167, 166]);
  });

  it('platforms with equal requirements share one file', () => {
    expect(new Set(targets.map((target) => keyOf(photos(3), {}, target))).size).toBe(1);
  });

  it.each<[string, Parameters<typeof decide>]>([
    ['the photos', [photos(4)]],
    ['their order', [photos(3).reverse()]],
    ['their fit', [photos(3), { fit: 'pad' }]],
    ['their time', [photos(3), { slideSeconds: 4 }]],
    ['the music', [photos(3), { music: originalFile('song') }]],
    ['the size of small photos', [photos(3, { width: 40, height: 50 })]],
  ])('the key changes with %s', (_what, args) => {
    expect(keyOf(...args)).not.toBe(keyOf());
  });

  it('the key changes with the stream of the music', () => {
    const keys = [undefined, 0, 1].map((stream) => {
      const music = { ...originalFile('song'), ...(stream !== undefined && { stream }) };
      return keyOf(photos(3), { music });
    });
    expect(new Set(keys).size).toBe(3);
  });

  it('the key does not depend on paths of photos and music', () => {
    const moved = photos(3).map(({ file, probe }) => ({ file: { ...file, path: `/elsewhere${file.path}` }, probe }));
    const song = originalFile('song');
    expect(keyOf(moved, { music: { ...song, path: '/elsewhere.mp3' } })).toBe(keyOf(photos(3), { music: song }));
  });

  it('reports that photos are shown for less than the requested time', () => {
    const { parts, issues } = decide(photos(35), { slideSeconds: 10 });
    expect(parts).toHaveLength(1);
    expect(issues).toMatchObject([{ code: 'slides-shortened', severity: 'info', actual: 5.13, limit: 180 }]);
  });

  it('splits photos that do not fit at one second each, and drops none', () => {
    const { parts, issues } = decide(photos(200));
    expect(parts.map((part) => part.photos.length)).toEqual([100, 100]);
    expect(parts.flatMap((part) => part.photos.map(({ file }) => file.path))).toHaveLength(200);
    expect(issues).toMatchObject([
      { code: 'slides-shortened', severity: 'info' },
      { code: 'photo-count', severity: 'info', actual: 200, limit: 100 },
    ]);
    for (const { video } of parts) {
      expect(whyNotVideo(videoProbe({ seconds: video.seconds ?? 0 }), shorts.video.accept)).toEqual([]);
    }
  });
});

describe('planPost for photos', () => {
  const plan = (target: typeof shorts, count = 3, odd: Parameters<typeof planOptions>[0] = {}) => {
    const material = { kind: 'photos', photos: photos(count) } as const;
    return planPost(post({ kind: 'photos' }), material, null, target, planOptions(odd), new Measurements());
  };
  const actions = (made: ReturnType<typeof plan>) =>
    made.kind === 'reject' ? [] : made.parts.map(({ files }) => files.map(({ operation }) => operation.kind).join(' '));

  it.each<[string, typeof shorts, Parameters<typeof planOptions>[0], string[]]>([
    ['a video where there are no photos', shorts, {}, ['slideshow image']],
    ['photos where there are', reels, {}, ['copy copy copy image']],
    ['a video where it is asked for', reels, { photos: 'video' }, ['slideshow image']],
    ['everywhere', rednote, { photos: 'video' }, ['slideshow image']],
  ])('%s', (_odd, target, odd, expected) => {
    expect(actions(plan(target, 3, odd))).toEqual(expected);
  });

  it("adds the part number to texts, and uses each part's first photo as cover", () => {
    const made = plan(shorts, 200);
    if (made.kind === 'reject') throw new Error('rejected');
    expect(made.parts.map(({ folder }) => folder)).toEqual(['part-1', 'part-2']);
    expect(made.parts.map(({ caption }) => caption.body)).toEqual(['(1/2)', '(2/2)']);
    expect(made.parts.map(({ files }) => files[1]?.source.path)).toEqual(['/originals/p0.mp4', '/originals/p100.mp4']);
  });
});
