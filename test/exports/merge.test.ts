import { expect, test } from 'vitest';
import { mergeExports } from '../../src/exports/merge.ts';
import { document, readDocument, row, video } from './files.ts';

const older = (rows: unknown, account: unknown = 'maya') => readDocument(document(rows, [], account));
const newer = older;

test('each post once, the newest link wins, whatever the order on the command line', async () => {
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

test('the strictest visibility wins; a row that does not say gives way', async () => {
  const rows = (who: string) => [row({ WhoCanView: who })];
  const merge = async (one: string, other: string) =>
    mergeExports([await older(rows(one)), await newer(rows(other))])[0]?.posts[0]?.visibility;
  expect(await merge('Everyone', 'Only You')).toBe('private');
  expect(await merge('Friends', 'Everyone')).toBe('friends');
  expect(await merge('', 'Everyone')).toBe('everyone');
});

test('a post that was deleted since is deleted, though the older export still has its media address', async () => {
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
])('%s in the older export gives way to the media address of the newer', async (_, link) => {
  const [merged] = mergeExports([await older([row({ Link: link })]), await newer([row()])]);
  expect(merged?.posts.map((post) => [post.key, post.links[0]?.kind])).toEqual([['2025-03-02_09-15-04', 'media']]);
});

test('what the newer row leaves out is filled from the older', async () => {
  const [merged] = mergeExports([
    await older([row({ Link: video('one', 1700000000), Location: 'Lisbon' })]),
    await newer([row({ Sound: 'N/A' })]),
  ]);
  expect(merged?.posts[0]).toMatchObject({ location: 'Lisbon', sound: 'original sound - maya' });
});

test('other accounts and exports without a name stay apart', async () => {
  const all = [
    await older([row()]),
    await older([row()], null),
    await older([row()], 'tom'),
    await older([row()], null),
    await older([row()], 'Maya'),
  ];
  expect(mergeExports(all).map((one) => one.account)).toEqual(['Maya', null, 'tom', null]);
});
