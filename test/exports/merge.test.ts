import { describe, expect, test } from 'vitest';
import { joinExports, joinParts, mergeExports } from '../../src/exports/merge.ts';
import { likeness } from '../../src/exports/same.ts';
import type { Export } from '../../src/model/post.ts';
import { document, photo, readDocument, readRows, row, video } from './files.ts';

const older = (rows: unknown, account: unknown = 'maya') => readDocument(document(rows, [], account));
const newer = older;

test('merges duplicates with the newest link, independent of the order on the command line', async () => {
  const first = await older([row({ Link: video('one', 1700000000), Likes: '1' })]);
  const second = await newer([
    row({ Date: '2025-03-05 00:00:00', Link: video('two') }),
    row({ Link: video('one', 1741770904), Likes: '9' }),
  ]);
  for (const order of [
    [first, second],
    [second, first],
  ]) {
    const [merged, ...rest] = mergeExports(order);
    expect(rest).toEqual([]);
    expect(merged?.posts.map((post) => [post.key, post.links[0]?.expiresAt, post.likes])).toEqual([
      ['2025-03-05_00-00-00', 1741770904, 12],
      ['2025-03-02_09-15-04', 1741770904, 9],
    ]);
  }
});

test('the strictest visibility wins; a row without one yields', async () => {
  const rows = (who: string) => [row({ WhoCanView: who })];
  const merge = async (one: string, other: string) =>
    mergeExports([await older(rows(one)), await newer(rows(other))])[0]?.posts[0]?.visibility;
  expect(await merge('Everyone', 'Only You')).toBe('private');
  expect(await merge('Friends', 'Everyone')).toBe('friends');
  expect(await merge('', 'Everyone')).toBe('everyone');
});

test('a post deleted in the newer export stays deleted, although the older export has its media address', async () => {
  const gone = row({
    Link: 'https://www.tiktok.com/login/?redirect_url=https%3A%2F%2Fv16m.tiktokcdn.com%2Fvideo%2Ftos%2Fx%2F',
  });
  const [merged] = mergeExports([
    await older([row()]),
    await readDocument(document([row({ Date: '2025-04-01 00:00:00', Link: video('b', 1750000000) })], [gone])),
  ]);
  expect(merged?.posts.map((post) => post.key)).toEqual(['2025-04-01_00-00-00']);
  expect(merged?.deleted.map((post) => [post.key, post.links[0]?.kind])).toEqual([['2025-03-02_09-15-04', 'media']]);
});

test.each([
  ['N/A', 'N/A'],
  ['a page of 2020', 'https://www.tiktokv.com/share/video/7000000000000000001/'],
])('%s in the older export yields to the media address of the newer', async (_, link) => {
  const [merged] = mergeExports([await older([row({ Link: link })]), await newer([row()])]);
  expect(merged?.posts.map((post) => [post.key, post.links[0]?.kind])).toEqual([['2025-03-02_09-15-04', 'media']]);
});

test('values missing in the newer row are filled from the older', async () => {
  const [merged] = mergeExports([
    await older([row({ Link: video('one', 1700000000), Location: 'Lisbon' })]),
    await newer([row({ Sound: 'N/A' })]),
  ]);
  expect(merged?.posts[0]).toMatchObject({ location: 'Lisbon', sound: 'original sound - maya' });
});

test.each<[string, Record<string, string>, Record<string, string>, object]>([
  ['AI-generated', { AIGeneratedContent: 'Yes' }, {}, { aiGenerated: true }],
  ['AI-generated, and not', { AIGeneratedContent: 'Yes' }, { AIGeneratedContent: 'No' }, { aiGenerated: true }],
  ['a disclosure', { ContentDisclosure: 'Branded Content' }, {}, { disclosure: ['Branded Content'] }],
  ['a title', { Title: 'Harbour' }, {}, { title: 'Harbour' }],
  ['a sound', { Sound: 'Waves' }, { Sound: '' }, { sound: 'Waves' }],
  ['a place', { Location: 'Lisbon' }, {}, { location: 'Lisbon' }],
  ['a number of likes', { Likes: '3' }, { Likes: '' }, { likes: 3 }],
])('%s that only one of two exports has is kept, whichever export it is', async (_, known, other, expected) => {
  const merge = async (first: object, second: object) =>
    mergeExports([
      await older([row({ Link: video('one', 1700000000), ...first })]),
      await newer([row({ ...second })]),
    ])[0]?.posts;
  expect(await merge(known, other)).toMatchObject([expected]);
  expect(await merge(other, known)).toMatchObject([expected]);
});

test('of two different disclosures the newer export wins', async () => {
  const [merged] = mergeExports([
    await older([row({ Link: video('one', 1700000000), ContentDisclosure: 'Your Brand' })]),
    await newer([row({ ContentDisclosure: 'Branded Content' })]),
  ]);
  expect(merged?.posts[0]?.disclosure).toEqual(['Branded Content']);
});

test.each<[string, number | null, number | null, number]>([
  ['the older export knows', 1741000000, null, 1741000000],
  ['the newer export knows', null, 1741000000, 1741000000],
  ['lives longer in the newer export', 1700000000, 1741000000, 1741000000],
  ['lives longer in the older export', 1741000000, 1700000000, 1741000000],
])('the cover link that %s is fetched', async (_, first, second, expires) => {
  const withCover = (expiry: number | null) => (expiry === null ? {} : { CoverImage: photo('cover', expiry) });
  const [merged] = mergeExports([
    await older([row({ Link: video('one', 1700000000), ...withCover(first) })]),
    await newer([row(withCover(second))]),
  ]);
  expect(merged?.posts[0]?.coverLink?.expiresAt).toBe(expires);
});

test('of two covers that expire at the same time, the one of the newer export is fetched', async () => {
  const [merged] = mergeExports([
    await older([row({ Link: video('one', 1700000000), CoverImage: photo('old') })]),
    await newer([row({ CoverImage: photo('new') })]),
  ]);
  expect(merged?.posts[0]?.coverLink?.url).toBe(photo('new'));
});

test.each([
  ['the same three', ['one', 'two', 'three'], ['one', 'two', 'three']],
  ['two of them, and one without its address', ['one', 'two', 'three'], ['one', null, 'three']],
  ['all three, where the older one lacks an address', ['one', null, 'three'], ['one', 'two', 'three']],
])('three posts of one second stay three if the newer export has %s', async (_, first, second) => {
  const rows = (objects: readonly (string | null)[], expires: number) =>
    objects.map((object) => row({ Link: object === null ? 'N/A' : video(object, expires) }));
  const [merged] = mergeExports([await older(rows(first, 1700000000)), await newer(rows(second, 1741770904))]);
  const found = merged?.posts.map(({ key, links: [link] }) => [key, /ve-[^/]*\/(\w+)/.exec(link?.url ?? '')?.[1]]);
  expect(found).toEqual([
    ['2025-03-02_09-15-04-3', 'one'],
    ['2025-03-02_09-15-04-2', 'two'],
    ['2025-03-02_09-15-04', 'three'],
  ]);
});

test('three posts of one second, one of them without an address, stay three when merged with a complete export', async () => {
  const rows = (expires: number) => [
    row({ Link: video('one', expires) }),
    row({ Link: 'N/A' }),
    row({ Link: video('three', expires) }),
  ];
  const [merged] = mergeExports([await older(rows(1700000000)), await newer(rows(1741770904))]);
  expect(merged?.posts.map(({ key, links }) => [key, links[0]?.expiresAt ?? null])).toEqual([
    ['2025-03-02_09-15-04-3', 1741770904],
    ['2025-03-02_09-15-04-2', null],
    ['2025-03-02_09-15-04', 1741770904],
  ]);
});

test('exports of other accounts or without a name are not merged', async () => {
  const all = [
    await older([row()]),
    await older([row()], null),
    await older([row()], 'tom'),
    await older([row()], null),
    await older([row()], 'Maya'),
  ];
  expect(mergeExports(all).map((one) => one.account)).toEqual(['Maya', null, 'tom', null]);
});

describe('which export is the newer one', () => {
  const likes = async (one: Promise<Export>, other: Promise<Export>) => {
    const all = [await one, await other];
    const [merged] = mergeExports(all);
    expect(mergeExports(all.toReversed())).toEqual([merged]);
    return merged?.posts.find(({ key }) => key === '2025-03-02_09-15-04')?.likes;
  };
  const listing = (Likes: string, more: readonly object[] = [], expires = 1741770904) =>
    older([...more, row({ Likes, Link: video('one', expires) })]);
  const later = row({ Date: '2025-03-09 00:00:00', Link: 'N/A' });
  const earlier = row({ Date: '2025-01-09 00:00:00', Link: 'N/A' });

  test.each<[string, Promise<Export>, Promise<Export>]>([
    ['the one whose links expire later', listing('9', [], 1741770905), listing('3', [later])],
    ['of equal expiry the one with the later post', listing('9', [later]), listing('3')],
    ['of equal last posts the one with more posts', listing('9', [earlier]), listing('3')],
  ])('is %s', async (_, one, other) => {
    expect(await likes(one, other)).toBe(9);
  });

  test('is decided the same way in any order where nothing else differs', async () => {
    await likes(listing('3'), listing('9'));
  });
});

test('issues of the older exports come first, and an account is found in any of them', async () => {
  const merged = joinExports([
    await newer([row({ Date: '2025-03-05 00:00:00' }), 'no row']),
    await older([row({ Link: video('one', 1700000000) }), 7, 8]),
  ]);
  expect(merged?.setAside.map(({ actual }) => actual)).toEqual([
    'row 2 of Post.Posts.VideoList: it is no record',
    'row 3 of Post.Posts.VideoList: it is no record',
    'row 2 of Post.Posts.VideoList: it is no record',
  ]);
  const named = [await older([row({ Link: video('one', 1700000000) })]), await newer([row()], null)];
  expect(joinExports(named)?.account).toBe('maya');
  expect(joinExports([])).toBeNull();
  expect(joinParts([])).toBeNull();
});

test('parts of one export: a row in both is one post, the account is in any of them', async () => {
  const joined = joinParts([
    await newer([row({ Link: video('two') }), 'no row'], null),
    await older([row(), row({ Link: video('two') })]),
  ]);
  expect([joined?.account, joined?.posts.length, joined?.setAside.length]).toEqual(['maya', 2, 1]);
});

test.each([
  ['title', { title: 'a' }, 1],
  ['sound', { sound: 'a' }, 1],
  ['place', { location: 'a' }, 1],
  ['nothing but what both lack', {}, 0],
])('two posts that share %s', async (_, shared, count) => {
  const [post] = (await readRows([row({ Sound: 'N/A' })])).posts;
  if (post === undefined) throw new Error('no post');
  expect(likeness({ ...post, ...shared }, { ...post, ...shared })).toBe(count);
  expect(likeness({ ...post, ...shared }, { ...post, title: 'b', sound: 'b', location: 'b' })).toBe(0);
});
