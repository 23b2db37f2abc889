import fc from 'fast-check';
import { expect, test } from 'vitest';
import { assignKeys, postPath } from '../../src/exports/keys.ts';
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
