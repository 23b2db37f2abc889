import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { VideoProbe } from '../../src/model/probe.ts';
import type { Mp4Boxes } from '../../src/probe/mp4/boxes.ts';
import type { Mp4SampleEntry } from '../../src/probe/mp4/tracks.ts';
import { whyUnreadable, whyUnreadableBy } from '../../src/tools/unreadable.ts';
import { audioStream, videoProbe } from '../builders.ts';
import { temporaryFolder } from './folder.ts';

type Track = readonly [handler: string, ...types: readonly (string | number)[]];

/** The boxes of an MP4 with these tracks: the types of their sample entries, or the object types of `mp4a`. */
function boxes(...tracks: readonly Track[]): Mp4Boxes {
  const entry = (type: string | number): Mp4SampleEntry => ({
    ...{ width: 0, height: 0, lengthSize: null },
    type: typeof type === 'string' ? type : 'mp4a',
    audioObjectType: typeof type === 'number' ? type : null,
  });
  const empty = { samples: 1, firstOffset: null, keyOffsets: [], stretches: 1 };
  return {
    ...{ order: [], end: 0, trailer: false, hasLocation: false, changes: null, moov: null, brand: null, media: null },
    tracks: tracks.map(([handler, ...types]) => ({ ...empty, handler, entries: types.map(entry) })),
  };
}

describe('what the boxes of an MP4 say cannot be decoded', () => {
  it.each<[string, Mp4Boxes, [string, string, string | null] | null]>([
    ['nothing', boxes(['vide', 'avc1'], ['soun', 2]), null],
    ['no tracks', boxes(), null],
    ['an encrypted picture', boxes(['vide', 'encv'], ['soun', 2]), ['encrypted', 'picture', null]],
    ['encrypted sound', boxes(['vide', 'avc1'], ['soun', 'enca']), ['encrypted', 'sound', null]],
    ['one entry of several that is encrypted', boxes(['vide', 'avc1', 'encv']), ['encrypted', 'picture', null]],
    ['an encrypted picture beside the first', boxes(['vide', 'avc1'], ['vide', 'encv']), null],
    ['encrypted sound beside the one that is used', boxes(['soun', 2], ['soun', 'enca']), null],
    ["TikTok's codec", boxes(['vide', 'bvc2']), ['codec-private', 'ByteVC2', 'H.264']],
    [
      "TikTok's codec in capitals, in a second entry",
      boxes(['vide', 'avc1', 'BV2C']),
      ['codec-private', 'ByteVC2', 'H.264'],
    ],
    ['that codec as the name of sound', boxes(['vide', 'avc1'], ['soun', 'bvc2']), null],
    ['xHE-AAC', boxes(['vide', 'avc1'], ['soun', 42]), ['codec-newer', 'xHE-AAC', '7.1']],
    ['xHE-AAC beside the sound that is used', boxes(['soun', 2], ['soun', 42]), null],
  ])('%s', (_odd, found, why) => {
    const told = whyUnreadableBy(found, '/x/a.mp4');
    expect(told && [told.code, told.actual, told.limit]).toEqual(why);
    if (told) expect(told.command).toBe('ffprobe /x/a.mp4');
  });

  it('is that of the sound that is used, and xHE-AAC is none for a new ffmpeg', () => {
    const second = boxes(['soun', 2], ['soun', 42]);
    expect(whyUnreadableBy(second, 'a', 1)?.actual).toBe('xHE-AAC');
    expect(whyUnreadableBy(second, 'a', 1, true)).toBeNull();
    expect(whyUnreadableBy(second, 'a', 2)).toBeNull();
  });
});

describe('what ffprobe does not know', () => {
  const known = videoProbe();
  const pictureOf = (tag: string, format = 'mov') => videoProbe({ format }, { codec: 'unknown', tag });
  const soundOf = (tag: string, first = 'unknown') =>
    videoProbe({ audio: [audioStream({ codec: first, tag }), audioStream({ codec: 'unknown', tag: 'abcd' })] });
  const plain = boxes(['vide', 'avc1'], ['soun', 2]);

  it.each<[string, VideoProbe, Mp4Boxes, [string, string, string | null] | null]>([
    ['nothing', known, plain, null],
    ['nothing, without picture or sound', videoProbe({ video: null, audio: [] }), plain, null],
    ['the picture', pictureOf('xyz1'), plain, ['codec-unknown', 'xyz1', 'picture']],
    ['the picture, which has no name', pictureOf(''), plain, ['codec-unknown', 'without a name', 'picture']],
    ['the sound', soundOf('ipcm'), plain, ['codec-unknown', 'ipcm', 'sound']],
    ['the sound, which has no name', soundOf(''), plain, ['codec-unknown', 'without a name', 'sound']],
    ['a second sound only', soundOf('', 'aac'), plain, null],
    ['the picture, whose boxes say more', pictureOf('encv'), boxes(['vide', 'encv']), ['encrypted', 'picture', null]],
    [
      'xHE-AAC, which this one names',
      videoProbe({ audio: [audioStream({ profile: 'xHE-AAC' })] }),
      boxes(['vide', 'avc1'], ['soun', 42]),
      null,
    ],
    [
      'the sound that is used, which is the second',
      videoProbe({ audio: [audioStream({ ordinal: 1 })] }),
      boxes(['soun', 2], ['soun', 'enca']),
      ['encrypted', 'sound', null],
    ],
  ])('%s', async (_odd, found, within, why) => {
    const told = await whyUnreadable('/x/a.mp4', found, within);
    if (told) expect(told.command).toBe('ffprobe /x/a.mp4');
    expect(told && [told.code, told.actual, told.limit]).toEqual(why);
  });

  /** A tag of an FLV with its kind and first bytes. */
  const tag = (kind: number, ...content: number[]) => {
    const data = Buffer.from([...content, 0, 0, 0, 0, 0, 0, 0, 0]);
    const head = Buffer.alloc(11);
    head[0] = kind;
    head.writeUIntBE(data.length, 1, 3);
    return Buffer.concat([head, data, Buffer.alloc(4)]);
  };
  const word = (name: string) => [...Buffer.from(name)];
  const start = Buffer.from('FLV\u0001\u0005\0\0\0\u0009\0\0\0\0', 'latin1');

  it.each<[string, Buffer[], [string, string, string | null]]>([
    ['HEVC by number', [tag(9, 0x1c)], ['codec-newer', 'HEVC in FLV', '6.1']],
    ['AV1 by number', [tag(9, 0x1d)], ['codec-newer', 'AV1 in FLV', '6.1']],
    ['HEVC by name', [tag(9, 0x90, ...word('hvc1'))], ['codec-newer', 'HEVC in FLV', '6.1']],
    ['AV1 by name', [tag(9, 0x90, ...word('av01'))], ['codec-newer', 'AV1 in FLV', '6.1']],
    ['VP9 by name', [tag(9, 0x90, ...word('vp09'))], ['codec-newer', 'VP9 in FLV', '6.1']],
    ['VVC by name', [tag(9, 0x90, ...word('vvc1'))], ['codec-newer', 'VVC in FLV', '6.1']],
    ['behind sound and data', [tag(8, 0xaf), tag(18, 1), tag(9, 0x1c)], ['codec-newer', 'HEVC in FLV', '6.1']],
    ['another one by name', [tag(9, 0x90, ...word('abcd'))], ['codec-unknown', 'x', 'picture']],
    [
      'another one, although a later tag says otherwise',
      [tag(9, 0x17), tag(9, 0x1c)],
      ['codec-unknown', 'x', 'picture'],
    ],
    ['no tag of a picture', [tag(8, 0xaf)], ['codec-unknown', 'x', 'picture']],
    ['no tags', [], ['codec-unknown', 'x', 'picture']],
  ])('the picture in an FLV: %s', async (_odd, tags, why) => {
    const path = join(temporaryFolder(), 'a.flv');
    writeFileSync(path, Buffer.concat([start, ...tags]));
    const told = await whyUnreadable(path, pictureOf('x', 'flv'), boxes());
    expect(told && [told.code, told.actual, told.limit]).toEqual(why);
  });
});
