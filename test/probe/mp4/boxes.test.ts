import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parameterSets, tracksOf } from '../../../src/probe/mp4/tracks.ts';
import { corrections } from '../../../src/tools/mp4-durations.ts';
import { readMp4Boxes } from '../../../src/tools/mp4-file.ts';
import { temporaryFolder } from '../../media.ts';

const folder = await temporaryFolder();

function numbers(...values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 4);
  for (const [index, value] of values.entries()) bytes.writeUInt32BE(value, index * 4);
  return bytes;
}

function box(type: string, ...parts: readonly (Buffer | string)[]): Buffer {
  const body = Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : part)));
  return Buffer.concat([numbers(8 + body.length), Buffer.from(type, 'latin1'), body]);
}

const ftyp = box('ftyp', 'isom', numbers(0));
const moov = box('moov', box('mvhd', Buffer.alloc(100)));
const mdat = box('mdat', Buffer.alloc(64, 7));
const whole = Buffer.concat([ftyp, moov, mdat]);

async function boxesOf(bytes: Buffer) {
  const path = join(folder, 'file.mp4');
  await writeFile(path, bytes);
  return await readMp4Boxes(path);
}

describe('bytes after the last box of an MP4', () => {
  it.each<[string, Buffer, boolean]>([
    ['nothing', Buffer.alloc(0), false],
    ['zeros', Buffer.alloc(100), false],
    ['three zeros', Buffer.alloc(3), false],
    ['text whose first letters are a large size', Buffer.from('vid_v0300fg10000xyz_watermark_free_export'), true],
    ['JSON', Buffer.from('{"made_by":{"label":1}}'), true],
    ['text that looks like a box', Buffer.from('somefree words'), true],
    ['three letters', Buffer.from('abc'), true],
    ['numbers of a camera', Buffer.from([201, 202, 203, 204, 205, 206, 207, 208, 209]), true],
  ])('%s', async (_what, behind, trailer) => {
    const found = await boxesOf(Buffer.concat([whole, behind]));
    expect(found.trailer).toBe(trailer);
    expect(found.end).toBe(whole.length);
  });

  it.each<[string, Buffer]>([
    ['truncated media', whole.subarray(0, whole.length - 10)],
    ['a truncated index after the media', Buffer.concat([ftyp, mdat, moov]).subarray(0, -10)],
    ['a truncated fragment', Buffer.concat([whole, box('moof', Buffer.alloc(40))]).subarray(0, -10)],
  ])('%s: the file ends early', async (_what, bytes) => {
    expect((await boxesOf(bytes)).end).toBeGreaterThan(bytes.length);
  });

  it('a further box belongs to the file', async () => {
    const found = await boxesOf(Buffer.concat([whole, box('uuid', Buffer.alloc(16)), box('free', 'x')]));
    expect(found).toMatchObject({ trailer: false, order: ['ftyp', 'moov', 'mdat', 'uuid', 'free'] });
  });
});

const handler = (kind: string) => box('hdlr', numbers(0, 0), kind, Buffer.alloc(13));
const visual = (type: string, width: number, height: number, ...more: readonly Buffer[]) => {
  const fixed = Buffer.alloc(78);
  fixed.writeUInt16BE(width, 24);
  fixed.writeUInt16BE(height, 26);
  return box(type, fixed, ...more);
};
const avcC = box('avcC', Buffer.from([1, 100, 0, 31, 0xff, 0xe0, 0]));
const track = (kind: string, entries: readonly Buffer[], ...tables: readonly Buffer[]) =>
  box(
    'trak',
    box('tkhd', Buffer.alloc(84)),
    box(
      'mdia',
      handler(kind),
      box('minf', handler('url '), box('stbl', box('stsd', numbers(0, entries.length), ...entries), ...tables)),
    ),
  );

describe('the sample tables of a track', () => {
  it('the positions of key frames in chunks of two and of one sample', () => {
    const tables = [
      box('stsz', numbers(0, 0, 5, 10, 20, 30, 40, 50)),
      box('stss', numbers(0, 3, 1, 4, 5)),
      box('stsc', numbers(0, 2, 1, 2, 1, 3, 1, 1)),
      box('stco', numbers(0, 3, 1000, 2000, 3000)),
    ];
    const [found] = tracksOf(box('moov', track('vide', [visual('avc1', 96, 160, avcC)], ...tables)));
    expect(found).toMatchObject({ handler: 'vide', samples: 5, keyOffsets: [1000, 2030, 3000] });
    expect(found?.entries).toEqual([{ type: 'avc1', width: 96, height: 160, lengthSize: 4, audioObjectType: null }]);
  });

  it.each<[string, number[], number | null]>([
    ['AAC-LC', [0x12, 0x10], 2],
    ['HE-AAC', [0x2b, 0x92], 5],
    ['xHE-AAC', [0xf9, 0x46], 42],
  ])('the audio object type of %s', (_name, config, type) => {
    const decoder = [0x04, 0x11, 0x40, 0x15, 0, 0, 0, 0, 1, 0xf4, 0, 0, 1, 0xf4, 0, 0x05, 0x02, ...config];
    const esds = box('esds', numbers(0), Buffer.from([0x03, 0x16, 0, 0, 0, ...decoder]));
    const [found] = tracksOf(box('moov', track('soun', [box('mp4a', Buffer.alloc(28), esds)])));
    expect(found?.entries[0]?.audioObjectType).toBe(type);
  });

  it.each<[string, Buffer]>([
    ['truncated in the tables', box('moov', track('vide', [visual('avc1', 96, 160)])).subarray(0, 200)],
    [
      'a table that declares more entries than it has',
      box('moov', track('vide', [], box('stss', numbers(0, 0xffffffff)))),
    ],
    ['nothing', Buffer.alloc(0)],
  ])('broken: %s', (_what, bytes) => {
    expect(() => tracksOf(bytes)).not.toThrow();
  });

  it.each<[string, string, number[], string]>([
    [
      'H.264: a delimiter, a parameter set, a slice',
      'avc1',
      [0, 0, 0, 1, 9, 0, 0, 0, 3, 0x67, 1, 2, 0, 0, 0, 1, 0x65],
      'g\x01\x02',
    ],
    ['H.264 without one', 'avc1', [0, 0, 0, 1, 9, 0, 0, 0, 1, 0x65], ''],
    ['HEVC', 'hev1', [0, 0, 0, 3, 0x42, 1, 5, 0, 0, 0, 1, 0x26], 'B\x01\x05'],
    ['a wrong length', 'avc1', [0xff, 0xff, 0xff, 0xff, 0x67], 'g'],
  ])('parameter sets of %s', (_what, type, bytes, expected) => {
    const entry = { type, width: 0, height: 0, lengthSize: 4, audioObjectType: null };
    expect(parameterSets(Buffer.from(bytes), entry)).toBe(expected);
  });
});

describe('the duration of a movie by its edit lists', () => {
  const tkhd = (length: number) => box('tkhd', numbers(0, 0, 0, 1, 0, length), Buffer.alloc(60));
  const edits = (...lengths: readonly number[]) =>
    box('edts', box('elst', numbers(0, lengths.length, ...lengths.flatMap((length) => [length, 0, 0x10000]))));
  const movie = (length: number, ...tracks: readonly Buffer[]) =>
    box('moov', box('mvhd', numbers(0, 0, 0, 1000, length), Buffer.alloc(80)), ...tracks);
  const corrected = (bytes: Buffer) => {
    const copy = Buffer.from(bytes);
    for (const { at, bytes: right } of corrections(copy)) right.copy(copy, at);
    return copy;
  };

  it('samples hidden by an edit list do not count', () => {
    const wrong = movie(4022, box('trak', tkhd(4000), edits(4000)), box('trak', tkhd(4022), edits(4000)));
    const right = movie(4000, box('trak', tkhd(4000), edits(4000)), box('trak', tkhd(4000), edits(4000)));
    expect(corrected(wrong)).toEqual(right);
    expect(corrections(right)).toEqual([]);
  });

  it('an empty edit at the start counts', () => {
    const wrong = movie(4078, box('trak', tkhd(4000), edits(66, 4000)), box('trak', tkhd(4078), edits(4078)));
    const right = movie(4078, box('trak', tkhd(4066), edits(66, 4000)), box('trak', tkhd(4078), edits(4078)));
    expect(corrected(wrong)).toEqual(right);
  });

  it('tracks without an edit list, or with an open-ended one, are unchanged', () => {
    expect(corrections(movie(4000, box('trak', tkhd(4000)), box('trak', tkhd(3000), edits(0))))).toEqual([]);
  });
});
