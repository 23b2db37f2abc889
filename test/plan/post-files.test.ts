import { describe, expect, it } from 'vitest';
import type { Caption } from '../../src/model/caption.ts';
import { Measurements } from '../../src/plan/measure.ts';
import { type Material, planPost } from '../../src/plan/post.ts';
import type { CutPoints } from '../../src/plan/spans.ts';
import { rednote } from '../../src/targets/rednote/index.ts';
import { reels } from '../../src/targets/reels.ts';
import { shorts } from '../../src/targets/shorts.ts';
import type { Target } from '../../src/targets/target.ts';
import { threads } from '../../src/targets/threads.ts';
import { audioStream, imageProbe, originalFile, planOptions, post, streams, videoProbe } from '../builders.ts';

type Options = Parameters<typeof planOptions>[0];
type Cues = readonly { readonly from: number; readonly to: number; readonly text: string }[];

const video = (odd: Parameters<typeof videoProbe>, subtitles?: Cues): Material => ({
  kind: 'video',
  still: null,
  file: originalFile(),
  probe: videoProbe(...odd),
  ...(subtitles && { subtitles }),
});
const photos = (count: number, odd = {}): Material => ({
  kind: 'photos',
  photos: Array.from({ length: count }, (_, index) => ({ file: originalFile(`p${index}`), probe: imageProbe(odd) })),
});

/** A plan with every measurement that it asks for: a key frame each two seconds, sound everywhere. */
function plan(
  material: Material,
  target: Target,
  options: Options = {},
  { caption = null, sound = null }: { readonly caption?: Caption | null; readonly sound?: string | null } = {},
  stills: CutPoints['stills'] = [],
) {
  const measurements = new Measurements();
  const keyFrames = Array.from({ length: 1000 }, (_, index) => ({ at: index * 2, decodedAt: index * 2 }));
  const asked: string[] = [];
  const tell = () =>
    planPost(post({ kind: material.kind, sound }), material, caption, target, planOptions(options), measurements);
  let made = tell();
  for (let wanted = measurements.takeWanted(); wanted.length > 0; wanted = measurements.takeWanted()) {
    for (const each of wanted) {
      if (each.kind === 'cover') asked.push(`${each.from}-${each.to}`);
      if (each.kind === 'cover') measurements.answer(each, each.from + 1);
      if (each.kind === 'cut-points') measurements.answer(each, { keyFrames, silences: [], scenes: [], stills });
      if (each.kind === 'sound') measurements.answer(each, true);
      if (each.kind === 'zscale') measurements.answer(each, false);
      if (each.kind === 'loudness') measurements.answer(each, { integrated: -20, truePeak: -12 });
    }
    made = tell();
  }
  if (made.kind !== 'deliver') throw new Error(made.issues.map(({ code }) => code).join(' '));
  return { ...made, covers: asked };
}

const fileOf = (made: ReturnType<typeof plan>, role: string, part = 0) =>
  made.parts[part]?.files.find((file) => file.role === role);

describe('the files of a video', () => {
  it('say how long they are, why they are made, and what replaces them', () => {
    const file = fileOf(plan(video([{ moovFirst: false, seconds: 20 }]), rednote), 'video');
    expect(file).toMatchObject({ name: 'video.mp4', role: 'video', seconds: 20, streams });
    expect(file?.why.map(({ code, severity }) => `${code} ${severity}`)).toEqual(['moov-position info']);
    expect(file?.instead).toMatchObject({ name: 'video.mp4', role: 'video', seconds: 20, streams });
    expect(file?.instead?.operation).toMatchObject({ kind: 'transcode', picture: { encoder: 'software' } });
    expect(file?.instead?.why).toMatchObject([
      { code: 'moov-position', severity: 'info' },
      { code: 'copy-failed', severity: 'info', actual: null, limit: null },
    ]);
    expect(file?.instead?.key).not.toBe(file?.key);
  });

  it('a copy has nothing that replaces it', () => {
    expect(fileOf(plan(video([]), rednote), 'video')).not.toHaveProperty('instead');
  });

  it('a MOV that is encoded is an MP4', () => {
    const made = plan(video([{ container: 'mov' }, { codec: 'vp9' }]), rednote);
    expect(fileOf(made, 'video')?.name).toBe('video.mp4');
  });

  it('each part has the length of its own', () => {
    const made = plan(video([{ seconds: 300 }]), shorts, { long: 'split' });
    expect([fileOf(made, 'video', 0)?.seconds, fileOf(made, 'video', 1)?.seconds]).toEqual([180, 120]);
  });

  it.each<[string, Parameters<typeof videoProbe>, string[]]>([
    ['the whole', [{ seconds: 20 }], ['0-20']],
    ['the picture, where the sound goes on', [{ seconds: 20 }, { seconds: 15 }], ['0-15']],
    ['each part', [{ seconds: 300 }], ['0-180', '180-300']],
    ['the last part up to the end of the picture', [{ seconds: 300 }, { seconds: 250 }], ['0-180', '180-250']],
    ['the part behind the end of the picture', [{ seconds: 300 }, { seconds: 170 }], ['0-170', '180-180']],
  ])('a cover is looked for in %s', (_where, probe, expected) => {
    const { covers } = plan(video(probe), shorts, { long: 'split' });
    // The forecast without key frames has other parts.
    expect(covers.slice(-expected.length)).toEqual(expected);
  });

  it('a cover of a part that goes on with a still is looked for from where that begins', () => {
    const { covers } = plan(video([{ seconds: 300 }, { codec: 'vp9' }]), shorts, { long: 'split' }, {}, [
      { from: 150, to: null },
    ]);
    expect(covers.at(-1)).toBe('150-300');
  });

  it('a video of a shape that may not be changed is refused', () => {
    expect(() => plan(video([{}, { width: 1920, height: 1080 }]), shorts, { fit: 'keep' })).toThrow(/^shape$/);
  });

  it('subtitles are beside the part in which they are said, in its own time', () => {
    const cues = [
      { from: 1000, to: 2000, text: 'Hello' },
      { from: 200_000, to: 201_500, text: 'Bye' },
    ];
    const whole = plan(video([], cues.slice(0, 1)), rednote);
    expect(fileOf(whole, 'subtitles')).toMatchObject({ name: 'video.srt', seconds: null, why: [], streams: null });
    const textsOf = (made: ReturnType<typeof plan>) =>
      made.parts.map(({ files }) =>
        files.flatMap(({ operation }) => (operation.kind === 'subtitles' ? [operation.text] : [])),
      );
    expect(textsOf(plan(video([{ seconds: 300 }], cues), shorts, { long: 'split' }))).toEqual([
      ['1\n00:00:01,000 --> 00:00:02,000\nHello\n'],
      ['1\n00:00:20,000 --> 00:00:21,500\nBye\n'],
    ]);
    expect(textsOf(plan(video([{ seconds: 300 }], cues.slice(0, 1)), shorts, { long: 'split' }))[1]).toEqual([]);
    expect(textsOf(plan(video([]), rednote))).toEqual([[]]);
  });
});

describe('what is said of a video', () => {
  const two = { audio: [audioStream(), audioStream({ index: 2, ordinal: 1 })] };
  it.each<[string, Parameters<typeof videoProbe>, Target, Options, string[]]>([
    ['as it should be', [], shorts, {}, []],
    ['with a second sound', [two], shorts, {}, ['audio-left-out warning']],
    ['longer than advised', [{ seconds: 70 }], shorts, {}, ['duration-advice warning']],
    [
      'split into parts longer than advised',
      [{ seconds: 300 }],
      shorts,
      { long: 'split' },
      ['duration-split info', 'duration-advice warning'],
    ],
    [
      'HDR, without the filter that keeps its light',
      [{}, { transfer: 'smpte2084' }],
      shorts,
      {},
      ['light-plain warning'],
    ],
    [
      'HDR in two parts, of which it is said once',
      [{ seconds: 300 }, { transfer: 'smpte2084' }],
      shorts,
      { long: 'split' },
      ['duration-split info', 'light-plain warning', 'duration-advice warning'],
    ],
  ])('%s', (_odd, probe, target, options, expected) => {
    const { issues } = plan(video(probe), target, options, { caption: words('A walk.') });
    const longest = options?.long === 'split' ? 180 : 70;
    for (const { code, actual } of issues) if (code === 'duration-advice') expect(actual).toBe(longest);
    const said = issues.filter(({ code }) => code !== 'title-made').map(({ code, severity }) => `${code} ${severity}`);
    expect(said).toEqual(expected);
  });

  it('sound of others is warned of, and a louder sound is a reason to encode it', () => {
    const song = { sound: 'Espresso - Sabrina Carpenter', caption: words('A walk.') };
    expect(plan(video([]), rednote, { names: ['maya'] }, song).issues).toContainEqual(
      expect.objectContaining({ code: 'sound-library', severity: 'warning' }),
    );
    const louder = fileOf(plan(video([]), rednote, { loudness: -14 }), 'video');
    expect(louder?.why.map(({ code }) => code)).toEqual(['loudness']);
    expect(louder?.operation).toMatchObject({ kind: 'transcode', picture: 'copy', sound: { gain: 6 } });
  });
});

describe('the files of photos', () => {
  it.each<[string, Material, Target, Options, string]>([
    ['are numbered with two digits', photos(11), rednote, {}, '01.jpg 10.jpg 11.jpg'],
    ['keep their format', photos(11, { format: 'webp' }), rednote, {}, '01.webp 10.webp 11.webp'],
    ['become JPEG where they are drawn', photos(11, { format: 'gif' }), rednote, {}, '01.jpg 10.jpg 11.jpg'],
  ])('%s', (_what, material, target, options, expected) => {
    const files = plan(material, target, options).parts.flatMap((part) => part.files);
    const names = files.filter(({ role }) => role === 'photo').map(({ name }) => name);
    expect([names[0], names[9], names[10]].join(' ')).toBe(expected);
  });

  it('say why they are not copies, and have neither length nor streams', () => {
    const file = fileOf(plan(photos(1, { orientation: 6 }), rednote), 'photo');
    expect(file).toMatchObject({
      seconds: null,
      streams: null,
      why: [{ code: 'image-orientation', severity: 'info' }],
    });
  });

  it.each<[string, Target, Options, string]>([
    ['photos: the first', rednote, {}, 'p0'],
    ['a video of photos: the first', shorts, {}, 'p0'],
    ['photos: the picture that was chosen', rednote, { coverPicture: chosen() }, 'chosen'],
    ['a video of photos: the picture that was chosen', shorts, { coverPicture: chosen() }, 'chosen'],
  ])('the cover of %s', (_what, target, options, expected) => {
    const made = plan(photos(3), target, options);
    expect(fileOf(made, 'cover')?.source.path).toBe(`/originals/${expected}.mp4`);
    expect(made.parts[0]?.files.filter(({ role }) => role === 'cover')).toHaveLength(1);
  });

  it.each<[string, Target, Options, object]>([
    ['the platform has none', shorts, {}, { code: 'slideshow-needed', severity: 'info', actual: 3, limit: null }],
    ['it was asked for', rednote, { photos: 'video' }, { code: 'slideshow-asked', severity: 'info', actual: 3 }],
  ])('are a video where %s, which is told', (_why, target, options, why) => {
    expect(fileOf(plan(photos(3), target, options), 'video')?.why).toMatchObject([why]);
  });

  it.each<[string, Material, Target, Options, string[]]>([
    ['in two packages', photos(20), rednote, {}, ['photo-count']],
    ['in two videos', photos(200), shorts, {}, ['slides-shortened', 'photo-count']],
    ['in one', photos(2), rednote, {}, []],
  ])('%s: what is said, once for all parts', (_how, material, target, options, expected) => {
    const { issues } = plan(material, target, options);
    expect(issues.map(({ code }) => code)).toEqual([...expected, 'no-words', 'title-made']);
  });

  it('are refused if one may not be changed as it would have to be', () => {
    expect(() => plan(photos(2, { width: 500, height: 3000 }), reels, { fit: 'keep' })).toThrow(/^shape shape$/);
  });
});

describe('the words of each part', () => {
  const said = words('A walk in the woods.');
  it('have the creator’s own hashtags and footer, and the number of the part', () => {
    const { parts } = plan(photos(20), rednote, { tags: ['brand'], footer: 'Every Sunday!' }, { caption: said });
    expect(parts.map(({ caption }) => caption.hashtags)).toEqual([['brand'], ['brand']]);
    expect(parts.map(({ caption }) => caption.body)).toEqual(['Every Sunday! (1/2)', 'Every Sunday! (2/2)']);
  });

  it('are those of the translation for this platform', () => {
    const german = { language: 'de', layout: 'only', title: null, text: 'Ein Gang im Wald.' } as const;
    const titles = [rednote, shorts].map((target) => {
      const { parts } = plan(video([]), target, {}, { caption: { ...said, translations: { rednote: german } } });
      return parts[0]?.caption.title;
    });
    expect(titles).toEqual(['Ein Gang im Wald', 'A walk in the woods']);
  });

  it('go on in replies only where that was asked for', () => {
    const long = words('A walk in the woods, and more. '.repeat(40));
    const posts = [true, false].map((thread) => {
      const { parts } = plan(video([]), threads, { thread }, { caption: long });
      return (parts[0]?.caption.thread ?? []).length > 0;
    });
    expect(posts).toEqual([true, false]);
  });
});

function words(text: string): Caption {
  return { text, source: 'csv', title: null, hashtags: null };
}

function chosen() {
  return { file: originalFile('chosen'), probe: imageProbe() };
}
