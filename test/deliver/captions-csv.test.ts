import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { noChoices } from '../../src/captions/choices.ts';
import { cellsOf, mergeCells, readOwnSheet } from '../../src/captions/own-sheet.ts';
import { captionsCsv, type SheetRow } from '../../src/deliver/captions-csv.ts';

const utf8 = (text: string) => new TextEncoder().encode(text);
const utf16 = (text: string) => new Uint8Array(Buffer.from(`\ufeff${text}`, 'utf16le'));

describe('captions.csv', () => {
  const row = (odd: Partial<SheetRow> = {}): SheetRow => ({
    key: '2025-03-02_09-15-04',
    createdAt: '2025-03-02T09:15:04Z',
    kind: 'video',
    sound: '',
    location: '',
    likes: '',
    tiktokUrl: '',
    caption: '',
    title: '',
    hashtags: '',
    source: 'none',
    ...noChoices,
    ...odd,
  });
  const sheet = async (text: string) => {
    const read = await readOwnSheet(utf8(text));
    if (typeof read === 'string') throw new Error(read);
    return read;
  };

  it('has the documented columns, a byte order mark, and no formulas', () => {
    const text = captionsCsv(
      [row({ caption: '=HYPERLINK("http://x")', title: '@me', sound: '+1', location: '-1' })],
      null,
    );
    expect(text?.split('\r\n')[0]).toBe(
      '\ufeffkey,createdAt,kind,sound,location,likes,tiktokUrl,caption,title,hashtags,source,cover,targets,fit',
    );
    expect(text).toContain(`,'+1,'-1,,,"'=HYPERLINK(""http://x"")",'@me,`);
  });

  const cell = fc.oneof(
    fc.string({ unit: fc.constantFrom(...'\'*[=+-@\t"\n,; ab#\u200b\u00a0＝﹦−', '🌊', '️') }),
    fc.string({ unit: 'grapheme' }),
  );
  // U+FFFD, and ? inside a word, stand for a letter that was lost: a sheet that holds one is refused.
  const plain = cell.map((text) => text.replace(/\r\n?/g, '\n').replace(/[\ufffd?]/g, 'x'));

  it('returns every cell unchanged when it is read', async () => {
    await fc.assert(
      fc.asyncProperty(plain, plain, plain, async (caption, title, hashtags) => {
        const text = captionsCsv([row({ caption, title, hashtags })], null) ?? '';
        const read = await sheet(text);
        expect(read.rows.get('2025-03-02_09-15-04')).toMatchObject({ caption, title, hashtags });
        expect(captionsCsv([row({ caption, title, hashtags })], read.table)).toBeNull();
      }),
      { numRuns: 500 },
    );
  });

  it('control characters are removed, and the cell is not mistaken for an edit in the next run', async () => {
    const words = { text: 'a\u0007b\u0085', title: '\u001b[31mx', hashtags: [] };
    const ours = cellsOf({ ...words } as unknown as Parameters<typeof cellsOf>[0]);
    const text = captionsCsv([row({ ...words, caption: words.text, hashtags: '', sound: 's\u0000' })], null) ?? '';
    const read = await sheet(text);
    const found = read.rows.get('2025-03-02_09-15-04');
    expect(found).toMatchObject({ caption: 'ab', title: '[31mx' });
    expect(mergeCells(found ?? null, ours, undefined, { narrow: false })).toMatchObject({
      caption: { personal: false },
      title: { personal: false },
    });
    expect(captionsCsv([row({ ...ours, sound: 's\u0000' })], read.table)).toBeNull();
  });

  it.each<[string, (text: string) => Uint8Array]>([
    ['Excel with semicolons', (text) => utf8(text.replaceAll(',', ';'))],
    ['Excel as Unicode text', (text) => utf16(text.replace('\ufeff', '').replaceAll(',', '\t'))],
    [
      'Numbers, without the mark and with other line ends',
      (text) => utf8(text.replace('\ufeff', '').replaceAll('\r\n', '\n')),
    ],
  ])('saved by %s: has the same values, and is not rewritten', async (_name, save) => {
    const rows = [row({ caption: 'Zwei Möwen 🌊', title: 'x' })];
    const read = await readOwnSheet(save(captionsCsv(rows, null) ?? ''));
    if (typeof read === 'string') throw new Error(read);
    expect(captionsCsv(rows, read.table)).toBeNull();
    // What changes is written in the way that this person's spreadsheet understands.
    const changed = captionsCsv([row({ caption: 'new' })], read.table) ?? '';
    expect(changed.split('\r\n')[0]).toContain(['key', 'createdAt'].join(read.table.delimiter));
  });

  it('keeps the order, columns and rows of the existing file', async () => {
    const text = 'key,mine,caption\nother,a,b\n2025-03-02_09-15-04,done,x\n';
    const fresh =
      captionsCsv([row({ key: '2025-04-01_00-00-00' }), row({ caption: 'x' })], (await sheet(text)).table) ?? '';
    const { table } = await sheet(fresh);
    expect(table.rows.map((cells) => [cells[0], cells[7], cells[14]])).toEqual([
      ['2025-04-01_00-00-00', '', ''],
      ['other', 'b', 'a'],
      ['2025-03-02_09-15-04', 'x', 'done'],
    ]);
  });

  it.each<[string, string, boolean]>([
    ['a column is missing, though nothing is in it', 'key,caption,title,createdAt,kind,source\n', true],
    [
      'all columns are there, in another order',
      'fit,targets,cover,source,hashtags,title,caption,tiktokUrl,likes,location,sound,kind,createdAt,key\n',
      false,
    ],
  ])('is written again where %s', async (_name, header, isWritten) => {
    const values: Record<string, string> = { key: '2025-03-02_09-15-04', createdAt: '2025-03-02T09:15:04Z' };
    const cells = header
      .trim()
      .split(',')
      .map((name) => values[name] ?? (name === 'kind' ? 'video' : name === 'source' ? 'none' : ''));
    const { table } = await sheet(`${header}${cells.join(',')}\n`);
    expect(captionsCsv([row()], table) !== null).toBe(isWritten);
  });

  it.each<[string, string, readonly (Partial<SheetRow> & Pick<SheetRow, 'key'>)[], readonly string[]]>([
    [
      'cells in other languages: at the end, by language, the title first, what was heard last',
      'key,caption\nk,x\n',
      [{ key: 'k', more: { title_fr: 'F', speech: 's', title_es: 'E', caption_fr: 'f', caption_es: 'e' } }],
      ['key:k', 'caption:x', 'title_es:E', 'caption_es:e', 'title_fr:F', 'caption_fr:f', 'speech:s'],
    ],
    [
      'a language whose columns are there already: in its place',
      'key,caption_es,caption\nk,old,x\n',
      [{ key: 'k', more: { caption_es: 'new', title_es: 'E' } }],
      ['key:k', 'caption:x', 'caption_es:new', 'title_es:E'],
    ],
    [
      'restored words of a column of its own: in that column',
      'key,caption\nk,x\n',
      [{ key: 'k', more: { caption: 'restored' } }],
      ['key:k', 'caption:restored'],
    ],
    [
      'cells without a column name: left out',
      'key,caption,\nk,x,y\n',
      [{ key: 'k', title: 'T' }],
      ['key:k', 'caption:x', 'title:T'],
    ],
    [
      'a row with fewer cells than columns: the others are empty',
      'key,caption,mine\nk,x\n',
      [{ key: 'k', title: 'T' }],
      ['key:k', 'caption:x', 'title:T'],
    ],
    [
      'a column of a person with the name of one of our fields: stays theirs',
      'key,caption,more,constructor\nk,x,theirs,too\n',
      [{ key: 'k', title: 'T', more: { title_es: 'E' } }],
      ['key:k', 'caption:x', 'title:T', 'more:theirs', 'constructor:too', 'title_es:E'],
    ],
    [
      'a key with blanks around it: the row of that post',
      'key,caption\n k ,x\n',
      [{ key: 'k', title: 'T' }],
      ['key:k', 'caption:x', 'title:T'],
    ],
    [
      'a post with two rows: the first is changed',
      'key,caption\nk,x\nk,x\n',
      [{ key: 'k', title: 'T' }],
      ['key:k', 'caption:x', 'title:T', 'key:k', 'caption:x'],
    ],
  ])('%s', async (_name, before, rows, expected) => {
    const { table } = await sheet(captionsCsv(rows, (await sheet(before)).table) ?? '');
    const filled = table.rows.flatMap((cells) => cells.map((cell, at) => `${table.header[at]}:${cell.trim()}`));
    expect(filled.filter((cell) => !cell.endsWith(':'))).toEqual(expected);
  });

  it('an encoding that is older than Unicode is written again, though no value changed', async () => {
    const { table } = await sheet(captionsCsv([row({ caption: 'Café' })], null) ?? '');
    expect(captionsCsv([row({ caption: 'Café' })], table)).toBeNull();
    expect(captionsCsv([row({ caption: 'Café' })], { ...table, legacy: true })).toContain('Café');
  });

  it('a post that is added is written, though nothing else is in the sheet', async () => {
    const { table } = await sheet(captionsCsv([], null) ?? '');
    expect(captionsCsv([], table)).toBeNull();
    expect(captionsCsv([row()], table)).toContain(row().key);
  });
});
