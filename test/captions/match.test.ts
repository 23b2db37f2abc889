import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type JoinCandidatePost, match, timeOf } from '../../src/captions/match.ts';
import { blank, type Note } from '../../src/captions/source.ts';
import { tolerance } from '../../src/captions/time-pairs.ts';

const start = 1_740_906_904;

function wanting(key: string, after: number, odd: Partial<JoinCandidatePost> = {}): JoinCandidatePost {
  return { key, time: start + after, kind: 'video', tiktokId: null, seconds: null, likes: null, sound: null, ...odd };
}

function note(text: string, after: number | null, odd: Partial<Note> = {}): Note {
  const time = after === null ? null : start + after;
  return { ...blank, source: 'sidecar', origin: 'x.info.json', time, text, ...odd };
}

/** An id of that second. */
const idAt = (after: number, count = 0) => ((BigInt(start + after) << 32n) + BigInt(count)).toString();

/** `a: x by time 3`, in the order of the posts. */
function joins(posts: readonly JoinCandidatePost[], notes: readonly Note[]): string[] {
  const { fits, refused } = match(posts, notes);
  return posts.map(({ key }) => {
    const fit = fits.get(key);
    if (fit) return `${key}: ${fit.note.text} by ${fit.by} ${fit.seconds}`;
    return refused.has(key) ? `${key}: ${refused.get(key)} fit` : `${key}: -`;
  });
}

describe('one note and one post', () => {
  const posts = [wanting('a', 0)];
  it.each<[string, Note, string]>([
    ['of one time', note('x', 0), 'a: x by time 0'],
    ['later', note('x', tolerance), 'a: x by time 15'],
    ['earlier', note('x', -tolerance), 'a: x by time 15'],
    ['too late', note('x', tolerance + 1), 'a: -'],
    ['too early', note('x', -tolerance - 1), 'a: -'],
    ['an id, whose time lies before', note('x', null, { tiktokId: idAt(-11) }), 'a: x by time 11'],
    ['the key, whatever the time', note('x', 5000, { key: 'a' }), 'a: x by key 5000'],
    ['the key alone', note('x', null, { key: 'a' }), 'a: x by key null'],
    ['the key of another, though the time fits', note('x', 0, { key: 'b' }), 'a: -'],
    ['of a slideshow', note('x', 0, { kind: 'photos' }), 'a: -'],
    ['without anything', note('x', null), 'a: -'],
  ])('%s', (_name, each, expected) => expect(joins(posts, [each])).toEqual([expected]));

  it('a known id matches whatever the times are, and excludes other notes', () => {
    const known = [wanting('a', 0, { tiktokId: idAt(-5) })];
    expect(joins(known, [note('x', 900, { tiktokId: idAt(-5) })])).toEqual(['a: x by id 900']);
    expect(joins(known, [note('x', 0, { tiktokId: idAt(-6) })])).toEqual(['a: -']);
    expect(joins(known, [note('x', 0)])).toEqual(['a: x by time 0']);
  });

  it('an id that two posts have is ignored', () => {
    const two = [wanting('a', 0, { tiktokId: idAt(0) }), wanting('b', 900, { tiktokId: idAt(0) })];
    expect(joins(two, [note('x', 0, { tiktokId: idAt(0) })])).toEqual(['a: x by time 0', 'b: -']);
  });
});

describe('several notes and posts', () => {
  it.each<[string, JoinCandidatePost[], Note[], string[]]>([
    [
      'best on the whole, though the nearest pair is another',
      [wanting('a', 0), wanting('b', 12)],
      [note('x', 11), note('y', 22)],
      ['a: x by time 11', 'b: y by time 10'],
    ],
    [
      'each as far as it may be',
      [wanting('a', 0), wanting('b', 14)],
      [note('x', 15), note('y', 29)],
      ['a: x by time 15', 'b: y by time 15'],
    ],
    [
      'a smaller sum is plain',
      [wanting('a', 0), wanting('b', 8)],
      [note('x', 5), note('y', 13)],
      ['a: x by time 5', 'b: y by time 5'],
    ],
    ['the nearer by far', [wanting('a', 0)], [note('x', 2), note('y', 14)], ['a: x by time 2']],
    ['two that fit', [wanting('a', 0)], [note('x', 4), note('y', -6)], ['a: 2 fit']],
    ['two posts, one note', [wanting('a', 0), wanting('b', 9)], [note('x', 4)], ['a: 1 fit', 'b: 1 fit']],
    [
      'one second, nothing to tell them by',
      [wanting('a', 0), wanting('b', 0)],
      [note('x', 3), note('y', 4)],
      ['a: 2 fit', 'b: 2 fit'],
    ],
    [
      'one second, a video and photos',
      [wanting('a', 0), wanting('b', 0, { kind: 'photos' })],
      [note('x', 3, { kind: 'photos' }), note('y', 4, { kind: 'video' })],
      ['a: y by time 4', 'b: x by time 3'],
    ],
    [
      'one second, lengths',
      [wanting('a', 0, { seconds: 30 }), wanting('b', 0, { seconds: 9 })],
      [note('x', 3, { seconds: 9.4 }), note('y', 4, { seconds: 30 })],
      ['a: y by time 4', 'b: x by time 3'],
    ],
    [
      'one second, likes',
      [wanting('a', 0, { likes: 12 }), wanting('b', 0, { likes: 900 })],
      [note('x', 3, { likes: 910 }), note('y', 4, { likes: 12 })],
      ['a: y by time 4', 'b: x by time 3'],
    ],
    [
      'two that fit, one by its sound',
      [wanting('a', 0, { sound: 'original sound - maya' })],
      [note('x', 3, { sound: 'Song - Band' }), note('y', 5, { sound: 'Original Sound' })],
      ['a: y by time 5'],
    ],
    [
      'length before likes',
      [wanting('a', 0, { seconds: 30, likes: 12 })],
      [note('x', 3, { seconds: 9, likes: 12 }), note('y', 4, { seconds: 30, likes: 900 })],
      ['a: y by time 4'],
    ],
    [
      'one post told twice by its id',
      [wanting('a', 0), wanting('b', 40)],
      [note('x', 3, { tiktokId: idAt(-2) }), note('x and more', 3, { tiktokId: idAt(-2) })],
      ['a: x and more by time 3', 'b: -'],
    ],
    [
      'a key that comes twice',
      [wanting('a', 0)],
      [note('x', null, { key: 'a' }), note('y', null, { key: 'a' })],
      ['a: 2 fit'],
    ],
    [
      'a deleted neighbour leaves the others alone',
      [wanting('a', 0), wanting('b', 40), wanting('c', 80)],
      [note('x', 6), note('z', 85)],
      ['a: x by time 6', 'b: -', 'c: z by time 5'],
    ],
  ])('%s', (_name, posts, notes, expected) => {
    expect(joins(posts, notes)).toEqual(expected);
    expect(joins([...posts].reverse(), [...notes].reverse())).toEqual([...expected].reverse());
  });

  it('refuses a dense group within one second in reasonable time', () => {
    const posts = Array.from({ length: 1000 }, (_, index) => wanting(`p${index}`, 0));
    const notes = Array.from({ length: 1000 }, (_, index) => note(`n${index}`, 3));
    expect(match(posts, notes).refused.size).toBe(1000);
  });
});

/** Deterministic numbers below one. */
function* chance(seed: number): Generator<number, never> {
  for (let state = seed; ; ) {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    yield state / 2_147_483_648;
  }
}

describe('a whole profile', () => {
  const random = chance(7);
  const draw = (from: number, to: number) => Math.floor(from + random.next().value * (to - from + 1));
  let at = 0;
  const posts = Array.from({ length: 121 }, (_, index) => {
    at += draw(25, 200_000);
    return wanting(`post ${index}`, at);
  });
  const listing = posts.map(({ key, time }) => {
    const later = draw(2, 11);
    return note(key, time - start + later, { tiktokId: idAt(time - start - draw(0, 3)) });
  });

  it('joins all 121 posts whose times differ by 2 to 11 s', () => {
    const { fits, refused, left } = match(posts, listing);
    expect([...fits].map(([key, fit]) => key === fit.note.text)).toEqual(Array(121).fill(true));
    expect([refused.size, left]).toEqual([0, []]);
  });

  it('with 5 deleted and 3 reposted: joins the others and reports those 8', () => {
    const now = listing.flatMap((each, index) => {
      if (index % 24 === 5) return [];
      return index % 40 === 7 ? [{ ...each, time: (each.time ?? 0) + 50_000_000, tiktokId: null }] : [each];
    });
    const missing = posts.filter((_, index) => index % 24 === 5 || index % 40 === 7);
    expect(missing).toHaveLength(8);
    const { fits, left } = match(posts, now);
    expect(posts.filter(({ key }) => !fits.has(key))).toEqual(missing);
    expect([...fits].every(([key, fit]) => key === fit.note.text)).toBe(true);
    expect(left).toHaveLength(3);
  });
});

describe('for any posts and notes', () => {
  const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { freq: 2 });
  const kind = maybe(fc.constantFrom('video' as const, 'photos' as const));
  const some = {
    seconds: maybe(fc.integer({ min: 1, max: 4 })),
    likes: maybe(fc.integer({ min: 0, max: 30 })),
    sound: maybe(fc.constantFrom('a - b', 'c')),
  };
  const posts = fc
    .uniqueArray(
      fc.record({
        key: fc.integer({ min: 0, max: 99 }).map((number) => `p${number}`),
        time: fc.integer({ min: 0, max: 90 }).map((after) => start + after),
        kind: fc.constantFrom('video' as const, 'photos' as const),
        tiktokId: maybe(fc.integer({ min: 0, max: 90 }).map((after) => idAt(after))),
        ...some,
      }),
      { selector: ({ key }) => key, maxLength: 12 },
    )
    .map((list) => list satisfies JoinCandidatePost[]);
  const notes = fc.array(
    fc
      .record({
        key: fc.option(
          fc.integer({ min: 0, max: 99 }).map((number) => `p${number}`),
          { freq: 6 },
        ),
        time: maybe(fc.integer({ min: 0, max: 90 }).map((after) => start + after)),
        tiktokId: maybe(fc.integer({ min: 0, max: 90 }).map((after) => idAt(after))),
        text: maybe(fc.string({ maxLength: 2 })),
        kind,
        ...some,
      })
      .map((odd): Note => ({ ...blank, source: 'sidecar', origin: 'x', ...odd })),
    { maxLength: 12 },
  );
  const plain = (all: readonly JoinCandidatePost[], each: readonly Note[]) => {
    const { fits, refused, left } = match(all, each);
    const sorted = (list: Iterable<unknown>) => [...list].map((one) => JSON.stringify(one)).sort();
    return [sorted(fits), sorted(refused), sorted(left)];
  };

  it('the order does not matter', () => {
    const shuffled = fc
      .tuple(posts, notes)
      .chain(([a, b]) =>
        fc.tuple(
          fc.constant([a, b] as const),
          fc.shuffledSubarray([...a], { minLength: a.length }),
          fc.shuffledSubarray([...b], { minLength: b.length }),
        ),
      );
    fc.assert(
      fc.property(shuffled, ([[a, b], c, d]) => {
        expect(plain(c, d)).toEqual(plain(a, b));
      }),
      { numRuns: 400 },
    );
  });

  it('the join is one to one, and joins by time are within the tolerance', () => {
    fc.assert(
      fc.property(posts, notes, (a, b) => {
        const { fits, refused } = match(a, b);
        const used = [...fits.values()].map((fit) => fit.note);
        expect(new Set(used).size).toBe(used.length);
        const ids = used.flatMap(({ key, tiktokId }) => (key === null ? (tiktokId ?? []) : []));
        expect(new Set(ids).size).toBe(ids.length);
        expect([...fits.keys()].filter((key) => refused.has(key))).toEqual([]);
        for (const fit of fits.values()) if (fit.by === 'time') expect(fit.seconds).toBeLessThanOrEqual(tolerance);
      }),
      { numRuns: 400 },
    );
  });

  it('with all times shifted by an hour, joins nothing and finds the shift', () => {
    const gaps = fc.array(fc.integer({ min: 40, max: 3400 }), { minLength: 2, maxLength: 8 });
    fc.assert(
      fc.property(gaps, fc.array(fc.integer({ min: -11, max: 11 }), { minLength: 8, maxLength: 8 }), (steps, off) => {
        const within = steps.reduce((sum, each) => sum + each, 0) < 3500;
        fc.pre(within);
        const all = steps.map((_, index) =>
          wanting(
            `p${index}`,
            steps.slice(0, index + 1).reduce((sum, each) => sum + each, 0),
          ),
        );
        const shifted = all.map(({ time }, index) => note(`n${index}`, time - start + 3600 + (off[index] ?? 0)));
        const { fits, shift } = match(all, shifted);
        expect(fits.size).toBe(0);
        expect(Math.abs((shift.shift ?? 0) + 3600)).toBeLessThanOrEqual(tolerance);
      }),
    );
  });
});

describe('many', () => {
  /** How often somebody looks at the time of a post. */
  function looks(count: number, gap: number): number {
    let reads = 0;
    const posts = Array.from({ length: count }, (_, index): JoinCandidatePost => {
      const base = wanting(`p${String(index).padStart(6, '0')}`, index * gap);
      return Object.defineProperty({ ...base }, 'time', {
        get: () => {
          reads++;
          return base.time;
        },
      });
    });
    const notes = posts.map((_, index) => note(`n${index}`, index * gap + 2 + (index % 10)));
    expect(match(posts, notes).fits.size).toBe(count);
    return reads;
  }

  it.each([
    ['far apart', 60],
    ['chained, each near its neighbours', 20],
  ])('posts and notes %s: twice the number takes little more than twice the work', (_name, gap) => {
    expect(looks(8000, gap) / looks(4000, gap)).toBeLessThan(2.3);
  });
});

it.each<[string, number | null, number | null, number | null]>([
  ['that it says', 90, null, 90],
  ['that it says, near the one of its id', 90, 0, 90],
  ['of its id, if the other is so far off that it is of another zone', 91, 0, 0],
  ['of its id, if it says none', null, 7, 7],
  ['none, if it has neither', null, null, null],
])('the time of a note is the one %s', (_name, after, ofId, expected) => {
  const tiktokId = ofId === null ? null : idAt(ofId);
  expect(timeOf(note('x', after, { tiktokId }))).toBe(expected === null ? null : start + expected);
});
