import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { noChoices } from '../../src/captions/choices.ts';
import { readCsv } from '../../src/captions/csv.ts';
import { cellsOf, mergeCells, readOwnSheet } from '../../src/captions/own-sheet.ts';
import { guarded, unguarded } from '../../src/captions/spreadsheet.ts';
import { captionsCsv, type SheetRow } from '../../src/deliver/captions-csv.ts';

const utf8 = (text: string) => new TextEncoder().encode(text);
const utf16 = (text: string, mark = '\ufeff') => new Uint8Array(Buffer.from(mark + text, 'utf16le'));
const swapped = (bytes: Uint8Array) => new Uint8Array(Buffer.from(bytes).swap16());
const time = 1_740_906_904;
const id = ((BigInt(time) << 32n) + 5n).toString();

describe('a spreadsheet from anywhere', () => {
  const said = 'createdAt,caption\n2025-03-02 09:15:04,"Olá, mar"\n';
  it.each<[string, Uint8Array]>([
    ['plain', utf8(said)],
    ['with the mark of UTF-8', utf8(`\ufeff${said}`)],
    ['semicolons', utf8(said.replace('createdAt,caption', 'createdAt;caption').replace('04,', '04;'))],
    ['tabs', utf8('createdAt\tcaption\r\n2025-03-02 09:15:04\tOlá, mar\r\n')],
    ['tabs in UTF-16, as Excel saves “Unicode text”', utf16('createdAt\tcaption\r\n2025-03-02 09:15:04\tOlá, mar\r\n')],
    ['UTF-16 without its mark', utf16(said, '')],
    ['UTF-16, the other way round', swapped(utf16(said))],
    ['the other way round, without its mark', swapped(utf16(said, ''))],
    ['Windows-1252', new Uint8Array(Buffer.from(said, 'latin1'))],
    ['the line that names the delimiter', utf8('sep=;\r\ncreatedAt;caption\r\n2025-03-02 09:15:04;Olá, mar\r\n')],
    ['line ends of old Macs', utf8(said.replaceAll('\n', '\r'))],
    ['other columns, other letters', utf8('id,Caption,CreatedAt,x\n7,"Olá, mar",2025-03-02T09:15:04Z,y\n')],
    ['another zone', utf8('caption,createdAt\n"Olá, mar",2025-03-02T10:15:04+01:00\n')],
  ])('%s', async (_name, bytes) => {
    expect(await readCsv(bytes, 'x.csv')).toMatchObject({
      notes: [{ time, text: 'Olá, mar', source: 'csv' }],
      trouble: null,
    });
  });

  it.each([
    [`https://www.tiktok.com/@maya/video/${id}?lang=en`, id, 'maya'],
    [`https://www.tiktok.com/@maya/photo/${id}`, id, 'maya'],
    [`https://www.tiktok.com/@_/video/${id}`, id, null],
    [id, id, null],
  ])('identifies a post by %s', async (cell, tiktokId, uploader) => {
    expect((await readCsv(utf8(`tiktokUrl,caption\n${cell},x\n`), 'x.csv')).notes).toMatchObject([
      { tiktokId, uploader },
    ]);
  });

  it.each([
    ['no column for the caption', 'key,words\n1,2\n', /no column “caption” \(it has: key, words\)/],
    ['nothing to know a post by', 'caption\nx\n', /createdAt/],
    ['nothing at all', '', /caption/],
    ['rows of no post', 'createdAt,caption\nsoon,x\n7.30123E+18,y\n', /2 rows/],
  ])('reports %s', async (_name, text, trouble) => {
    const reading = await readCsv(utf8(text), 'x.csv');
    expect(reading?.notes).toEqual([]);
    expect(reading?.trouble).toMatch(trouble);
  });

  it("reads another program's formula unchanged, including the apostrophe", async () => {
    const reading = await readCsv(utf8("key,caption\n2025-03-02_09-15-04,'=1+1\n"), 'x.csv');
    expect(reading?.notes).toMatchObject([{ text: "'=1+1" }]);
  });

  it('any bytes give a result or a message', async () => {
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 200 }),
      fc.string({ unit: fc.constantFrom(...'key,caption"\n\r;\t= x') }).map(utf8),
    );
    await fc.assert(
      fc.asyncProperty(bytes, async (each) => {
        expect((await readCsv(each, 'x')).notes).toBeInstanceOf(Array);
      }),
      { numRuns: 500 },
    );
  });
});

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
  // U+FFFD stands for a letter that was lost: a sheet that holds one is refused.
  const plain = cell.map((text) => text.replace(/\r\n?/g, '\n').replaceAll('\ufffd', 'x'));

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

  it('no cell starts like a formula', () => {
    fc.assert(
      fc.property(cell, (text) => {
        // Also behind what programs trim or do not show, and in the small and other forms of the signs.
        expect(guarded(text)).not.toMatch(/^[\s\p{Cc}\p{Cf}]*[*[=+\-@＝＋－＠﹢﹣﹦﹫−]|^[\t\r\n]/u);
        expect(unguarded(guarded(text))).toBe(text);
      }),
    );
  });

  it.each(['\u200b=1', '\ufeff=1', '\u00a0=1', '\u3000＝1', ' =1', '﹦1', '﹢1', '﹣1', '﹫SUM(1)', '−1'])(
    'what a spreadsheet may trim away or take for a sign is guarded: %j',
    (cell) => {
      expect(guarded(cell)).toBe(`'${cell}`);
      expect(unguarded(guarded(cell))).toBe(cell);
    },
  );

  it.each([
    ['a NUL before a formula', '\0=1', "'=1"],
    ['a bell and an escape', 'a\u0007b\u001b[2Jc', 'ab[2Jc'],
    ['controls of Latin-1', 'a\u0085b\u009b2J', 'ab2J'],
    ['tabs and line breaks stay', 'a\tb\nc', 'a\tb\nc'],
    ['marks of direction and joiners stay', '\u200fعربي\u200c\u202a', '\u200fعربي\u200c\u202a'],
  ])('cells contain no control character: %s', (_odd, text, expected) => {
    expect(guarded(text)).toBe(expected);
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

  it("keeps a person's own apostrophe", () => {
    expect(unguarded("'tis the season")).toBe("'tis the season");
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
});
