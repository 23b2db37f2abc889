import { describe, expect, it } from 'vitest';
import { readContainer } from '../../src/originals/container.ts';

function box(type: string, ...content: Buffer[]): Buffer {
  const inside = Buffer.concat(content);
  const header = Buffer.alloc(8);
  header.writeUInt32BE(8 + inside.length);
  header.write(type, 4, 'latin1');
  return Buffer.concat([header, inside]);
}

const words = (...numbers: number[]) => {
  const buffer = Buffer.alloc(4 * numbers.length);
  for (const [index, number] of numbers.entries()) buffer.writeUInt32BE(number, 4 * index);
  return buffer;
};
const text = (value: string) => Buffer.from(value, 'latin1');

function trak(kind: string, codec: string, samples = 10): Buffer {
  const handler = box('hdlr', words(0, 0), text(kind), words(0, 0, 0));
  const description = box('stsd', words(0, 1), box(codec, words(0, 0)));
  const table = box('stbl', description, box('stsz', words(0, 0, samples)));
  return box('trak', box('tkhd', words(0)), box('mdia', handler, box('minf', table)));
}

const ftyp = box('ftyp', text('isom'), words(512));
const mdat = box('mdat', Buffer.alloc(100));
const moov = (...inside: Buffer[]) => box('moov', box('mvhd', words(0)), ...inside);
const [picture, sound] = [trak('vide', 'avc1'), trak('soun', 'mp4a')];
const mp4 = (...boxes: Buffer[]) => Buffer.concat([ftyp, ...boxes]);

async function read(file: Buffer) {
  return await readContainer(async (at, bytes) => file.subarray(at, at + bytes), file.length);
}

const large = box('mdat', Buffer.alloc(16));
large.writeUInt32BE(1);
large.writeBigUInt64BE(100n, 8);
const whole = mp4(moov(picture, sound), mdat);

describe('the boxes of an MP4 or MOV', () => {
  it.each<[string, Buffer, string | null]>([
    ['picture and sound', whole, null],
    ['picture alone', mp4(moov(picture), mdat), null],
    ['moov after mdat', mp4(mdat, moov(picture, sound)), null],
    ['moov after a long mdat', mp4(box('mdat', Buffer.alloc(200_000)), moov(picture, sound)), null],
    ['without ftyp, as old MOV', Buffer.concat([moov(picture), mdat]), null],
    ['in fragments', mp4(moov(box('mvex', words(0)), trak('vide', 'avc1', 0)), mdat), null],
    ['text after the last box', Buffer.concat([whole, text('{"made":"with love"}')]), null],
    [
      'a box of size 0, up to the end',
      mp4(moov(picture), Buffer.concat([words(0), text('mdat'), Buffer.alloc(9)])),
      null,
    ],
    ['sound alone', mp4(moov(sound), mdat), 'It has sound but no picture.'],
    [
      'a picture track without samples',
      mp4(moov(trak('vide', 'avc1', 0), sound), mdat),
      'It has sound but no picture.',
    ],
    ['no tracks', mp4(moov(), mdat), 'It has no picture.'],
    ['an index without any box, at the end', mp4(mdat, box('moov')), 'It has no picture.'],
    ['a track behind the index', mp4(moov(sound), picture, mdat), 'It has sound but no picture.'],
    ['2000 boxes, the last of them the index', mp4(...Array<Buffer>(1998).fill(box('free')), moov(picture)), null],
    [
      '2001 boxes, the last of them the index',
      mp4(...Array<Buffer>(1999).fill(box('free')), moov(picture)),
      'Its index (moov) is missing: the download was not finished.',
    ],
    ['no index', mp4(mdat), 'Its index (moov) is missing: the download was not finished.'],
    ['only the ftyp box', ftyp, 'Its index (moov) is missing: the download was not finished.'],
    ['truncated in the media', whole.subarray(0, -30), 'It breaks off: 30 of its bytes are missing.'],
    ['truncated by one byte', whole.subarray(0, -1), 'It breaks off: 1 of its bytes is missing.'],
    [
      'truncated in the index',
      mp4(mdat, moov(picture)).subarray(0, -30),
      'It breaks off: 30 of its bytes are missing.',
    ],
    ['truncated, with a 64-bit length', mp4(moov(picture), large), 'It breaks off: 76 of its bytes are missing.'],
  ])('%s', async (_name, file, why) => {
    expect((await read(file)).why).toBe(why);
  });

  it('gives the codec and whether there is sound', async () => {
    expect(await read(whole)).toMatchObject({ codec: 'avc1', hasSound: true, isRead: true });
    const foreign = mp4(moov(trak('vide', 'jpeg'), trak('vide', 'bvc2')), mdat);
    expect(await read(foreign)).toMatchObject({ codec: 'bvc2', hasSound: false });
  });

  it('gives no codec of a picture whose description is missing', async () => {
    const table = box('stbl', box('stsz', words(0, 0, 10)));
    const bare = box('trak', box('mdia', box('hdlr', words(0, 0), text('vide')), box('minf', table)));
    expect(await read(mp4(moov(bare), mdat))).toMatchObject({ why: null, codec: '' });
  });

  it('truncated or changed anywhere, it still returns a result', async () => {
    for (let at = 0; at < whole.length; at++) {
      await read(whole.subarray(0, at));
      const spoilt = Buffer.from(whole);
      spoilt[at] = 255 - (spoilt[at] ?? 0);
      await read(spoilt);
    }
  });
});

describe('other containers', () => {
  const matroska = (...types: number[]) =>
    Buffer.concat([
      Buffer.from([0x1a, 0x45, 0xdf, 0xa3, 0, 0]),
      Buffer.from([0x16, 0x54, 0xae, 0x6b, 0]),
      ...types.map((type) => Buffer.from([0xae, 0x83, 0x81, type])),
    ]);
  const flv = (flags: number) => Buffer.concat([text('FLV\u0001'), Buffer.from([flags, 0, 0, 0, 9])]);

  it.each<[string, Buffer, string | null, boolean | null]>([
    ['WebM with both', matroska(1, 2), null, true],
    ['WebM, picture alone', matroska(1), null, false],
    ['WebM, sound alone', matroska(2), 'It has sound but no picture.', true],
    ['FLV with both', flv(5), null, true],
    ['FLV, sound alone', flv(4), 'It has sound but no picture.', true],
    ['a container that is not read here', text('RIFF....AVI '), null, null],
    ['nothing', Buffer.alloc(0), null, null],
  ])('%s', async (_name, file, why, hasSound) => {
    expect(await read(file)).toMatchObject({ why, hasSound });
  });
});
