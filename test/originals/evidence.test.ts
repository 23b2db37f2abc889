import { describe, expect, it } from 'vitest';
import {
  type Candidate,
  hasOnlyTimes,
  type PostToMatch,
  pairsBy,
  pairsByKey,
  timesBy,
} from '../../src/originals/evidence.ts';

type Named = Candidate & { readonly name: string };

const start = 1_740_906_900;
const idAt = (time: number, rest = 7) => String((BigInt(time) << 32n) | BigInt(rest));

function wanted(key: string, time: number, odd: Partial<PostToMatch> = {}): PostToMatch {
  return { key, time: start + time, kind: 'video', tiktokId: null, ...odd };
}

function file(odd: Partial<Candidate>): Named {
  return {
    ...{ name: 'x', kind: 'video', key: null, sidecar: null, tiktokIds: [], nameTimes: [], fileTime: null },
    ...odd,
  };
}

const sidecar = (tiktokId: string | null, time: number | null) => ({ sidecar: { tiktokId, time } });

describe('the posts that a file may belong to', () => {
  const post = wanted('a', 0);
  /** `key: seconds, exact` of each, with the seconds by which it was recorded after the post. */
  const told = (by: Parameters<typeof pairsBy>[0], one: Named, posts: readonly PostToMatch[] = [post]) =>
    pairsBy(by, posts, [one]).map(({ post: { key }, seconds, exact, after }) => [key, seconds, exact, after]);

  it.each<[string, number, boolean]>([
    ['the first second of its minute', 0, true],
    ['the last second of its minute', 59, true],
    ['the minute after', 60, false],
    ['the minute before', -1, false],
  ])('by a name with a time without seconds: the post of %s', (_what, second, fits) => {
    const found = told('name-time', file({ nameMinutes: [start] }), [wanted('a', second)]);
    expect(found).toEqual(fits ? [['a', 0, false, 0]] : []);
    expect(told('file-time', file({ nameMinutes: [start] }), [wanted('a', second)])).toEqual([]);
  });

  it('by a name: all within the tolerance, each with its distance', () => {
    const posts = [wanted('early', -15), wanted('same', 0), wanted('late', 15), wanted('too late', 16)];
    expect(told('name-time', file({ nameTimes: [start] }), posts)).toEqual([
      ['early', 15, false, 0],
      ['same', 0, true, 0],
      ['late', 15, false, 0],
    ]);
  });

  it('by a name with several times: an exact one, else the nearest, else the first', () => {
    expect(told('name-time', file({ nameTimes: [start], nameMinutes: [start] }))).toEqual([['a', 0, true, 0]]);
    expect(told('name-time', file({ nameTimes: [start + 9, start, start + 4] }))).toEqual([['a', 0, true, 0]]);
    expect(told('name-time', file({ nameTimes: [start + 9, start + 4, start + 6] }))).toEqual([['a', 4, false, 0]]);
    const camera = (...nameTimes: number[]) => told('name-time', file({ nameTimes, isCamera: true }));
    expect(camera(start - 5, start + 5)).toEqual([['a', 5, false, 0]]);
    expect(camera(start + 5, start - 5)).toEqual([['a', 5, false, 5]]);
  });

  it('by one kind of evidence, whatever else is known', () => {
    const all = { ...sidecar(idAt(start), start), tiktokIds: [idAt(start)], nameTimes: [start], nameMinutes: [start] };
    const known = [wanted('a', 0, { tiktokId: idAt(start) })];
    const without = (odd: Partial<Candidate>) => file({ ...all, fileTime: start, ...odd });
    expect(told('name-time', without({ nameTimes: [], nameMinutes: [] }), known)).toEqual([]);
    expect(told('file-time', without({ fileTime: null }), known)).toEqual([]);
    expect(told('id', without({ tiktokIds: [] }), known)).toEqual([]);
    expect(told('sidecar', without({ sidecar: null }), known)).toEqual([]);
    expect(told('id', file({ ...sidecar(null, start), tiktokIds: [idAt(start - 4)] }))).toEqual([['a', 4, false, 0]]);
  });

  it('by the time in the file, with fractions of seconds', () => {
    expect(told('file-time', file({ fileTime: start + 0.5 }))).toEqual([['a', 0.5, false, 0]]);
    expect(told('file-time', file({ fileTime: start - 14.5 }))).toEqual([['a', 14.5, false, 0]]);
    expect(told('file-time', file({ fileTime: start - 15.5 }))).toEqual([]);
    expect(told('file-time', file({ fileTime: null }))).toEqual([]);
    expect(told('file-time', file({ fileTime: start }))).toEqual([['a', 0, true, 0]]);
  });

  it.each<[string, Parameters<typeof pairsBy>[0], Partial<Candidate>, number]>([
    ['the time in a file', 'file-time', { fileTime: start + 5.5 }, 5],
    ['the time in a file, as far off as clocks are', 'file-time', { fileTime: start + 2 }, 0],
    ['the name of a camera', 'name-time', { nameTimes: [start + 5], isCamera: true }, 5],
    ['another name', 'name-time', { nameTimes: [start + 5] }, 0],
    ['the sidecar of a file with the name of a camera', 'sidecar', { ...sidecar(null, start + 5), isCamera: true }, 0],
    ['the time in a file, before the post', 'file-time', { fileTime: start - 5 }, 0],
  ])('by %s: whether it was recorded after the post', (_what, by, odd, after) => {
    expect(told(by, file(odd)).map((pair) => pair[3])).toEqual([after]);
  });

  it('by an id: never exact if only its time fits, exact if the post’s own id is known', () => {
    expect(told('id', file({ tiktokIds: [idAt(start)] }))).toEqual([['a', 0, false, 0]]);
    const known = wanted('a', 0, { tiktokId: idAt(start - 500) });
    expect(told('id', file({ tiktokIds: [idAt(start - 500)] }), [known])).toEqual([['a', null, true, 0]]);
    expect(told('id', file(sidecar(idAt(start), null)))).toEqual([]);
  });

  it('by a sidecar: its time, else the time of its id', () => {
    expect(told('sidecar', file(sidecar(idAt(start - 4), start)))).toEqual([['a', 0, true, 0]]);
    expect(told('sidecar', file(sidecar(idAt(start - 4), null)))).toEqual([['a', 4, false, 0]]);
    expect(told('sidecar', file(sidecar(idAt(start), null)))).toEqual([['a', 0, false, 0]]);
    expect(told('sidecar', file(sidecar(null, null)))).toEqual([]);
    expect(told('sidecar', file({ tiktokIds: [idAt(start)] }))).toEqual([]);
  });

  it('not one of another kind, or that an id or a sidecar excludes', () => {
    const name = { nameTimes: [start] };
    expect(told('name-time', file({ ...name, kind: 'photos' }))).toEqual([]);
    expect(told('name-time', file({ ...name, tiktokIds: [idAt(start - 16)] }))).toEqual([]);
    expect(told('name-time', file({ ...name, tiktokIds: [idAt(start - 15)] }))).toHaveLength(1);
    expect(told('name-time', file({ ...name, ...sidecar(null, start + 16) }))).toEqual([]);
    expect(told('name-time', file({ ...name, ...sidecar(null, start + 15) }))).toHaveLength(1);
    // A sidecar’s time is more than that of an id of some other thing in the name.
    expect(told('name-time', file({ ...name, ...sidecar(null, start), tiktokIds: [idAt(start - 99)] }))).toHaveLength(
      1,
    );
    // An id that fits counts, whatever other ids are in the name.
    expect(told('name-time', file({ ...name, tiktokIds: [idAt(start - 99), idAt(start)] }))).toHaveLength(1);
    expect(told('name-time', file({ ...name, ...sidecar(idAt(start - 99), null) }))).toEqual([]);
    expect(told('name-time', file({ ...name, ...sidecar(null, start - 16) }))).toEqual([]);
    const known = wanted('a', 0, { tiktokId: idAt(start - 4, 1) });
    // The post’s own id counts more than the time of another.
    expect(told('name-time', file({ ...name, tiktokIds: [idAt(start)] }), [known])).toEqual([]);
    expect(told('name-time', file({ ...name, ...sidecar(null, start + 99) }), [known])).toEqual([]);
    expect(told('name-time', file({ ...name, ...sidecar(idAt(start - 4, 2), null) }), [known])).toEqual([]);
    expect(told('name-time', file({ ...name, ...sidecar(idAt(start - 4, 1), null) }), [known])).toHaveLength(1);
    expect(told('name-time', file(name), [known])).toHaveLength(1);
  });

  it('several posts of one second each', () => {
    expect(told('name-time', file({ nameTimes: [start] }), [post, wanted('a-2', 0)])).toEqual([
      ['a', 0, true, 0],
      ['a-2', 0, true, 0],
    ]);
  });
});

describe('the post whose key a file has for its name', () => {
  const posts = [wanted('a', 0), wanted('a-2', 0), wanted('b', 9, { kind: 'photos' }), wanted('b-2', 9)];
  const told = (...files: Named[]) => pairsByKey(posts, files).map(({ post, candidate }) => [post.key, candidate.name]);
  const named = (name: string, key: string, odd: Partial<Candidate> = {}) => ({ ...file({ key, ...odd }), name });

  it.each<[string, readonly Named[], readonly string[][]]>([
    ['the first of two posts of one second may be meant as a time', [named('x', 'a')], []],
    ['it is meant as a key where port gave it', [named('x', 'a', { isUniqueKey: true })], [['a', 'x']]],
    [
      'or where the second has a file as well',
      [named('x', 'a'), named('y', 'a-2')],
      [
        ['a', 'x'],
        ['a-2', 'y'],
      ],
    ],
    [
      'a file of the second of another kind does not show that',
      [named('x', 'a'), named('y', 'a-2', { kind: 'photos' })],
      [],
    ],
    ['a post of another kind in the same second is no rival', [named('x', 'b', { kind: 'photos' })], [['b', 'x']]],
    ['the second has its own', [named('x', 'a-2')], [['a-2', 'x']]],
    ['a key of another kind', [named('x', 'b')], []],
    ['a key of no post', [named('x', 'c')], []],
    [
      'a sidecar of another time counts more than a name in the form of a key',
      [named('x', 'a-2', { isKeyForm: true, ...sidecar(null, start + 99) })],
      [],
    ],
    [
      'but not more than a name that port gave',
      [named('x', 'a-2', { isKeyForm: false, ...sidecar(null, start + 99) })],
      [['a-2', 'x']],
    ],
    ['a sidecar that agrees', [named('x', 'a-2', { isKeyForm: true, ...sidecar(null, start) })], [['a-2', 'x']]],
  ])('%s', (_what, files, expected) => {
    expect(told(...files)).toEqual(expected);
  });

  it('of three posts of one second: the first is meant as a key only where both others have a file', () => {
    const three = ['a', 'a-2', 'a-3'].map((key) => wanted(key, 0));
    const keys = (...names: string[]) =>
      pairsByKey(
        three,
        names.map((key) => file({ key })),
      ).map(({ post }) => post.key);
    expect(keys('a', 'a-2')).toEqual(['a-2']);
    expect(keys('a', 'a-3')).toEqual(['a-3']);
    expect(keys('a', 'a-2', 'a-3')).toEqual(['a', 'a-2', 'a-3']);
    expect(keys('a')).toEqual([]);
  });

  it('is exact, without a difference of times', () => {
    expect(pairsByKey(posts, [named('x', 'a-2')])).toMatchObject([{ seconds: null, exact: true, after: 0 }]);
  });
});

describe('times that may be of another zone', () => {
  it.each<[string, 'name-time' | 'file-time', Partial<Candidate>, readonly number[], boolean]>([
    ['a time in the name', 'name-time', { nameTimes: [7], nameMinutes: [60] }, [7], false],
    ['a time without seconds, where there is no other', 'name-time', { nameMinutes: [60] }, [60], true],
    ['the time in the file, to the second', 'file-time', { fileTime: 7.9, nameTimes: [1] }, [7], false],
    ['none in the file', 'file-time', { nameTimes: [1] }, [], false],
    ['none in the name', 'name-time', { fileTime: 7 }, [], true],
  ])('%s', (_what, by, odd, times, toMinute) => {
    expect(timesBy(by, file(odd))).toEqual({ times, toMinute });
  });

  it.each<[string, Partial<Candidate>, boolean]>([
    ['a time alone', { nameTimes: [7] }, true],
    ['an id in the name', { tiktokIds: ['1'] }, false],
    ['a sidecar with an id', sidecar('1', null), false],
    ['a sidecar with a time', sidecar(null, 7), false],
    ['an empty sidecar', sidecar(null, null), true],
  ])('%s: only times are known, %s', (_what, odd, isAlone) => {
    expect(hasOnlyTimes(file(odd))).toBe(isAlone);
  });
});
