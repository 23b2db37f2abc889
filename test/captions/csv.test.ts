import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCsv } from '../../src/captions/csv.ts';
import { readHashtags } from '../../src/captions/hashtags-cell.ts';
import { guarded, unguarded } from '../../src/captions/spreadsheet.ts';

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
      problem: null,
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
  ])('reports %s', async (_name, text, problem) => {
    const reading = await readCsv(utf8(text), 'x.csv');
    expect(reading?.notes).toEqual([]);
    expect(reading?.problem).toMatch(problem);
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

describe('a row', () => {
  const key = '2025-03-02_09-15-04';
  const read = async (text: string) => (await readCsv(utf8(text), 'x.csv')).notes;
  const problem = async (text: string) => (await readCsv(utf8(text), 'x.csv')).problem;

  it('has exactly what is told of a post', async () => {
    expect(await read(`key,caption,title,hashtags\n${key},a\rb,T,#x y\n`)).toEqual([
      {
        ...{ source: 'csv', origin: 'x.csv', key, tiktokId: null, time: null, toMinute: false, uploader: null },
        ...{ text: 'a\nb', title: 'T', hashtags: ['x', 'y'], kind: null, seconds: null, likes: null, sound: null },
      },
    ]);
  });

  it.each<[string, string, object[]]>([
    ['with a title alone', `key,caption,title\n${key},,T\n`, [{ text: null, title: 'T' }]],
    ['with hashtags alone', `key,caption,hashtags\n${key},,#x\n`, [{ text: null, hashtags: ['x'] }]],
    ['with an id alone', `url,caption\n${id},\n`, [{ tiktokId: id, text: null }]],
    ['without words', `key,caption,title,hashtags\n${key},,,\n`, []],
    [
      'that is shorter than the header',
      `key,createdAt,caption,title,url\n${key},,x\n`,
      [{ key, text: 'x', title: null }],
    ],
    ['of nothing but a key', `key,url,caption\n${key}\n`, []],
    ['with the second of two captions', `key,caption,text\n${key},,x\n`, [{ text: 'x' }]],
    ['with both of two captions: the first', `key,text,caption\n${key},x,y\n`, [{ text: 'y' }]],
    ['with a key among blanks', `key,caption\n ${key} ,x\n`, [{ key }]],
    ['with the key of one of several posts of a second', `key,caption\n${key}-12,x\n`, [{ key: `${key}-12` }]],
    ['with a date among blanks', 'date,caption\n 2025-03-02 09:15:04 ,x\n', [{ time }]],
    [
      'with a bare id and an address: the name of the address',
      `tiktokUrl,link,caption\n${id},https://www.tiktok.com/@maya/video/${id},x\n`,
      [{ tiktokId: id, uploader: 'maya' }],
    ],
    [
      'with an address of no post and an id',
      `url,video id,caption\nhttps://example.org/@leo,${id},x\n`,
      [{ tiktokId: id, uploader: null }],
    ],
    [
      'with the time of day in another column, where other rows tell the order of the date',
      'date,time,caption\n02/03/2025,09:15:04,x\n23/03/2025,09:15:04,y\n',
      [{ time, text: 'x' }, { text: 'y' }],
    ],
    ['of the time of a date that says it is one', 'date,time,caption\n2025-03-02,at 09:15:04,x\n', []],
  ])('%s', async (_name, text, notes) => {
    const found = await read(text);
    expect(found).toHaveLength(notes.length);
    expect(found).toMatchObject(notes);
  });

  it.each([`x${key}`, `${key}x`, `${key}-`, `${key}-x`, `${key}-2-2`, '17'])(
    'of another program with the key %s has no key',
    async (cell) => expect(await read(`key,url,caption\n${cell},${id},x\n`)).toMatchObject([{ key: null }]),
  );

  it.each<[string, string, string | null]>([
    ['no words and no post', 'createdAt,caption\nsoon,\n', null],
    [
      'two ambiguous dates',
      'createdAt,caption\n10/04/2025 10:00,a\n11/04/2025 10:00,b\n',
      '2 rows have dates whose day and month could be either (write them as 2025-10-04 10:00)',
    ],
    ['two days', 'createdAt,caption\n2025-10-04,a\n2025-10-05,b\n', '2 rows tell a day but no time'],
    [
      'two that lost letters',
      `key,caption\n${key},M\ufffdwe\n${key},Mehr M\ufffdwen\n`,
      '2 rows hold “?” where letters were lost (save it again as CSV UTF-8)',
    ],
    [
      'one that lost letters in its title',
      `key,caption,title\n${key},x,M\ufffdwe\n`,
      '1 row holds “?” where letters were lost (save it again as CSV UTF-8)',
    ],
    [
      'one without a date, and with a strange address',
      'createdAt,url,caption\n,example,x\n',
      '1 row does not say which post it is of (“example” is no date or address that port reads: write dates as 2025-10-04 10:00, in UTC)',
    ],
    [
      'a long one: its first forty letters',
      `createdAt,caption\n${'🌊'.repeat(50)},x\n`,
      `1 row does not say which post it is of (“${'🌊'.repeat(40)}” is no date or address that port reads: write dates as 2025-10-04 10:00, in UTC)`,
    ],
  ])('that is left out is reported: %s', async (_name, text, told) => expect(await problem(text)).toBe(told));
});

it.each<[string, string[]]>([
  ['', []],
  ['#one #two', ['one', 'two']],
  ['one, two;three', ['one', 'two', 'three']],
  ['#one#two', ['one', 'two']],
  ['one\ntwo', ['one', 'two']],
  [' , #one,, #two ', ['one', 'two']],
  ['＃旅行 ＃美食', ['旅行', '美食']],
  ['旅行，美食、咖啡；早餐', ['旅行', '美食', '咖啡', '早餐']],
])('the hashtags in %j are %j', (cell, names) => expect(readHashtags(cell)).toEqual(names));

describe('a cell of captions.csv', () => {
  const cell = fc.oneof(
    fc.string({ unit: fc.constantFrom(...'\'*[=+-@\t"\n,; ab#\u200b\u00a0＝﹦−', '🌊', '️') }),
    fc.string({ unit: 'grapheme' }),
  );
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

  it("keeps a person's own apostrophe", () => {
    expect(unguarded("'tis the season")).toBe("'tis the season");
  });
});
