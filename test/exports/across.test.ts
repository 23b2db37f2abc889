import { describe, expect, test } from 'vitest';
import { mergeExports } from '../../src/exports/merge.ts';
import { document, photo, readDocument, row, video } from './files.ts';

const older = (rows: unknown) => readDocument(document(rows));
const newer = older;

describe('rows of one second in two exports', () => {
  const page = (id: number) => `https://www.tiktokv.com/share/video/${7_000_000_000_000_000_000n + BigInt(id)}/`;
  const links = async (first: readonly string[], second: readonly string[]) => {
    const rowsOf = (all: readonly string[]) => all.map((Link, at) => row({ Link, Title: `T${at}`, Likes: String(at) }));
    const later = row({ Date: '2025-04-01 00:00:00', Link: video('later', 1750000000) });
    const [merged] = mergeExports([await older(rowsOf(first)), await newer([later, ...rowsOf(second)])]);
    return merged?.posts.slice(1).map((post) => post.links[0]?.url ?? 'N/A');
  };
  test.each<[string, string[], string[], string[]]>([
    ['two pages of two posts are two posts', [page(1)], [page(2)], [page(2), page(1)]],
    ['a page twice is one post', [page(1)], [page(1)], [page(1)]],
    ['a page and a media address are one post', [page(1)], [video('a')], [video('a')]],
    ['a video and a photo are two posts', [video('a')], [photo('a')], [photo('a'), video('a')]],
    ['an object with another name is one post', [video('a')], [video('b')], [video('b')]],
    [
      'two objects with other names are two posts',
      [video('a'), video('b')],
      [video('c'), video('d')],
      [video('c'), video('d')],
    ],
    [
      'one of two objects with its old name, the other unknown, is three posts',
      [video('a'), video('b')],
      [video('a'), video('c')],
      [video('a'), video('c'), video('b')],
    ],
    ['two videos of which one is gone are two posts', [video('a'), video('b')], [video('a')], [video('a'), video('b')]],
    ['two videos of which the other is gone are two', [video('a'), video('b')], [video('b')], [video('a'), video('b')]],
    [
      'a second video in the newer export is a second post',
      [video('a')],
      [video('a'), video('b')],
      [video('a'), video('b')],
    ],
    ['two rows and one without an address are two posts', [video('a'), video('b')], ['N/A'], [video('a'), video('b')]],
    [
      'a row without an address goes to the post of its kind',
      [video('a'), photo('b')],
      ['N/A'],
      [photo('b'), video('a')],
    ],
  ])('%s', async (_, first, second, expected) => {
    expect((await links(first, second))?.toSorted()).toEqual(expected.toSorted());
  });

  const said = (letters: string, name: string, expires: number) =>
    [...letters].map((letter, at) =>
      row({ Title: letter === '-' ? '' : letter, Link: photo(`${name}${at}`, expires) }),
    );
  test.each<[string, string, string, string]>([
    ['two in the other order', 'AB', 'BA', 'BA'],
    ['three in the other order', 'ABC', 'CBA', 'CBA'],
    ['three in a ring', 'ABC', 'BCA', 'BCA'],
    ['three without a title now', 'ABC', '---', 'ABC'],
    ['one without a title now, between others', 'ABC', 'C-A', 'CBA'],
  ])('titles of renamed objects stay with their posts: %s', async (_, first, second, expected) => {
    const [merged] = mergeExports([
      await older(said(first, 'a', 1700000000)),
      await newer(said(second, 'b', 1741000000)),
    ]);
    expect(merged?.posts.map(({ title }) => title).join('')).toBe(expected);
    expect(merged?.posts.every(({ links: [link] }) => link?.expiresAt === 1741000000)).toBe(true);
  });
});

test.each([100, 101, 140])(
  '%i posts of one second whose objects were renamed are matched in their order',
  async (count) => {
    const rows = (name: string, expires: number) =>
      Array.from({ length: count }, (_, at) => row({ Link: video(`${name}${at}`, expires), Likes: String(at) }));
    const [merged] = mergeExports([await older(rows('a', 1700000000)), await newer(rows('b', 1741770904))]);
    expect(merged?.posts.map(({ likes }) => likes)).toEqual(Array.from({ length: count }, (_, at) => at));
    expect(merged?.posts.every(({ links: [link] }) => link?.expiresAt === 1741770904)).toBe(true);
  },
);

test.each<[string, object, [string, number][]]>([
  [
    'a photo post, as its title says',
    { Title: 'T' },
    [
      ['video', 1],
      ['photos', 9],
    ],
  ],
  [
    'a video, as it has no title',
    { Title: '' },
    [
      ['video', 9],
      ['photos', 2],
    ],
  ],
])('a row without an address that is %s goes to the post of its kind, in any order', async (_, odd, expected) => {
  const strong = [row({ Link: video('a', 1700000000), Likes: '1' }), row({ Link: photo('b', 1700000000), Likes: '2' })];
  const later = row({ Date: '2025-04-01 00:00:00', Link: video('later', 1750000000) });
  for (const rows of [strong, strong.toReversed()]) {
    const [merged] = mergeExports([await older(rows), await newer([later, row({ Link: 'N/A', Likes: '9', ...odd })])]);
    const told = merged?.posts.slice(1).map(({ kind, likes }) => [kind, likes]);
    expect(told?.toSorted()).toEqual(expected.toSorted());
  }
});

test.each([
  ['its kind', ''],
  ['another kind', 'A title'],
])('of several posts of %s, a row without an address goes to the oldest', async (_, Title) => {
  const rows = ['a', 'b', 'c'].map((object) => row({ Link: video(object, 1700000000), Likes: '1' }));
  const later = row({ Date: '2025-04-01 00:00:00', Link: video('later', 1750000000) });
  const [merged] = mergeExports([await older(rows), await newer([later, row({ Link: 'N/A', Likes: '9', Title })])]);
  expect(
    merged?.posts
      .slice(1)
      .map(({ likes }) => likes)
      .toSorted(),
  ).toEqual([1, 1, 9]);
  const oldest = merged?.posts.find(({ links: [link] }) => link?.url === video('c', 1700000000));
  expect(oldest?.likes).toBe(9);
});
