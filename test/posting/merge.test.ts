import { describe, expect, it } from 'vitest';
import { type CellColumn, cellColumns } from '../../src/posting/cells.ts';
import { mergeSheet } from '../../src/posting/merge.ts';
import { type EditedCells, edited, noRecord, type PostingRecord } from '../../src/posting/record.ts';
import type { SheetRow } from '../../src/posting/sheet.ts';
import { type Upload, uploadId } from '../../src/posting/upload.ts';
import { dates, first, now, second, third } from './folder.ts';

const context = { zone: 'Europe/Lisbon', saved: now };
const { noon, evening, next } = dates;
const uploads = [first, second, third];

/** What port wrote, one revision each. @param isWritten whether the sheet was written after the last one */
function recordOf(revisions: readonly (readonly [Upload, EditedCells])[][], isWritten = true): PostingRecord {
  const empty = edited(
    noRecord,
    uploads.map((upload) => ({ ...upload, cells: {} })),
  );
  const steps: PostingRecord[] = [];
  for (const edits of revisions) {
    const before = steps.at(-1) ?? empty;
    steps.push(
      edited(
        before,
        edits.map(([upload, cells]) => ({ ...upload, cells })),
      ),
    );
  }
  const last = steps.at(-1) ?? empty;
  return { ...last, written: isWritten ? last.revision : (steps.at(-2) ?? empty).revision };
}

/** The sheet that shows a record, with some other cells. */
function sheetOf(
  { rows }: PostingRecord,
  changed: readonly (readonly [Upload, Partial<Record<CellColumn, string>>])[] = [],
): SheetRow[] {
  return [...rows.values()].map((row) => {
    const own = changed.filter(([upload]) => uploadId(upload) === uploadId(row)).map(([, cells]) => cells);
    const texts = Object.fromEntries(cellColumns.map((name) => [name, row[name]]));
    return { key: row.key, target: row.target, texts: Object.assign(texts, ...own) };
  });
}

const planOfAll = [
  [first, { planned: noon }],
  [second, { planned: evening }],
  [third, { planned: next }],
] as const;
const merge = (record: PostingRecord, sheet: readonly SheetRow[]) => {
  const { edits, conflicts, stale, unread } = mergeSheet(record, sheet, context);
  const place = ({ key, target, column }: Upload & { column: CellColumn }) =>
    `${column} of ${target} ${key.slice(5, 10)}`;
  return {
    edits: edits.map(({ key, target, cells }) => [`${target} ${key.slice(5, 10)}`, cells]),
    conflicts: conflicts.map(place),
    stale: stale.map(place),
    unread: unread.map(place),
  };
};
const nothing = { edits: [], conflicts: [], stale: [], unread: [] };

describe('mergeSheet', () => {
  it('a sheet as port wrote it changes nothing', () => {
    const record = recordOf([[...planOfAll]]);
    expect(merge(record, sheetOf(record))).toEqual(nothing);
  });

  it('cells that a person filled, changed and emptied are edits', () => {
    const record = recordOf([[...planOfAll]]);
    const sheet = sheetOf(record, [
      [first, { posted: '2026-12-01 12:00' }],
      [second, { planned: '' }],
      [third, { planned: '3.12.2026 12:00', note: 'a\nb' }],
    ]);
    expect(merge(record, sheet)).toEqual({
      ...nothing,
      edits: [
        ['rednote 01-01', { posted: noon }],
        ['reels 01-01', { planned: '' }],
        ['rednote 01-02', { note: 'a\nb', planned: '2026-12-03T12:00:00+00:00' }],
      ],
    });
  });

  it('a sheet from before port changed several posts is stale there, and what a person changed in it counts', () => {
    const before = recordOf([[...planOfAll]]);
    const record = recordOf([[...planOfAll], [[first, { posted: noon }]], [[second, { posted: evening }]]]);
    const sheet = sheetOf(before, [[third, { note: 'mine' }]]);
    expect(merge(record, sheet)).toEqual({
      ...nothing,
      edits: [['rednote 01-02', { note: 'mine' }]],
      stale: ['posted of rednote 01-01', 'posted of reels 01-01'],
    });
  });

  it('one cell that a person set back is an edit, since nobody saves an older copy without a change', () => {
    const record = recordOf([[...planOfAll], [[first, { posted: noon }]]]);
    expect(merge(record, sheetOf(record, [[first, { posted: '' }]])).edits).toEqual([
      ['rednote 01-01', { posted: '' }],
    ]);
  });

  it('a sheet of any earlier revision takes nothing back', () => {
    const steps = [
      [...planOfAll],
      [[first, { posted: noon }]],
      [[second, { posted: evening }]],
      [[third, { planned: '' }]],
      [[third, { planned: evening, url: 'https://youtu.be/a' }]],
    ] as [Upload, EditedCells][][];
    const record = recordOf(steps);
    for (let count = 0; count < steps.length - 1; count++) {
      const sheet = sheetOf(recordOf(steps.slice(0, count)), [[first, { note: 'mine' }]]);
      expect([count, merge(record, sheet).edits]).toEqual([count, [['rednote 01-01', { note: 'mine' }]]]);
    }
  });

  it('a sheet that stays open, and is saved again and again from its older copy, takes nothing back', () => {
    const before = recordOf([[...planOfAll]]);
    let record = recordOf([[...planOfAll], [[first, { posted: noon }]], [[second, { url: 'https://youtu.be/a' }]]]);
    const inSpreadsheet: [Upload, Partial<Record<CellColumn, string>>][] = [];
    const save = (upload: Upload, cells: Partial<Record<CellColumn, string>>) => {
      inSpreadsheet.push([upload, cells]);
      const { edits } = mergeSheet(record, sheetOf(before, inSpreadsheet), context);
      record = edited(record, edits, true);
      record = { ...record, written: record.revision };
      return edits.map((edit) => [uploadId(edit), edit.cells]);
    };
    expect(save(third, { note: 'mine', planned: evening })).toEqual([
      [uploadId(third), { note: 'mine', planned: evening }],
    ]);
    expect(save(second, { note: 'mine too' })).toEqual([[uploadId(second), { note: 'mine too' }]]);
    expect(save(third, { note: 'mine, again' })).toEqual([[uploadId(third), { note: 'mine, again' }]]);
    expect(save(second, { posted: evening })).toEqual([[uploadId(second), { posted: evening }]]);
    // Meanwhile port changes what the spreadsheet had changed.
    record = edited(record, [{ ...third, cells: { planned: next } }]);
    record = { ...record, written: record.revision };
    expect(save(first, { note: 'the last' })).toEqual([[uploadId(first), { note: 'the last' }]]);
    expect([...record.rows.values()].map(({ planned, posted, url, note }) => [planned, posted, url, note])).toEqual([
      [noon, noon, '', 'the last'],
      [evening, evening, 'https://youtu.be/a', 'mine too'],
      [next, '', '', 'mine, again'],
    ]);
  });

  it.each([[['one', 'two', 'one']], [['one', '', 'one']], [['one', 'two', 'three', 'two', 'one']]])(
    'a person who saves the notes %j one after the other has each of them in the end',
    (notes) => {
      let record = recordOf([[...planOfAll]]);
      for (const note of notes) {
        const { edits } = mergeSheet(record, sheetOf(record, [[third, { note }]]), context);
        expect(edits).toEqual([{ ...third, cells: { note } }]);
        record = edited(record, edits, true);
        record = { ...record, written: record.revision };
      }
    },
  );

  it('a cell that both changed keeps what port has, and the other value in the note', () => {
    const before = recordOf([[...planOfAll]]);
    const record = recordOf([
      [...planOfAll],
      [
        [first, { planned: next }],
        [second, { posted: noon }],
      ],
    ]);
    const sheet = sheetOf(before, [[first, { planned: '2026-12-24 12:00', note: 'mine' }]]);
    expect(merge(record, sheet)).toEqual({
      ...nothing,
      edits: [['rednote 01-01', { note: 'mine | posting.csv said planned 2026-12-24T12:00:00+00:00' }]],
      conflicts: ['planned of rednote 01-01'],
      stale: ['posted of reels 01-01'],
    });
  });

  it('a conflict that is in the note already is not added again', () => {
    const before = recordOf([[...planOfAll]]);
    const record = recordOf([
      [...planOfAll],
      [
        [first, { planned: next, note: 'posting.csv said planned 2026-12-24T12:00:00+00:00' }],
        [second, { posted: noon }],
      ],
    ]);
    const sheet = sheetOf(before, [[first, { planned: '2026-12-24 12:00' }]]);
    expect(merge(record, sheet).edits).toEqual([]);
  });

  it('two notes of one post are both kept', () => {
    const before = recordOf([[[first, { note: 'old' }]]]);
    const record = recordOf([
      [[first, { note: 'old' }]],
      [
        [first, { note: 'of port' }],
        [second, { posted: noon }],
      ],
    ]);
    expect(merge(record, sheetOf(before, [[first, { note: 'of the sheet' }]])).edits).toEqual([
      ['rednote 01-01', { note: 'of port | of the sheet' }],
    ]);
  });

  it('what the sheet could not be written with is not taken back, and is no older copy', () => {
    const record = recordOf([[...planOfAll], [[first, { posted: noon }]]], false);
    const sheet = sheetOf(recordOf([[...planOfAll]]), [[second, { note: 'mine' }]]);
    expect(merge(record, sheet)).toEqual({ ...nothing, edits: [['reels 01-01', { note: 'mine' }]] });
  });

  it('a cell that is not understood is reported, and its row counts else', () => {
    const record = recordOf([[...planOfAll]]);
    const sheet = sheetOf(record, [[first, { planned: 'soon', note: 'mine' }]]);
    expect(merge(record, sheet)).toEqual({
      ...nothing,
      edits: [['rednote 01-01', { note: 'mine' }]],
      unread: ['planned of rednote 01-01'],
    });
  });

  it('rows and columns that are missing say nothing', () => {
    const record = recordOf([[...planOfAll]]);
    expect(merge(record, [{ ...first, texts: { posted: 'x' } }]).edits).toEqual([
      ['rednote 01-01', { posted: '2026-11-30T10:00:00+00:00' }],
    ]);
  });

  it('a cell in which a torn file may end says nothing if it has the beginning of its text', () => {
    const record = recordOf([[[first, { note: 'a long note' }]]]);
    const open = { ...first, column: 'note' } as const;
    for (const [note, edits] of [
      ['', 0],
      ['a lon', 0],
      ['a long note', 0],
      ['a long walk', 1],
    ] as const)
      expect([note, mergeSheet(record, sheetOf(record, [[first, { note }]]), context, open).edits.length]).toEqual([
        note,
        edits,
      ]);
  });
});
