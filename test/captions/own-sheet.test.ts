import { describe, expect, it } from 'vitest';
import {
  cellRecordJson,
  cellsOf,
  knownCells,
  mergeCells,
  noteOf,
  parseRecordedCells,
  type RecordedCells,
  readOwnSheet,
} from '../../src/captions/own-sheet.ts';
import { post } from '../builders.ts';

const cells = (caption: string, title = '', hashtags = '') => ({ caption, title, hashtags });
const empty = { text: '', personal: false };
const ours = (caption: string): RecordedCells => ({
  caption: { text: caption, personal: false },
  title: empty,
  hashtags: empty,
});
const inherited = (caption: string): RecordedCells => ({
  ...ours(''),
  caption: { text: caption, personal: true, inherited: true },
});
const theirs = (caption: string): RecordedCells => ({ ...ours(''), caption: { text: caption, personal: true } });
const wide = { narrow: false };

describe('a person edited the caption', () => {
  it.each<[string, string | null, string, RecordedCells | undefined, RecordedCells]>([
    // [what, in the file, what we would write now, how it was left, what it comes to]
    ['filled in', 'mine', '', ours(''), theirs('mine')],
    ['filled in, memory deleted', 'mine', '', undefined, theirs('mine')],
    ['not touched', 'a', 'a', ours('a'), ours('a')],
    ['not touched, memory deleted', 'a', 'a', undefined, ours('a')],
    ['not touched, the source changed', 'a', 'b', ours('a'), ours('b')],
    ['not touched, the source changed, memory deleted: better kept', 'a', 'b', undefined, theirs('a')],
    ['edited', 'mine', 'a', ours('a'), theirs('mine')],
    ['emptied', '', 'a', ours('a'), theirs('')],
    ['emptied a while ago', '', 'a', theirs(''), theirs('')],
    ['empty, words were found since', '', 'a', ours(''), ours('a')],
    ['empty, words were found since, memory deleted', '', 'a', undefined, ours('a')],
    ['as it was left before', 'mine', 'a', theirs('mine'), theirs('mine')],
    ['taken back', '', 'a', theirs('mine'), ours('a')],
    ['ours, but the source is gone: kept', 'a', '', ours('a'), inherited('a')],
    ['kept of a source that is gone, and told anew: the new words', 'a', 'b', inherited('a'), ours('b')],
    ['kept of a source that is gone, and edited since', 'mine', 'b', inherited('a'), theirs('mine')],
    ['a spreadsheet made a number of ours', '123', '00123', ours('00123'), ours('00123')],
    ['a spreadsheet made a number of ours, and the source is gone', '123', '', ours('00123'), inherited('00123')],
    ['a spreadsheet made a date of theirs', '01/02/2026', 'a', theirs('1/2'), theirs('1/2')],
    ['another number', '124', '00123', ours('00123'), theirs('124')],
    ['its row or column is gone: theirs stays', null, 'a', theirs('mine'), theirs('mine')],
    ['its row or column is gone: ours goes on', null, 'b', ours('a'), ours('b')],
    ['its row or column is gone, and so is its source: kept', null, '', ours('a'), inherited('a')],
    ['its row or column is gone, memory deleted', null, 'a', undefined, ours('a')],
  ])('%s', (_name, cell, now, kept, expected) => {
    const row = cell === null ? null : { caption: cell, title: null, hashtags: null };
    expect(mergeCells(row, cells(now), kept, wide)).toEqual(expected);
  });

  it('not if an encoding lost unsupported characters', () => {
    const text = 'Möwen 🌊 清晨 – ok';
    const settled = (cell: string, narrow: boolean) => mergeCells(cells(cell), cells(text), undefined, { narrow });
    expect(settled('Möwen ?? ?? – ok', true)).toEqual(ours(text));
    expect(settled('Möwen ?? ?? – ok', false).caption.personal).toBe(true);
    expect(settled('Krähen ?? ?? – ok', true).caption.personal).toBe(true);
  });
});

it('records the cells, and ignores a broken record', () => {
  const rows = new Map([['a', theirs('x')]]);
  expect(parseRecordedCells(cellRecordJson(rows))).toEqual(rows);
  for (const broken of [null, '', '{', '{"rows":{"a":7}}']) expect(parseRecordedCells(broken).size).toBe(0);
});

describe('a sheet', () => {
  const read = (text: string) => readOwnSheet(new TextEncoder().encode(text));
  it('without a title column has no information about titles', async () => {
    const sheet = await read('key,caption\n2025-03-02_09-15-04,x\n');
    expect(typeof sheet === 'string' ? sheet : sheet.rows.get('2025-03-02_09-15-04')).toEqual({
      ...{ caption: 'x', title: null, hashtags: null, tiktokId: null, cover: null, targets: null, fit: null },
    });
  });

  it.each([
    ['a quotation mark is missing at the end', 'key,caption\n2025-03-02_09-15-04,"x\n2025-03-01_09-15-04,y\n'],
    [
      'a quotation mark is missing in the middle',
      'key,caption\n2025-03-02_09-15-04,"x\n2025-03-01_09-15-04,"y"\n2025-02-01_09-15-04,z\n',
    ],
    ['it is a workbook', 'PK\u0003\u0004xl/worksheets'],
    ['a post has two rows with different words', 'key,caption\n2025-03-02_09-15-04,x\n2025-03-02_09-15-04,y\n'],
    ['its header was renamed', 'Post,Text\n2025-03-02_09-15-04,x\n'],
  ])('cannot be read if %s', async (_name, text) => expect(typeof (await read(text))).toBe('string'));

  it('is read if the second row of a post is empty or equal', async () => {
    const sheet = await read(
      'key,caption,title\n2025-03-02_09-15-04,x,y\n2025-03-02_09-15-04,x,\n2025-03-02_09-15-04,,\n',
    );
    expect(typeof sheet === 'string' ? sheet : sheet.rows.get('2025-03-02_09-15-04')?.caption).toBe('x');
  });

  it.each<[string, string, string, 'refused' | 'read']>([
    ['?? in words of a person, where signs of port were lost', 'Sea ??', 'Home ?? again', 'refused'],
    ['? at the beginning of words of a person, where signs of port were lost', 'Sea ??', '? Home again', 'refused'],
    ['? at the beginning of a word, where signs of port were lost', 'Sea ??', 'Home ?again', 'refused'],
    ['a question of a person, where signs of port were lost', 'Sea ??', 'Home again?', 'read'],
    ['?? in words of a person, where no sign was lost', 'Sea 🌊', 'Home again??', 'read'],
  ])('with %s', async (_, ofPort, ofPerson, outcome) => {
    const known = new Map([['2025-03-02_09-15-04', { caption: ['Sea 🌊'] }]]);
    const text = `key,caption\n2025-03-02_09-15-04,${ofPort}\n2025-03-01_09-15-04,${ofPerson}\n`;
    const sheet = await readOwnSheet(new TextEncoder().encode(text), known);
    expect(typeof sheet === 'string' ? 'refused' : 'read').toBe(outcome);
  });

  it.each(['#NAME?', '#REF!', '#WERT!', '#¡VALOR!', '#ИМЯ?', 'Err:508', ' #N/A ', '#ERROR!'])(
    'with %s where a formula was seen in words is told, and nothing of it goes out',
    async (cell) => {
      expect(await read(`key,caption\n2025-03-02_09-15-04,${cell}\n`)).toContain('took the words there for a formula');
    },
  );

  it.each(['#NAME', '#WOW!', 'What is #NAME?', '#na', 'Error: 508'])('treats %s as text', async (cell) => {
    expect(typeof (await read(`key,caption\n2025-03-02_09-15-04,${cell}\n`))).toBe('object');
  });
});

describe('what the cells may have had', () => {
  const words = {
    text: 'One',
    title: 'T',
    hashtags: ['a', 'b'],
    source: 'sidecar',
    matchedBy: 'id',
    seconds: 3,
  } as const;
  const kept = new Map([
    [
      '2025-03-02_09-15-04',
      { ...ours('was'), title: { text: 'old', personal: true }, hashtags: { text: '#x', personal: false } },
    ],
    ['gone', ours('gone')],
  ]);

  it('is what port writes now, what was recorded, and what was delivered', () => {
    const known = knownCells(
      [post({ sound: 'Waves' })],
      kept,
      () => words,
      (key) => [`said of ${key}`],
    );
    expect(Object.fromEntries(known)).toEqual({
      '2025-03-02_09-15-04': {
        sound: ['Waves'],
        location: [''],
        caption: ['was', 'One'],
        title: ['old', 'T'],
        hashtags: ['#x', '#a #b'],
        said: ['said of 2025-03-02_09-15-04'],
      },
      gone: { caption: ['gone'], title: [''], hashtags: [''] },
    });
  });

  it('is empty for a post without a record and without words', () => {
    expect(knownCells([post({ location: 'Lisbon' })], new Map(), () => null).get('2025-03-02_09-15-04')).toEqual({
      ...{ sound: [''], location: ['Lisbon'], caption: ['', ''], title: ['', ''], hashtags: ['', ''], said: [] },
    });
  });

  it('cells are written without control characters, hashtags with their sign', () => {
    expect(cellsOf({ ...words, text: 'a\u0000b', title: null })).toEqual({
      caption: 'ab',
      title: '',
      hashtags: '#a #b',
    });
    expect(cellsOf(null)).toEqual({ caption: '', title: '', hashtags: '' });
  });
});

describe('the note of a person', () => {
  const personal = (text: string) => ({ text, personal: true });
  it.each<[string, Partial<RecordedCells>, object | null]>([
    ['of nothing', {}, null],
    ['of a caption', { caption: personal('a') }, { text: 'a' }],
    ['of a cleared caption', { caption: personal('') }, { text: '' }],
    ['of a title', { title: personal('t') }, { title: 't' }],
    ['of hashtags', { hashtags: personal('#a, b') }, { hashtags: ['a', 'b'] }],
  ])('%s', (_name, odd, expected) => {
    const known = { source: 'csv', origin: 'captions.csv', key: 'k', text: null, title: null, hashtags: null };
    const note = noteOf('k', { ...ours('ours'), ...odd });
    if (expected === null) expect(note).toBeNull();
    else expect(note).toMatchObject({ ...known, ...expected });
  });
});

it.each([
  ['Key,caption', false],
  ['key,text', false],
  ['post,caption', false],
  ['key,caption', true],
  ['caption,other,key', true],
])('a sheet with the header %s can be read: %s', async (header, expected) => {
  const row = '2025-03-02_09-15-04,2025-03-02_09-15-04,2025-03-02_09-15-04';
  const read = await readOwnSheet(new TextEncoder().encode(`${header}\n${row}\n`));
  expect(typeof read === 'object').toBe(expected);
});

it('rows without a key are passed over, blanks around a key do not count', async () => {
  const read = await readOwnSheet(new TextEncoder().encode('key,caption\n,x\n 2025-03-02_09-15-04 ,y\n'));
  expect(typeof read === 'string' ? read : [...read.rows].map(([key, { caption }]) => [key, caption])).toEqual([
    ['2025-03-02_09-15-04', 'y'],
  ]);
});

it.each([
  ['a title', 'title', 'x', 'y'],
  ['hashtags', 'hashtags', '#x', '#y'],
  ['a cover', 'cover', '1', '2'],
  ['platforms', 'targets', 'rednote', 'shorts'],
])('two rows of one post with different %s are refused by its key', async (_, column, one, other) => {
  const text = `key,caption,${column}\n2025-03-02_09-15-04,x,${one}\n2025-03-02_09-15-04,x,${other}\n`;
  expect(await readOwnSheet(new TextEncoder().encode(text))).toBe(
    'two rows of 2025-03-02_09-15-04 say different things: keep one',
  );
});

it.each([
  ['a title above the header', 'My captions,\nkey,caption\n'],
  ['a line with the word key above the header', 'key,note\nkey,caption\n'],
  ['a line with the word caption above the header', 'caption,note\nkey,caption\n'],
])('a sheet with %s can be read', async (_, head) => {
  const read = await readOwnSheet(new TextEncoder().encode(`${head}2025-03-02_09-15-04,x\n`));
  expect(typeof read === 'string' ? read : read.rows.get('2025-03-02_09-15-04')?.caption).toBe('x');
});
