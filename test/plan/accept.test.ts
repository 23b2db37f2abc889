import { describe, expect, it } from 'vitest';
import { whyNotImage, whyNotVideo } from '../../src/plan/accept.ts';
import { lemon8 } from '../../src/targets/lemon8.ts';
import { rednote } from '../../src/targets/rednote/index.ts';
import { reels } from '../../src/targets/reels.ts';
import { shorts } from '../../src/targets/shorts.ts';
import type { Target } from '../../src/targets/target.ts';
import { audioStream, imageProbe, videoProbe, videoStream } from '../builders.ts';

const all = [rednote, lemon8, shorts, reels];
type Probe = ReturnType<typeof videoProbe>;

describe('whyNotVideo', () => {
  it.each(all)('$name: accepts a compliant video', ({ video }) => {
    expect(whyNotVideo(videoProbe(), video.accept)).toEqual([]);
  });

  it.each<[string, Probe, string]>([
    ['MKV', videoProbe({ container: 'other', format: 'matroska' }), 'container'],
    ['moov last', videoProbe({ moovFirst: false }), 'moov-position'],
    ['sound only', videoProbe({ video: null }), 'no-picture'],
    ['VP9', videoProbe({}, { codec: 'vp9' }), 'video-codec'],
    ['4:4:4', videoProbe({}, { pixelFormat: 'yuv444p' }), 'pixel-format'],
    ['10 bit', videoProbe({}, { pixelFormat: 'yuv420p10le' }), 'pixel-format'],
    ['HDR10', videoProbe({}, { pixelFormat: 'yuv420p10le', transfer: 'smpte2084' }), 'hdr'],
    ['HLG', videoProbe({}, { transfer: 'arib-std-b67' }), 'hdr'],
    ['wide pixels', videoProbe({}, { sampleAspect: 4 / 3 }), 'sample-aspect'],
    ['interlaced', videoProbe({}, { interlaced: true }), 'interlaced'],
    ['120 frames a second', videoProbe({}, { fps: 120 }), 'frame-rate'],
    ['no sound', videoProbe({ audio: [] }), 'audio-missing'],
    ['Opus', videoProbe({ audio: [audioStream({ codec: 'opus' })] }), 'audio-codec'],
    ['HE-AAC', videoProbe({ audio: [audioStream({ profile: 'HE-AAC' })] }), 'audio-codec'],
    ['5.1', videoProbe({ audio: [audioStream({ channels: 6 })] }), 'audio-channels'],
    ['two sound tracks', videoProbe({ audio: [audioStream(), audioStream()] }), 'audio-tracks'],
    ['a place inside', videoProbe({ hasLocation: true }), 'location'],
  ])('every platform: %s gives the issue %s', (_odd, probe, code) => {
    for (const { video } of all) expect(whyNotVideo(probe, video.accept).map((issue) => issue.code)).toEqual([code]);
  });

  it.each<[string, Target, Probe, string[]]>([
    ['MOV is taken', rednote, videoProbe({ container: 'mov' }), []],
    ['MOV is taken', reels, videoProbe({ container: 'mov' }), []],
    ['MOV is not', shorts, videoProbe({ container: 'mov' }), ['container']],
    ['HEVC is not', rednote, videoProbe({}, { codec: 'hevc' }), ['video-codec']],
    ['HEVC is taken', shorts, videoProbe({}, { codec: 'hevc' }), []],
    ['full range 8 bit is taken', lemon8, videoProbe({}, { pixelFormat: 'yuvj420p' }), []],
    ['60 frames a second are taken', rednote, videoProbe({}, { fps: 60 }), []],
    ['59.94 are', rednote, videoProbe({}, { fps: 60_000 / 1001 }), []],
    [
      'a profile that ffprobe cannot tell is taken for LC',
      rednote,
      videoProbe({ audio: [audioStream({ profile: null })] }),
      [],
    ],
    ['180 s just fit', shorts, videoProbe({ seconds: 180.05 }), []],
    ['180.06 s do not', shorts, videoProbe({ seconds: 180.06 }), ['duration']],
    ['2.95 s just fit', reels, videoProbe({ seconds: 2.95 }), []],
    ['2.94 s do not', reels, videoProbe({ seconds: 2.94 }), ['duration']],
    ['15 min just fit', reels, videoProbe({ seconds: 900 }), []],
    ['300 MB just fit', reels, videoProbe({ bytes: 300_000_000 }), []],
    ['a byte more does not', reels, videoProbe({ bytes: 300_000_001 }), ['bytes']],
    ['22 frames a second', reels, videoProbe({}, { fps: 22 }), ['frame-rate']],
    ['23 frames a second', reels, videoProbe({}, { fps: 23 }), []],
    ['4K upright is wider than 1920', reels, videoProbe({}, { width: 2160, height: 3840 }), ['width']],
    ['square is a Short', shorts, videoProbe({}, { width: 1080, height: 1080 }), []],
    ['landscape is none', shorts, videoProbe({}, { width: 1920, height: 1080 }), ['shape']],
    [
      'landscape that a player turns upright is',
      shorts,
      videoProbe({}, { width: 1920, height: 1080, rotation: 90 }),
      [],
    ],
    ['upright that a player lays down is none', shorts, videoProbe({}, { rotation: 270 }), ['shape']],
  ])('%s ($name)', (_odd, { video }, probe, codes) => {
    expect(whyNotVideo(probe, video.accept).map((issue) => issue.code)).toEqual(codes);
  });

  it('returns all issues at once', () => {
    const probe = videoProbe({ container: 'other', audio: [] }, { codec: 'vp9', fps: 90 });
    const codes = whyNotVideo(probe, rednote.video.accept).map((issue) => issue.code);
    expect(codes).toEqual(['container', 'video-codec', 'frame-rate', 'audio-missing']);
  });

  it("a location is the house's issue, not the platform's", () => {
    expect(whyNotVideo(videoProbe({ hasLocation: true }), rednote.video.accept)[0]?.severity).toBe('warning');
    expect(whyNotVideo(videoProbe({ video: videoStream({ codec: 'vp9' }) }), rednote.video.accept)[0]?.severity).toBe(
      'error',
    );
  });
});

describe('whyNotImage', () => {
  const accept = ({ photos }: Target) => {
    if (!photos) throw new Error('takes no photos');
    return photos.accept;
  };

  it.each<[string, Target, ReturnType<typeof imageProbe>, string[]]>([
    ['a JPEG', reels, imageProbe(), []],
    ['a PNG', reels, imageProbe({ format: 'png' }), ['image-format']],
    ['a PNG', lemon8, imageProbe({ format: 'png' }), []],
    ['WebP', rednote, imageProbe({ format: 'webp' }), []],
    ['WebP', lemon8, imageProbe({ format: 'webp' }), ['image-format']],
    ['HEIC', rednote, imageProbe({ format: 'heif' }), ['image-format']],
    ['a GIF that moves', rednote, imageProbe({ format: 'gif', frames: 12 }), ['image-format', 'image-animated']],
    ['a WebP that moves', rednote, imageProbe({ format: 'webp', frames: 12 }), ['image-animated']],
    ['stored on its side', rednote, imageProbe({ orientation: 6 }), ['image-orientation']],
    ['CMYK', rednote, imageProbe({ space: 'cmyk' }), ['image-colour']],
    ['grey', rednote, imageProbe({ space: 'b-w' }), []],
    ['32 MB', rednote, imageProbe({ bytes: 32_000_000 }), []],
    ['a byte more', rednote, imageProbe({ bytes: 32_000_001 }), ['bytes']],
    ['4:5', reels, imageProbe({ width: 1080, height: 1350 }), []],
    ['3:4', reels, imageProbe({ width: 1080, height: 1440 }), []],
    ['9:16', reels, imageProbe({ width: 1080, height: 1920 }), ['shape']],
    ['1.91:1', reels, imageProbe({ width: 1080, height: 566 }), []],
    ['2:1', reels, imageProbe({ width: 1080, height: 540 }), ['shape']],
    ['319 wide', reels, imageProbe({ width: 319, height: 319 }), ['width']],
    ['1441 wide', reels, imageProbe({ width: 1441, height: 1441 }), ['width']],
    ['a place inside', rednote, imageProbe({ hasLocation: true }), ['location']],
  ])('%s ($name)', (_odd, target, probe, codes) => {
    expect(whyNotImage(probe, accept(target)).map((issue) => issue.code)).toEqual(codes);
  });
});
