import { describe, expect, it } from 'vitest';
import type { IssueCode } from '../../src/model/issue.ts';
import type { VideoStream } from '../../src/model/probe.ts';
import type { Fit, Operation, PictureSettings } from '../../src/plan/plan.ts';
import { adviceOnVideo, decideVideo, leftOut } from '../../src/plan/video.ts';
import { lemon8 } from '../../src/targets/lemon8.ts';
import { rednote } from '../../src/targets/rednote/index.ts';
import { reels } from '../../src/targets/reels.ts';
import { shorts } from '../../src/targets/shorts.ts';
import type { Target } from '../../src/targets/target.ts';
import { audioStream, videoProbe } from '../builders.ts';

type Probe = ReturnType<typeof videoProbe>;

const mp3 = audioStream({ codec: 'mp3' });

/** The decision in a few words: `copy`, `remux copy`, `transcode 1080x1920 scale / copy`, `reject duration`. */
function inWords(probe: Probe, target: Target, fit: Fit = 'blur'): string {
  const decision = decideVideo(probe, target.video, fit);
  if (decision.kind === 'make') return words(decision.operation);
  return `reject ${decision.issues.map(({ code }) => code).join(' ')}`;
}

function words(operation: Operation): string {
  switch (operation.kind) {
    case 'remux':
      return `remux ${operation.sound}`;
    case 'transcode': {
      const { picture, sound } = operation;
      const seen = picture === 'copy' ? 'copy' : `${picture.width}x${picture.height} ${picture.fit}`;
      return `transcode ${seen} / ${typeof sound === 'object' ? `aac ${sound.channels}` : sound}`;
    }
    default:
      return operation.kind;
  }
}

function picture(probe: Probe, target: Target): PictureSettings {
  const decision = decideVideo(probe, target.video, 'blur');
  if (decision.kind === 'make' && decision.operation.kind === 'transcode' && decision.operation.picture !== 'copy') {
    return decision.operation.picture;
  }
  throw new Error('no picture is encoded');
}

describe('decideVideo', () => {
  it.each<[string, Probe, Target, string]>([
    ['compliant', videoProbe(), rednote, 'copy'],
    ['moov last', videoProbe({ moovFirst: false }), rednote, 'remux copy'],
    ['MOV', videoProbe({ container: 'mov' }), shorts, 'remux copy'],
    ['MOV where it is taken', videoProbe({ container: 'mov' }), rednote, 'copy'],
    ['MKV with H.264 and AAC', videoProbe({ container: 'other', format: 'matroska' }), rednote, 'remux copy'],
    [
      'B frames in AVI',
      videoProbe({ container: 'other', format: 'avi' }, { reordered: true, decodeTimesOnly: true }),
      rednote,
      'transcode 1080x1920 scale / copy',
    ],
    [
      'AVI without B frames',
      videoProbe({ container: 'other', format: 'avi' }, { decodeTimesOnly: true }),
      rednote,
      'remux copy',
    ],
    ['no sound', videoProbe({ audio: [] }), rednote, 'remux silence'],
    ['two sound tracks', videoProbe({ audio: [audioStream(), audioStream()] }), rednote, 'remux copy'],
    ['a place inside', videoProbe({ hasLocation: true }), rednote, 'remux copy'],
    ['MP3 sound', videoProbe({ audio: [audioStream({ codec: 'mp3' })] }), rednote, 'transcode copy / aac 2'],
    [
      'mono MP3 sound',
      videoProbe({ audio: [audioStream({ codec: 'mp3', channels: 1 })] }),
      rednote,
      'transcode copy / aac 1',
    ],
    ['5.1 sound', videoProbe({ audio: [audioStream({ channels: 6 })] }), rednote, 'transcode copy / aac 2'],
    ['HE-AAC', videoProbe({ audio: [audioStream({ profile: 'HE-AACv2' })] }), rednote, 'transcode copy / aac 2'],
    ['HEVC', videoProbe({}, { codec: 'hevc' }), rednote, 'transcode 1080x1920 scale / copy'],
    ['HEVC', videoProbe({}, { codec: 'hevc' }), lemon8, 'transcode 1080x1920 scale / copy'],
    ['HEVC where it is taken', videoProbe({}, { codec: 'hevc' }), reels, 'copy'],
    [
      'HEVC without sound',
      videoProbe({ audio: [] }, { codec: 'hevc' }),
      rednote,
      'transcode 1080x1920 scale / silence',
    ],
    [
      'VP9 and Opus in WebM',
      videoProbe({ container: 'other', format: 'webm', audio: [audioStream({ codec: 'opus' })] }, { codec: 'vp9' }),
      rednote,
      'transcode 1080x1920 scale / aac 2',
    ],
    [
      'HEVC, small',
      videoProbe({}, { codec: 'hevc', width: 405, height: 721 }),
      rednote,
      'transcode 404x720 scale / copy',
    ],
    [
      'HEVC, 4K',
      videoProbe({}, { codec: 'hevc', width: 2160, height: 3840 }),
      rednote,
      'transcode 1080x1920 scale / copy',
    ],
    [
      'HEVC, landscape 4K',
      videoProbe({}, { codec: 'hevc', width: 3840, height: 2160 }),
      rednote,
      'transcode 1920x1080 scale / copy',
    ],
    [
      'HEVC, turned by a flag',
      videoProbe({}, { codec: 'hevc', width: 1920, height: 1080, rotation: 90 }),
      rednote,
      'transcode 1080x1920 scale / copy',
    ],
    [
      'wide pixels',
      videoProbe({}, { width: 720, height: 576, sampleAspect: 16 / 15 }),
      rednote,
      'transcode 768x576 scale / copy',
    ],
    ['landscape', videoProbe({}, { width: 1920, height: 1080 }), rednote, 'copy'],
    ['landscape', videoProbe({}, { width: 1920, height: 1080 }), shorts, 'transcode 1080x1920 blur / copy'],
    [
      'small landscape is not enlarged',
      videoProbe({}, { width: 640, height: 360 }),
      shorts,
      'transcode 640x1136 blur / copy',
    ],
    [
      '4K upright is too wide',
      videoProbe({}, { width: 2160, height: 3840 }),
      reels,
      'transcode 1080x1920 scale / copy',
    ],
    ['400 MB', videoProbe({ bytes: 400_000_000, seconds: 600 }), reels, 'transcode 1080x1920 scale / copy'],
    ['10 bit', videoProbe({}, { pixelFormat: 'yuv420p10le' }), shorts, 'transcode 1080x1920 scale / copy'],
    [
      'HDR without sound',
      videoProbe({ audio: [] }, { transfer: 'arib-std-b67' }),
      reels,
      'transcode 1080x1920 scale / silence',
    ],
    ['a rate that varies within the limits', videoProbe({}, { fps: 29.4, baseFps: 120 }), rednote, 'copy'],
    ['15 frames a second', videoProbe({}, { fps: 15 }), reels, 'transcode 1080x1920 scale / copy'],
    ['15 frames a second where that is taken', videoProbe({}, { fps: 15 }), rednote, 'copy'],
    ['one pixel wide', videoProbe({}, { codec: 'hevc', width: 1, height: 1 }), rednote, 'transcode 2x2 scale / copy'],
    [
      'MOV, index last, no sound, a place',
      videoProbe({ container: 'mov', moovFirst: false, audio: [], hasLocation: true }),
      shorts,
      'remux silence',
    ],
    ['185 s', videoProbe({ seconds: 185 }), shorts, 'reject duration'],
    ['185 s', videoProbe({ seconds: 185 }), rednote, 'copy'],
    ['0.3 s', videoProbe({ seconds: 0.3 }), reels, 'reject duration'],
    ['sound only', videoProbe({ video: null }), rednote, 'reject no-picture'],
  ])('%s: %#', (_odd, probe, target, expected) => {
    expect(inWords(probe, target)).toBe(expected);
  });

  it.each<[Fit, string]>([
    ['keep', 'reject shape'],
    ['blur', 'transcode 1080x1920 blur / copy'],
    ['pad', 'transcode 1080x1920 pad / copy'],
    ['crop', 'transcode 606x1080 crop / copy'],
  ])('landscape to Shorts with --fit %s: %s', (fit, expected) => {
    expect(inWords(videoProbe({}, { width: 1920, height: 1080 }), shorts, fit)).toBe(expected);
  });

  it('--fit keep affects aspect ratios only', () => {
    expect(inWords(videoProbe({}, { codec: 'hevc' }), rednote, 'keep')).toBe('transcode 1080x1920 scale / copy');
  });

  it.each([60, 300, 899])('a file of %d s at the bit rate cap is below the size limit', (seconds) => {
    const { maxKbps } = picture(videoProbe({ seconds, bytes: 500_000_000 }), reels);
    const bytes = ((maxKbps + reels.video.encode.audioKbps) * 1000 * seconds) / 8;
    expect(bytes).toBeLessThan(300_000_000);
    expect(maxKbps).toBeLessThanOrEqual(reels.video.encode.maxKbps);
  });

  it.each<[IssueCode, string]>([
    ['sound-muted', 'remux silence'],
    ['loudness', 'transcode copy / aac 2'],
    ['copy-failed', 'transcode 1080x1920 scale / aac 2'],
    ['no-key-frame', 'transcode 1080x1920 scale / copy'],
  ])('a video that is accepted, but changed because of %s: %s', (code, expected) => {
    const reasons = [{ code, severity: 'warning', actual: null, limit: null } as const];
    const decision = decideVideo(videoProbe(), rednote.video, 'blur', { long: 'reject', reasons, gain: 3 });
    expect(decision.kind === 'make' && words(decision.operation)).toBe(expected);
    expect(decision).toMatchObject({ why: [{ code, severity: 'info' }] });
    if (expected.endsWith('aac 2')) expect(decision).toMatchObject({ operation: { sound: { gain: 3 } } });
  });

  it.each<[string, Probe, string, string[]]>([
    ['that is copied', videoProbe({ severalEdits: true }), 'copy', []],
    [
      'that is not',
      videoProbe({ severalEdits: true, moovFirst: false }),
      'transcode 1080x1920 scale / aac 2',
      ['moov-position', 'edit-lists'],
    ],
  ])('a video with several edits %s', (_how, probe, expected, why) => {
    const decision = decideVideo(probe, rednote.video, 'blur');
    expect(inWords(probe, rednote)).toBe(expected);
    expect(decision).toMatchObject({ why: why.map((code) => ({ code, severity: 'info' })) });
  });

  it.each<[string, Probe, string | undefined]>([
    ['HEVC that is remuxed', videoProbe({ moovFirst: false }, { codec: 'hevc' }), 'hvc1'],
    ['HEVC beside a sound that is encoded', videoProbe({ audio: [mp3] }, { codec: 'hevc' }), 'hvc1'],
    ['H.264 that is remuxed', videoProbe({ moovFirst: false }), undefined],
    ['H.264 beside a sound that is encoded', videoProbe({ audio: [mp3] }), undefined],
  ])('%s has the tag that Apple’s players need, and no other has one', (_what, probe, tag) => {
    const decision = decideVideo(probe, shorts.video, 'blur');
    if (decision.kind === 'reject') throw new Error('rejected');
    expect('tag' in decision.operation ? decision.operation.tag : undefined).toBe(tag);
  });

  it('Dolby Vision is rejected also where a long video is split', () => {
    const requests = { long: 'split', reasons: [], gain: 0 } as const;
    const decision = decideVideo(videoProbe({}, { dolbyVision: 5 }), rednote.video, 'blur', requests);
    expect(decision).toMatchObject({ kind: 'reject', issues: [{ code: 'dolby-vision', severity: 'error' }] });
  });

  it('returns the reasons as information', () => {
    const decision = decideVideo(videoProbe({ audio: [] }, { codec: 'hevc' }), rednote.video, 'blur');
    expect(decision).toMatchObject({
      why: [
        { code: 'video-codec', severity: 'info', actual: 'hevc', limit: 'h264' },
        { code: 'audio-missing', severity: 'info' },
      ],
    });
  });
});

describe('held and repeated frames', () => {
  const slow = { codec: 'hevc', fps: 3, baseFps: 3 };
  it.each<[string, Partial<VideoStream>, Pick<PictureSettings, 'holds' | 'repeats'>]>([
    ['a steady rate', { codec: 'hevc' }, {}],
    ['60 fields a second', { codec: 'hevc', fps: 30, baseFps: 60, interlaced: true }, {}],
    ['three frames a second', slow, { repeats: true }],
    ['two frames in 800 s', { ...slow, fps: 0.0025, baseFps: 90_000 }, { repeats: true }],
    ['a screen recording at 60 of which half is there', { ...slow, fps: 30, baseFps: 60 }, { repeats: true }],
    ['a phone that leaves out few frames', { ...slow, fps: 28, baseFps: 30 }, { repeats: true }],
    ['a phone whose clock is finer than its frames', { ...slow, fps: 29.2, baseFps: 90_000 }, { holds: true }],
  ])('%s', (_odd, video, expected) => {
    const { holds, repeats } = picture(videoProbe({}, video), rednote);
    expect({ ...(holds && { holds }), ...(repeats && { repeats }) }).toEqual(expected);
    // Held to the end in its header, a file that breaks off would look whole.
    const broken = picture(videoProbe({ breaksOff: true }, video), rednote);
    expect([broken.holds, broken.repeats]).toEqual([undefined, undefined]);
  });
});

describe('leftOut', () => {
  const second = audioStream({ index: 2, ordinal: 1 });
  it.each<[string, Partial<Probe>, string[]]>([
    ['one picture and one sound', {}, []],
    ['a second sound', { audio: [audioStream(), second] }, ['audio-left-out: track 2 for track 1']],
    [
      'two more sounds',
      { audio: [audioStream(), second, audioStream({ ordinal: 2, language: 'fra' })] },
      ['audio-left-out: track 2, track 3 in fra for track 1'],
    ],
    [
      'the second is the default one',
      { audio: [{ ...second, title: 'Mix', language: 'eng' }, audioStream()] },
      ['audio-left-out: track 1 for track 2 “Mix” in eng'],
    ],
    ['left and right in two mono tracks', { audio: [{ ...second, channels: 1 }, audioStream({ channels: 1 })] }, []],
    ['a second picture', { pictures: 3 }, ['picture-left-out: 2 for 1']],
  ])('%s', (_odd, odd, expected) => {
    const issues = leftOut(videoProbe(odd));
    expect(issues.map(({ code, actual, limit }) => `${code}: ${actual} for ${limit}`)).toEqual(expected);
    for (const { severity } of issues) expect(severity).toBe('warning');
  });
});

describe('adviceOnVideo', () => {
  it.each<[number, Target, string[]]>([
    [60, shorts, []],
    [60.04, shorts, []],
    [60.05, shorts, []],
    [60.06, shorts, ['duration-advice']],
    [61, lemon8, ['duration-unknown']],
    [180.04, reels, []],
    [181, reels, ['duration-advice']],
    [10_000, rednote, []],
  ])('%d s on $name', (seconds, { video }, codes) => {
    const issues = adviceOnVideo(seconds, video);
    expect(issues.map(({ code }) => code)).toEqual(codes);
    for (const { severity } of issues) expect(severity).toBe('warning');
  });
});
