import { expect, it } from 'vitest';
import { readTable } from '../../src/captions/spreadsheet.ts';

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
  expect(await readTable(utf8('"name;text\nb;c'), noHeader)).toContain('Quote Not Closed');
});
