import { describe, expect, it } from 'vitest';
import { type JoinCandidatePost, match } from '../../src/captions/match.ts';
import { blank, type Note } from '../../src/captions/source.ts';

/** The first second of a minute. */
const start = 1_740_906_900;
const post = (key: string, after: number, odd: Partial<JoinCandidatePost> = {}): JoinCandidatePost => ({
  ...{ key, time: start + after, kind: 'video', tiktokId: null, seconds: null, likes: null, sound: null },
  ...odd,
});
const note = (text: string | null, after: number | null, odd: Partial<Note> = {}): Note => ({
  ...{ ...blank, source: 'sidecar', origin: 'x', text, time: after === null ? null : start + after },
  ...odd,
});
const minute = (text: string, after: number, odd: Partial<Note> = {}) => note(text, after, { toMinute: true, ...odd });
const idAt = (after: number, count = 0) => ((BigInt(start + after) << 32n) + BigInt(count)).toString();

function told(posts: readonly JoinCandidatePost[], notes: readonly Note[]) {
  const { fits, refused, left } = match(posts, notes);
  return {
    fits: [...fits].map(([key, { note, by, seconds }]) => `${key}: ${note.text} by ${by} ${seconds}`).sort(),
    refused: Object.fromEntries(refused),
    left: left.map(({ text }) => text),
  };
}

describe('a note without seconds', () => {
  it.each<[string, number, string[]]>([
    ['at its first second', 0, ['a: x by time 0']],
    ['at its last second', 59, ['a: x by time 0']],
    ['a second before its minute', -1, []],
    ['a second after its minute', 60, []],
  ])('stands for a post %s', (_name, after, fits) => {
    expect(told([post('a', after)], [minute('x', 0)]).fits).toEqual(fits);
  });

  it.each([
    [-10, 10],
    [30, 0],
    [70, 11],
  ])('of the key of a post %i seconds after it is %i seconds away', (after, seconds) => {
    expect(told([post('a', after)], [minute('x', 0, { key: 'a' })]).fits).toEqual([`a: x by key ${seconds}`]);
  });

  it('and two posts in its minute: nobody can tell', () => {
    expect(told([post('a', 3), post('b', 50)], [minute('x', 0)])).toEqual({
      fits: [],
      refused: { a: 1, b: 1 },
      left: ['x'],
    });
  });

  it('and the next one, with a post in each minute', () => {
    const { fits } = told([post('a', 58), post('b', 61)], [minute('x', 0), minute('y', 60)]);
    expect(fits).toEqual(['a: x by time 0', 'b: y by time 0']);
  });

  it('is looked at with a post at the end of its minute, beside one with seconds at its start', () => {
    const { fits } = told([post('a', 1), post('b', 59)], [note('y', 0), minute('x', 0)]);
    expect(fits).toEqual(['a: y by time 1', 'b: x by time 0']);
  });
});

describe('notes of one post', () => {
  it.each<[string, Note[], string[]]>([
    ['that are equal are one', [note('x', 1), note('x', 1)], ['a: x by time 1']],
    ['that differ in their kind are two', [note('x', 1), note('x', 1, { kind: 'video' })], []],
    ['that differ in their title are two', [note('x', 1), note('x', 1, { title: 'T' })], []],
    ['that differ in their words are two', [note('x', 1), note('y', 1)], []],
    [
      'of one id are one, with the longest text',
      [note('x', 1, { tiktokId: idAt(0) }), note('xyz', 3, { tiktokId: idAt(0) })],
      ['a: xyz by time 3'],
    ],
    [
      'of one id are one, whatever has no text',
      [note(null, 1, { tiktokId: idAt(0) }), note('', 3, { tiktokId: idAt(0) })],
      ['a:  by time 3'],
    ],
    [
      'of one id are one, with the same text of two of one length',
      [note('xy', 1, { tiktokId: idAt(0) }), note('ab', 1, { tiktokId: idAt(0) })],
      ['a: ab by time 1'],
    ],
    [
      'of two keys and one id are two',
      [note('x', null, { key: 'a', tiktokId: idAt(0) }), note('y', null, { key: 'b', tiktokId: idAt(0) })],
      ['a: x by key 0'],
    ],
  ])('%s', (_name, notes, fits) => {
    expect(told([post('a', 0)], notes).fits).toEqual(fits);
    expect(told([post('a', 0)], [...notes].reverse()).fits).toEqual(fits);
  });

  it('of one id fill the gaps of each other', () => {
    const notes = [
      note('long', null, { tiktokId: idAt(0), likes: 3, title: null }),
      note('x', 1, { tiktokId: idAt(0), likes: 4, title: 'T', sound: 'Waves' }),
    ];
    const { fits } = match([post('a', 0)], notes);
    expect(fits.get('a')?.note).toMatchObject({ text: 'long', time: start + 1, likes: 3, title: 'T', sound: 'Waves' });
  });

  it('with two keys of one are refused, and those of another stay', () => {
    const keyed = (text: string, key: string) => note(text, null, { key });
    expect(told([post('a', 0), post('b', 900)], [keyed('x', 'a'), keyed('y', 'a'), keyed('z', 'b')])).toEqual({
      ...{ fits: ['b: z by key null'], refused: { a: 2 }, left: ['x', 'y'] },
    });
  });

  it('with the keys of two posts are two, though they have one id', () => {
    const keyed = (text: string, key: string) => note(text, null, { key, tiktokId: idAt(0) });
    const { fits } = told([post('a', 0), post('b', 900)], [keyed('x', 'a'), keyed('y', 'b')]);
    expect(fits).toEqual(['a: x by key 0', 'b: y by key 900']);
  });

  it('by key come before those by id, and a post gets one note only', () => {
    const a = post('a', 0, { tiktokId: idAt(0) });
    const { fits, left } = told([a], [note('x', 0, { tiktokId: idAt(0) }), note('y', 0, { key: 'a' })]);
    expect([fits, left]).toEqual([['a: y by key 0'], ['x']]);
  });

  it('with a key of no post are not joined by their id', () => {
    const a = post('a', 0, { tiktokId: idAt(0) });
    expect(told([a], [note('x', 0, { key: 'gone', tiktokId: idAt(0) })])).toEqual({
      fits: [],
      refused: {},
      left: ['x'],
    });
  });

  it('of a refused post are not joined to it by time', () => {
    const keyed = (text: string) => note(text, null, { key: 'a' });
    expect(told([post('a', 0)], [keyed('x'), keyed('y'), note('z', 0)])).toMatchObject({ fits: [], refused: { a: 2 } });
  });
});

describe('posts and notes in a chain', () => {
  it('are joined in their order, each to the nearest', () => {
    const posts = [post('a', 0), post('b', 14), post('c', 28), post('d', 42)];
    const notes = [2, 16, 30, 44].map((after) => note(`at ${after}`, after));
    expect(told(posts, notes).fits).toEqual([
      ...['a: at 2 by time 2', 'b: at 16 by time 2', 'c: at 30 by time 2', 'd: at 44 by time 2'],
    ]);
  });

  it.each<[string, number, object]>([
    ['as near as chance has it', 11, { fits: [], refused: { a: 2 } }],
    ['clearly further away', 12, { fits: ['a: x by time 2'], refused: {} }],
  ])('a post and two notes, one of them %s', (_name, after, expected) => {
    expect(told([post('a', 0)], [note('x', 2), note('y', after)])).toMatchObject(expected);
  });

  it.each<[string, number, object]>([
    ['as near as chance has it', 13, { fits: [], refused: { a: 1, b: 1 } }],
    ['clearly further away', 14, { fits: ['a: x by time 2'], refused: {} }],
  ])('two posts and one note, one of them %s', (_name, after, expected) => {
    expect(told([post('a', 0), post('b', after)], [note('x', 2)])).toMatchObject(expected);
  });

  it('a length that fits outweighs any time, and two that contradict each other decide nothing', () => {
    const posts = [post('a', 0, { seconds: 30 })];
    expect(told(posts, [note('x', 0, { seconds: 9 }), note('y', 15, { seconds: 30 })]).fits).toEqual([
      'a: y by time 15',
    ]);
    expect(told(posts, [note('x', 1, { seconds: 9 }), note('y', 2, { seconds: 12 })])).toMatchObject({
      refused: { a: 2 },
    });
  });
});
