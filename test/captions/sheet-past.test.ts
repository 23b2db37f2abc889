import { describe, expect, it } from 'vitest';
import { cellRecordJson, parseSheetRecord } from '../../src/captions/own-sheet.ts';
import {
  hadText,
  markReported,
  noPast,
  type Past,
  withCells,
  withOther,
  withoutOthers,
  withRevision,
} from '../../src/captions/sheet-past.ts';

const cell = (key: string, column: string, text: string) => new Map([[key, { [column]: text }]]);
const typed = (past: Past, ...texts: readonly string[]) =>
  texts.reduce((now, text) => withRevision(now, 'studio', cell('a', 'title', text)), past);
/** What each revision says of its cells, and how many texts came between. */
const told = ({ revisions }: Past) =>
  revisions.map(({ by, cells }) => [
    by,
    ...[...cells].flatMap(([key, row]) =>
      Object.entries(row).map(([column, { text, between }]) => `${column} ${key}: ${text} ${between.length}`),
    ),
  ]);

describe('revisions of the sheet', () => {
  it.each<[string, () => Past, unknown[]]>([
    ['of no cell are none', () => withRevision(noPast, 'sheet', new Map()), []],
    ['of one cell that is typed are one', () => typed(noPast, 'a', 'ab', 'abc'), [['studio', 'title a: a 2']]],
    [
      'of one cell that got the same text again',
      () => typed(noPast, 'a', 'ab', 'ab ', 'a'),
      [['studio', 'title a: a 1']],
    ],
    [
      'of two cells in one column',
      () => withRevision(typed(noPast, 'a'), 'studio', cell('b', 'title', 'x')),
      [
        ['studio', 'title a: a 0'],
        ['studio', 'title b: x 0'],
      ],
    ],
    [
      'of two cells of one post',
      () => withRevision(typed(noPast, 'a'), 'studio', cell('a', 'caption', 'x')),
      [
        ['studio', 'title a: a 0'],
        ['studio', 'caption a: x 0'],
      ],
    ],
    [
      'of one cell, by a spreadsheet and then in the studio',
      () => typed(withRevision(noPast, 'sheet', cell('a', 'title', 'x')), 'a'),
      [
        ['sheet', 'title a: x 0'],
        ['studio', 'title a: a 0'],
      ],
    ],
    [
      'of one cell, in the studio and then by a run',
      () => withRevision(typed(noPast, 'a'), 'port', cell('a', 'title', 'x')),
      [
        ['studio', 'title a: a 0'],
        ['port', 'title a: x 0'],
      ],
    ],
    [
      'of two cells at once, and then of one of them',
      () => typed(withRevision(noPast, 'studio', new Map([['a', { title: 'x', caption: 'y' }]])), 'a'),
      [
        ['studio', 'title a: x 0', 'caption a: y 0'],
        ['studio', 'title a: a 0'],
      ],
    ],
    [
      'of one cell, and then of two at once',
      () => withRevision(typed(noPast, 'a'), 'studio', new Map([['a', { title: 'x', caption: 'y' }]])),
      [
        ['studio', 'title a: a 0'],
        ['studio', 'title a: x 0', 'caption a: y 0'],
      ],
    ],
  ])('%s', (_name, past, revisions) => expect(told(past())).toEqual(revisions));

  it('of one cell that is typed for long are several, of fifty texts each', () => {
    const past = typed(noPast, ...Array.from({ length: 53 }, (_, index) => `text ${index}`));
    expect(told(past)).toEqual([
      ['studio', 'title a: text 0 50'],
      ['studio', 'title a: text 51 1'],
    ]);
  });

  it('are left out, the oldest first, where they have more than six million characters', () => {
    const long = (size: number) => 'x'.repeat(size - 50);
    const grown = [1_000_000, 2_000_000, 3_000_000].reduce(
      (past, size, index) => withRevision(past, 'sheet', cell(String(index), 'title', long(size))),
      noPast,
    );
    const keys = ({ revisions }: Past) => revisions.map(({ cells }) => [...cells.keys()].join());
    expect(keys(grown)).toEqual(['0', '1', '2']);
    expect(keys(withRevision(grown, 'sheet', cell('3', 'title', '')))).toEqual(['1', '2', '3']);
    expect(keys(withRevision(grown, 'sheet', cell('3', 'title', long(3_000_001))))).toEqual(['3']);
    expect(keys(withRevision(grown, 'sheet', cell('3', 'title', long(6_000_001))))).toEqual([]);
  });

  it('are left out earlier where texts came between, each of which counts', () => {
    const full = withRevision(noPast, 'sheet', cell('a', 'caption', 'x'.repeat(6_000_000 - 2 * 50 - 13)));
    expect(typed(full, '', 'b').revisions).toHaveLength(2);
    expect(typed(full, '', 'b', 'bc').revisions).toHaveLength(1);
  });
});

describe('a text that a cell had', () => {
  it.each([
    ['a', true],
    [' a\n', true],
    ['ab', true],
    [' ab ', true],
    ['abc', true],
    ['b', false],
    ['', false],
  ])('%j: %s', (text, expected) => {
    const was = typed(noPast, ' a', 'ab', 'abc').revisions[0]?.cells.get('a')?.['title'];
    expect(was && hadText(was, text)).toBe(expected);
  });
});

describe('texts that gave way to others', () => {
  const texts = ({ others }: Past, column = 'title') => others.get('a')?.[column]?.map(({ text }) => text);
  const xAndY = () => withOther(withOther(noPast, 'a', 'title', 'x'), 'a', 'title', 'y');

  it('are kept once each, the last twenty', () => {
    const two = xAndY();
    expect(texts(withOther(two, 'a', 'title', 'x'))).toEqual(['x', 'y']);
    expect(withOther(two, 'a', 'title', 'x')).toBe(two);
    const many = Array.from({ length: 22 }, (_, index) => String(index));
    const past = many.reduce((now, text) => withOther(now, 'a', 'title', text), noPast);
    expect(texts(past)).toEqual(many.slice(2));
  });

  it('are kept by cell', () => {
    const two = xAndY();
    const past = withOther(withOther(two, 'a', 'caption', 'z'), 'b', 'title', 'w');
    expect([texts(past), texts(past, 'caption'), [...past.others.keys()]]).toEqual([['x', 'y'], ['z'], ['a', 'b']]);
  });

  it('are gone when a person decided, and so is a cell or a post without any', () => {
    const two = xAndY();
    const without = (...gone: string[]) => withoutOthers(two, 'a', 'title', ({ text }) => gone.includes(text));
    expect(texts(without('x'))).toEqual(['y']);
    expect(without('x', 'y').others).toEqual(new Map());
    expect(without('z')).toBe(two);
    expect(withoutOthers(noPast, 'a', 'title', () => true)).toBe(noPast);
    const beside = withOther(two, 'a', 'caption', 'z');
    expect(withoutOthers(beside, 'a', 'title', () => true).others).toEqual(
      new Map([['a', { caption: [{ text: 'z' }] }]]),
    );
  });

  it('are told of once', () => {
    const two = xAndY();
    const all = markReported(two);
    expect(all.others.get('a')).toEqual({ title: ['x', 'y'].map((text) => ({ text, isTold: true })) });
    expect(markReported(all)).toBe(all);
    const some = markReported(withOther(all, 'b', 'title', 'z'));
    expect(some.others.get('b')).toEqual({ title: [{ text: 'z', isTold: true }] });
    const beside = markReported(withOther(all, 'a', 'title', 'z'));
    expect(beside.others.get('a')?.['title']?.map(({ isTold }) => isTold)).toEqual([true, true, true]);
    expect(markReported(noPast)).toBe(noPast);
  });
});

it('cells are added to those of the same posts, and replace those of the same columns', () => {
  const cells = new Map([['a', { title: 'x', caption: 'y' }]]);
  expect(withCells(cells, new Map())).toBe(cells);
  expect([...withCells(cells, new Map([['a', { title: 'z' }]]))]).toEqual([['a', { title: 'z', caption: 'y' }]]);
  expect([...withCells(cells, new Map([['b', { title: 'z' }]]))]).toHaveLength(2);
});

describe('what captions.json remembers of the sheet', () => {
  const filled = (): Past => ({
    ...{ sha256: 'new', replaced: 'old', since: cell('a', 'title', 'now') },
    ...{ revisions: typed(noPast, 'a', 'ab').revisions, others: new Map([['a', { title: [{ text: 'x' }] }]]) },
  });
  const parts = (past: Past) => Object.keys(JSON.parse(cellRecordJson(new Map(), {}, past)));

  it('is only what there is', () => {
    expect(parts(noPast)).toEqual(['schemaVersion', 'rows']);
    expect(parts(filled())).toEqual(['schemaVersion', 'rows', 'sheet', 'since', 'revisions', 'others']);
  });

  it.each<[string, () => Past]>([
    ['all of it', filled],
    ['the hash alone', () => ({ ...noPast, sha256: 'x' })],
    ['texts that were told of', () => markReported(filled())],
    ['a revision of a run', () => withRevision(noPast, 'port', cell('a', 'title', 'x'))],
    ['a revision of a spreadsheet', () => withRevision(noPast, 'sheet', cell('a', 'title', 'x'))],
  ])('is read again: %s', (_name, past) => {
    expect(parseSheetRecord(cellRecordJson(new Map(), {}, past())).past).toEqual(past());
  });

  it.each<[string, unknown, Partial<Past>]>([
    ['sheet', { sha256: 'x'.repeat(101), replaced: null }, { sha256: null, replaced: null }],
    ['sheet', 7, { sha256: null, replaced: null }],
    ['since', { a: { title: 7 } }, { since: new Map() }],
    ['revisions', [{ by: 'nobody', cells: {} }], { revisions: [] }],
    ['revisions', [{ by: 'sheet', cells: { a: { title: [7, 'x'] } } }], { revisions: [] }],
    ['others', { a: { title: Array(21).fill({ text: 'x' }) } }, { others: new Map() }],
    ['others', { a: { title: [{ text: 'x', isTold: false }] } }, { others: new Map() }],
  ])('a broken part, %s with %j, is not there, and the others are', (part, value, gone) => {
    const full = filled();
    const json = JSON.stringify({ ...JSON.parse(cellRecordJson(new Map(), {}, full)), [part]: value });
    expect(parseSheetRecord(json).past).toEqual({ ...full, ...gone });
  });
});
