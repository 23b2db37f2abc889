import { describe, expect, it } from 'vitest';
import { plainWords } from '../../../src/plan/words/plain.ts';
import type { Removed } from '../../../src/plan/words/removed.ts';
import type { ContactKind } from '../../../src/targets/target.ts';

const all: ContactKind[] = ['link', 'email', 'phone', 'messenger'];
const plain = (text: string, forbidden: ContactKind[] = []) => {
  const removed: Removed[] = [];
  const words = plainWords(text, forbidden, removed);
  return { ...words, removed: removed.map(({ text: said, reason }) => `${reason} ${said}`) };
};

describe('hashtags', () => {
  it.each<[string, string, string, string[]]>([
    ['none', 'no tags', 'no tags', []],
    ['at the end', 'A view #sea #harbour', 'A view', ['sea', 'harbour']],
    ['in a sentence they are words', 'so much #snow today', 'so much snow today', ['snow']],
    ['before a full stop', 'I am so #happy!', 'I am so happy!', ['happy']],
    ['at the start of a sentence', '#Lisbon is beautiful', 'Lisbon is beautiful', ['Lisbon']],
    ['in a row before a sentence', '#one #two Day three', 'Day three', ['one', 'two']],
    ['glued together', '#one#two', '', ['one', 'two']],
    ['before an emoji', 'Lunch #food 🍕', 'Lunch 🍕', ['food']],
    ['at the end of a line', 'Lunch #food\nat home', 'Lunch\nat home', ['food']],
    ['a line of its own', 'one\n\n#x\n\ntwo', 'one\n\ntwo', ['x']],
    ['doubles are told apart later', '#a1 #a1', '', ['a1', 'a1']],
    ['TikTok’s leave even a sentence', 'this is for the #fyp people', 'this is for the people', ['fyp']],
    ['numbers stay', '#1 in town', '#1 in town', []],
  ])('%s', (_odd, text, expected, hashtags) => {
    expect(plain(text)).toEqual({ text: expected, hashtags, removed: [] });
  });

  it('brackets around hashtags go with them, and are listed', () => {
    expect(plain('A view (#sea #sun)')).toEqual({
      text: 'A view',
      hashtags: ['sea', 'sun'],
      removed: ['empty-brackets ()'],
    });
  });

  it('a sign too many is listed', () => {
    expect(plain('##one')).toEqual({ text: '', hashtags: ['one'], removed: ['hashtag-separator #'] });
  });

  it('commas between them go, and are listed', () => {
    expect(plain('#a, #b, #c')).toEqual({
      text: '',
      hashtags: ['a', 'b', 'c'],
      removed: ['hashtag-separator ,', 'hashtag-separator ,'],
    });
  });
});

describe('handles and contact details', () => {
  it.each<[string, string, ContactKind[], string, string[]]>([
    ['a handle becomes a name', 'with @maya.b today', [], 'with maya.b today', ['mention @maya.b']],
    ['a duet', '#duet with @ana ready?', [], 'ready?', ['platform-tag #duet with @ana']],
    ['a link stays', 'see https://example.com now', [], 'see https://example.com now', []],
    ['a link goes', 'see https://example.com now', ['link'], 'see now', ['link https://example.com']],
    [
      'with the brackets around it',
      'see (https://x.y) now',
      ['link'],
      'see now',
      ['link https://x.y', 'empty-brackets ()'],
    ],
    ['and square ones', 'menu [x.com]', ['link'], 'menu', ['link x.com', 'empty-brackets []']],
    [
      'and full-width ones',
      '菜单（https://x.y）很好',
      ['link'],
      '菜单很好',
      ['link https://x.y', 'empty-brackets （）'],
    ],
    ['and nested ones', 'a ([x.com])', ['link'], 'a', ['link x.com', 'empty-brackets []', 'empty-brackets ()']],
    ['two in one pair', 'me (x.com, y.com)', ['link'], 'me', ['link x.com', 'link y.com', 'empty-brackets (,)']],
    ['and what stands in quotation marks', 'see “x.com” now', ['link'], 'see now', ['link x.com', 'empty-brackets “”']],
    ['brackets that say something stay', 'see (at x.com) now', ['link'], 'see (at) now', ['link x.com']],
    ['brackets that were empty stay', 'run main() x.com', ['link'], 'run main()', ['link x.com']],
    ['no space is left before a full stop', 'It is at x.com.', ['link'], 'It is at.', ['link x.com']],
    ['only what is forbidden goes', 'a@b.com x.com', ['link'], 'a@b.com', ['link x.com']],
    [
      'all of them',
      'a@b.com x.com +49 30 1234567 vx maya01',
      all,
      '',
      ['email a@b.com', 'link x.com', 'phone +49 30 1234567', 'messenger vx maya01'],
    ],
  ])('%s', (_odd, text, forbidden, expected, removed) => {
    const words = plain(text, forbidden);
    expect([words.text, words.removed]).toEqual([expected, removed]);
  });
});
