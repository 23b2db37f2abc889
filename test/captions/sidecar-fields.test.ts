import { describe, expect, it } from 'vitest';
import { readSidecar, readSidecarFile } from '../../src/captions/sidecar.ts';
import { zip } from '../originals/world.ts';

const time = 1_740_906_904;
const idAt = (seconds: number) => ((BigInt(seconds) << 32n) + 5n).toString();
const id = idAt(time - 5);
const read = (value: unknown) => readSidecar(JSON.stringify(value), 'x.json')?.notes ?? [];
const page = `https://www.tiktok.com/@maya/video/${id}`;

describe('fields of yt-dlp', () => {
  it.each<[string, object, object | null]>([
    ['the extractor of TikTok', { extractor: 'TikTok' }, {}],
    ['the extractor of short addresses', { extractor: 'vm.tiktok' }, {}],
    ['the extractor of plain pages', { extractor: 'generic' }, {}],
    ['no extractor', { extractor: null }, {}],
    ['another extractor', { extractor: 'youtube' }, null],
    ['another extractor with such a word', { extractor: 'my-tiktok' }, null],
    ['a title of 75 letters that is not cut', { title: 'x'.repeat(75) }, { text: 'x'.repeat(75) }],
    ['a title of 75 letters that is cut', { title: `${'x'.repeat(72)}...` }, { text: null }],
    ['a shorter title with three points', { title: 'And then...' }, { text: 'And then...' }],
    ['a title with line breaks', { title: 'a\r\nb' }, { text: 'a\nb' }],
    ['a title that stands for none', { title: 'TikTok video #12' }, { text: '' }],
    ['a title that begins like one', { title: 'TikTok video #12 of my trip' }, { text: 'TikTok video #12 of my trip' }],
    ['a title that ends like one', { title: 'My TikTok video #12' }, { text: 'My TikTok video #12' }],
    ['a description before the title', { title: 'x', description: 'y' }, { text: 'y' }],
    ['an artist', { artist: 'Sea' }, { sound: 'Sea' }],
    ['artists before the artist', { artist: 'x', artists: ['Sea', 'Wind'] }, { sound: 'Sea, Wind' }],
    ['a track', { track: 'Waves' }, { sound: 'Waves' }],
    ['no sound', { track: '', artist: '' }, { sound: null }],
    ['the address of photos', { webpage_url: `https://www.tiktok.com/@maya/photo/${id}` }, { kind: 'photos' }],
    ['the address of a video, named photo', { webpage_url: 'https://www.tiktok.com/photo/x' }, { kind: null }],
    ['the page before the address', { webpage_url: page, url: `https://x/photo/${id}` }, { kind: null }],
    ['a picture', { vcodec: 'h264' }, { kind: null }],
    ['a length that is none', { duration: -1 }, { seconds: null }],
    ['a length as text', { duration: '9.5' }, { seconds: 9.5 }],
    ['an id that is none', { id: '123', timestamp: time }, { tiktokId: null, time }],
    ['an id as a number, which lost its last digits', { id: Number(id), timestamp: time }, { tiktokId: null, time }],
    ['the first time that counts', { timestamp: 1_400_000_000 }, { time: 1_400_000_000 }],
    ['a time before it', { timestamp: 1_399_999_999 }, { time: null }],
    ['the last time that counts', { timestamp: 2_200_000_000 }, { time: 2_200_000_000 }],
    ['a time behind it', { timestamp: 2_200_000_001 }, { time: null }],
    ['a time within a second', { timestamp: time + 0.5 }, { time: null }],
    ['no likes', { like_count: 0 }, { likes: 0 }],
    ['likes that are no number', { like_count: 'many' }, { likes: null }],
    ['an uploader that is no text', { uploader: 7 }, { uploader: null }],
  ])('%s', (_name, odd, expected) => {
    const notes = read({ id, description: undefined, ...odd });
    if (expected === null) expect(notes).toEqual([]);
    else expect(notes).toMatchObject([{ source: 'sidecar', origin: 'x.json', ...expected }]);
    if (expected !== null) expect(notes[0]).not.toHaveProperty('hasSound');
  });

  it.each<[string, object, boolean]>([
    ['a note of no watermark', { format_note: 'nowatermark', format_id: 'download' }, false],
    ['a note of no watermark, in two words', { format_note: 'no watermark', format: 'watermarked' }, false],
    ['a note of not watermarked', { format: 'not-watermarked', format_id: 'download' }, false],
    ['a note of a watermark', { format: 'Watermarked' }, true],
    ['a note of a watermark, without the ending', { format_note: 'watermark' }, false],
    ['the id of a download', { format_id: 'download_addr-0' }, true],
    ['an id with that word inside', { format_id: 'x-download' }, false],
    ['the id of a download that a note calls so', { format_id: 'download', format: 'Download video' }, false],
    ['the id of a download with another note', { format_id: 'download', format: 'My download video' }, true],
  ])('%s: watermarked is %s', (_name, odd, watermarked) => {
    expect(read({ id, description: 'x', ...odd })).toMatchObject([{ watermarked }]);
  });
});

describe('fields of gallery-dl', () => {
  it.each<[string, object, object | null]>([
    ['an author by name', { author: 'maya' }, { uploader: 'maya' }],
    ['an author of another shape', { author: { name: 'maya' } }, { uploader: null }],
    ['a caption with line breaks', { desc: 'a\r\nb' }, { text: 'a\nb' }],
    ['no caption but a time', { desc: undefined, createTime: time }, { text: null, time }],
    ['no caption but photos', { desc: undefined, imagePost: { images: [] } }, { text: null, kind: 'photos' }],
    ['photos without a title', { imagePost: { title: '', images: [] } }, { title: null, kind: 'photos' }],
    [
      'photos with a length of their sound',
      { imagePost: {}, video: { duration: 9 } },
      { kind: 'photos', seconds: null },
    ],
    ['a video', { video: { duration: 9 } }, { kind: 'video', seconds: 9, title: null }],
    ['a video of no length', { video: { duration: 0 } }, { kind: null, seconds: 0 }],
    ['neither', {}, { kind: null, seconds: null, likes: null, sound: null, title: null, watermarked: false }],
    ['a sound without an author', { music: { title: 'Waves' } }, { sound: 'Waves' }],
    ['the author of a sound', { music: { authorName: 'Sea' } }, { sound: 'Sea' }],
    ['an id that is none', { id: '123', createTime: time }, { tiktokId: null, time }],
    ['an id that is none, and no time', { id: '123' }, null],
    ['a time in milliseconds', { createTime: time * 1000 }, { time: null }],
  ])('%s', (_name, odd, expected) => {
    const notes = read({ id, desc: 'x', ...odd });
    if (expected === null) expect(notes).toEqual([]);
    else expect(notes).toMatchObject([{ source: 'sidecar', origin: 'x.json', ...expected }]);
  });
});

describe('fields of other programs', () => {
  it.each<[string, object, object | null]>([
    ['the id of the app', { aweme_id: id, desc: 'x' }, { tiktokId: id }],
    ['an id of the app that is none, and another', { aweme_id: '1', id, desc: 'x' }, { tiktokId: id }],
    ['a video id', { video_id: id, text: 'x' }, { tiktokId: id }],
    ['a video id in other letters', { videoId: id, text: 'x' }, { tiktokId: id }],
    [
      'an id before that of an address',
      { id, webVideoUrl: page.replace(id, idAt(time + 60)), text: 'x' },
      { tiktokId: id },
    ],
    ['an address', { webVideoUrl: page, text: 'x' }, { tiktokId: id, uploader: 'maya' }],
    ['a shared address', { share_url: page }, { tiktokId: id, text: null }],
    ['an address of no post, and one', { webVideoUrl: 'https://x', url: page }, { tiktokId: id }],
    ['a time as a number', { create_time: time, desc: 'x' }, { time }],
    ['a time as text', { text: 'x', createTime: String(time) }, { time }],
    ['a date', { text: 'x', createTimeISO: '2025-03-02T09:15:04.000Z' }, { time }],
    ['a date of two', { text: 'x', created_at: '2025-03-02', createdAt: '2025-03-02 09:15:04' }, { time }],
    ['a day alone', { text: 'x', createdAt: '2025-03-02' }, null],
    ['a caption before a text', { aweme_id: id, desc: 'a', text: 'b' }, { text: 'a' }],
    ['a caption that is no text, and one', { aweme_id: id, desc: 7, video_description: 'b' }, { text: 'b' }],
    ['a description', { aweme_id: id, description: 'b' }, { text: 'b' }],
    ['a caption by that name', { aweme_id: id, caption: 'a\r\nb' }, { text: 'a\nb' }],
    ['an empty caption, and a title', { aweme_id: id, desc: '', title: 'T' }, { text: '' }],
    ['a title alone', { aweme_id: id, title: 'T' }, { text: 'T' }],
    ['an empty title alone', { aweme_id: id, title: '' }, { text: null }],
    ['an author by name', { aweme_id: id, author: 'maya' }, { uploader: 'maya' }],
    ['an author of the app', { aweme_id: id, author: { unique_id: 'maya', name: 'Maya' } }, { uploader: 'maya' }],
    ['an author of the site', { aweme_id: id, author: { uniqueId: 'maya', username: 'x' } }, { uploader: 'maya' }],
    ['an author by user name', { aweme_id: id, author: { username: 'maya', name: 'Maya' } }, { uploader: 'maya' }],
    ['an author of a scraper', { id, authorMeta: { name: 'maya' } }, { uploader: 'maya' }],
    ['a user name', { aweme_id: id, username: 'maya' }, { uploader: 'maya' }],
    ['no author', { aweme_id: id }, { uploader: null }],
    ['a slideshow', { aweme_id: id, isSlideshow: true, duration: 9 }, { kind: 'photos', seconds: null }],
    ['no slideshow', { aweme_id: id, isSlideshow: false, duration: 9 }, { kind: null, seconds: 9 }],
    ['photos of the app', { aweme_id: id, image_post_info: {} }, { kind: 'photos' }],
    ['no photos of the app', { aweme_id: id, image_post_info: null }, { kind: null }],
    ['the address of photos', { webVideoUrl: `https://www.tiktok.com/@maya/photo/${id}` }, { kind: 'photos' }],
    ['the address of an album', { webVideoUrl: `https://www.tiktok.com/photo/x/${id}`, aweme_id: id }, { kind: null }],
    ['likes of the app', { aweme_id: id, digg_count: 3, like_count: 4 }, { likes: 3 }],
    ['likes of a scraper', { aweme_id: id, diggCount: 3, like_count: 4 }, { likes: 3 }],
    ['likes of the API', { aweme_id: id, like_count: 4 }, { likes: 4, watermarked: false }],
  ])('%s', (_name, value, expected) => {
    const notes = read(value);
    if (expected === null) expect(notes).toEqual([]);
    else expect(notes).toMatchObject([{ source: 'sidecar', origin: 'x.json', ...expected }]);
  });

  it.each<[string, object]>([
    ['_type', { id, text: 'x', _type: 'video' }],
    ['description', { id, text: 'x', description: 'y' }],
  ])('a text beside the field %s is none of a scraper', (_field, value) => {
    expect(read(value).map(({ text }) => text)).not.toContain('x');
  });

  it('a text beside the field desc of TikTok itself leaves what else that tells', () => {
    const value = { id, text: 'x', desc: 'y', imagePost: { title: 'T', images: [] }, stats: { diggCount: 3 } };
    expect(read(value)).toMatchObject([{ text: 'y', title: 'T', kind: 'photos', likes: 3 }]);
  });
});

describe('where posts are', () => {
  const post = { id, desc: 'x' };
  it.each<[string, unknown, number]>([
    ['a post five levels deep', { data: { items: [{ itemInfo: { itemStruct: post } }] } }, 0],
    ['a list of wrapped posts', [{ data: { itemStruct: post } }], 1],
    ['four wraps', { data: { data: { data: { data: post } } } }, 1],
    ['five wraps', { data: { data: { data: { data: { data: post } } } } }, 0],
    ['a list of numbers beside a post', { ...post, videos: [1, 2] }, 1],
    ['a list that is empty, beside words', { ...post, items: [] }, 0],
    [
      'the last of each list of gallery-dl',
      [
        [3, 'https://x', post],
        [2, post],
      ],
      2,
    ],
    ['nothing', [null, 7, 'x', {}], 0],
  ])('%s', (_name, value, count) => expect(read(value)).toHaveLength(count));

  it.each<[string, unknown[], string | null]>([
    ['words that are of no post', [post, { desc: 'y' }], '1 of its 2 entries do not say which post they are of'],
    ['a title that is of no post', [post, { title: 'y' }], '1 of its 2 entries do not say which post they are of'],
    ['a text that is of no post', [post, { text: 'y' }], '1 of its 2 entries do not say which post they are of'],
    ['a caption that is of no post', [post, { caption: 'y' }], '1 of its 2 entries do not say which post they are of'],
    [
      'a description that is of no post',
      [post, { description: 'y' }],
      '1 of its 2 entries do not say which post they are of',
    ],
    ['something without words', [post, { title: '', a: 1 }, null], null],
    [
      'a caption that is no text, and words of no post',
      [{ id, createTime: time, desc: 7 }, { desc: 'y' }],
      'its caption is no text; 1 of its 2 entries do not say which post they are of',
    ],
    ['a caption that is null', [{ id, createTime: time, desc: null }], null],
  ])('%s: told', (_name, values, problem) => {
    expect(readSidecar(JSON.stringify(values), 'x.json')?.problem).toBe(problem);
  });

  it('no posts in the lines of a file are no JSON of a post', () => {
    expect(readSidecar('WARNING\n', 'x.json')).toEqual({ notes: [], problem: 'it is no JSON' });
    expect(readSidecar('{"a":1}\n{"b":2}\n', 'x.json')).toBeNull();
    expect(readSidecar(`{"a":1}\n\n \n${JSON.stringify(post)}\n[1]\nnull\n`, 'x.json')).toMatchObject({
      notes: [{ text: 'x' }],
      problem: '1 line is no JSON',
    });
  });

  it('a file is read once for all who ask', async () => {
    let count = 0;
    const [file] = zip({ 'a.json': JSON.stringify(post) }).files;
    if (file === undefined) throw new Error('no file');
    const counted = {
      ...file,
      read: (most: number) => {
        count++;
        return file.read(most);
      },
    };
    const [one, other] = await Promise.all([readSidecarFile(counted), readSidecarFile(counted)]);
    expect([one, count, other?.notes.length]).toEqual([other, 1, 1]);
  });
});
