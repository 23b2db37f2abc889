import { describe, expect, it } from 'vitest';
import type { AudioStream, VideoStream } from '../../src/model/probe.ts';
import { soundSettings } from '../../src/plan/sound.ts';
import { monoPair, streamsOf } from '../../src/plan/streams.ts';
import { houseEncode } from '../../src/targets/house.ts';
import { audioStream, videoProbe } from '../builders.ts';

const track = (index: number, odd: Partial<AudioStream> = {}) =>
  audioStream({ index, ordinal: index - 1, channels: 1, ...odd });

describe('the streams that are read', () => {
  it.each<[string, Partial<VideoStream>, readonly AudioStream[], object]>([
    ['the first picture and sound', {}, [audioStream()], { picture: 0, sound: 1, areFirst: true }],
    ['no sound', {}, [], { picture: 0, sound: null, areFirst: true }],
    ['the second picture', { index: 2, ordinal: 1 }, [audioStream()], { picture: 2, sound: 1, areFirst: false }],
    ['the second sound', {}, [audioStream({ index: 3, ordinal: 1 })], { picture: 0, sound: 3, areFirst: false }],
  ])('%s', (_odd, picture, audio, expected) => {
    expect(streamsOf(videoProbe({ audio }, picture))).toEqual(expected);
  });

  it('none without a picture', () => {
    expect(streamsOf(videoProbe({ video: null }))).toBeNull();
  });
});

describe('two mono tracks', () => {
  it.each<[string, Partial<AudioStream>, Partial<AudioStream>, boolean]>([
    ['without names', {}, {}, true],
    ['that start within a twentieth of a second', {}, { startsAt: 0.05 }, true],
    ['that start at different times', {}, { startsAt: 0.06 }, false],
    ['that start at different times, the other first', { startsAt: 0.06 }, {}, false],
    ['of different codecs', {}, { codec: 'mp3' }, false],
    ['of different sample rates', {}, { sampleRate: 44_100 }, false],
    ['of which one is stereo', {}, { channels: 2 }, false],
    ['of which the other is stereo', { channels: 2 }, {}, false],
    ['of one name', { title: 'Camera' }, { title: 'Camera' }, true],
    ['of two names', { title: 'Game' }, { title: 'Mic' }, false],
    ['of which one has a name', { title: 'Game' }, {}, false],
    ['of one language', { language: 'eng' }, { language: 'eng' }, true],
    ['of two languages', { language: 'eng' }, { language: 'deu' }, false],
    ['named left and right', { title: 'Left' }, { title: 'RIGHT' }, true],
    ['named L and R, of two languages', { title: 'L', language: 'eng' }, { title: 'R', language: 'deu' }, true],
    ['named Ch1 and Ch2', { title: 'Ch1' }, { title: 'Ch2' }, true],
    ['named Channel 1 and Channel 2', { title: 'Channel 1' }, { title: 'Channel 2' }, true],
    ['named FL and FR', { title: 'FL' }, { title: 'FR' }, true],
    ['named right and left', { title: 'Right' }, { title: 'Left' }, false],
    ['named left and something', { title: 'Left' }, { title: 'Mic' }, false],
    ['named something and right', { title: 'Mic' }, { title: 'Right' }, false],
    ['with names that begin alike', { title: 'Left hand' }, { title: 'Right hand' }, false],
    ['with names that end alike', { title: 'upper left' }, { title: 'upper right' }, false],
  ])('%s are a pair: %s', (_odd, one, other, isPair) => {
    const pair = isPair ? { left: 1, right: 2 } : null;
    expect(monoPair([track(1, one), track(2, other)])).toEqual(pair);
    expect(monoPair([track(2, other), track(1, one)])).toEqual(pair);
  });

  it('one track and three tracks are no pair', () => {
    expect(monoPair([])).toBeNull();
    expect(monoPair([track(1)])).toBeNull();
    expect(monoPair([track(1), track(2), track(3)])).toBeNull();
  });
});

describe('the sound that is encoded', () => {
  it.each<[string, readonly AudioStream[], object]>([
    ['stereo', [audioStream()], { kbps: 192, channels: 2, downmix: false, gain: 1.5 }],
    ['mono', [track(1)], { kbps: 128, channels: 1, downmix: false, gain: 1.5 }],
    ['5.1', [track(1, { channels: 6 })], { kbps: 192, channels: 2, downmix: true, gain: 1.5 }],
    ['three channels', [track(1, { channels: 3 })], { kbps: 192, channels: 2, downmix: true, gain: 1.5 }],
    ['a pair of mono tracks', [track(1), track(2)], { kbps: 192, channels: 2, downmix: false, gain: 1.5, right: 2 }],
    ['none', [], { kbps: 192, channels: 2, downmix: false, gain: 1.5 }],
  ])('of %s', (_odd, audio, expected) => {
    expect(soundSettings(videoProbe({ audio }), houseEncode, 1.5)).toEqual(expected);
  });
});
