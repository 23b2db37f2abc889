import { describe, expect, it } from 'vitest';
import { fittedTitle, foundTitle, givenTitle, type TitleSearch } from '../../../src/plan/words/title.ts';
import { shorts } from '../../../src/targets/shorts.ts';

const { max: usual } = shorts.words.title ?? fail();
const rule = (max: number, aim?: number) => ({
  unit: 'characters' as const,
  max: { ...usual, value: max },
  ...(aim !== undefined && { aim: { ...usual, value: aim } }),
});
const found = (text: string, max: number, search?: TitleSearch) => {
  const chosen = foundTitle(text, rule(max), search);
  return chosen && [chosen.title, chosen.rest];
};
const torn = (text: string, from: number, to: number, isContact = false): TitleSearch => ({
  torn: [{ text, from, to, isContact }],
});

describe('a title found in a text, and the rest', () => {
  it.each<[string, [string, number, TitleSearch?], string[] | null]>([
    ['a remark with the next sentence', ['Wow! What a day. Then', 16], ['Wow! What a day', 'Then']],
    ['without it where both have no room', ['Wow! What a day. Then', 15], ['What a day', 'Wow! Then']],
    ['a remark alone', ['Wow!', 14], ['Wow!', '']],
    ['two remarks', ['Wow! Omg! What a day', 30], ['Wow! Omg!', 'What a day']],
    ['behind a label', ['[ad] My mop is here. Two', 30, { discloses: true }], ['My mop is here', '[ad] Two']],
    ['with what is no label', ['[ad] My sea is here. Two', 30], ['[ad] My sea is here', 'Two']],
    [
      'behind a label and a greeting',
      ['[ad] Good morning! My mop', 30, { discloses: true }],
      ['My mop', '[ad] Good morning!'],
    ],
    ['behind a disclosing clause', ['ad 🔥 My mop is here', 30, { discloses: true }], ['My mop is here', 'ad 🔥']],
    ['behind a hook', ['Wait for it 🔥 My mop is here', 30], ['My mop is here', 'Wait for it 🔥']],
    ['none in a hook', ['Wait for it', 30], null],
    ['a hook where there is nothing else', ['Wait for it…', 30, { takesAny: true }], ['Wait for it', '']],
    ['before a hook', ['My tortilla 🍳 Link in bio', 40], ['My tortilla 🍳', 'Link in bio']],
    ['one word is too little before one', ['Tortilla 🍳 Link in bio', 40], ['Tortilla 🍳 Link in bio', '']],
    ['behind many emoji', ['🔥🔥🔥 My mop is here', 40], ['My mop is here', '🔥🔥🔥']],
    [
      'behind many emoji and a label',
      ['🔥🔥 [ad] My mop is here', 40, { discloses: true }],
      ['My mop is here', '🔥🔥 [ad]'],
    ],
    ['with an emoji', ['🔥 My mop is here', 40], ['🔥 My mop is here', '']],
    ['behind emoji, a number', ['🔥🔥 12 mops', 40], ['12 mops', '🔥🔥']],
    ['Thai before an emoji', ['ทำเล็บถึงบ้าน 💅 ที่นี่', 40], ['ทำเล็บถึงบ้าน 💅', 'ที่นี่']],
    ['not of two letters', ['ทำ 💅 ที่นี่', 40], ['ทำ 💅 ที่นี่', '']],
    ['not in another script', ['My mop 💅 is here', 40], ['My mop 💅 is here', '']],
    ['no fragment', ['See it at 🍰 brownies here', 40, torn('See it at 🍰', 0, 0)], ['brownies here', 'See it at 🍰']],
    [
      'what is whole of a fragment',
      ['から本当に 🍰 です', 40, torn('から本当に 🍰', 2, 5)],
      ['本当に', 'から 🍰 です'],
    ],
    [
      'a fragment where there is nothing else',
      ['See all at', 40, { ...torn('See all at', 0, 0), takesAny: true }],
      ['See all at', ''],
    ],
    ['but no contact', ['See us at', 40, { ...torn('See us at', 0, 0, true), takesAny: true }], null],
    [
      'before a fragment',
      ['brownies here 🍰 See me at', 40, torn('See me at', 0, 0)],
      ['brownies here 🍰', 'See me at'],
    ],
    ['a line that the next one goes on, cut', ['My day in\nlisbon at sea', 40], ['My day', 'My day in\nlisbon at sea']],
    ['a line before another sentence', ['My day in\nLisbon at sea', 40], ['My day in', 'Lisbon at sea']],
    ['a line that ends', ['My day in.\nlisbon at sea', 40], ['My day in', 'lisbon at sea']],
    ['a line that may end so', ['My first\nday at sea', 40], ['My first', 'day at sea']],
    ['an abbreviation at the end', ['A day in the U.S.A.', 40], ['A day in the U.S.A.', '']],
    ['one full stop more than letters', ['Plan B.', 40], ['Plan B', '']],
    ['in the first 2000 characters', [`${'\n'.repeat(1999)}A day`, 40], ['A day', '']],
    ['not behind them', [`${'\n'.repeat(2000)}A day`, 40], null],
    ['a title of exactly the room', ['A day at sea. Two', 12], ['A day at sea', 'Two']],
    ['one letter less', ['A day at sea. Two', 11], ['A day…', 'A day at sea. Two']],
  ])('%s', (_what, args, expected) => {
    expect(found(...args)).toEqual(expected);
  });

  it('says what became of its end and its letters, and how long it was', () => {
    expect(foundTitle('𝐀 𝐝𝐚𝐲 at sea. Two', rule(40))).toEqual({
      title: 'A day at sea',
      rest: 'Two',
      trimmed: '.',
      styled: ['𝐀', '𝐝𝐚𝐲'],
      cutFrom: null,
    });
    expect(foundTitle('𝐀 𝐝𝐚𝐲 at sea. Two', rule(11))).toEqual({
      title: 'A day…',
      rest: '𝐀 𝐝𝐚𝐲 at sea. Two',
      trimmed: '',
      styled: [],
      cutFrom: 12,
    });
  });

  it('is searched anew for each rule', () => {
    const text = 'Stop scrolling. A wonderful day at sea';
    expect(found(text, 30)?.[0]).toBe('A wonderful day at sea');
    expect(found(text, 15)?.[0]).toBe('A wonderful…');
    expect(found(text, 60, { takesAny: true })?.[0]).toBe('Stop scrolling');
    expect(foundTitle(text, rule(20, 12))?.title).toBe('A wonderful…');
    expect(foundTitle(text, { ...rule(20), unit: 'half-width' })?.title).toBe('A wonderful day at sea');
  });
});

describe('a title that is given', () => {
  it.each<[string, [string, string, number, number?], string[] | null]>([
    ['fits', ['A title', 'Some words', 7], ['A title', 'Some words']],
    ['is not said again', ['A title', 'A title\nand words', 20], ['A title', 'and words']],
    ['is one line', ['A  title\n here ', 'words', 20], ['A title here', 'words']],
    ['too long begins the text', ['A title here', 'words', 8], ['A title…', 'A title here\n\nwords']],
    ['which may begin with it', ['A title here', 'A title here and words', 8], ['A title…', 'A title here and words']],
    ['without a text is the text', ['A title here', '', 8], ['A title…', 'A title here']],
    ['that is loud is calmed first', ['Wonderful!!!!!!!!!!!!!!', '', 15], ['Wonderful!', 'Wonderful!!!!!!!!!!!!!!']],
    ['ends with no word that leads on', ['one and the two three', '', 12], ['one…', 'one and the two three']],
    ['nor with its signs', ['A long day... at sea', '', 12], ['A long day…', 'A long day... at sea']],
    ['of one word', ['aaaaaaaaaaaaaaaaaaaa', '', 10], ['aaaaaaaaa…', 'aaaaaaaaaaaaaaaaaaaa']],
    ['is cut to what is recommended', ['One two six nine ten', '', 19, 12], ['One two six…', 'One two six nine ten']],
    ['or more, for a whole word', ['One twooooooooo six', '', 18, 8], ['One twooooooooo…', 'One twooooooooo six']],
    ['of which nothing fits is none', [`a${'\u0301'.repeat(9)}`, '', 3], null],
  ])('%s', (_what, [given, text, max, aim], expected) => {
    const chosen = givenTitle(given, text, rule(max, aim));
    expect(chosen && [chosen.title, chosen.rest]).toEqual(expected);
  });

  it('has plain letters, which are listed', () => {
    expect(givenTitle('𝐀 𝐝𝐚𝐲', '𝐀 𝐝𝐚𝐲 at sea', rule(20))).toEqual({
      title: 'A day',
      rest: 'at sea',
      trimmed: '',
      styled: ['𝐀', '𝐝𝐚𝐲'],
      cutFrom: null,
    });
    expect(givenTitle('A day at sea', '', rule(6))).toMatchObject({ trimmed: '', styled: [], cutFrom: 12 });
  });
});

it.each([
  [6, 'Lisbon'],
  [5, 'Lisb…'],
])('a title of other facts, in %i letters: %s', (max, title) => {
  expect(fittedTitle('Lisbon', rule(max))).toBe(title);
});

function fail(): never {
  throw new Error('no title');
}
