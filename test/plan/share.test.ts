import { expect, it } from 'vitest';
import type { VideoProbe } from '../../src/model/probe.ts';
import { Measurements } from '../../src/plan/measure.ts';
import type { Operation } from '../../src/plan/plan.ts';
import { planPost } from '../../src/plan/post.ts';
import { shareRenditions } from '../../src/plan/share.ts';
import { targetsOfAll as targets } from '../../src/targets/index.ts';
import { rednote } from '../../src/targets/rednote/index.ts';
import { shorts } from '../../src/targets/shorts.ts';
import type { Target } from '../../src/targets/target.ts';
import { audioStream, originalFile, planOptions, post, videoProbe } from '../builders.ts';

/** How many encodings there are for all four platforms, and what each does with the video. */
function shared(probe: VideoProbe, platforms: readonly Target[] = targets) {
  const measured = new Measurements();
  const material = { kind: 'video', file: originalFile(), probe, still: null } as const;
  const plans = platforms.map((target) => planPost(post(), material, null, target, planOptions(), measured));
  const videos = shareRenditions(post(), plans, platforms).map((plan) =>
    plan.kind === 'reject' ? null : (plan.parts[0]?.files.find(({ role }) => role === 'video') ?? null),
  );
  const encoded = videos.filter((file) => file?.operation.kind === 'transcode');
  const actions = videos.map((file) => file?.operation.kind ?? 'reject').join(' ');
  return { encodings: new Set(encoded.map((file) => file?.key)).size, actions, videos };
}

const vp9 = { codec: 'vp9' };
const landscape = { width: 1920, height: 1080 };
/** Upright or square. */
const shape = { maxAspect: shorts.video.accept.maxAspect ?? rednote.video.accept.maxFps };

it.each<[string, VideoProbe, number, string]>([
  ['compliant', videoProbe(), 0, 'copy copy copy copy'],
  ['HEVC, which two of them take', videoProbe({}, { codec: 'hevc' }), 1, 'transcode transcode copy copy'],
  ['a codec that none takes', videoProbe({}, vp9), 1, 'transcode transcode transcode transcode'],
  [
    '15 frames a second, too few for Reels',
    videoProbe({}, { ...vp9, fps: 15, baseFps: 15 }),
    1,
    'transcode transcode transcode transcode',
  ],
  [
    'landscape, upright on Shorts only',
    videoProbe({}, { ...vp9, width: 1920, height: 1080 }),
    2,
    'transcode transcode transcode transcode',
  ],
  ['landscape that others take', videoProbe({}, { width: 1920, height: 1080 }), 1, 'copy copy transcode copy'],
  [
    'so long that Reels can have 11 Mb/s',
    videoProbe({ seconds: 200, bytes: 500_000_000 }, vp9),
    1,
    'transcode transcode reject transcode',
  ],
  [
    'so long that Reels can have 4 Mb/s',
    videoProbe({ seconds: 600, bytes: 500_000_000 }, vp9),
    2,
    'transcode transcode reject transcode',
  ],
  ['too large for Reels', videoProbe({ seconds: 200, bytes: 400_000_000 }), 1, 'copy copy reject transcode'],
])('%s', (_odd, probe, encodings, actions) => {
  const made = shared(probe);
  expect(made.actions).toBe(actions);
  expect(made.encodings).toBe(encodings);
});

it('a shared encoding is within the strictest cap and frame rate', () => {
  const { videos } = shared(videoProbe({ seconds: 200, bytes: 500_000_000 }, { ...vp9, fps: 15, baseFps: 15 }));
  const caps = videos.flatMap((file) =>
    file?.operation.kind === 'transcode' && file.operation.picture !== 'copy' ? [file.operation.picture] : [],
  );
  expect(caps).toHaveLength(3);
  for (const { fps, maxKbps } of caps) {
    expect(fps).toBe(30);
    expect((maxKbps + 192) * 125 * 200).toBeLessThan(300_000_000);
  }
});

/** A platform that takes no other rates than these, and else what RedNote takes. */
function withRates(name: string, minFps: number, maxFps: number): Target {
  const { accept } = rednote.video;
  const [min, max] = [minFps, maxFps].map((value) => ({ ...accept.maxFps, value }));
  if (!min || !max) throw new Error('unreachable');
  return { ...rednote, name, video: { ...rednote.video, accept: { ...accept, minFps: min, maxFps: max } } };
}

const slow48 = withRates('slow48', 23, 48);
const [any, slow, fast] = [withRates('any', 23, 60), withRates('slow', 23, 30), withRates('fast', 40, 60)];

it.each<[string, Target[], number, number[], number]>([
  ['60 frames a second, too many for one of them', [any, slow], 60, [60, 30], 2],
  ['12, of which one wants as many as the other takes', [slow48, withRates('fast48', 40, 48)], 12, [48, 48], 1],
  ['the same, in the other order', [slow, any], 60, [30, 60], 2],
  ['12 frames a second, for one of them four times as many', [any, fast], 12, [48, 48], 1],
  ['12, which one wants four times and one cannot have so often', [slow, any, fast], 12, [24, 24, 48], 2],
  ['the same, in another order', [any, slow, fast], 12, [24, 24, 48], 2],
  ['the same, where two agree on four times first', [any, fast, slow], 12, [48, 48, 24], 2],
  ['the same, from the other end', [fast, any, slow], 12, [48, 48, 24], 2],
  ['the same, where the two that cannot agree come first', [slow, fast, any], 12, [24, 48, 24], 2],
  ['the same, from the other end', [fast, slow, any], 12, [48, 24, 48], 2],
])('each platform gets a frame rate that it accepts: %s', (_odd, platforms, fps, rates, encodings) => {
  const made = shared(videoProbe({}, { ...vp9, fps, baseFps: fps }), platforms);
  const found = made.videos.map((file) =>
    file?.operation.kind === 'transcode' && file.operation.picture !== 'copy' ? file.operation.picture.fps : null,
  );
  expect(found).toEqual(rates);
  expect(made.encodings).toBe(encodings);
});

it('platforms whose frame rates are no multiples of each other keep their own bit rates', () => {
  const slower = withRates('slower', 23, 30);
  const maxKbps = rednote.video.encode.maxKbps * 0.8;
  const frugal = { ...slower, video: { ...slower.video, encode: { ...slower.video.encode, maxKbps } } };
  const platforms = [frugal, withRates('odd', 26, 31)];
  const probe = videoProbe({}, { ...vp9, fps: 25, baseFps: 25 });
  const keysOf = (targets: readonly Target[]) => shared(probe, targets).videos.map((file) => file?.key);
  expect(keysOf(platforms)).toEqual(platforms.flatMap((target) => keysOf([target])));
});

/** The same platform with another cap of the bit rate. */
function capped(target: Target, name: string, maxKbps: number): Target {
  return { ...target, name, video: { ...target.video, encode: { ...target.video.encode, maxKbps } } };
}

it.each([
  [8000, 1],
  [7999, 2],
])('12,000 kb/s for one and %i for another: %i encodings', (maxKbps, encodings) => {
  const other = capped(withRates('other', 23, 60), 'other', maxKbps);
  expect(shared(videoProbe({}, vp9), [capped(any, 'any', 12_000), other]).encodings).toBe(encodings);
});

it('platforms with other pictures share no frame rate', () => {
  const upright = { ...fast, video: { ...fast.video, accept: { ...fast.video.accept, ...shape } } };
  const { videos, encodings } = shared(videoProbe({}, { ...vp9, ...landscape, fps: 12, baseFps: 12 }), [any, upright]);
  const rates = videos.map((file) =>
    file?.operation.kind === 'transcode' && file.operation.picture !== 'copy' ? file.operation.picture.fps : null,
  );
  expect([rates, encodings]).toEqual([[24, 48], 2]);
});

it('what replaces a failed copy is shared, and does not lower the bit rate of what is encoded anyway', () => {
  const frugal = capped(shorts, 'frugal', 9600);
  const probe = videoProbe({ moovFirst: false }, { codec: 'hevc' });
  const { videos } = shared(probe, [frugal, rednote]);
  const capOf = (operation: Operation | undefined) =>
    operation?.kind === 'transcode' && operation.picture !== 'copy' ? operation.picture.maxKbps : null;
  expect(videos.map((file) => [capOf(file?.operation), capOf(file?.instead?.operation)])).toEqual([
    [null, 9600],
    [12_000, 9600],
  ]);
});

it('a picture that is copied beside an encoded sound stays as it is', () => {
  const { videos } = shared(videoProbe({ audio: [audioStream({ codec: 'mp3' })] }));
  for (const file of videos) expect(file?.operation).toMatchObject({ kind: 'transcode', picture: 'copy' });
  expect(new Set(videos.map((file) => file?.key)).size).toBe(1);
});

it('the key of an unshared encoding is known if it differs', () => {
  const probe = videoProbe({ seconds: 200, bytes: 500_000_000 }, vp9);
  const keyOf = ({ videos: [file] }: ReturnType<typeof shared>) => [file?.key, file?.unsharedKey];
  const [alone] = keyOf(shared(probe, [rednote]));
  const [together, unshared] = keyOf(shared(probe));
  expect(together).not.toBe(alone);
  expect(unshared).toBe(alone);
  expect(keyOf(shared(videoProbe({}, vp9)))[1]).toBeUndefined();
});
