import { describe, expect, it } from 'vitest';
import { type ContainerFacts, containerFacts, readContainer } from '../../src/originals/container.ts';

const text = (value: string) => Buffer.from(value, 'latin1');
const words = (...numbers: number[]) => {
  const buffer = Buffer.alloc(4 * numbers.length);
  for (const [index, number] of numbers.entries()) buffer.writeUInt32BE(number, 4 * index);
  return buffer;
};
const box = (type: string, ...content: Buffer[]) => {
  const inside = Buffer.concat(content);
  return Buffer.concat([words(8 + inside.length), text(type), inside]);
};
/** With its length as 64 bits. */
const longBox = (type: string, ...content: Buffer[]) => {
  const inside = Buffer.concat(content);
  return Buffer.concat([words(1), text(type), words(0, 16 + inside.length), inside]);
};
/** To the end of what it is in. */
const openBox = (type: string, ...content: Buffer[]) => Buffer.concat([words(0), text(type), ...content]);

interface Odd {
  readonly sizes?: Buffer;
  readonly wrap?: typeof box;
}

function trak(kind: string, codec: string, { sizes = box('stsz', words(0, 0, 10)), wrap = box }: Odd = {}): Buffer {
  const handler = box('hdlr', words(0, 0), text(kind), words(0, 0, 0));
  const table = box('stbl', box('stsd', words(0, 1), box(codec, words(0, 0))), sizes);
  return wrap('trak', box('mdia', handler, box('minf', table)));
}

const ftyp = box('ftyp', text('isom'), words(512));
const mdat = box('mdat', Buffer.alloc(100));
const [picture, sound] = [trak('vide', 'avc1'), trak('soun', 'mp4a')];
const mp4 = (...tracks: Buffer[]) => Buffer.concat([ftyp, box('moov', ...tracks), mdat]);

async function read(file: Buffer): Promise<ContainerFacts> {
  return await readContainer(async (at, bytes) => file.subarray(at, at + bytes), file.length);
}

const unread = { why: null, hasSound: null, codec: null, isRead: false };
const both = { why: null, hasSound: true, codec: 'avc1', isRead: true };
const soundOnly = { why: 'It has sound but no picture.', hasSound: true, codec: null, isRead: true };
const nothing = { why: 'It has no picture.', hasSound: false, codec: null, isRead: true };
const unfinished = { why: 'Its index (moov) is missing: the download was not finished.', hasSound: null };

describe('forms of MP4 and MOV', () => {
  it.each<[string, Buffer, object]>([
    ['picture and sound', mp4(picture, sound), both],
    ['tracks with lengths of 64 bits', mp4(picture, trak('soun', 'mp4a', { wrap: longBox })), both],
    ['the last track up to the end of the index', mp4(picture, trak('soun', 'mp4a', { wrap: openBox })), both],
    ['the index up to the end of the file', Buffer.concat([ftyp, mdat, openBox('moov', picture, sound)]), both],
    ['compact sizes of samples', mp4(trak('vide', 'avc1', { sizes: box('stz2', words(0, 4, 10)) }), sound), both],
    ['no sizes of samples', mp4(trak('vide', 'avc1', { sizes: box('free') }), sound), soundOnly],
    [
      'sound without samples',
      mp4(picture, trak('soun', 'mp4a', { sizes: box('stsz', words(0, 0, 0)) })),
      { ...both, hasSound: false },
    ],
    ['subtitles are neither', mp4(trak('text', 'tx3g'), trak('subt', 'stpp')), nothing],
    ['an empty picture before a filled one', mp4(trak('vide', 'hvc1', { sizes: box('free') }), picture, sound), both],
    ['QuickTime metadata with © in its name', mp4(box('\u00a9nam', words(7)), picture, sound), both],
    ['a box with a space in its name', mp4(box('url ', words(7)), picture, sound), both],
    [
      'the index in front, with zeros behind the last box',
      Buffer.concat([mp4(picture, sound), Buffer.alloc(40)]),
      both,
    ],
    ['an empty track', mp4(box('trak')), nothing],
    ['a track that was removed, its box now free', mp4(box('free', picture.subarray(8)), sound), soundOnly],
    [
      'the start of a long box at the end',
      Buffer.concat([mp4(picture, sound), words(1), text('mdat'), words(0)]),
      both,
    ],
    [
      'sizes of samples that are not there, at the end',
      Buffer.concat([ftyp, mdat, box('moov', trak('vide', 'avc1', { sizes: box('stsz') }))]),
      nothing,
    ],
  ])('%s', async (_name, file, expected) => {
    expect(await read(file)).toEqual(expected);
  });

  it.each([['jpeg'], ['mjp2'], ['png ']])(
    'cover art as %s is a picture, and not the codec of a video',
    async (codec) => {
      expect(await read(mp4(trak('vide', codec), picture, sound))).toEqual(both);
      expect(await read(mp4(trak('vide', codec), sound))).toEqual({ ...both, codec: null });
    },
  );

  it.each(['moov', 'mdat', 'wide', 'free', 'skip'])('it may begin with %s', async (type) => {
    const first = type === 'moov' ? box('moov', picture, sound) : box(type, words(0));
    expect(await read(Buffer.concat([first, mp4(picture, sound)]))).toEqual(both);
  });

  it.each(['xmoo', 'moox', 'text'])('it does not begin with %s', async (type) => {
    expect(await read(Buffer.concat([box(type, words(0)), mp4(picture, sound)]))).toEqual(unread);
  });

  it.each<[string, Buffer]>([
    ['behind a box that is shorter than its own header', Buffer.concat([words(4), text('freemdat')])],
    ['behind a box whose 64 bits are less than its header', Buffer.concat([words(1), text('free'), words(0, 7)])],
    ['behind a name of three letters', Buffer.concat([words(8), text('ab\u0000c')])],
  ])('the index is not looked for %s', async (_what, odd) => {
    expect(await read(Buffer.concat([ftyp, odd, mp4(picture, sound)]))).toMatchObject(unfinished);
  });

  it('a fragment that is cut off is reported with what is missing; another box may break off', async () => {
    const moof = (type: string) => Buffer.concat([words(50), text(type), Buffer.alloc(30)]);
    expect((await read(Buffer.concat([mp4(picture, sound), moof('moof')]))).why).toBe(
      'It breaks off: 12 of its bytes are missing.',
    );
    expect(await read(Buffer.concat([mp4(picture, sound), moof('udta')]))).toEqual(both);
  });

  it('of a file that breaks off nothing else is reported', async () => {
    expect(await read(mp4(picture, sound).subarray(0, -9))).toEqual({
      ...{ why: 'It breaks off: 9 of its bytes are missing.', hasSound: null, codec: null, isRead: true },
    });
  });

  it('a sparse file of 4 GB with the index behind the media is read in few pieces', async () => {
    const [head, index] = [
      Buffer.concat([ftyp, words(1), text('mdat'), words(1, 0)]),
      box('moov', picture, sound, ...Array<Buffer>(500).fill(box('free', words(0)))),
    ];
    const behind = ftyp.length + 2 ** 32;
    let reads = 0;
    const facts = await readContainer(async (at, bytes) => {
      reads++;
      if (at >= behind) return index.subarray(at - behind, at - behind + bytes);
      return head.subarray(at, at + bytes);
    }, behind + index.length);
    expect(facts).toEqual(both);
    expect(reads).toBeLessThan(10);
  });
});

it('the facts of a file are the same from the cache', () => {
  for (const facts of [both, soundOnly, unread]) expect(containerFacts.parse(facts)).toEqual(facts);
  expect(containerFacts.safeParse({}).success).toBe(false);
});

describe('forms of Matroska, WebM and FLV', () => {
  const start = Buffer.from([0x1a, 0x45, 0xdf, 0xa3, 0, 0]);
  const tracks = Buffer.from([0x16, 0x54, 0xae, 0x6b, 0]);
  const kind = (type: number) => Buffer.from([0xae, 0x83, 0x81, type]);
  const flv = (flags: number) => Buffer.concat([text('FLV\u0001'), Buffer.from([flags])]);
  const read1 = { ...both, codec: null };

  it.each<[string, Buffer, object]>([
    ['both', Buffer.concat([start, tracks, kind(1), kind(2)]), read1],
    ['a picture alone', Buffer.concat([start, tracks, kind(1)]), { ...read1, hasSound: false }],
    ['sound alone', Buffer.concat([start, tracks, kind(2)]), soundOnly],
    ['subtitles alone', Buffer.concat([start, tracks, kind(17)]), unread],
    ['no list of tracks', Buffer.concat([start, kind(1), kind(2)]), unread],
    [
      'bytes before the list that look like tracks',
      Buffer.concat([start, kind(2), tracks, kind(1)]),
      { ...read1, hasSound: false },
    ],
    ['tracks behind the first megabyte', Buffer.concat([start, Buffer.alloc(1 << 20), tracks, kind(1)]), unread],
    [
      'tracks at the end of the first half',
      Buffer.concat([start, Buffer.alloc(1 << 19), tracks, kind(1), kind(2)]),
      read1,
    ],
    ['not at the start', Buffer.concat([text('x'), start, tracks, kind(1)]), unread],
    ['FLV with both', flv(5), read1],
    ['FLV, picture alone', flv(1), { ...read1, hasSound: false }],
    ['FLV, sound alone', flv(4), soundOnly],
    ['FLV with neither', flv(0), nothing],
    ['FLV that ends behind its name', text('FLV\u0001'), nothing],
    ['another version of FLV', text('FLV\u0002\u0005'), unread],
    ['FLV not at the start', text('xFLV\u0001\u0005'), unread],
  ])('%s', async (_name, file, expected) => {
    expect(await read(file)).toEqual(expected);
  });
});
