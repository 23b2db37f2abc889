import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { VideoProbe } from '../../src/model/probe.ts';
import { whyNotImage, whyNotVideo } from '../../src/plan/accept.ts';
import { sizeCaption } from '../../src/plan/caption.ts';
import { Measurements } from '../../src/plan/measure.ts';
import { decidePhoto } from '../../src/plan/photos.ts';
import type { Fit, Operation } from '../../src/plan/plan.ts';
import { planPost } from '../../src/plan/post.ts';
import { decideVideo } from '../../src/plan/video.ts';
import { captionText } from '../../src/plan/written-caption.ts';
import { targets } from '../../src/targets/index.ts';
import type { Limit, VideoEncode } from '../../src/targets/target.ts';
import { audioStream, imageProbe, originalFile, planOptions, post, videoProbe, videoStream } from '../builders.ts';

/** The suite that every platform has to pass: adding one adds it here by itself. */

const plain = { fragmented: false, trailer: false };

/** What an encode that did as it was told looks like. */
function made(source: VideoProbe, operation: Operation, { audioKbps }: VideoEncode): VideoProbe {
  const result: VideoProbe = {
    ...source,
    container: 'mp4',
    format: 'mov',
    moovFirst: true,
    hasLocation: false,
    ...plain,
  };
  if (operation.kind === 'copy') return source;
  const tag = 'tag' in operation && operation.tag ? { tag: operation.tag } : {};
  if (operation.kind === 'remux') {
    return {
      ...result,
      video: source.video && { ...source.video, ...tag },
      audio: operation.sound === 'silence' ? [audioStream()] : source.audio.slice(0, 1),
    };
  }
  if (operation.kind !== 'transcode') throw new Error('not a video');
  const { picture, sound } = operation;
  const audio =
    typeof sound === 'object'
      ? [audioStream({ channels: sound.channels })]
      : sound === 'silence'
        ? [audioStream()]
        : source.audio.slice(0, 1);
  if (picture === 'copy') return { ...result, video: source.video && { ...source.video, ...tag }, audio };
  const { width, height } = picture;
  const fps = picture.fps ?? source.video?.fps ?? 30;
  // As large as the caps allow, even where the source was smaller.
  const bytes = ((picture.maxKbps + audioKbps) * 1000 * source.seconds) / 8;
  return { ...result, audio, bytes, video: videoStream({ width, height, fps }) };
}

const videos = fc.record({
  width: fc.integer({ min: 16, max: 8192 }),
  height: fc.integer({ min: 16, max: 8192 }),
  codec: fc.constantFrom('h264', 'hevc', 'vp9', 'av1', 'mpeg4'),
  fps: fc.constantFrom(5, 10, 12.5, 15, 23.976, 25, 29.97, 30, 50, 59.94, 60, 90, 119.88, 240),
  rotation: fc.constantFrom(0 as const, 90 as const, 180 as const, 270 as const),
  sampleAspect: fc.constantFrom(1, 16 / 15, 4 / 3, 0.5),
  pixelFormat: fc.constantFrom('yuv420p', 'yuv422p', 'yuv420p10le', 'yuvj420p'),
  transfer: fc.constantFrom('bt709', 'smpte2084', 'arib-std-b67', null),
  interlaced: fc.boolean(),
  tag: fc.constantFrom('avc1', 'hvc1', 'hev1'),
  profile: fc.constantFrom('High', 'High 4:4:4 Predictive', 'Main', 'Rext', 'unknown', null),
  changesSize: fc.boolean(),
  reordered: fc.boolean(),
  decodeTimesOnly: fc.boolean(),
  dolbyVision: fc.constantFrom(null, null, null, 5),
  seconds: fc.constantFrom(null, 0.04, 3),
});
const sounds = fc.array(
  fc.record({
    codec: fc.constantFrom('aac', 'mp3', 'opus'),
    channels: fc.integer({ min: 1, max: 8 }),
    profile: fc.constantFrom('LC', 'HE-AAC', null),
    sampleRate: fc.constantFrom(22_050, 48_000, 96_000),
  }),
  { maxLength: 3 },
);
const files = fc.record({
  container: fc.constantFrom('mp4' as const, 'mov' as const, 'other' as const),
  moovFirst: fc.boolean(),
  fragmented: fc.boolean(),
  trailer: fc.boolean(),
  seconds: fc.constantFrom(0.3, 3, 20, 61, 179.9, 600, 5000),
  bytes: fc.integer({ min: 1000, max: 30_000_000_000 }),
  hasLocation: fc.boolean(),
});
const fits = fc.constantFrom<Fit>('keep', 'blur', 'pad', 'crop');

describe.each(targets)('$name', (target) => {
  it('accepts its own encodes of any source', () => {
    fc.assert(
      fc.property(files, videos, sounds, fits, (file, picture, tracks, fit) => {
        const source = videoProbe({ ...file, audio: tracks.map((track) => audioStream(track)) }, picture);
        const decision = decideVideo(source, target.video, fit);
        if (decision.kind === 'reject') {
          expect(decision.issues.length).toBeGreaterThan(0);
          return;
        }
        expect(whyNotVideo(made(source, decision.operation, target.video.encode), target.video.accept)).toEqual([]);
      }),
      { numRuns: 5000 },
    );
  });

  it('gets photos as photos if it accepts them, else as one video', () => {
    const photo = { file: originalFile(), probe: imageProbe() };
    const material = { kind: 'photos', photos: [photo, photo, photo] } as const;
    const plan = planPost(post({ kind: 'photos' }), material, null, target, planOptions(), new Measurements());
    const roles = plan.kind === 'deliver' ? plan.parts.map(({ files }) => files.map(({ role }) => role)) : [];
    expect(roles).toEqual([[...(target.photos === null ? ['video'] : ['photo', 'photo', 'photo']), 'cover']]);
  });

  it('cites a source, a date and a confidence for each figure', () => {
    const limits = limitsOf(target);
    expect(limits.length).toBeGreaterThan(10);
    for (const { source, date, confidence, kind } of limits) {
      expect(source).toMatch(/^https:\/\/\S+$|^[a-zA-Z ]+$/);
      expect(date).toMatch(/^20\d\d-(0[1-9]|1[0-2])$/);
      expect(['A', 'B', 'C', 'D', '?']).toContain(confidence);
      expect(['limit', 'advice']).toContain(kind);
    }
  });

  it('has a name of plain letters, and an upload address that is a URL', () => {
    expect(target.name).toMatch(/^[a-z][a-z0-9]*$/);
    expect(targets.filter(({ name }) => name === target.name)).toHaveLength(1);
    if (target.upload !== null) expect(target.upload).toMatch(/^https:\/\//);
  });

  it('has a cover format that phones can display', () => {
    const { width, height } = target.cover.size.value;
    expect([width % 2, height % 2]).toEqual([0, 0]);
    expect(width).toBeGreaterThanOrEqual(720);
    expect(Math.max(width, height)).toBeLessThanOrEqual(4096);
    expect(height).toBeGreaterThanOrEqual(width);
  });

  it('has rules for texts that can be satisfied', () => {
    const { title, body, maxHashtags, forbidden } = target.words;
    for (const rule of [title, body]) {
      if (rule) expect(rule.max.value).toBeGreaterThanOrEqual(10);
    }
    expect(Number.isInteger(maxHashtags.value) && maxHashtags.value > 0).toBe(true);
    expect(forbidden?.value ?? '').not.toMatch(/[#\p{L}\p{N}\s()/-]/u);
    const { caption, issues } = sizeCaption(
      post(),
      { text: 'A title\nand a word #tag', source: 'csv', title: null, hashtags: null },
      target.words,
      null,
    );
    expect(captionText(caption)).toBe('A title\n\nand a word\n\n#tag\n'.replace('\n\n', title ? '\n\n' : '\n'));
    expect([...issues, ...caption.removed]).toEqual([]);
  });

  it('never encodes beyond its own limits', () => {
    const { encode, accept } = target.video;
    expect(encode.longSide % 2).toBe(0);
    expect(encode.shortSide % 2).toBe(0);
    expect(encode.shortSide).toBeLessThanOrEqual(accept.maxWidth?.value ?? Number.POSITIVE_INFINITY);
  });
});

const withPhotos = targets.flatMap(({ name, photos }) => (photos === null ? [] : [{ name, rules: photos }]));

describe.each(withPhotos)('$name', ({ rules }) => {
  it('accepts the photos that it makes', () => {
    const sources = fc.record({
      width: fc.integer({ min: 1, max: 20_000 }),
      height: fc.integer({ min: 1, max: 20_000 }),
      format: fc.constantFrom('jpeg', 'png', 'webp', 'heif', 'gif'),
      frames: fc.constantFrom(1, 20),
      space: fc.constantFrom('srgb', 'cmyk', 'rgb16'),
      orientation: fc.integer({ min: 1, max: 8 }),
    });
    let drawn = 0;
    fc.assert(
      fc.property(sources, fc.constantFrom<Fit>('blur', 'pad', 'crop'), (odd, fit) => {
        const decision = decidePhoto(imageProbe(odd), rules, fit);
        if (decision.kind === 'reject' || decision.operation.kind !== 'image') return;
        drawn++;
        const { width, height, format } = decision.operation.settings;
        expect(whyNotImage(imageProbe({ width, height, format }), rules.accept)).toEqual([]);
      }),
      { numRuns: 5000 },
    );
    expect(drawn).toBeGreaterThan(1000);
  });
});

it('platforms with equal requirements share one rendition', () => {
  const hevc = videoProbe({}, { codec: 'hevc' });
  const operations = targets
    .map(({ video }) => decideVideo(hevc, video, 'blur'))
    .flatMap((decision) =>
      decision.kind === 'make' && decision.operation.kind !== 'copy' ? [decision.operation] : [],
    );
  expect(operations.length).toBeGreaterThan(1);
  for (const operation of operations) expect(operation).toEqual(operations[0]);
});

/** Everything with a citation, wherever it lies in a target. */
function limitsOf(value: unknown): Limit<unknown>[] {
  if (value === null || typeof value !== 'object') return [];
  if ('confidence' in value && 'source' in value) return [value as Limit<unknown>];
  return Object.values(value).flatMap(limitsOf);
}
