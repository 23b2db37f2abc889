import { describe, expect, it } from 'vitest';
import { monoPair, streamsOf } from '../../src/plan/streams.ts';
import { type Choosable, moviesOf, soundsOf } from '../../src/probe/chosen-streams.ts';
import { byPackets } from '../../src/tools/by-packets.ts';
import { packetReader } from '../../src/tools/packet-times.ts';
import { audioStream, videoProbe } from '../builders.ts';

/** Lines of ffprobe for a picture of 10 frames a second from one moment on; the flags of the first ones are given. */
function frames(from: number, count: number, flags: readonly string[] = ['K_'], duration = '0.1'): string[] {
  return Array.from({ length: count }, (_, index) => {
    const at = (from + index / 10).toFixed(6);
    return `0|${at}|${at}|${duration}|${flags[index] ?? '__'}`;
  });
}

function timesOf(lines: readonly string[], mayJump = false) {
  const reader = packetReader(mayJump);
  for (const line of lines) reader.take(line);
  return reader.times();
}

const measured = (lines: readonly string[], seconds: number, mayJump = false) =>
  byPackets(
    videoProbe({ container: 'other', format: 'matroska', seconds, audio: [] }, { fps: 10, seconds }),
    timesOf(lines, mayJump),
  );

describe('duration from packets', () => {
  it.each<[string, readonly string[], number, number]>([
    ['a header that says less is not believed', frames(0, 40), 1, 4],
    ['a header that says nothing', frames(0, 40), 0, 4],
    ['a header as good as right stays', frames(0, 40), 4.05, 4.05],
    ['a header that says more stays: the file breaks off', frames(0, 20), 4, 4],
    ['packets without durations end a usual step after the last', frames(0, 40, [], 'N/A'), 0, 4],
    ['slides without durations', ['0|0|0|N/A|K_', '0|9|9|N/A|__', '0|10|10|N/A|__'], 0, 11],
    ['lines that are none', ['', 'x', '0|N/A|N/A|N/A|K_', ...frames(0, 40)], 0, 4],
  ])('%s', (_odd, lines, header, seconds) => {
    expect(measured(lines, header)?.seconds).toBeCloseTo(seconds, 2);
  });

  it('frames with equal timestamps have no timestamps', () => {
    expect(measured(['0|0.0|0.0|0.1|K_', '0|0.0|0.0|0.1|__'], 0)).toBeNull();
  });

  it('timestamps that restart are continued in MPEG-TS only', () => {
    const joined = [...frames(1.4, 40), ...frames(1.4, 40)];
    const times = timesOf(joined, true);
    expect(times.jumps).toBe(true);
    expect(times.streams.get(0)?.end).toBeCloseTo(9.4, 3);
    expect(timesOf(joined).jumps).toBe(false);
  });

  it('a wrong frame rate in the header is replaced by counting frames', () => {
    const lying = videoProbe({ container: 'other', format: 'flv', seconds: 4, audio: [] }, { fps: 60, seconds: 4 });
    expect(byPackets(lying, timesOf(frames(0, 40)))?.video?.fps).toBeCloseTo(10, 1);
  });

  it('a picture that starts between two key frames has the time of the first one', () => {
    const found = measured(frames(0, 40, ['__', '__', '__', 'K_']), 4);
    expect(found?.video?.keyFrameAt).toBeCloseTo(0.3, 3);
    expect(measured(frames(0, 40), 4)?.video?.keyFrameAt).toBeNull();
  });
});

it.each<[string, readonly string[], boolean]>([
  ['says when frames are shown', frames(0, 9), false],
  ['says when they are decoded', frames(0, 9).map((line) => line.replace(/^0\|[^|]+/, '0|N/A')), true],
  [
    'lacks one time',
    frames(0, 9).map((line, index) => (index === 3 ? line.replace(/^0\|[^|]+/, '0|N/A') : line)),
    false,
  ],
])('a container that %s', (_odd, lines, expected) => {
  expect(measured(lines, 0.9)?.video?.decodeTimesOnly).toBe(expected);
});

const stream = (odd: Partial<Choosable>): Choosable => ({
  ...{ codec_type: 'video', index: 0, width: 360, height: 640, nb_frames: 0, tags: {} },
  disposition: { default: 0, attached_pic: 0, timed_thumbnails: 0, comment: 0, visual_impaired: 0 },
  ...odd,
});
const none = stream({}).disposition;
const sound = (index: number, disposition = none, tags = {}) =>
  stream({ codec_type: 'audio', index, disposition, tags });

describe('stream selection', () => {
  it.each<[string, readonly Choosable[], readonly number[]]>([
    ['cover art first', [stream({ disposition: { ...none, attached_pic: 1 } }), stream({ index: 1 })], [1]],
    ['a still beside a film', [stream({ nb_frames: 1, width: 4000 }), stream({ index: 1, nb_frames: 90 })], [1]],
    ['one still alone', [stream({ nb_frames: 1 })], [0]],
    [
      'a small preview that is the default',
      [stream({ width: 90, disposition: { ...none, default: 1 } }), stream({ index: 1 })],
      [1],
    ],
    [
      'two angles: the default one first',
      [stream({}), stream({ index: 1, disposition: { ...none, default: 1 } })],
      [1, 0],
    ],
    ['sound alone', [sound(0)], []],
  ])('%s', (_odd, streams, wanted) => {
    expect(moviesOf(streams).map(({ index }) => index)).toEqual(wanted);
  });

  it.each<[string, readonly Choosable[], readonly number[]]>([
    ['the default one', [sound(1), sound(2, { ...none, default: 1 })], [2, 1]],
    ['none is the default', [sound(1), sound(2)], [1, 2]],
    ['a commentary that is the default', [sound(1, { ...none, default: 1, comment: 1 }), sound(2)], [2, 1]],
    ['a commentary by its name', [sound(1, none, { title: 'Director’s commentary' }), sound(2)], [2, 1]],
  ])('sound: %s', (_odd, streams, wanted) => {
    expect(soundsOf(streams).map(({ index }) => index)).toEqual(wanted);
  });

  const mono = (odd = {}) => audioStream({ channels: 1, ...odd });
  it.each<[string, Parameters<typeof monoPair>[0], ReturnType<typeof monoPair>]>([
    ['two alike', [mono({ index: 1 }), mono({ index: 2, ordinal: 1 })], { left: 1, right: 2 }],
    ['the second is the default', [mono({ index: 2, ordinal: 1 }), mono({ index: 1 })], { left: 1, right: 2 }],
    ['named by side', [mono({ title: 'L' }), mono({ index: 2, ordinal: 1, title: 'R' })], { left: 1, right: 2 }],
    ['named by what they are', [mono({ title: 'Game' }), mono({ index: 2, ordinal: 1, title: 'Mic' })], null],
    ['two languages', [mono({ language: 'eng' }), mono({ index: 2, ordinal: 1, language: 'deu' })], null],
    ['one is stereo', [mono(), audioStream({ index: 2, ordinal: 1 })], null],
    ['three', [mono(), mono({ ordinal: 1 }), mono({ ordinal: 2 })], null],
    ['one comes late', [mono(), mono({ index: 2, ordinal: 1, startsAt: 1 })], null],
  ])('mono tracks: %s', (_odd, audio, pair) => {
    expect(monoPair(audio)).toEqual(pair);
  });

  it('streams that are not the first of their kinds are part of the rendition key', () => {
    expect(streamsOf(videoProbe())).toEqual({ picture: 0, sound: 1, areFirst: true });
    expect(streamsOf(videoProbe({}, { index: 1, ordinal: 1 }))?.areFirst).toBe(false);
    expect(streamsOf(videoProbe({ video: null }))).toBeNull();
  });
});
