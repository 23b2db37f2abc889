import { describe, expect, it } from 'vitest';
import { cellRecordJson, parseSheetRecord, type RecordedCells, readOwnSheet } from '../../src/captions/own-sheet.ts';
import { mergeSavedSheet } from '../../src/captions/saved-sheet.ts';
import type { OwnSheet } from '../../src/captions/sheet-cells.ts';
import { hadText, noPast, type Past, withCells, withOther, withRevision } from '../../src/captions/sheet-past.ts';

const [a, b, c] = ['2025-03-02_09-15-04', '2025-03-03_09-15-04', '2025-03-04_09-15-04'];
const cell = (text: string, personal = false) => ({ text, personal });
const rowOf = (title: string): RecordedCells => ({ caption: cell(''), title: cell(title), hashtags: cell('') });
const kept = new Map([a, b, c].map((key) => [key, rowOf('')]));

/** A studio's edits of titles, one revision each. */
function edited(past: Past, ...edits: readonly (readonly [key: string, title: string])[]): Past {
  let now = past;
  for (const [key, title] of edits) {
    const before = now.since.get(key)?.['title'] ?? '';
    const since = withCells(now.since, new Map([[key, { title }]]));
    now = withRevision({ ...now, since }, 'studio', new Map([[key, { title: before }]]));
  }
  return now;
}

async function sheetOf(titles: Readonly<Record<string, string>>, more = ''): Promise<OwnSheet> {
  const lines = [a, b, c].map((key) => `${key},${titles[key] ?? ''},${more}`);
  const read = await readOwnSheet(new TextEncoder().encode(`key,title,caption\r\n${lines.join('\r\n')}\r\n`));
  if (typeof read === 'string') throw new Error(read);
  return read;
}

const merge = async (past: Past, titles: Readonly<Record<string, string>>) => {
  const { rows, past: now, restored, stale } = mergeSavedSheet(await sheetOf(titles), 'of somebody', { kept, past });
  const others = [...now.others].map(([key, cells]) => [key, cells['title']?.map(({ text }) => text)]);
  return {
    titles: [a, b, c].map((key) => rows.get(key)?.title),
    others: Object.fromEntries(others),
    restored: [...restored.keys()],
    stale,
  };
};

describe('a sheet that a spreadsheet saved', () => {
  const past = edited(noPast, [a, 'A'], [b, 'B']);
  const nothing = { others: {}, restored: [], stale: [] };

  it.each([
    ['as it is', { [a]: 'A', [b]: 'B' }, { titles: ['A', 'B', ''], ...nothing }],
    ['with a cell that it changed alone', { [a]: 'A', [b]: 'B', [c]: 'C' }, { titles: ['A', 'B', 'C'], ...nothing }],
    [
      'with a cell of the studio that it showed and changed',
      { [a]: 'new', [b]: 'B' },
      { titles: ['new', 'B', ''], ...nothing },
    ],
    [
      'from before both edits of the studio',
      { [c]: 'C' },
      { titles: ['A', 'B', 'C'], others: {}, restored: [a, b], stale: [`title of ${a}`, `title of ${b}`] },
    ],
    [
      'from between them',
      { [a]: 'A', [c]: 'C' },
      { titles: ['A', 'B', 'C'], others: {}, restored: [b], stale: [`title of ${b}`] },
    ],
    [
      'from before both, with another text in one of the cells: both texts are kept',
      { [a]: 'other', [c]: 'C' },
      { titles: ['other', 'B', 'C'], others: { [a]: ['A'] }, restored: [b], stale: [`title of ${b}`] },
    ],
    [
      'with another text in the cell that was typed last, which it may have seen or not: both texts are kept',
      { [a]: 'A', [b]: 'other' },
      { titles: ['A', 'other', ''], others: { [b]: ['B'] }, restored: [], stale: [] },
    ],
    [
      'with one cell set back, on purpose or not: it counts, and the text that gave way is kept',
      { [a]: 'A', [b]: '' },
      { titles: ['A', '', ''], others: { [b]: ['B'] }, restored: [], stale: [] },
    ],
  ])('%s', async (_what, titles, expected) => {
    expect(await merge(past, titles)).toEqual(expected);
  });

  it('with one cell set back, and all that came later: what gave way is kept', async () => {
    const later = edited(noPast, [a, 'A'], [b, 'B'], [c, 'C']);
    expect(await merge(later, { [b]: 'B', [c]: 'C' })).toEqual({
      ...{ titles: ['', 'B', 'C'], others: { [a]: ['A'] }, restored: [], stale: [] },
    });
  });

  it('with several of its own cells emptied again is no older copy: the cells stay empty, and their texts are kept', async () => {
    const bySheet = withRevision(
      { ...noPast, since: withCells(new Map(), new Map([a, b].map((key) => [key, { title: key }]))) },
      'sheet',
      new Map([a, b].map((key) => [key, { title: '' }])),
    );
    expect(await merge(bySheet, { [c]: 'C' })).toEqual({
      ...{ titles: ['', '', 'C'], others: { [a]: [a], [b]: [b] }, restored: [], stale: [] },
    });
  });

  it('is an older copy where port was stopped before it could write it, without any change in it', async () => {
    const stopped = { ...past, sha256: 'new', replaced: 'of somebody' };
    const { titles, restored, stale, others } = await merge(stopped, {});
    expect([titles, restored, others]).toEqual([['A', 'B', ''], [a, b], {}]);
    expect(stale).toEqual([`title of ${a}`, `title of ${b}`]);
  });

  it('while it is gone or cannot be read, what was typed since the last run counts', () => {
    const { rows } = mergeSavedSheet(null, null, { kept, past });
    expect([...rows].map(([key, { title }]) => [key, title])).toEqual([
      [a, 'A'],
      [b, 'B'],
    ]);
  });
});

describe('what is remembered', () => {
  it('is read as it was written, and the version before finds what it knows', () => {
    const past = withOther(
      { ...edited(noPast, [a, 'A'], [a, 'AB'], [a, 'ABC'], [b, 'B']), sha256: 'x' },
      a,
      'title',
      'other',
    );
    const languages = { es: { targets: ['reels'], layout: 'first' as const } };
    const json = cellRecordJson(kept, languages, past);
    expect(parseSheetRecord(json)).toEqual({ kept, languages, past });
    expect(json.slice(0, 1000)).toContain('"languages":');
  });

  it.each(['sheet', 'since', 'revisions', 'others'])('a broken part, %s, leaves the cells', (part) => {
    const json = JSON.parse(cellRecordJson(kept, {}, edited({ ...noPast, sha256: 'x' }, [a, 'A'])));
    for (const bad of [7, 'x', { a: 7 }, [{ by: 'nobody' }]])
      expect(parseSheetRecord(JSON.stringify({ ...json, [part]: bad })).kept).toEqual(kept);
  });

  it('one cell that is saved while it is typed is one revision, which knows every text of it', () => {
    const past = edited(noPast, ...Array.from({ length: 40 }, (_, index) => [a, 'word '.repeat(index + 1)] as const));
    expect(past.revisions).toHaveLength(1);
    const was = past.revisions[0]?.cells.get(a)?.['title'];
    const knows = (text: string) => was !== undefined && hadText(was, text);
    expect([knows(''), knows('word'), knows('word word '), knows('words')]).toEqual([true, true, true, false]);
    expect(JSON.stringify(cellRecordJson(new Map(), {}, past)).length).toBeLessThan(1500);
  });

  it('a sheet that was opened while a text was typed is known', async () => {
    const past = edited(noPast, [b, 'B'], [a, 'w'], [a, 'wo'], [a, 'word']);
    const { titles, stale, others } = await merge(past, { [a]: 'wo', [b]: 'B', [c]: 'C' });
    expect([titles, stale, others]).toEqual([['word', 'B', 'C'], [`title of ${a}`], {}]);
  });

  it('10,000 posts whose captions are edited again and again stay within 10 MB', () => {
    let past = noPast;
    const text = 'Three minutes of nothing but the tide. '.repeat(20);
    for (let first = 0; first < 12_000; first += 100) {
      const cells = Array.from({ length: 100 }, (_, index) => {
        const key = `${10_000 + ((first + index) % 10_000)}-01-01_00-00-00`;
        return [key, { caption: `${text} ${first + index}` }] as const;
      });
      past = withRevision(past, 'sheet', new Map(cells));
    }
    expect(cellRecordJson(new Map(), {}, past).length).toBeLessThan(10 << 20);
    expect(past.revisions.at(-1)?.cells.get('11999-01-01_00-00-00')).toBeDefined();
  });
});
