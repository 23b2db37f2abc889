import { describe, expect, it } from 'vitest';
import { saveAsUtf8 } from '../../src/captions/decode.ts';
import type { OwnSheet } from '../../src/captions/sheet-cells.ts';
import { damageOf } from '../../src/captions/sheet-damage.ts';
import type { Table } from '../../src/captions/spreadsheet.ts';

const key = '2025-03-02_09-15-04';
/** What is said of a sheet with one cell, where port knows some texts of it. */
const damage = (
  column: string,
  cell: string,
  texts: readonly string[] = [],
  said: readonly string[] = [],
  row = key,
) => {
  const table: Table = { header: ['key', column], rows: [[row, cell]], delimiter: ',', narrow: false, legacy: false };
  const sheet: OwnSheet = { table, rows: new Map() };
  return damageOf(sheet, new Map([[key, { [column]: texts, said }]]));
};
const fine = { lacksSigns: false };

describe('a cell that port wrote', () => {
  it.each<[string, string, readonly string[]]>([
    ['unchanged', 'Möwe', ['Möwe']],
    ['unchanged, in another form of Unicode', 'Mo\u0308we', ['Möwe']],
    ['unchanged, though it looks as if letters were lost', '???? ??', ['???? ??']],
    ['unchanged, though another of its texts has those letters', 'M?we', ['M?we', 'Möwe']],
    ['unchanged, though it looks like an error of a formula', '#NAME?', ['#NAME?']],
    ['with a corrected accent', 'mère', ['mére']],
    ['taken for a number', '123', ['00123']],
    ['emptied', '', ['Möwe']],
    ['changed by a person', 'Krähe', ['Möwe']],
  ])('%s is fine', async (_name, cell, texts) => expect(await damage('caption', cell, texts)).toEqual(fine));

  it.each<[string, string, string, readonly string[], string]>([
    ['lost letters', 'sound', 'M?we', ['Möwe'], '“M?we” stands in it where port had written “Möwe”'],
    ['lost letters in a title', 'title', 'M?we', ['Möwe'], '“M?we” stands in it where port had written “Möwe”'],
    [
      'lost letters in a translation',
      'caption_es',
      'ma?ana',
      ['', 'mañana'],
      '“ma?ana” stands in it where port had written “mañana”',
    ],
    ['a wrong encoding', 'location', ' MÃ¶we ', [' Möwe '], '“MÃ¶we” stands in it where port had written “Möwe”'],
    [
      'letters that nobody can read',
      'hashtags',
      ' #M\ufffdwe ',
      [],
      'letters were lost when it was saved: “#M\ufffdwe”',
    ],
    ['question marks alone', 'caption', '?????? ??', [], 'letters were lost when it was saved: “?????? ??”'],
  ])('with %s is refused', async (_name, column, cell, texts, why) => {
    expect(await damage(column, cell, texts)).toBe(`${why}: type it again, and ${saveAsUtf8}`);
  });

  it('whose key has blanks around it is refused too', async () => {
    expect(await damage('sound', 'M?we', ['Möwe'], [], ` ${key} `)).toContain('“M?we” stands in it');
  });

  it('that lost signs alone is read, and that is reported', async () => {
    expect(await damage('caption', 'Sea ??', ['Sea 🌊'])).toEqual({ lacksSigns: true });
  });
});

describe('a delivered text', () => {
  it.each<[string, string, string | null]>([
    ['with a word that lost a letter', 'Mein  caf? am See', '“caf?” stands in it where the package has “café”'],
    ['with a word that lost a letter at its start', '?ber alles', '“?ber” stands in it where the package has “über”'],
    ['with a question', 'Mein café ? Ja', null],
    ['with another question', 'Mein See?', null],
    ['with question marks in place of a word', 'Mein ??', null],
  ])('%s', async (_name, cell, why) => {
    const found = await damage('caption', cell, [], ['Mein  café am See', 'über alles à']);
    expect(found).toEqual(why === null ? fine : `${why}: type it again, and ${saveAsUtf8}`);
  });
});

describe('an error of a formula', () => {
  it.each([
    ['caption', []],
    ['title', ['Möwe']],
    ['hashtags', []],
    ['caption_es', ['El mar']],
    ['speech', ['said']],
  ])('in the column %s is reported', async (column, texts) => {
    expect(await damage(column, ' #NAME? ', texts)).toBe(
      `“#NAME?” stands in the row of ${key}, since the spreadsheet took the words there for a formula: type them again with ' before them`,
    );
  });

  it.each([
    ['sound', []],
    ['mine', []],
    ['caption_es', []],
    ['caption_es', ['']],
  ])('in the column %s with %j is none of port', async (column, texts) => {
    expect(await damage(column, '#NAME?', texts)).toEqual(fine);
  });
});

it.each([
  ['a column of a person', 'mine', ['Möwe']],
  ['the column of links', 'tiktokUrl', ['Möwe']],
  ['a translation that port does not know', 'caption_es', []],
])('%s may have anything', async (_name, column, texts) => {
  for (const cell of ['M?we', '???? ??', 'M\ufffdwe']) expect(await damage(column, cell, texts)).toEqual(fine);
});
