import { describe, expect, it } from 'vitest';
import { readSampleTable } from '../../src/probe/mp4/sample-table.ts';
import { NotPlain } from '../../src/probe/mp4/strict-boxes.ts';

/** A table: version and flags, then numbers of four bytes. */
const tableOf = (numbers: readonly number[]) => {
  const bytes = Buffer.alloc(4 + numbers.length * 4);
  for (const [index, number] of numbers.entries()) bytes.writeUInt32BE(number >>> 0, 4 + index * 4);
  return bytes;
};

const table = (...numbers: readonly number[]) => tableOf(numbers);

/** Four samples of 10, 20, 30 and 40 bytes in two chunks, at 100 and 200; the first and the third are key frames. */
const plain: Readonly<Record<string, Buffer>> = {
  stsz: table(0, 4, 10, 20, 30, 40),
  stts: table(1, 4, 512),
  ctts: table(2, 2, 0, 2, 512),
  stsc: table(1, 1, 2, 1),
  stco: table(2, 100, 200),
  stss: table(2, 1, 3),
};
const read = (tables: Readonly<Record<string, Buffer | undefined>>) =>
  readSampleTable(
    new Map(Object.entries({ ...plain, ...tables }).flatMap(([type, body]) => (body ? [[type, [body]]] : []))),
  );

const many = (count: number, value: (index: number) => number) =>
  Array.from({ length: count }, (_, index) => value(index));

describe('sample tables of an MP4', () => {
  it('gives times, places and key frames', () => {
    expect(read({})).toEqual({
      ...{ samples: 4, totalBytes: 100, duration: 2048, step: 512, firstShown: 0, firstOffset: 100, firstBytes: 10 },
      ranges: [
        [100, 130],
        [200, 270],
      ],
      keyFrames: [
        { shownAt: 0, offset: 100, bytes: 10 },
        { shownAt: 1536, offset: 200, bytes: 30 },
      ],
      everyIsKey: false,
      hasShifts: true,
    });
  });

  it('a last sample of another duration is a constant rate, any other one is not', () => {
    expect(read({ stts: table(2, 3, 512, 1, 100) }).step).toBe(512);
    expect(read({ stts: table(2, 2, 512, 2, 100) }).step).toBeNull();
  });

  it.each<[string, Record<string, Buffer | undefined>]>([
    ['no table of sizes', { stsz: undefined }],
    ['no samples', { stsz: table(0, 0) }],
    ['fewer sizes than it says', { stsz: table(0, 4, 10, 20, 30) }],
    ['a size for all, and four billion samples', { stsz: table(1, 0xffff_ffff), stts: table(1, 0xffff_ffff, 1) }],
    ['times for more samples', { stts: table(1, 5, 512) }],
    ['a duration of zero', { stts: table(2, 3, 512, 1, 0) }],
    ['a duration below zero', { stts: table(1, 4, -1) }],
    ['an offset below zero', { ctts: table(1, 4, -512) }],
    ['offsets for fewer samples', { ctts: table(1, 3, 0) }],
    ['a chunk without samples', { stsc: table(1, 1, 0, 1) }],
    ['chunks for fewer samples', { stsc: table(1, 1, 1, 1) }],
    ['chunks for more samples', { stsc: table(1, 1, 3, 1) }],
    ['a second sample description', { stsc: table(1, 1, 2, 2) }],
    ['key frames in another order', { stss: table(2, 3, 1) }],
    ['a key frame that is no sample', { stss: table(2, 1, 5) }],
    ['a table of another version', { stco: Buffer.concat([Buffer.from([7]), table(2, 100, 200).subarray(1)]) }],
    ['an offset of more than 2^53', { stco: undefined, co64: table(2, 0xffff_ffff, 0, 0, 200) }],
    [
      'more key frames than a film has, which would take memory',
      {
        ...{ stsz: table(1, 150_000), stts: table(1, 150_000, 1), ctts: undefined, stsc: table(1, 1, 150_000, 1) },
        ...{ stco: table(1, 100), stss: tableOf([150_000, ...many(150_000, (index) => index + 1)]) },
      },
    ],
    [
      'more chunks apart than a film has',
      {
        ...{ stsz: table(1, 250_000), stts: table(1, 250_000, 1), ctts: undefined, stsc: table(1, 1, 1, 1) },
        stco: tableOf([250_000, ...many(250_000, (index) => index * 2)]),
      },
    ],
  ])('leaves to ffprobe: %s', (_what, tables) => {
    expect(() => read(tables)).toThrow(NotPlain);
  });
});
