import { describe, expect, it } from 'vitest';
import { parseWritten, personalCells, type Written, writtenJson } from '../../src/captions/own-sheet.ts';

const cells = (caption: string, title = '', hashtags = '') => ({ caption, title, hashtags });
const written = (caption: string | null): Written => ({ caption, title: '', hashtags: '' });

describe('a person changed the caption', () => {
  it.each<[string, string, string, Written | undefined, boolean]>([
    // [what, in the file, what we would write now, what we wrote, whether it is a person's]
    ['filled in', 'mine', '', written(''), true],
    ['filled in, memory deleted', 'mine', '', undefined, true],
    ['not touched', 'a', 'a', written('a'), false],
    ['not touched, memory deleted', 'a', 'a', undefined, false],
    ['not touched, the source changed', 'a', 'b', written('a'), false],
    ['not touched, the source changed, memory deleted: better kept', 'a', 'b', undefined, true],
    ['edited', 'mine', 'a', written('a'), true],
    ['emptied', '', 'a', written('a'), true],
    ['empty, words were found since', '', 'a', written(''), false],
    ['empty, words were found since, memory deleted', '', 'a', undefined, false],
    ['as it was left before', 'mine', 'a', written(null), true],
    ['taken back', '', 'a', written(null), false],
    ['ours, but the source is gone: kept', 'a', '', written('a'), true],
  ])('%s', (_name, cell, ours, before, expected) => {
    expect(personalCells(cells(cell), cells(ours), before, { narrow: false }).has('caption')).toBe(expected);
  });

  it('not where an encoding lost what it cannot write', () => {
    const ours = 'Möwen 🌊 清晨 – ok';
    expect(personalCells(cells('Möwen ?? ?? – ok'), cells(ours), undefined, { narrow: true }).size).toBe(0);
    expect(personalCells(cells('Möwen ?? ?? – ok'), cells(ours), undefined, { narrow: false }).size).toBe(1);
    expect(personalCells(cells('Krähen ?? ?? – ok'), cells(ours), undefined, { narrow: true }).size).toBe(1);
  });
});

it('what was written is remembered; a broken memory is none', () => {
  const rows = new Map([['a', written('x')]]);
  expect(parseWritten(writtenJson(rows))).toEqual(rows);
  for (const broken of [null, '', '{', '{"rows":{"a":7}}']) expect(parseWritten(broken).size).toBe(0);
});
