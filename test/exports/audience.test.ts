import { expect, test } from 'vitest';
import { parseAudience, strictestSeen } from '../../src/exports/audience.ts';
import { audienceWords } from '../../src/exports/audience-words.ts';

test.each([
  ['Everyone', 'everyone'],
  ['Tout le monde', 'everyone'],
  ['Herkes', 'everyone'],
  ['Semua orang', 'everyone'],
  ['所有人', 'everyone'],
  ['Ko‘proq', null],
  ['自分のみ', 'private'],
  ['Somente você', 'private'],
  ['Yalnızca sen', 'private'],
  ['YALNIZCA SEN', 'private'],
  ['Только вы', 'private'],
  ['Toi uniquement', 'private'],
  ['나만', 'private'],
  ['仅自己可见', 'private'],
  ['ทุกคน', 'everyone'],
  ['أنت فقط', 'private'],
  ['\u200fأنت فقط\u200f', 'private'],
  ['רק אני', 'private'],
  ['केवल आप', 'private'],
  ['Bạn bè', 'friends'],
  ['ONLY  you.', 'private'],
  ['“Only you”', 'private'],
  ['Ｅｖｅｒｙｏｎｅ', 'everyone'],
  ['すべての人', 'everyone'],
  ['전체공개', 'everyone'],
  ['Cualquier persona', 'everyone'],
  ['N’importe qui', 'everyone'],
  ['N`importe qui', 'everyone'],
  ['N´importe qui', 'everyone'],
  ['Nimporte qui', null],
  ['do‘stlar', 'friends'],
  ['doʻstlar', 'friends'],
  ['dostlar.', 'friends'],
  ['so\u200blo  tú', null],
  ['solo\u200btú', 'private'],
  ['所有人。', 'everyone'],
  ['HERKESE AÇIK', 'everyone'],
  [`${' '.repeat(190)}everyone`, 'everyone'],
  [`${' '.repeat(193)}everyone`, null],
  ['すべての友達', null],
  ['Todos menos Ana', null],
  ['Not everyone', null],
  ['Everyone but anna', null],
  ['', null],
])('“%s”: %s', (text, expected) => {
  expect(parseAudience(text)).toBe(expected);
});

test('no word means everyone in one language and something else in another', () => {
  const words = (column: 0 | 1 | 2) => audienceWords.flatMap((row) => row[column].split('|'));
  const restricted = new Set([...words(1), ...words(2)].map((word) => word.normalize('NFKC').toLowerCase()));
  expect(words(0).filter((word) => restricted.has(word.normalize('NFKC').toLowerCase()))).toEqual([]);
});

test.each([
  [{ visibility: 'private', audience: 'X' }, { visibility: 'everyone' }, { visibility: 'private', audience: 'X' }],
  [{ visibility: 'private', audience: 'X' }, { visibility: 'friends' }, { visibility: 'private', audience: 'X' }],
  [{ visibility: 'private', audience: 'X' }, { visibility: 'private' }, { visibility: 'private' }],
  [{ visibility: 'private', audience: 'X' }, { visibility: 'deleted' }, { visibility: 'deleted' }],
  [{ visibility: 'friends' }, { visibility: 'unknown' }, { visibility: 'friends' }],
] as const)('%j and %j: %j', (one, other, expected) => {
  expect(strictestSeen(one, other)).toEqual(expected);
  expect(strictestSeen(other, one)).toEqual(expected);
});
