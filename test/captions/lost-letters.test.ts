import { describe, expect, it } from 'vitest';
import { loadLegacyText } from '../../src/captions/legacy-text.ts';
import { changeOf, isLost, isMisread } from '../../src/captions/lost-letters.ts';
import { knownCells, readOwnSheet } from '../../src/captions/own-sheet.ts';
import { post } from '../builders.ts';

describe('a text saved by a spreadsheet', () => {
  it.each([
    ['Möwen 🌊', 'Möwen 🌊', 'same'],
    ['M?wen', 'Möwen', 'letters-lost'],
    ['M\ufffdwen', 'Möwen', 'letters-lost'],
    ['???????? ?? ???', 'Прогулка по набережной'.slice(0, 15), 'letters-lost'],
    ['Möwen ??', 'Möwen 🌊', 'signs-lost'],
    ['M?wen ??', 'Möwen 🌊', 'letters-lost'],
    ['Caf???', 'Café🌊', 'letters-lost'],
    ['?? Möwen ??', '🌊 Möwen 🌊', 'signs-lost'],
    ['MÃ¶wen', 'Möwen', 'other-letters'],
    ['Krähen', 'Möwen', 'changed'],
    ['Really?', 'Really', 'changed'],
    ['Really?', 'Really??', 'changed'],
    ['Mwen', 'Möwen', 'changed'],
    ['??', '🌊', 'signs-lost'],
    ['Café??', 'Café🌊', 'signs-lost'],
    ['Café', 'Café🌊', 'changed'],
  ])('%s of %s: %s', (cell, text, fate) => expect(changeOf(cell, text)).toBe(fate));

  it.each([
    ['????', true],
    ['????? ?? ?????', true],
    ['?????? Paris', true],
    ['M?wen am See', true],
    ['sunset #?? #??', true],
    ['M\ufffdwen', true],
    ['Really?', false],
    ['What??', false],
    ['Vraiment ?', false],
    ['?', false],
    ['? - ?', true],
    ['?? 🌊', false],
    ['(??)', false],
    ['?? Paris', true],
    ['Paris ?? ??', true],
    ['Paris ??', false],
    ['#(??Paris', false],
    ['#??Paris', true],
    ['a@??b', false],
    ['x=??y', false],
    ['see example.com/a?b=1', false],
    ['?!', false],
    ['', false],
    ['M??wen', true],
    ['Die ??wen', true],
    ['Die (??wen', true],
    ['Die ?wen', false],
    ['Ist das C#? Ja', false],
    ['example.com?b', false],
    ['Wo ??  ?? da', true],
    ['Paris ??, ??!', true],
    ['Room ??5 ??6', false],
  ])('%s: lost is %s', (text, lost) => expect(isLost(text)).toBe(lost));

  it('recognises a wrong encoding, and not a corrected accent', async () => {
    const legacy = await loadLegacyText();
    expect(isMisread('MÃ¶wen', 'Möwen', legacy)).toBe(true);
    expect(isMisread('Ïðîãóëêà', 'Прогулка', legacy)).toBe(true);
    expect(isMisread('M”wen', 'Möwen', legacy)).toBe(true);
    expect(isMisread('mère', 'mére', legacy)).toBe(false);
  });
});

describe('captions.csv', () => {
  const key = '2025-03-02_09-15-04';
  const posts = [post({ sound: 'оригинальный звук - майя', location: null })];
  const words = {
    text: 'Möwen 🌊',
    title: null,
    hashtags: null,
    source: 'sidecar',
    matchedBy: 'id',
    seconds: null,
  } as const;
  const known = knownCells(posts, new Map(), () => words);
  const sheet = (sound: string, caption: string) =>
    new TextEncoder().encode(`key,sound,caption\n${key},${sound},${caption}\n`);

  it.each([
    ['question marks for letters of ours', '???????????? ???? - ????', 'Mine'],
    ['letters of ours in another encoding', 'Ð¾Ñ€Ð¸Ð³Ð¸Ð½Ð°Ð»ÑŒÐ½Ñ‹Ð¹ Ð·Ð²ÑƒÐº - Ð¼Ð°Ð¹Ñ', 'Mine'],
    ['question marks that nobody typed', 'оригинальный звук - майя', '???????? ?? ??????'],
    ['what cannot be read at all', 'оригинальный звук - майя', 'M\ufffdwen'],
  ])('with %s is refused', async (_name, sound, caption) => {
    const read = await readOwnSheet(sheet(sound, caption), known);
    expect(read).toMatch(/CSV UTF-8/);
  });

  const thirty = 'Möwen am Hafen, ganz am Morgen';
  it.each([
    ['30 letters: whole', thirty, '“M?wen am Hafen, ganz am Morgen”', '“Möwen am Hafen, ganz am Morgen”'],
    ['31 letters: 29 of them', `${thirty}s`, '“M?wen am Hafen, ganz am Morge…”', '“Möwen am Hafen, ganz am Morge…”'],
    ['blanks around and inside: single ones', 'Möwen   am  Hafen', '“M?wen am Hafen”', '“Möwen am Hafen”'],
  ])('a refusal quotes the cell and what was there, %s', async (_name, sound, found, meant) => {
    const told = knownCells([post({ sound, location: null })], new Map(), () => words);
    const read = await readOwnSheet(sheet(`"${sound.replace('ö', '?')}"`, 'Mine'), told);
    expect(read).toContain(`${found} stands in it where port had written ${meant}: type it again`);
  });

  it('that lacks only an emoji is read, and not mistaken for an edit', async () => {
    const read = await readOwnSheet(sheet('оригинальный звук - майя', 'Möwen ??'), known);
    expect(read).toMatchObject({ table: { narrow: true } });
  });

  it.each([
    ['a word that lost its last letter', 'Mein caf? am See', true],
    ['a word that lost a letter, with a comma', 'Im K?hlschrank, alles', true],
    ['a question of the same words', 'Mein Café am See?', false],
    ['a question of French, with a space', 'Mein Café am See ?', false],
    ['a question that was said without accents', 'See? Mein', false],
  ])('without the record of cells, %s: refused by comparison with the packages', async (_name, caption, isRefused) => {
    const said = () => ['Mein café am See, im Kühlschrank,', 'à'];
    const known = knownCells(posts, new Map(), () => null, said);
    const read = await readOwnSheet(sheet('оригинальный звук - майя', `"${caption}"`), known);
    if (isRefused) expect(read).toMatch(/where the package has/);
    else expect(typeof read === 'string' ? read : read.rows.get(key)?.caption).toBe(caption);
  });

  it('unchanged is read', async () => {
    const read = await readOwnSheet(sheet('оригинальный звук - майя', 'Really?'), known);
    expect(typeof read === 'string' ? read : read.rows.get(key)?.caption).toBe('Really?');
  });
});
