import { describe, expect, it } from 'vitest';
import {
  commandOf,
  inputOptions,
  maxFramePixels,
  optionsForVersion,
  progressLine,
  secondsOf,
  sourceOf,
} from '../../src/tools/ffmpeg-command.ts';
import { mapLimit } from '../../src/tools/map-limit.ts';
import { corrections } from '../../src/tools/mp4-durations.ts';
import { once } from '../../src/tools/once.ts';
import { paceJudge } from '../../src/tools/pace-judge.ts';
import { spareBuffers } from '../../src/tools/spare-buffers.ts';

const file = { options: ['-ss', '1'], source: { file: '/a b.mp4' } };
const silence = { options: [], source: { lavfi: 'anullsrc' } };
const stream = { options: ['-f', 'h264'], source: { stdin: [] } };
const guard =
  '-max_pixels 36000000 -protocol_whitelist file,pipe -format_whitelist mov,matroska,webm,avi,flv,mpegts,mpeg,asf,ogg,gif,mp3,aac,wav,flac,m4v,h264,hevc';
const global = (level: string) => `-y -hide_banner -nostdin -nostats -loglevel ${level} -progress pipe:2`;

describe('a command of ffmpeg', () => {
  it('opens media behind the guard, and nothing else by a name', () => {
    expect(inputOptions(file, false).join(' ')).toBe(`${guard} -ss 1`);
    expect(inputOptions(file, true).join(' ')).toBe(`${global('warning')} ${guard} -ss 1`);
    expect(inputOptions(silence, true, true).join(' ')).toBe(`${global('info')} -f lavfi`);
    expect(inputOptions(stream, false).join(' ')).toBe(`${guard} -f h264`);
    expect([file, silence, stream].map(sourceOf)).toEqual(['file:/a b.mp4', 'anullsrc', 'pipe:0']);
    expect(maxFramePixels).toBe(36_000_000);
  });

  it('is told as it can be pasted', () => {
    const job = { inputs: [file, silence], outputOptions: ['-c', 'copy'], output: '/o.mp4' };
    expect(commandOf('/bin/ffmpeg', job)).toBe(
      `/bin/ffmpeg ${global('warning')} ${guard} -ss 1 -i 'file:/a b.mp4' -f lavfi -i anullsrc -c copy file:/o.mp4`,
    );
    expect(commandOf('ffmpeg', { ...job, output: undefined })).toMatch(/ -c copy -$/);
  });

  it('has -vsync for builds that do not know -fps_mode', async () => {
    const job = { outputOptions: ['-fps_mode', 'cfr', '-r', '30'] };
    const knowing = (hasFpsMode: boolean) =>
      ({ hasFpsMode: async () => hasFpsMode }) as Parameters<typeof optionsForVersion>[1];
    expect(await optionsForVersion(job, knowing(true))).toBe(job);
    expect(await optionsForVersion(job, knowing(false))).toEqual({ outputOptions: ['-vsync', 'cfr', '-r', '30'] });
    const other = { outputOptions: ['-r', '30'] };
    expect(await optionsForVersion(other, knowing(false))).toBe(other);
  });

  it.each<[string, number | null]>([
    ['out_time=00:00:01.500000', 1.5],
    ['out_time=01:02:03.25', 3723.25],
    ['out_time=100:00:00.0', 360_000],
    ['out_time=N/A', null],
    ['out_time_ms=1500', null],
    ['x out_time=00:00:01.5', null],
  ])('the time in %s is %j', (line, seconds) => {
    expect(secondsOf(line)).toBe(seconds);
  });

  it.each([
    ['frame=12', true],
    ['fps=30.0', true],
    ['stream_0_0_q=28.0', true],
    ['bitrate=N/A', true],
    ['total_size=48', true],
    ['out_time_us=1', true],
    ['out_time=00:00:01.5', true],
    ['dup_frames=0', true],
    ['drop_frames=0', true],
    ['speed=2x', true],
    ['progress=end', true],
    ['Error: progress=end', false],
    ['frames=12', false],
  ])('%s is a line of -progress: %s', (line, expected) => {
    expect(progressLine.test(line)).toBe(expected);
  });
});

describe('whether a job is stuck', () => {
  const minute = 60_000;
  const stuck = (minutes: number, seconds: number, step = minute) => {
    const isStuck = paceJudge();
    let told = isStuck(0, 5 * minute);
    for (let at = step; at <= minutes * minute; at += step) told = isStuck(seconds, 5 * minute + at);
    return told;
  };
  it('is reported after twenty minutes, at less than a two-hundredth of real time', () => {
    expect(stuck(20, 0)).toBe(false);
    expect(stuck(21, 0)).toBe(true);
    expect(stuck(21, 6.29)).toBe(true);
    expect(stuck(21, 6.3)).toBe(false);
  });

  it('a pause counts a minute at most, as when a laptop sleeps', () => {
    expect(stuck(600, 0, 60 * minute)).toBe(false);
    expect(stuck(60 * 22, 0, 60 * minute)).toBe(true);
  });
});

describe('small parts', () => {
  it('what is made once is made once, also while it is being made', async () => {
    let made = 0;
    const get = once(async () => ++made);
    expect(await Promise.all([get(), get()])).toEqual([1, 1]);
    expect(await get()).toBe(1);
  });

  it('works at most so many items at a time, and results are in the order of the items', async () => {
    let [running, most] = [0, 0];
    const work = async (item: number) => {
      most = Math.max(most, ++running);
      await new Promise((resolve) => setTimeout(resolve, 9 - item));
      running--;
      return item * 2;
    };
    expect(await mapLimit([1, 2, 3, 4, 5], 2, work)).toEqual([2, 4, 6, 8, 10]);
    expect(most).toBe(2);
  });

  it('the first error ends it, and what has not begun is not begun', async () => {
    const begun: number[] = [];
    const work = async (item: number) => {
      begun.push(item);
      await new Promise((resolve) => setTimeout(resolve, 2));
      if (item === 2) throw new Error('two');
    };
    await expect(mapLimit([1, 2, 3, 4, 5, 6, 7, 8], 2, work)).rejects.toThrow('two');
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(begun.length).toBeLessThan(8);
  });

  it('a buffer that was given back is taken again if it has the size, six are kept', () => {
    const all = Array.from({ length: 7 }, () => spareBuffers.take(77));
    for (const each of all) spareBuffers.give(each);
    const again = Array.from({ length: 7 }, () => spareBuffers.take(77));
    expect(again.filter((each) => all.includes(each))).toHaveLength(6);
    expect(all.indexOf(again[0] ?? new Uint8Array())).toBe(1);
    expect(spareBuffers.take(78)).toHaveLength(78);
  });
});

describe('the durations of an MP4', () => {
  const words = (...numbers: number[]) => {
    const bytes = Buffer.alloc(numbers.length * 4);
    for (const [index, number] of numbers.entries()) bytes.writeUInt32BE(number, index * 4);
    return bytes;
  };
  const box = (type: string, ...content: Buffer[]) => {
    const inside = Buffer.concat(content);
    return Buffer.concat([words(8 + inside.length), Buffer.from(type, 'latin1'), inside]);
  };
  const long = (value: number) => words(0, value);
  const one = words(0x0100_0000);
  const mvhd = (duration: number) => box('mvhd', words(0, 0, 0, 1000, duration));
  const mvhdLong = (duration: number) => box('mvhd', one, words(0, 0, 0, 0, 1000), long(duration));
  const tkhd = (duration: number) => box('tkhd', words(0, 0, 0, 1, 0, duration));
  const tkhdLong = (duration: number) => box('tkhd', one, words(0, 0, 0, 0, 1, 0), long(duration));
  const elst = (...edits: number[]) =>
    box('edts', box('elst', words(0, edits.length), ...edits.map((each) => words(each, 0, 0x10000))));
  const elstLong = (...edits: number[]) =>
    box(
      'edts',
      box('elst', one, words(edits.length), ...edits.map((each) => Buffer.concat([long(each), words(0, 0, 0x10000)]))),
    );
  /** The values after the corrections, by where the old ones were. */
  const corrected = (...inside: Buffer[]) => {
    const moov = box('moov', ...inside);
    return corrections(moov).map(({ at, bytes }) => [
      moov.readUInt32BE(at + bytes.length - 4),
      bytes.readUInt32BE(bytes.length - 4),
      bytes.length,
    ]);
  };

  it.each<[string, Buffer[], number[][]]>([
    ['that are right', [mvhd(4000), box('trak', tkhd(4000), elst(4000))], []],
    [
      'that count hidden samples',
      [mvhd(4020), box('trak', tkhd(4020), elst(4000))],
      [
        [4020, 4000, 4],
        [4020, 4000, 4],
      ],
    ],
    [
      'in 64 bits',
      [mvhdLong(4020), box('trak', tkhdLong(4020), elstLong(4000))],
      [
        [4020, 4000, 8],
        [4020, 4000, 8],
      ],
    ],
    [
      'of several edits',
      [mvhd(1), box('trak', tkhd(1), elst(1000, 2000, 500))],
      [
        [1, 3500, 4],
        [1, 3500, 4],
      ],
    ],
    [
      'of two tracks: that of the movie is the longer',
      [mvhd(9), box('trak', tkhd(4020), elst(4000)), box('trak', tkhd(5000))],
      [
        [4020, 4000, 4],
        [9, 5000, 4],
      ],
    ],
    ['of an edit without an end', [mvhd(4020), box('trak', tkhd(4020), elst(0))], []],
    ['of no edit', [mvhd(4020), box('trak', tkhd(4020), elst())], []],
    [
      'of more edits than there are',
      [mvhd(4020), box('trak', tkhd(4020), box('edts', box('elst', words(0, 2), words(4000, 0, 1))))],
      [],
    ],
    ['of a track without a header', [mvhd(4020), box('trak', elst(4000))], []],
    ['without tracks', [mvhd(4020)], []],
    ['without a header of the movie', [box('trak', tkhd(4020), elst(4000))], [[4020, 4000, 4]]],
  ])('%s', (_odd, inside, expected) => {
    expect(corrected(...inside)).toEqual(expected);
  });
});
