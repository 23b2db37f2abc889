import fc from 'fast-check';
import { expect, test } from 'vitest';
import { assignKeys, postPath, timeKey } from '../../src/exports/keys.ts';
import { withKnownKeys } from '../../src/exports/merge.ts';
import { readRows, row, video } from './files.ts';

const keysOf = async (rows: unknown, deleted: unknown = []) =>
  (await readRows(rows, deleted)).posts.map((post) => post.key);
const base = '2025-03-02_09-15-04';

test('formats the time in UTC', async () => {
  expect(await keysOf([row()])).toEqual([base]);
});

test('same second and same path with another signature is one post', async () => {
  expect(await keysOf([row({ Link: video('one', 1741770999) }), row()])).toEqual([base]);
});

test('same second and another path is another post; the oldest row gets the plain key', async () => {
  const { posts } = await readRows([
    row({ Link: video('newest') }),
    row({ Link: video('middle') }),
    row({ Link: video('oldest') }),
  ]);
  expect(posts.map((post) => [post.key, postPath(post)?.split('/').at(-1)])).toEqual([
    [`${base}-3`, 'newest'],
    [`${base}-2`, 'middle'],
    [base, 'oldest'],
  ]);
});

test('a reversed list gets the same keys as the original', async () => {
  const rows = [row({ Date: '2025-03-03 00:00:00' }), row({ Link: video('newer') }), row({ Link: video('older') })];
  expect(await keysOf([...rows].reverse())).toEqual(await keysOf(rows));
});

test('a deleted post does not take the key of a live one of the same second', async () => {
  const one = await readRows([row()], [row({ Link: video('gone') })]);
  expect(one.posts.map((post) => post.key)).toEqual([base]);
  expect(one.deleted.map((post) => post.key)).toEqual([`${base}-2`]);
});

test('two rows without a link in one second are one post', async () => {
  expect(await keysOf([row({ Link: 'N/A' }), row({ Link: '' })])).toEqual([base]);
});

test('known keys stay with their path; a new post gets the next free number', async () => {
  const known = [
    { key: base, linkPath: '/storage/v1/tos-useast5-ve-0068c001-tx/gone' },
    { key: `${base}-2`, linkPath: '/storage/v1/tos-useast5-ve-0068c001-tx/one' },
  ];
  const again = withKnownKeys(await readRows([row({ Link: video('new') }), row()]), known);
  expect(again.posts.map((post) => post.key)).toEqual([`${base}-3`, `${base}-2`]);
});

test('a key assigned without a link stays with the post when its link is known', async () => {
  const again = withKnownKeys(await readRows([row()]), [{ key: base, linkPath: null }]);
  expect(again.posts.map((post) => post.key)).toEqual([base]);
});

test('a path known for another second gets no key', async () => {
  const known = [{ key: '2020-01-01_00-00-00', linkPath: '/storage/v1/tos-useast5-ve-0068c001-tx/one' }];
  expect(withKnownKeys(await readRows([row()]), known).posts.map((post) => post.key)).toEqual([base]);
});

test('keys are unique, and a second run assigns the same ones', async () => {
  const rows = fc.array(fc.record({ second: fc.nat(2), object: fc.nat(5), link: fc.boolean() }), { maxLength: 12 });
  await fc.assert(
    fc.asyncProperty(rows, async (list) => {
      const { posts, deleted } = await readRows(
        list.map(({ second, object, link }) =>
          row({ Date: `2025-03-02 09:15:0${second}`, Link: link ? video(`o${object}`) : 'N/A' }),
        ),
      );
      const keys = posts.map((post) => post.key);
      expect(new Set(keys).size).toBe(keys.length);
      const known = posts.map((post) => ({ key: post.key, linkPath: postPath(post) }));
      expect(assignKeys([...deleted, ...posts], known)).toEqual(keys);
    }),
    { numRuns: 200 },
  );
});

test.each([
  [0, '1970-01-01_00-00-00'],
  [Date.UTC(2025, 2, 2, 9, 5, 4) / 1000, '2025-03-02_09-05-04'],
  [Date.UTC(2025, 11, 31, 23, 59, 59) / 1000, '2025-12-31_23-59-59'],
])('the key of second %i is %s', (time, key) => {
  expect(timeKey(time)).toBe(key);
});

const old = (...objects: readonly string[]) =>
  objects.map((object, at) => ({
    key: at === 0 ? base : `${base}-${at + 1}`,
    linkPath: `/storage/v1/tos-useast5-ve-0068c001-tx/${object}`,
  }));
const rowsOf = (...objects: readonly string[]) => readRows(objects.map((object) => row({ Link: video(object) })));

test('if an export renamed all objects of a second, the posts keep their keys, the oldest the lowest number', async () => {
  const known = old('a', 'b', 'c', 'd');
  for (const order of [
    known,
    known.toReversed(),
    [known[2], known[0], known[3], known[1]].flatMap((one) => one ?? []),
  ]) {
    const { posts } = withKnownKeys(await rowsOf('z', 'y', 'x'), order);
    expect(posts.map(({ key, links }) => [key, links[0]?.url.includes('/x?')])).toEqual([
      [`${base}-3`, false],
      [`${base}-2`, false],
      [base, true],
    ]);
  }
});

test('if one object of a second has its old name, an unknown one is a new post', async () => {
  const { posts } = withKnownKeys(await rowsOf('new', 'a'), old('a', 'b'));
  expect(posts.map(({ key }) => key)).toEqual([`${base}-3`, base]);
});

test('a photo post does not take the key of a video of the same second that is gone', async () => {
  const known = [{ key: base, linkPath: '/tos-alisg-i-photomode-sg/gone' }];
  expect(withKnownKeys(await rowsOf('one'), known).posts.map(({ key }) => key)).toEqual([`${base}-2`]);
});

test.each<[string, string | null, string, string]>([
  [
    'a page, where its media address was known',
    'https://www.tiktokv.com/share/video/7000000000000000001/',
    '/storage/v1/x',
    base,
  ],
  ['a media address, where its page was known', video('one'), '/share/video/7000000000000000001', base],
  ['nothing, where its media address was known', 'N/A', '/storage/v1/x', base],
  [
    'a page, where the page of another post was known',
    'https://www.tiktokv.com/share/video/7000000000000000001/',
    '/share/video/7000000000000000002',
    `${base}-2`,
  ],
  [
    'a page that was known',
    'https://www.tiktokv.com/share/video/7000000000000000001/',
    '/share/video/7000000000000000001',
    base,
  ],
])('a post with %s', async (_, Link, linkPath, key) => {
  const { posts } = withKnownKeys(await readRows([row({ Link })]), [{ key: base, linkPath }]);
  expect(posts.map((post) => post.key)).toEqual([key]);
});

test('a key that a post had is never given to another, and numbers continue behind it', async () => {
  const { posts } = withKnownKeys(await rowsOf('n3', 'n2', 'b', 'n1'), [
    ...old('a', 'b'),
    { key: `${base}-4`, linkPath: '/storage/v1/tos-useast5-ve-0068c001-tx/d' },
  ]);
  expect(posts.map(({ key }) => key)).toEqual([`${base}-6`, `${base}-5`, `${base}-2`, `${base}-3`]);
});
