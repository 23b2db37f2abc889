import { describe, expect, it } from 'vitest';
import { openedFrom, type PastCell, whoChanged } from '../../src/state/opened-from.ts';

/** Texts of cells: `1a` is the cell `a` of row 1. Cells that are not named are empty. */
type Texts = Readonly<Record<string, string>>;

/** A revision: what port wrote into some cells, or what a person saved there in the sheet. */
interface Edit {
  readonly port?: Texts;
  readonly sheet?: Texts;
}

const names = ['1a', '1b', '2a', '2b', '3a'];

/**
 * What a sheet is thought to have said when it was opened.
 * @param edits from empty cells on
 * @param written how many of them the sheet was written with
 */
function opened(edits: readonly Edit[], sheet: Texts, written = edits.length) {
  const now = new Map(names.map((name) => [name, '']));
  const changes: PastCell<string>[] = [];
  for (const [index, { port, sheet: saved }] of edits.entries())
    for (const [cell, text] of Object.entries(port ?? saved ?? {})) {
      const bySheet = saved === undefined ? undefined : (true as const);
      changes.push({ revision: index + 1, row: cell.charAt(0), cell, before: now.get(cell) ?? '', bySheet });
      now.set(cell, text);
    }
  const cells = Object.entries(sheet).map(([cell, text]) => ({ row: cell.charAt(0), cell, text }));
  const past = { changes, written, latest: (cell: string) => now.get(cell) ?? '' };
  const found = openedFrom(past, cells, (cell, value) => cell.text === value);
  return {
    of: Object.fromEntries(cells.map((cell) => [cell.cell, found.of(cell)])),
    allOf: (name: string) => found.allOf(cells.find(({ cell }) => cell === name) ?? { row: '', cell: name, text: '' }),
  };
}

const port = (texts: Texts): Edit => ({ port: texts });
const sheet = (texts: Texts): Edit => ({ sheet: texts });
const oneByOne = [port({ '1a': 'A' }), port({ '2a': 'B' })];

describe('what a sheet said when it was opened', () => {
  it.each<[string, readonly Edit[], Texts, Texts]>([
    ['the latest, where nothing differs', oneByOne, { '1a': 'A', '2a': 'B' }, { '1a': 'A', '2a': 'B' }],
    ['the latest, where there is no past', [], { '1a': 'mine' }, { '1a': '' }],
    [
      'the latest, where only a cell differs that port never wrote',
      oneByOne,
      { '1a': 'A', '2a': 'B', '3a': 'mine' },
      { '1a': 'A', '2a': 'B', '3a': '' },
    ],
    [
      'what was there before both revisions, where both are missing',
      oneByOne,
      { '1a': '', '2a': '', '3a': 'mine' },
      { '1a': '', '2a': '', '3a': '' },
    ],
    [
      'what was there between two revisions, where only the later one is missing',
      oneByOne,
      { '1a': 'A', '2a': '', '3a': 'mine' },
      { '1a': 'A', '2a': '', '3a': '' },
    ],
    [
      'the latest, where only the earlier revision is missing: no copy was ever so, a person emptied the cell',
      oneByOne,
      { '1a': '', '2a': 'B', '3a': 'mine' },
      { '1a': 'A', '2a': 'B', '3a': '' },
    ],
    [
      'the latest, where cells of one row are set back and nothing else differs: a person took them back',
      [port({ '1a': 'A', '1b': 'B' })],
      { '1a': '', '1b': '' },
      { '1a': 'A', '1b': 'B' },
    ],
    [
      'an earlier revision, where cells of two rows are set back',
      [port({ '1a': 'A', '2a': 'B' })],
      { '1a': '', '2a': '' },
      { '1a': '', '2a': '' },
    ],
    [
      'an earlier revision, where one row is set back and a person changed another',
      [port({ '1a': 'A' })],
      { '1a': '', '2a': 'mine' },
      { '1a': '', '2a': '' },
    ],
    [
      'the latest, where half of a revision is missing: it was written as a whole',
      [port({ '1a': 'A', '2a': 'B' })],
      { '1a': '', '2a': 'B', '3a': 'mine' },
      { '1a': 'A', '2a': 'B', '3a': '' },
    ],
    [
      'the latest of two revisions that fit equally well',
      [port({ '1a': 'A' }), port({ '1a': 'B' })],
      { '1a': 'mine' },
      { '1a': 'B' },
    ],
    [
      'the revision that fits best, though a later one fits better than the latest',
      [port({ '1a': 'A' }), port({ '2a': 'B' }), port({ '1b': 'C' }), port({ '2b': 'D' })],
      { '1a': '', '1b': '', '2a': '', '2b': '', '3a': 'mine' },
      { '1a': '', '1b': '', '2a': '', '2b': '', '3a': '' },
    ],
    [
      'each text of a cell that was written three times',
      [port({ '1a': 'A' }), port({ '1a': 'B' }), port({ '2a': 'X' }), port({ '1a': 'C' })],
      { '1a': 'A', '2a': '', '3a': 'mine' },
      { '1a': 'A', '2a': '', '3a': '' },
    ],
    [
      'the latest of a cell that the sheet lacks',
      [port({ '1a': 'A' }), port({ '3a': 'C' })],
      { '1a': 'mine' },
      { '1a': 'A' },
    ],
  ])('%s', (_what, edits, texts, expected) => {
    expect(opened(edits, texts).of).toEqual(expected);
  });

  it.each<[string, readonly Edit[], number, Texts, Texts]>([
    ['the text before it, where the sheet was not written since', oneByOne, 1, { '2a': 'mine' }, { '2a': '' }],
    [
      'the text before all of them, where several came since',
      [...oneByOne, port({ '1a': 'C' }), port({ '1a': 'D' })],
      2,
      { '1a': 'A', '2a': 'B' },
      { '1a': 'A', '2a': 'B' },
    ],
    [
      'that of an earlier revision, where the sheet is older than that',
      [port({ '1a': 'A', '2a': 'B' }), port({ '1a': 'C' })],
      1,
      { '1a': '', '2a': '', '3a': 'mine' },
      { '1a': '', '2a': '', '3a': '' },
    ],
    [
      'that of an earlier revision but not of the one before, where the sheet has that',
      [...oneByOne, port({ '1b': 'C' })],
      2,
      { '1a': 'A', '2a': '', '3a': 'mine' },
      { '1a': 'A', '2a': '', '3a': '' },
    ],
    [
      'its empty cells are as they were, so that a single row set back is no sign of age',
      [...oneByOne, port({ '3a': 'C' })],
      2,
      { '1a': 'A', '2a': '', '3a': '' },
      { '1a': 'A', '2a': 'B', '3a': '' },
    ],
    [
      'no text that the sheet was never written with, though a person typed it',
      oneByOne,
      1,
      { '1a': 'A', '2a': 'B' },
      { '1a': 'A', '2a': '' },
    ],
  ])('after a revision that it lacks: %s', (_what, edits, written, texts, expected) => {
    expect(opened(edits, texts, written).of).toEqual(expected);
  });
});

describe('what a spreadsheet that stays open saved itself', () => {
  it('it still has, without what port wrote before: no sign of age', () => {
    const edits = [port({ '1a': 'A', '2a': 'B' }), sheet({ '3a': 'mine' })];
    expect(opened(edits, { '1a': '', '2a': '', '3a': 'mine' }).of).toEqual({ '1a': '', '2a': '', '3a': 'mine' });
  });

  it('it still has where port changed other cells since', () => {
    const edits = [port({ '1a': 'A' }), sheet({ '3a': 'mine' }), port({ '2a': 'B' })];
    const texts = { '1a': '', '2a': '', '3a': 'mine' };
    expect(opened(edits, texts).of).toEqual(texts);
  });

  it('it has each time, of several that it saved in the same cell', () => {
    const edits = [port({ '1a': 'A', '2a': 'B' }), sheet({ '3a': 'one' }), sheet({ '3a': 'two' })];
    expect(opened(edits, { '1a': '', '2a': '', '3a': 'two' }).of).toEqual({ '1a': '', '2a': '', '3a': 'two' });
  });

  it('and emptied again is a decision of that person: the sheet had it before', () => {
    const edits = [sheet({ '1a': 'A', '2a': 'B' })];
    expect(opened(edits, { '1a': '', '2a': '', '3a': 'mine' }).of).toEqual({ '1a': 'A', '2a': 'B', '3a': '' });
  });

  it('is no sign of age where the sheet lacks the row by now', () => {
    expect(opened([port({ '1a': 'A' }), sheet({ '3a': 'mine' })], { '1a': '' }).of).toEqual({ '1a': '' });
  });

  it('in the row whose cell it shows as it was before port: with a change elsewhere, the sheet is older', () => {
    const edits = [port({ '1a': 'A' }), sheet({ '1b': 'mine' })];
    const texts = { '1a': '', '1b': 'mine', '2a': 'other' };
    expect(opened(edits, texts).of).toEqual({ '1a': '', '1b': 'mine', '2a': '' });
  });

  it.each<[string, readonly Edit[], Texts, Texts]>([
    [
      'the earlier of two texts that it saved in a cell, of a sheet that is older than port’s cells',
      [port({ '1a': 'A', '2a': 'B' }), sheet({ '3a': 'one' }), sheet({ '3a': 'two' })],
      { '1a': '', '2a': '', '3a': 'one' },
      { '1a': '', '2a': '', '3a': 'one' },
    ],
    [
      'no text that it saved itself, of a sheet that is older than that and than port’s cells',
      [port({ '1a': 'A', '2a': 'B' }), sheet({ '3a': 'mine' })],
      { '1a': '', '2a': '', '3a': '' },
      { '1a': '', '2a': '', '3a': '' },
    ],
    [
      'the later of two texts that it saved in a cell, where a person typed the earlier one again',
      [sheet({ '3a': 'one' }), sheet({ '3a': 'two' })],
      { '3a': 'one' },
      { '3a': 'two' },
    ],
    [
      'its last text, where a person emptied the cell and typed the former text again',
      [sheet({ '3a': 'one' }), sheet({ '3a': '' })],
      { '3a': 'one' },
      { '3a': '' },
    ],
    [
      'what port wrote over its text, where a person changed that',
      [sheet({ '3a': 'one' }), port({ '3a': 'two' })],
      { '3a': 'mine' },
      { '3a': 'two' },
    ],
  ])('it had %s', (_what, edits, texts, expected) => {
    expect(opened(edits, texts).of).toEqual(expected);
  });

  it('and changed again it may have had in either way, when port’s cells show that it is older', () => {
    const edits = [port({ '1a': 'A', '2a': 'B' }), sheet({ '3a': 'mine' })];
    const found = opened(edits, { '1a': '', '2a': '', '3a': 'mine again' });
    expect(found.of).toEqual({ '1a': '', '2a': '', '3a': 'mine' });
    expect(found.allOf('3a')).toEqual(['mine', '']);
  });
});

describe('all that a cell may have said', () => {
  it('is one text, where one revision fits best', () => {
    expect(opened(oneByOne, { '1a': 'A', '2a': '', '3a': 'mine' }).allOf('2a')).toEqual(['']);
  });

  it('is the text of each revision that fits equally well, each once', () => {
    const edits = [port({ '1a': 'A' }), port({ '1a': 'B' }), port({ '1a': 'A' }), port({ '1a': 'C' })];
    expect(opened(edits, { '1a': 'mine' }).allOf('1a')).toEqual(['C', 'A', 'B', '']);
  });

  it('is none of a revision that fits worse than another', () => {
    const edits = [port({ '1a': 'A' }), port({ '2a': 'B' })];
    expect(opened(edits, { '1a': 'mine', '2a': 'B' }).allOf('1a')).toEqual(['A']);
  });
});

describe('who changed a cell', () => {
  it.each<[string, string, readonly string[], ReturnType<typeof whoChanged>]>([
    ['new', 'new', ['old'], 'nobody'],
    ['old', 'new', ['old'], 'port'],
    ['new', 'old', ['old'], 'sheet'],
    ['one', 'other', ['old'], 'both'],
    ['old', 'new', ['old', 'new'], 'both'],
    ['one', 'new', ['old', 'new'], 'both'],
  ])('which says %s in the sheet, %s in port, and was opened with %j: %s', (value, now, then, who) => {
    expect(whoChanged(value, now, then, (one, other) => one === other)).toBe(who);
  });
});
