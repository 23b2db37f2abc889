import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { WordEditor } from '../../../src/web/pages/studio/word-editor.ts';
import type { WordCells, WordsAnswer } from '../../../src/web/studio/api.ts';

const words = (caption: string, title = '', hashtags = ''): WordCells => ({ caption, title, hashtags });

/** An editor over a sheet that a spreadsheet may change. */
function open(cells: WordCells, answer?: (sent: WordCells, seen: WordCells) => WordsAnswer | null) {
  const sent: { readonly cells: WordCells; readonly seen: WordCells }[] = [];
  const editor = new WordEditor(cells, {
    save: async (now, seen) => {
      sent.push({ cells: now, seen });
      return answer === undefined ? { cells: now, conflicts: [] } : answer(now, seen);
    },
    changed: () => {},
  });
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
    editor.refresh(words('a', 'new'));
    expect(editor.cells).toEqual(words('mine', 'new'));
  });

  const conflict = { column: 'caption', theirs: 'theirs', ours: 'mine' } as const;
  const conflicting = () =>
    open(words('a'), (_cells, seen) =>
      seen.caption === 'a'
        ? { cells: words('theirs'), conflicts: [conflict] }
        : { cells: words('mine'), conflicts: [] },
    );

  it('two changes of one cell are both kept until one is chosen: mine is then sent over theirs', async () => {
    const { editor, sent } = conflicting();
    editor.type('caption', 'mine', 0);
    await editor.flush();
    expect(editor.conflicts).toEqual([conflict]);
    expect(editor.cells.caption).toBe('mine');
    await editor.flush();
    expect(sent).toHaveLength(1);
    editor.settle(conflict, conflict.ours);
    await editor.flush();
    expect(sent[1]).toEqual({ cells: words('mine'), seen: words('theirs') });
    expect(editor.conflicts).toEqual([]);
  });

  it('theirs is taken without anything to send', async () => {
    const { editor, sent } = conflicting();
    editor.type('caption', 'mine', 0);
    await editor.flush();
    editor.settle(conflict, conflict.theirs);
    await editor.flush();
    expect(editor.cells.caption).toBe('theirs');
    expect(sent).toHaveLength(1);
  });
});
