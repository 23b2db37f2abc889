import { describe, expect, test } from 'vitest';
import { NoPostsError } from '../../src/errors.ts';
import { readExport } from '../../src/exports/index.ts';
import { document, file, readDocument, row, video } from './files.ts';

const profile = (name: string) => ({ 'Profile Info': { ProfileMap: { userName: name } } });

/** A file of an export: with posts, without posts, or with a profile alone. */
const posts = (account: string | null) => JSON.stringify(document([row()], [], account));
const empty = (account: string | null) => JSON.stringify(document([], [], account));
const alone = (account: string) => JSON.stringify({ Profile: profile(account) });

describe('the account of an export', () => {
  test.each<[string, string[], string | null, string[]]>([
    ['posts with a name', [posts('maya')], 'maya', []],
    ['posts without a name', [posts(null)], null, []],
    ['posts without a name, and an empty export with one', [posts(null), empty('maya')], 'maya', []],
    ['posts without a name, and an empty export without one', [posts(null), empty(null)], null, []],
    ['posts without a name, and a profile', [posts(null), alone('maya')], 'maya', []],
    ['posts without a name, and twice the same name', [posts(null), empty('maya'), alone('MAYA')], 'maya', []],
    ['posts without a name, and two empty exports', [posts(null), empty('maya'), empty('tom')], null, ['maya', 'tom']],
    ['posts without a name, and two profiles', [posts(null), alone('maya'), alone('tom')], null, []],
    ['posts with a name, and an empty export of another', [posts('maya'), empty('tom')], 'maya', ['tom']],
    ['posts with a name, and an empty export of it', [posts('maya'), empty('MAYA')], 'maya', []],
    ['nothing but empty exports', [empty('maya'), empty('tom')], 'maya', ['tom']],
  ])('of %s', async (_, texts, account, leftAlone) => {
    const one = await readExport(texts.map((text, at) => file(`user_data (${at}).json`, text)));
    expect(one.account).toBe(account);
    const told = one.setAside.map(({ actual }) => /by another account \((\w+)\)/.exec(String(actual))?.[1]);
    expect(told).toEqual(leftAlone);
  });

  test.each<[string, Record<string, unknown>, string, number]>([
    ['that shares a post is of its account', {}, 'maya', 1],
    ['that shares none is refused', { Date: '2025-03-05 00:00:00' }, 'one without a name', 0],
  ])('posts without a name beside an export with one %s, in any order', async (_, odd, told, count) => {
    const texts = [posts(null), JSON.stringify(document([row(odd)], [], 'maya'))];
    for (const order of [texts, texts.toReversed()]) {
      const read = readExport(order.map((text, at) => file(`user_data (${at}).json`, text)));
      if (count === 0) await expect(read).rejects.toThrow(told);
      else expect([(await read).account, (await read).posts.length]).toEqual([told, count]);
    }
  });

  test('is not taken from posts under another name, nor are these', async () => {
    const more = JSON.stringify(document([row({ Date: '2025-03-05 00:00:00' })], [], 'maya'));
    const one = await readExport([file('user_data.json', posts(null)), file('older.json', more)]);
    expect([one.account, one.posts.length, one.setAside]).toEqual([null, 1, []]);
  });

  test('that --account gives is not that of the export', async () => {
    const texts = [
      posts(null),
      JSON.stringify(document([row({ Date: '2025-03-05 00:00:00', Link: video('two') })], [], null)),
    ];
    const files = texts.map((text, at) => file(`user_data (${at}).json`, text));
    await expect(readExport(files)).rejects.toThrow('name it with --account.');
    const one = await readExport(files, 'maya');
    expect([one.account, one.posts.length]).toEqual([null, 2]);
  });
});

test('of JSON files with unusual names five hundred are opened', async () => {
  const others = Array.from({ length: 500 }, (_, at) => file(`n${at}.json`, '{}'));
  const found = async (count: number) => readExport([...others.slice(0, count), file('z.json', posts('maya'))]);
  expect((await found(499)).posts).toHaveLength(1);
  await expect(found(500)).rejects.toThrow('No TikTok export');
});

test('a damaged file with the usual name is reported once, and the posts in another are read', async () => {
  const one = await readExport([file('user_data.json', '{'), file('maya.json', posts('maya'))]);
  expect([one.posts.length, one.setAside.length]).toEqual([1, 1]);
});

test.each<[string, object, string | null]>([
  ['a profile and messages', { Profile: profile('maya'), 'Direct Messages': {} }, 'maya'],
  ['messages', { 'Direct Messages': {} }, null],
])('a refusal of an export that holds only %s has the account %j', async (_, value, account) => {
  const error: unknown = await readDocument(value).catch((refusal: unknown) => refusal);
  expect(error).toBeInstanceOf(NoPostsError);
  expect(error).toMatchObject({ account });
});
