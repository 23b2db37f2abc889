import { describe, expect, it } from 'vitest';
import type { ImageProbe, VideoProbe, VideoStream } from '../../src/model/probe.ts';
import { endsEarly, whyNotImage, whyNotVideo } from '../../src/plan/accept.ts';
import { decideVideo } from '../../src/plan/video.ts';
import { rednote } from '../../src/targets/rednote/index.ts';
import { reels } from '../../src/targets/reels.ts';
import { shorts } from '../../src/targets/shorts.ts';
import type { Target } from '../../src/targets/target.ts';
import { audioStream, imageProbe, videoProbe } from '../builders.ts';

type Told = readonly [code: string, actual: unknown, limit: unknown];

/** What an issue says, and the cheapest thing that mends it: `container`, `sound`, `picture` ... */
describe('what a video is refused for, in numbers, and what mends it', () => {
  const mended = (probe: VideoProbe, target: Target, long: 'reject' | 'split' = 'reject') => {
    const decision = decideVideo(probe, target.video, 'keep', { long, reasons: [], gain: 0 });
    if (decision.kind === 'reject') return 'rejected';
    const { operation } = decision;
    if (operation.kind === 'remux') return `remux, sound ${operation.sound}`;
    if (operation.kind !== 'transcode') return operation.kind;
    const words = [operation.picture, operation.sound].map((each) => (typeof each === 'object' ? 'encoded' : each));
    return `picture ${words[0]}, sound ${words[1]}`;
  };
  const reencoded = 'picture encoded, sound copy';
  it.each<[Target, Partial<VideoProbe>, Partial<VideoStream>, Told, string]>([
    [shorts, { container: 'mov', format: 'mov' }, {}, ['container', 'mov', 'mp4'], 'remux, sound copy'],
    [
      rednote,
      { container: 'other', format: 'matroska' },
      {},
      ['container', 'matroska', 'mp4, mov'],
      'remux, sound copy',
    ],
    [rednote, { fragmented: true }, {}, ['fragments', 'fragments', 'one index'], 'remux, sound copy'],
    [rednote, { moovFirst: false }, {}, ['moov-position', 'last', 'first'], 'remux, sound copy'],
    [rednote, { trailer: true }, {}, ['trailer', 'present', 'none'], 'remux, sound copy'],
    [rednote, { hasLocation: true }, {}, ['location', 'present', 'none'], 'remux, sound copy'],
    [rednote, { pictures: 3 }, {}, ['picture-tracks', 3, 1], 'remux, sound copy'],
    [rednote, { jumps: true }, {}, ['clock-jumps', 'jumps', 'steady'], 'picture encoded, sound encoded'],
    [rednote, { audio: [] }, {}, ['audio-missing', 0, 1], 'remux, sound silence'],
    [rednote, { video: null }, {}, ['no-picture', null, null], 'rejected'],
    [rednote, {}, { dolbyVision: 5 }, ['dolby-vision', 5, 'HDR10, HLG, SDR'], 'rejected'],
    [rednote, {}, { codec: 'vp9' }, ['video-codec', 'vp9', 'h264'], reencoded],
    [
      rednote,
      {},
      { profile: 'High 10' },
      ['video-profile', 'h264 High 10', 'Constrained Baseline, Baseline, Main, High, Main 10, Main Still Picture'],
      reencoded,
    ],
    [
      shorts,
      {},
      { codec: 'hevc', profile: 'Rext' },
      ['video-profile', 'hevc Rext', 'Constrained Baseline, Baseline, Main, High, Main 10, Main Still Picture'],
      reencoded,
    ],
    [shorts, {}, { codec: 'hevc', tag: 'hev1' }, ['codec-tag', 'hev1', 'hvc1'], 'remux, sound copy'],
    [rednote, {}, { changesSize: true }, ['size-changes', 'several', 1], reencoded],
    [rednote, {}, { reordered: true, decodeTimesOnly: true }, ['frame-order', 'decoding', 'showing'], reencoded],
    [rednote, {}, { keyFrameAt: 1.23456 }, ['key-frame-late', 1.23, 0], 'picture encoded, sound encoded'],
    [rednote, {}, { transfer: 'smpte2084' }, ['hdr', 'smpte2084', 'SDR'], reencoded],
    [rednote, {}, { pixelFormat: 'yuv444p' }, ['pixel-format', 'yuv444p', 'yuv420p, yuvj420p'], reencoded],
    [rednote, {}, { sampleAspect: 4 / 3 }, ['sample-aspect', 1.33, 1], reencoded],
    [rednote, {}, { sampleAspect: 0.99 }, ['sample-aspect', 0.99, 1], reencoded],
    [rednote, {}, { interlaced: true }, ['interlaced', 'interlaced', 'progressive'], reencoded],
    [rednote, {}, { fps: 60.456 }, ['frame-rate', 60.46, 60], reencoded],
    [reels, {}, { fps: 22.456 }, ['frame-rate', 22.46, 23], reencoded],
    [reels, {}, { width: 1921, height: 3414 }, ['width', 1921, 1920], reencoded],
    [shorts, {}, { width: 1920, height: 1080 }, ['shape', '1920x1080', 1], 'rejected'],
    [reels, {}, { width: 8, height: 1000 }, ['shape', '8x1000', 0.01], 'rejected'],
    [reels, { seconds: 900.456 }, {}, ['duration', 900.46, 900], 'rejected'],
    [reels, { seconds: 2.004 }, {}, ['duration', 2, 3], 'rejected'],
    [reels, { bytes: 300_000_001 }, {}, ['bytes', 300_000_001, 300_000_000], reencoded],
    [rednote, { seconds: 10 }, { seconds: 3.456 }, ['picture-ends', 3.46, 10], reencoded],
    [
      rednote,
      { audio: [audioStream({ codec: 'mp3' })] },
      {},
      ['audio-codec', 'mp3', 'aac'],
      'picture copy, sound encoded',
    ],
    [
      rednote,
      { audio: [audioStream({ profile: 'HE-AAC' })] },
      {},
      ['audio-codec', 'aac HE-AAC', 'aac'],
      'picture copy, sound encoded',
    ],
    [rednote, { audio: [audioStream({ channels: 6 })] }, {}, ['audio-channels', 6, 2], 'picture copy, sound encoded'],
    [
      rednote,
      { audio: [audioStream({ sampleRate: 96_000 })] },
      {},
      ['sample-rate', 96_000, 48_000],
      'picture copy, sound encoded',
    ],
    [rednote, { audio: [audioStream(), audioStream({ ordinal: 1 })] }, {}, ['audio-tracks', 2, 1], 'remux, sound copy'],
    [
      rednote,
      { audio: [audioStream({ channels: 1 }), audioStream({ channels: 1, ordinal: 1 })] },
      {},
      ['audio-mono-pair', 2, 1],
      'picture copy, sound encoded',
    ],
  ])('$name %j %j', (target, odd, picture, [code, actual, limit], mend) => {
    const probe = odd.video === null ? videoProbe(odd) : videoProbe(odd, picture);
    const severity = code === 'location' || code === 'trailer' ? 'warning' : 'error';
    expect(whyNotVideo(probe, target.video.accept)).toEqual([{ code, severity, actual, limit }]);
    expect(mended(probe, target)).toBe(mend);
  });

  it.each<[string, Partial<VideoProbe>, Partial<VideoStream>]>([
    ['a profile without a name', {}, { profile: null }],
    ['a profile that is a number', {}, { profile: '578' }],
    ['a profile of unknown name', {}, { profile: 'unknown' }],
    ['frames in the order of decoding in a file that has both times', {}, { reordered: true }],
    ['pixels that are nearly square', {}, { sampleAspect: 1.005 }],
    ['60.3 frames a second', {}, { fps: 60.3 }],
    ['HEVC’s tag in a container without tags', { container: 'mp4' }, {}],
    ['a picture that ends half a second early', { seconds: 10 }, { seconds: 4.5, startsAt: 5 }],
    ['a still in the last part of a long video', { seconds: 10 }, { seconds: 5 }],
    ['a picture of unknown length', { seconds: 10 }, { seconds: null }],
  ])('takes %s', (_odd, odd, picture) => {
    expect(whyNotVideo(videoProbe(odd, picture), rednote.video.accept)).toEqual([]);
  });

  it('a tag of HEVC counts only in MP4 and MOV', () => {
    const probe = videoProbe({ container: 'other', format: 'matroska' }, { codec: 'hevc', tag: '[0][0][0][0]' });
    expect(whyNotVideo(probe, shorts.video.accept).map(({ code }) => code)).toEqual(['container']);
  });

  it.each([
    ['longer than allowed', { seconds: 1000 }, 'split', 'remux, sound copy'],
    ['shorter than allowed', { seconds: 1 }, 'split', 'rejected'],
    [
      'too long and too large, with parts that are small enough',
      { seconds: 9000, bytes: 400_000_000 },
      'split',
      'remux, sound copy',
    ],
    [
      'too long and too large, with parts that are too large',
      { seconds: 1000, bytes: 400_000_000 },
      'split',
      reencoded,
    ],
    [
      'too long and too large, with parts that are small enough only on average',
      { seconds: 1000, bytes: 322_000_000 },
      'split',
      reencoded,
    ],
  ] as const)('a video %s', (_odd, odd, long, mend) => {
    expect(mended(videoProbe(odd), reels, long)).toBe(mend);
  });
});

it.each<[string, Partial<VideoProbe>, Partial<VideoStream>, boolean]>([
  ['a song with one frame', { seconds: 100 }, { seconds: 0.04 }, true],
  ['a picture that ends just before the middle', { seconds: 10 }, { seconds: 4.99 }, true],
  ['a picture that ends in the middle', { seconds: 10 }, { seconds: 5 }, false],
  ['a picture that starts late', { seconds: 10 }, { seconds: 3, startsAt: 2.5 }, false],
  ['half a second less', { seconds: 0.9 }, { seconds: 0.4 }, false],
  ['a little more than half a second less', { seconds: 0.91 }, { seconds: 0.4 }, true],
])('the picture of %s ends early: %s', (_odd, odd, picture, expected) => {
  expect(endsEarly(videoProbe(odd, picture))).toBe(expected);
});

describe('what a photo is refused for, in numbers', () => {
  it.each<[Target, Partial<ImageProbe>, Told]>([
    [reels, { format: 'png' }, ['image-format', 'png', 'jpeg']],
    [rednote, { frames: 12 }, ['image-animated', 12, 1]],
    [rednote, { orientation: 6 }, ['image-orientation', 6, 1]],
    [rednote, { space: 'cmyk' }, ['image-colour', 'cmyk', 'srgb']],
    [rednote, { profile: 'Display P3' }, ['image-colour', 'Display P3', 'srgb']],
    [rednote, { bytes: 32_000_001 }, ['bytes', 32_000_001, 32_000_000]],
    [reels, { width: 319, height: 319 }, ['width', 319, 320]],
    [reels, { width: 1441, height: 1441 }, ['width', 1441, 1440]],
    [reels, { width: 1080, height: 1500 }, ['shape', '1080x1500', 0.75]],
    [reels, { width: 1080, height: 500 }, ['shape', '1080x500', 1.91]],
    [rednote, { hasLocation: true }, ['location', 'present', 'none']],
    [rednote, { hasSerial: true }, ['serial-number', 'present', 'none']],
    [rednote, { hasAttachment: true }, ['image-attachment', 'present', 'none']],
  ])('$name %j', (target, odd, [code, actual, limit]) => {
    const severity = limit === 'none' ? 'warning' : 'error';
    if (!target.photos) throw new Error('takes no photos');
    expect(whyNotImage(imageProbe(odd), target.photos.accept)).toEqual([{ code, severity, actual, limit }]);
  });

  it.each<[string, Partial<ImageProbe>]>([
    ['320 pixels wide', { width: 320, height: 400 }],
    ['1440 pixels wide', { width: 1440, height: 1800 }],
    ['exactly 8 MB', { bytes: 8_000_000 }],
    ['grey', { space: 'b-w' }],
  ])('takes a photo that is %s', (_odd, odd) => {
    expect(whyNotImage(imageProbe(odd), reels.photos?.accept ?? { formats: reels.video.accept.codecs })).toEqual([]);
  });
});
