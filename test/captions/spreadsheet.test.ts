import { describe, expect, it } from 'vitest';
import { isOwnHeader, ownColumns, readTable, tableText } from '../../src/captions/spreadsheet.ts';

const noHeader = () => false;
const utf8 = (text: string) => new TextEncoder().encode(text);

it.each([
  ['commas', 'name,text\nb,c', ',', ['name', 'text']],
  ['semicolons', 'name;text\nb;c', ';', ['name', 'text']],
  ['tabs', 'name\ttext\nb\tc', '\t', ['name', 'text']],
  ['semicolons, with a comma in a quoted cell', '"a, b, c, d";text\nb;c', ';', ['a, b, c, d', 'text']],
  ['semicolons, with quotes and commas in one cell', '"a ""b"", c, d";text', ';', ['a "b", c, d', 'text']],
  ['semicolons, with lines and commas in one cell', '"a,\nb,\r\nc,";text\nb;c', ';', ['a,\nb,\r\nc,', 'text']],
  ['semicolons, with commas in two quoted cells', '"a, b, c";"d, e, f"', ';', ['a, b, c', 'd, e, f']],
  ['semicolons, with a quoted cell in the middle', 'key;"a, b, c";text', ';', ['key', 'a, b, c', 'text']],
  ['commas, with lines that end as on Windows', 'name,text\r\nb,c\r\nd,e\r\n', ',', ['name', 'text']],
  ['semicolons, with commas only in the third line', 'a;b;c;d\ne;f;g;h\n1,2,3,4,5', ';', ['a', 'b', 'c', 'd']],
  ['semicolons, with commas from the fourth line on', 'a;b\nc;d\ne;f\n1,2,3,4,5,6,7', ';', ['a', 'b']],
  [
    'semicolons, with commas from the fourth line on, as on Windows',
    'a;b\r\nc;d\r\ne;f\r\n1,2,3,4,5,6,7',
    ';',
    ['a', 'b'],
  ],
  ['semicolons, with commas from the fourth line on, as on old Macs', 'a;b\rc;d\re;f\r1,2,3,4,5,6,7', ';', ['a', 'b']],
  ['semicolons, first in the third line', 'a\nb,\nc;d;e;f', ';', ['a']],
  ['one line without an end', 'a;b;c', ';', ['a', 'b', 'c']],
  ['as many commas as semicolons', 'a,b;c', ',', ['a', 'b;c']],
  ['neither', 'name\nb', ',', ['name']],
])('a table without a known header is read with %s', async (_, text, delimiter, header) => {
  expect(await readTable(utf8(text), noHeader)).toMatchObject({ delimiter, header });
});

it('takes the delimiter with which the header is known, though another is more frequent', async () => {
  const isHeader = (names: readonly string[]) => names.includes('text');
  const table = await readTable(utf8('1,2,3,4,5\nkey;text\nb;c'), isHeader);
  expect(table).toMatchObject({ delimiter: ';', header: ['key', 'text'], rows: [['b', 'c']] });
});

it('reads an empty table as one without a header', async () => {
  expect(await readTable(utf8(''), noHeader)).toMatchObject({ header: [], rows: [] });
});

it('tells of a quotation mark that is never closed', async () => {
  // With forty marks in a row an ambiguous pattern would not end in a day.
  expect(await readTable(utf8(`name;text\n"${'a""'.repeat(40)};b`), noHeader)).toContain('Quote Not Closed');
  expect(await readTable(utf8('"name;text\nb;c'), noHeader)).toContain('Quote Not Closed');
});

describe('a table with a known header', () => {
  const isHeader = (names: readonly string[]) => names.includes('key') && names.includes('text');
  const read = async (text: string) => await readTable(utf8(text), isHeader);

  it.each<[string, string, string, string[][]]>([
    ['a line that names the delimiter', 'sep=;\nkey;text\nb;c,d', ';', [['b', 'c,d']]],
    ['such a line of Windows, in capitals', 'SEP=;\r\nkey;text\r\nb;c', ';', [['b', 'c']]],
    ['such a line in quotation marks', '"sep=;"\nkey;text\nb;c', ';', [['b', 'c']]],
    ['such a line behind a mark', '\ufeffsep=;\nkey;text\nb;c', ';', [['b', 'c']]],
    ['such a line with the delimiters of a sheet', 'sep=;,,,\nkey;text\nb;c', ';', [['b', 'c']]],
    ['such a line for tabs', 'sep=\t\nkey\ttext\nb\tc', '\t', [['b', 'c']]],
    ['such a line below another', 'Plan\nsep=,\nkey,text\nb,c', ',', [['b', 'c']]],
    ['a mark', '\ufeffkey,text\nb,c', ',', [['b', 'c']]],
    ['blanks around its names', ' key , text\n b , c', ',', [[' b ', ' c']]],
    ['empty lines', 'key,text\n\nb,c\n\n', ',', [['b', 'c']]],
    ['rows of other lengths', 'key,text\nb\nb,c,d', ',', [['b'], ['b', 'c', 'd']]],
    ['a quotation mark inside a cell', 'key,text\nb,5" wide', ',', [['b', '5" wide']]],
    ['an end within its last line break', 'key,text\r\nb,c\r', ',', [['b', 'c']]],
    ['five lines above', '1\n2\n3\n4\n5\nkey,text\nb,c', ',', [['b', 'c']]],
    ['more semicolons above', ';;;;;;\nkey,text\nb,c', ',', [['b', 'c']]],
    ['an open quotation mark for another delimiter', 'a;b;c\nkey,text\nb,"c;"', ',', [['b', 'c;']]],
  ])('and %s is read', async (_name, text, delimiter, rows) => {
    expect(await read(text)).toEqual({ header: ['key', 'text'], rows, delimiter, narrow: false, legacy: false });
  });

  it('below six other lines is not found: the first line is the header', async () => {
    expect(await read('1\n2\n3\n4\n5\n6\nkey,text\nb,c')).toMatchObject({ header: ['1'] });
  });

  it('in its first line is taken before one with another delimiter further down', async () => {
    expect(await read('key,text\nb,c\nkey;text')).toMatchObject({ delimiter: ',', rows: [['b', 'c'], ['key;text']] });
  });

  it('takes the delimiter that is named, whatever the others would give', async () => {
    expect(await read('sep=;\nkey,text\nb,c')).toMatchObject({ header: ['key,text'], delimiter: ';' });
  });

  it('tells of a cell that is longer than a million letters', async () => {
    const row = (length: number) => `key,text\nb,${'x'.repeat(length)}`;
    expect(await read(row(999_000))).toMatchObject({ delimiter: ',' });
    expect(await read(row(1_001_000))).toContain('Max Record Size');
  });

  it('says why the bytes are no text', async () => {
    expect(await readTable(utf8('%PDF-1.7'), isHeader)).toContain('it is a PDF');
  });

  it('in an old encoding may have lost what that lacks', async () => {
    const latin = Uint8Array.from(Buffer.from('key,text\nb,Möwen', 'latin1'));
    expect(await readTable(latin, isHeader, ['Möwen'])).toMatchObject({ narrow: true, legacy: true });
  });
});

it('a table is written with the mark of UTF-8, line ends of Windows, and quotation marks where others need them', () => {
  const rows = [
    ['plain', 'a,b', 'a;b', 'a\tb'],
    ['a\nb', 'a\rb', 'a"b', ''],
    [' a', 'a ', '\u00a0a', 'a b'],
  ];
  expect(tableText(rows)).toBe(
    [...['\ufeffplain,"a,b","a;b","a\tb"', '"a\nb","a\rb","a""b",'], ...['" a","a ","\u00a0a",a b', '']].join('\r\n'),
  );
  expect(tableText([['a', 'b']], ';')).toBe('\ufeffa;b\r\n');
});

it.each<[string, readonly string[], boolean]>([
  ['as port writes it', ownColumns, true],
  ['with a column of a person', ['mine', ...ownColumns], true],
  ['of a version before choices', ownColumns.filter((name) => !['cover', 'targets', 'fit'].includes(name)), true],
  ['without the column source', ownColumns.filter((name) => name !== 'source'), false],
  ['of another program', ['key', 'caption'], false],
])('a header %s is one of port: %s', (_name, header, expected) => {
  expect(isOwnHeader(header)).toBe(expected);
});
