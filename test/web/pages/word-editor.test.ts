import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { type Conflict, WordEditor } from '../../../src/web/pages/studio/word-editor.ts';
import type { WordCells, WordsAnswer } from '../../../src/web/studio/api.ts';

const words = (caption: string, title = '', hashtags = ''): WordCells => ({ caption, title, hashtags });

/** An editor over a sheet that a spreadsheet may change. */
function open(
  cells: WordCells,
  answer?: (sent: WordCells, seen: WordCells) => WordsAnswer | null,
  conflicts: readonly Conflict[] = [],
) {
  const sent: { readonly cells: WordCells; readonly seen: WordCells; readonly decided?: readonly string[] }[] = [];
  const editor = new WordEditor(
    { cells, conflicts },
    {
      save: async (now, seen, decided) => {
        const texts = [...new Set(decided.map(({ text }) => text))].sort();
        sent.push({ cells: now, seen, ...(texts.length > 0 && { decided: texts }) });
        return answer === undefined ? { cells: now, conflicts: [] } : answer(now, seen);
      },
      changed: () => {},
    },
  );
  return { editor, sent };
}

describe('saving', () => {
  it('letters typed in one go are sent once, with what was seen', async () => {
    const { editor, sent } = open(words('a'));
    editor.type('caption', 'ab', 0);
    editor.type('caption', 'abc', 100);
    expect(editor.state).toBe('waiting');
    await wait(700);
    expect(sent).toEqual([{ cells: words('abc'), seen: words('a') }]);
    expect(editor.state).toBe('saved');
  });

  it('what is typed while it is saved is sent after it, with the saved text as base', async () => {
    const { editor, sent } = open(words('a'));
    editor.type('caption', 'b', 0);
    const saving = editor.flush();
    editor.type('caption', 'c', 100);
    await saving;
    await editor.flush();
    expect(sent.map(({ cells, seen }) => [cells.caption, seen.caption])).toEqual([
      ['b', 'a'],
      ['c', 'b'],
    ]);
    expect(editor.cells.caption).toBe('c');
  });

  it('a failed save keeps the text, and the next letter tries again', async () => {
    let isThere = false;
    const { editor } = open(words('a'), (cells) => (isThere ? { cells, conflicts: [] } : null));
    editor.type('caption', 'b', 0);
    await editor.flush();
    expect([editor.state, editor.cells.caption]).toEqual(['failed', 'b']);
    isThere = true;
    editor.type('caption', 'bc', 100);
    await editor.flush();
    expect(editor.state).toBe('saved');
  });
});

describe('undo', () => {
  it('goes back a field and a pause at a time', () => {
    const { editor } = open(words('a'));
    editor.type('caption', 'ab', 0);
    editor.type('caption', 'abc', 100);
    editor.type('title', 'T', 200);
    editor.type('title', 'Ti', 9000);
    editor.undo();
    expect(editor.cells).toEqual(words('abc', 'T'));
    editor.undo();
    expect(editor.cells).toEqual(words('abc'));
    editor.undo();
    expect(editor.cells).toEqual(words('a'));
    expect(editor.canUndo).toBe(false);
  });
});

describe('a sheet that changes meanwhile', () => {
  it('another cell is taken over, and what was typed stays', () => {
    const { editor } = open(words('a', 'old'));
    editor.type('caption', 'mine', 0);
    editor.refresh({ cells: words('a', 'new'), conflicts: [] });
    expect(editor.cells).toEqual(words('mine', 'new'));
  });

  const conflict = { column: 'caption', theirs: 'theirs', ours: 'mine' } as const;
  const conflicting = () =>
    open(words('a'), (cells, seen) =>
      seen.caption === 'a' && cells.caption !== 'a'
        ? { cells: words('theirs'), conflicts: [conflict] }
        : { cells: cells.caption === 'a' ? words('theirs') : cells, conflicts: [] },
    );

  const first = ({ conflicts }: WordEditor): Conflict => conflicts[0] ?? { ...conflict, column: 'title' };

  it('two changes of one cell are both kept until one is chosen: mine is then sent over theirs', async () => {
    const { editor, sent } = conflicting();
    editor.type('caption', 'mine', 0);
    await editor.flush();
    expect(editor.conflicts).toMatchObject([conflict]);
    expect(editor.cells.caption).toBe('mine');
    await editor.flush();
    expect(sent).toHaveLength(1);
    editor.resolve(first(editor), 'mine');
    await editor.flush();
    expect(sent[1]).toEqual({ cells: words('mine'), seen: words('theirs'), decided: ['mine', 'theirs'] });
    expect(editor.conflicts).toEqual([]);
  });

  it('theirs is taken, and the other text is not kept any longer', async () => {
    const { editor, sent } = conflicting();
    editor.type('caption', 'mine', 0);
    await editor.flush();
    editor.resolve(first(editor), 'theirs');
    await editor.flush();
    expect(editor.cells.caption).toBe('theirs');
    expect(sent[1]).toEqual({ cells: words('theirs'), seen: words('theirs'), decided: ['mine', 'theirs'] });
  });

  it('what is typed on before one is chosen is kept in place of what was typed before, and is mine', async () => {
    const { editor, sent } = open(words('a'), (cells, seen) =>
      seen.caption === 'a'
        ? { cells: words('theirs'), conflicts: [{ ...conflict, ours: cells.caption }] }
        : { cells, conflicts: [] },
    );
    editor.type('caption', 'mine', 0);
    await editor.flush();
    editor.type('caption', 'mine too', 100);
    expect(editor.textsOf(first(editor))).toEqual({ ours: 'mine too', theirs: 'theirs' });
    await editor.flush();
    expect(sent[1]).toEqual({ cells: words('mine too'), seen: words('a'), decided: ['mine'] });
    editor.resolve(first(editor), 'mine');
    await editor.flush();
    expect(sent[2]).toMatchObject({ cells: words('mine too'), seen: words('theirs') });
    expect([editor.cells.caption, editor.conflicts]).toEqual(['mine too', []]);
  });

  it('undone until it is as before, theirs is shown', async () => {
    const { editor, sent } = conflicting();
    editor.type('caption', 'mine', 0);
    await editor.flush();
    editor.undo();
    await editor.flush();
    expect(sent[1]?.decided).toEqual(['mine']);
    expect([editor.cells.caption, editor.conflicts]).toEqual(['theirs', []]);
  });

  it('a text that the server has kept is shown beside that of the cell, and either can be taken', async () => {
    for (const which of ['mine', 'theirs'] as const) {
      const { editor, sent } = open(words('theirs'), undefined, [conflict]);
      expect(editor.conflicts).toEqual([conflict]);
      editor.resolve(first(editor), which);
      // The answer to an earlier question comes late.
      editor.refresh({ cells: words('theirs'), conflicts: [conflict] });
      expect(editor.conflicts).toEqual([]);
      await editor.flush();
      expect(sent).toEqual([{ cells: words(which), seen: words('theirs'), decided: ['mine', 'theirs'] }]);
    }
  });
});
