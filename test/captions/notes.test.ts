import { describe, expect, it } from 'vitest';
import { readSidecar } from '../../src/captions/sidecar.ts';
import { blank, plainBreaks } from '../../src/captions/source.ts';
import { idsInName, timeOfId } from '../../src/captions/tiktok-id.ts';
import { readTikTokUrl } from '../../src/captions/tiktok-url.ts';

const time = 1_740_906_904;
const id = ((BigInt(time - 5) << 32n) + 5n).toString();
const read = (value: unknown) => readSidecar(JSON.stringify(value), 'x.json')?.notes ?? [];

describe('everything that programs say of a post is read', () => {
  const page = `https://www.tiktok.com/@maya/video/${id}`;
  const known = {
    ...blank,
    source: 'sidecar',
    origin: 'x.json',
    tiktokId: id,
    time,
    uploader: 'maya',
    text: 'One\ntwo',
    watermarked: false,
  };
  it.each<[string, unknown, object]>([
    [
      'yt-dlp',
      {
        ...{ id, timestamp: String(time), uploader: 'maya', description: 'One\rtwo', duration: 9, like_count: 3 },
        ...{ track: 'Waves', artist: 'Sea', acodec: 'aac', extractor: 'TikTok' },
      },
      { seconds: 9, likes: 3, sound: 'Waves - Sea', hasSound: true },
    ],
    [
      'yt-dlp, of a photo post',
      { id, timestamp: time, uploader: 'maya', description: 'One\ntwo', webpage_url: page.replace('video', 'photo') },
      { kind: 'photos' },
    ],
    [
      'yt-dlp, of a photo post in a listing',
      { id, timestamp: time, uploader: 'maya', description: 'One\ntwo', url: page.replace('video', 'photo') },
      { kind: 'photos' },
    ],
    [
      'yt-dlp, of a file without sound',
      { id, timestamp: time, uploader: 'maya', description: 'One\ntwo', acodec: 'none', artists: ['Sea', 'Wind'] },
      { hasSound: false, sound: 'Sea, Wind' },
    ],
    [
      'gallery-dl',
      {
        ...{ id, createTime: time, desc: 'One\r\ntwo', author: { uniqueId: 'maya' }, video: { duration: 9 } },
        ...{ stats: { diggCount: 3 }, music: { title: 'Waves', authorName: 'Sea' } },
      },
      { kind: 'video', seconds: 9, likes: 3, sound: 'Waves - Sea' },
    ],
    [
      'gallery-dl, of photos',
      {
        ...{ id, createTime: time, desc: 'One\ntwo', author: 'maya', imagePost: { title: 'A\r\nB', images: [] } },
        video: { duration: 9 },
      },
      { kind: 'photos', title: 'A\nB' },
    ],
    [
      'the app',
      {
        ...{ aweme_id: id, create_time: time, desc: 'One\r\ntwo', author: { unique_id: 'maya' }, duration: 9 },
        digg_count: 3,
      },
      { seconds: 9, likes: 3 },
    ],
    [
      'the app, of photos',
      {
        aweme_id: id,
        create_time: time,
        desc: 'One\ntwo',
        author: { unique_id: 'maya' },
        image_post_info: {},
        duration: 9,
      },
      { kind: 'photos' },
    ],
    [
      'the Display API',
      {
        ...{ id, create_time: time, video_description: 'One\ntwo', share_url: page, username: 'maya', duration: 9 },
        like_count: 3,
      },
      { seconds: 9, likes: 3 },
    ],
    [
      'a scraper',
      {
        ...{ videoId: id, createTimeISO: new Date(time * 1000).toISOString(), text: 'One\ntwo', diggCount: 3 },
        authorMeta: { name: 'maya' },
      },
      { likes: 3 },
    ],
    [
      'a scraper, of photos by its field',
      { video_id: id, created_at: '2025-03-02 09:15:04', text: 'One\ntwo', author: 'maya', isSlideshow: true },
      { kind: 'photos' },
    ],
    [
      'a scraper, of photos by its address alone',
      { createdAt: '2025-03-02 09:15:04', caption: 'One\ntwo', webVideoUrl: page.replace('video', 'photo') },
      { kind: 'photos' },
    ],
    [
      'a program that has the id in a shared address alone',
      { create_time: time, description: 'One\ntwo', share_url: page, author: { username: 'maya' } },
      {},
    ],
    [
      'a program that has the words as a title',
      { aweme_id: id, createTime: time, title: 'One\ntwo', author: { uniqueId: 'maya' } },
      {},
    ],
  ])('by %s', (_name, value, more) => {
    expect(read(value)).toEqual([{ ...known, ...more }]);
  });

  it.each<[string, unknown]>([
    ['another site', { id, timestamp: time, extractor: 'youtube', description: 'x' }],
    ['an id that is none and no time', { id: '123', description: 'x' }],
    ['an id that is none and no time, of the app', { aweme_id: '123', desc: 'x' }],
    ['an id that is none and no time, of gallery-dl', { id: '123', desc: 'x' }],
    ['nothing but a number', { aweme_id: 7 }],
    ['a text alone', 'words'],
    ['no words, no time and no photos of gallery-dl, and no id', {}],
  ])('nothing is read of %s', (_name, value) => {
    expect(read(value)).toEqual([]);
  });

  it.each<[string, object, boolean]>([
    ['no note', {}, false],
    ['the address for downloads', { format_id: 'download_addr-0' }, true],
    [
      'the address for downloads, without a word of it',
      { format_id: 'download', format_note: 'Download video' },
      false,
    ],
    ['a note of it', { format_note: 'Download video, watermarked' }, true],
    ['a note of none', { format_note: 'no watermark', format_id: 'download' }, false],
    ['a note of none in another spelling', { format: 'non-watermarked', format_id: 'download' }, false],
    ['an address of playback', { format_id: 'play_addr' }, false],
  ])('a file with %s is watermarked: %s', (_name, odd, watermarked) => {
    expect(read({ id, timestamp: time, ...odd })).toMatchObject([{ watermarked }]);
  });

  it.each<[string, unknown]>([
    ['entries', { _type: 'playlist', entries: [{ id, description: 'x' }] }],
    ['itemList', { itemList: [{ id, desc: 'x' }] }],
    ['item_list', { item_list: [{ id, desc: 'x' }] }],
    ['aweme_list', { aweme_list: [{ aweme_id: id, desc: 'x' }] }],
    ['videos', { videos: [{ id, desc: 'x' }] }],
    ['items', { items: [{ id, desc: 'x' }] }],
    ['posts', { posts: [{ id, desc: 'x' }] }],
    ['collector', { collector: [{ id, text: 'x' }] }],
    ['results', { results: [{ id, desc: 'x' }] }],
    ['a list in data', { data: [{ id, desc: 'x' }] }],
    ['data', { data: { id, desc: 'x' } }],
    ['aweme_detail', { aweme_detail: { aweme_id: id, desc: 'x' } }],
    ['itemInfo and itemStruct', { itemInfo: { itemStruct: { id, desc: 'x' } } }],
    ['lists of gallery-dl', [[2, { id, desc: 'x' }]]],
  ])('a post in %s is found', (_name, value) => {
    expect(read(value)).toMatchObject([{ tiktokId: id, text: 'x' }]);
  });

  it.each<[string, string, string]>([
    ['one broken line', `{"id":"${id}","description":"x"}\n{"id`, '1 line is no JSON'],
    ['two broken lines', `{"id":"${id}","description":"x"}\nWARNING\n\n7`, '2 lines are no JSON'],
    [
      'entries that do not say which post they are of',
      JSON.stringify([{ id, description: 'x' }, { title: 'y' }, { caption: '' }]),
      '1 of its 3 entries do not say which post they are of',
    ],
    ['a caption that is no text', JSON.stringify({ id, description: 7 }), 'its caption is no text'],
  ])('%s: the rest is read, and that is reported', (_name, json, problem) => {
    const reading = readSidecar(json, 'x.json');
    expect([reading?.notes.length, reading?.problem]).toEqual([1, problem]);
  });

  it.each(['', '\n', 'no JSON', '7\n8'])('%j is no JSON of a post', (json) => {
    expect(readSidecar(json, 'x.json')?.notes ?? []).toEqual([]);
  });
});

describe('ids and addresses', () => {
  it.each<[string, number | null]>([
    [id, time - 5],
    [(1_400_000_000n << 32n).toString(), 1_400_000_000],
    [((1_400_000_000n << 32n) - 1n).toString(), null],
    [(2_000_000_000n << 32n).toString(), 2_000_000_000],
    [(2_000_000_001n << 32n).toString(), null],
    ['12345678901234567', null],
    [`${id}0`, null],
    [` ${id}`, null],
  ])('the time of the id %j is %j', (digits, seconds) => {
    expect(timeOfId(digits)).toBe(seconds);
  });

  it.each<[string, string[]]>([
    [`maya - ${id}.mp4`, [id]],
    [`${id}_${id}`, [id, id]],
    [`1${id}`, []],
    [`${id}1234`, []],
    ['1234567890123456789', []],
    ['none', []],
  ])('the ids in the name %j are %j', (name, ids) => {
    expect(idsInName(name)).toEqual(ids);
  });

  it.each<[string, string | null, string | null]>([
    [id, id, null],
    [` ${id} `, id, null],
    [`https://www.tiktok.com/@maya/video/${id}`, id, 'maya'],
    [`http://m.tiktok.com/@m.a_y.a/photo/${id}?lang=en`, id, 'm.a_y.a'],
    [`https://www.tiktokv.com/share/video/${id}/`, id, null],
    [`https://www.tiktok.com/@/video/${id}`, id, null],
    [`https://www.tiktok.com/@_/video/${id}`, id, null],
    [`https://example.org/@maya/video/${id}`, null, null],
    ['https://www.tiktok.com/@maya/video/123456789012345678', null, null],
    [`see ${id}`, null, null],
    [`${id}1234`, null, null],
    ['', null, null],
  ])('the address %j has the id %j of %j', (cell, tiktokId, uploader) => {
    expect(readTikTokUrl(cell)).toEqual({ tiktokId, uploader });
  });

  it('line breaks of all systems become one', () => {
    expect(plainBreaks('a\r\nb\rc\nd')).toBe('a\nb\nc\nd');
  });
});
