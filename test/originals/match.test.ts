import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Candidate, PostToMatch } from '../../src/originals/evidence.ts';
import { match } from '../../src/originals/match.ts';
import { cases, patience, plainly, shiftedArchives } from '../captions/shifted-archives.ts';

type Named = Candidate & { readonly name: string };

const start = 1_740_906_904;
const idAt = (time: number, rest = 7) => String((BigInt(time) << 32n) | BigInt(rest));

function wanted(key: string, time: number, odd: Partial<PostToMatch> = {}): PostToMatch {
  return { key, time: start + time, kind: 'video', tiktokId: null, ...odd };
}

function file(name: string, odd: Partial<Candidate> = {}): Named {
  return { name, kind: 'video', key: null, sidecar: null, tiktokIds: [], nameTimes: [], fileTime: null, ...odd };
}
const dated = (name: string, time: number, odd: Partial<Candidate> = {}) =>
  file(name, { nameTimes: [start + time], ...odd });
const withId = (name: string, time: number) => file(name, { tiktokIds: [idAt(start + time)] });

/** `post: file by how` for each that was matched, `post: count?` for each refused one. */
function outcome(posts: readonly PostToMatch[], files: readonly Named[]): string[] {
  const { fits, refused } = match(posts, files);
  return [
    ...[...fits].map(([key, { candidate, by, seconds }]) => `${key}: ${candidate.name} by ${by} ${seconds ?? '-'}`),
    ...[...refused].map(
      ([key, { candidates, posts: rivals }]) => `${key}: ${candidates.length} files, ${rivals} posts?`,
    ),
  ].sort();
}

describe('one post, one file', () => {
  const post = wanted('a', 0);
  it.each<[string, Named, string[]]>([
    ["the store's own name", file('x', { key: 'a' }), ['a: x by key -']],
    ['a sidecar', file('x', { sidecar: { tiktokId: null, time: start } }), ['a: x by sidecar 0']],
    ['an id with a time before the post', withId('x', -7), ['a: x by id 7']],
    ['a name', dated('x', 0), ['a: x by name-time 0']],
    ['a name with a time some seconds off', dated('x', 15), ['a: x by name-time 15']],
    ['the nearer of two times in its name', file('x', { nameTimes: [start + 12, start + 3] }), ['a: x by name-time 3']],
    [
      'the nearer of two times, first in the name',
      file('x', { nameTimes: [start + 3, start + 12] }),
      ['a: x by name-time 3'],
    ],
    ['the exact time, after a near one', file('x', { nameTimes: [start + 3, start] }), ['a: x by name-time 0']],
    ['the exact time, before a near one', file('x', { nameTimes: [start, start + 3] }), ['a: x by name-time 0']],
    [
      'the nearer of two ids in its name',
      file('x', { tiktokIds: [idAt(start - 12), idAt(start - 3)] }),
      ['a: x by id 3'],
    ],
    [
      'a sidecar that has an id and no time',
      file('x', { sidecar: { tiktokId: idAt(start - 4), time: null } }),
      ['a: x by sidecar 4'],
    ],
    ['the time in the file', file('x', { fileTime: start - 3 }), ['a: x by file-time 3']],
    ['too far', dated('x', 16), []],
    ['another kind', dated('x', 0, { kind: 'photos' }), []],
    ["a name that fits, an id that is another post's", dated('x', 0, { tiktokIds: [idAt(start - 9999)] }), []],
    [
      'a matching name with the sidecar of another post',
      dated('x', 0, { sidecar: { tiktokId: null, time: start + 60 } }),
      [],
    ],
    [
      "an author's id beside the post's",
      file('x', { tiktokIds: [idAt(start - 9e7), idAt(start - 4)] }),
      ['a: x by id 4'],
    ],
  ])('%s', (_name, one, expected) => expect(outcome([post], [one])).toEqual(expected));

  it('a known id matches, whatever the time difference', () => {
    const known = wanted('a', 0, { tiktokId: idAt(start - 60) });
    expect(outcome([known], [withId('x', -60)])).toEqual(['a: x by id -']);
    expect(outcome([known], [withId('x', -5)])).toEqual([]);
  });
});

describe('several candidates or posts', () => {
  it('a file with two times in its name is matched by the nearer one', () => {
    const files = [
      file('x', { nameTimes: [start + 12, start + 3] }),
      file('y', { nameTimes: [start + 9, start + 25] }),
    ];
    expect(outcome([wanted('a', 0), wanted('b', 20)], files)).toEqual(['a: x by name-time 3', 'b: y by name-time 5']);
  });

  it('two posts of one second are matched by the ids in sidecars, not by names', () => {
    const posts = ['a', 'b'].map((key, index) => wanted(key, 0, { tiktokId: idAt(start - 4, index) }));
    const withSidecar = (name: string, index: number) =>
      dated(name, 0, { sidecar: { tiktokId: idAt(start - 4, index), time: null } });
    expect(outcome(posts, [withSidecar('x', 1), withSidecar('y', 0)])).toEqual([
      'a: y by sidecar -',
      'b: x by sidecar -',
    ]);
  });

  it('a sidecar without a time is matched by its id only', () => {
    const files = [dated('x', 0), dated('y', 0, { sidecar: { tiktokId: idAt(start - 4), time: null } })];
    expect(outcome([wanted('a', 0)], files)).toEqual(['a: y by sidecar 4']);
  });

  it('two files for one post are refused', () => {
    expect(outcome([wanted('a', 0)], [dated('x', 0), dated('y', 0)])).toEqual(['a: 2 files, 1 posts?']);
    expect(outcome([wanted('a', 0)], [withId('x', -3), withId('y', -8)])).toEqual(['a: 2 files, 1 posts?']);
  });

  it('one file for two posts is refused', () => {
    expect(outcome([wanted('a', 0), wanted('a-2', 0)], [dated('x', 0)])).toEqual([
      'a-2: 1 files, 2 posts?',
      'a: 1 files, 2 posts?',
    ]);
  });

  it('an exact time is preferred to a near one', () => {
    expect(outcome([wanted('a', 0)], [dated('x', 0), dated('y', 5)])).toEqual(['a: x by name-time 0']);
    expect(outcome([wanted('a', 0), wanted('b', 5)], [dated('x', 5)])).toEqual(['b: x by name-time 0']);
  });

  it('two posts of one second are matched by files with their keys', () => {
    const files = [dated('x', 0, { key: 'a' }), dated('y', 0, { key: 'a-2' })];
    expect(outcome([wanted('a', 0), wanted('a-2', 0)], files)).toEqual(['a-2: y by key -', 'a: x by key -']);
  });

  it('one file with the key of the first of two posts of one second is refused', () => {
    const posts = [wanted('a', 0), wanted('a-2', 0)];
    expect(outcome(posts, [dated('x', 0, { key: 'a' })])).toEqual(['a-2: 1 files, 2 posts?', 'a: 1 files, 2 posts?']);
    expect(outcome(posts, [dated('x', 0, { key: 'a-2' })])).toEqual(['a-2: x by key -']);
    expect(outcome(posts, [dated('x', 0, { key: 'a', isUniqueKey: true })])).toEqual(['a: x by key -']);
  });

  it('neighbouring times match if each file is nearest to its own post', () => {
    const posts = [wanted('a', 0), wanted('b', 12)];
    expect(outcome(posts, [withId('x', -3), withId('y', 10)])).toEqual(['a: x by id 3', 'b: y by id 2']);
    expect(outcome(posts, [withId('x', 6), withId('y', 7)])).toEqual(['a: 2 files, 2 posts?', 'b: 2 files, 2 posts?']);
  });

  it('two files near one post, one of them nearer to the next post, are refused', () => {
    const posts = [wanted('a', 0), wanted('b', 8)];
    const files = [withId('x', -5), withId('y', -2)];
    expect(outcome(posts, files)).toEqual(['a: 2 files, 2 posts?', 'b: 2 files, 2 posts?']);
  });

  it('an id is preferred to a time in a name', () => {
    const posts = [wanted('a', 0), wanted('b', 100)];
    const files = [dated('x', 0), dated('y', 0, { tiktokIds: [idAt(start + 95)] })];
    expect(outcome(posts, files)).toEqual(['a: x by name-time 0', 'b: y by id 5']);
  });

  it('weaker evidence may match what stronger evidence left open', () => {
    const files = [dated('x', 0, { tiktokIds: [idAt(start - 3)] }), dated('y', 9, { tiktokIds: [idAt(start - 4)] })];
    expect(outcome([wanted('a', 0)], files)).toEqual(['a: x by name-time 0']);
  });
});

describe('names in the form of keys', () => {
  const hour = 3600;
  const hourly = [0, 1, 2, 3].map((index) => wanted(`k${index}`, index * hour));
  /** A file whose name is this time: the key of the post of that second, if there is one. */
  const named = (posts: readonly PostToMatch[], name: string, time: number, odd: Partial<Candidate> = {}) =>
    file(name, {
      key: posts.find((post) => post.time === time)?.key ?? null,
      nameTimes: [time],
      isKeyForm: true,
      ...odd,
    });
  const all = (shift: number) => hourly.map(({ time }, index) => named(hourly, `f${index}`, time + shift));
  const told = ({ fits, shift }: ReturnType<typeof match<Named>>) => [
    ...[...fits].map(([key, { candidate, by }]) => `${key}: ${candidate.name} by ${by}`).sort(),
    ...(shift.shift === null ? [] : [`add ${shift.shift}`]),
  ];
  const own = ['k0: f0 by key', 'k1: f1 by key', 'k2: f2 by key', 'k3: f3 by key'];

  it.each<[string, readonly Named[], boolean, string[]]>([
    ['the keys of their posts', all(0), false, own],
    ['some keys, which a time zone would explain as well', all(0).slice(1), false, own.slice(1)],
    ['local times that equal the keys of posts an hour later', all(hour), false, ['add -3600']],
    ['the same, with --media-shift 0', all(hour), true, ['k1: f0 by key', 'k2: f1 by key', 'k3: f2 by key']],
    [
      'the key of one post with the sidecar of another',
      [named(hourly, 'f0', start + hour, { sidecar: { tiktokId: null, time: start } })],
      false,
      ['k0: f0 by sidecar'],
    ],
    [
      'originals stored by port',
      all(hour).map((each) => ({ ...each, isKeyForm: false, isUniqueKey: true })),
      false,
      [...['k1: f0 by key', 'k2: f1 by key', 'k3: f2 by key']],
    ],
  ])('%s', (_name, files, given, expected) => expect(told(match(hourly, files, given))).toEqual(expected));

  it(
    'whatever their zone: where it explains more than the keys do, no file is taken for a post that is not its own',
    () => {
      fc.assert(
        fc.property(shiftedArchives(), (archive) => {
          const names = archive.names.filter(({ toMinute }) => !toMinute);
          fc.pre(names.length === archive.names.length && archive.truth > plainly(archive));
          const posts = archive.posts.map(
            ({ key, time }): PostToMatch => ({ key, time, kind: 'video', tiktokId: null }),
          );
          const files = names.map(({ of, time }) => named(posts, of, time));
          for (const [key, { candidate }] of match(posts, files).fits) expect(candidate.name).toBe(key);
        }),
        { numRuns: Math.ceil(cases.numRuns / 4) },
      );
    },
    patience,
  );
});

describe('for any posts and files', () => {
  const seconds = fc.integer({ min: 0, max: 90 });
  const kind = fc.constantFrom('video' as const, 'photos' as const);
  const posts = fc
    .array(fc.record({ time: seconds, kind, known: fc.boolean() }), { maxLength: 8 })
    .map((list) =>
      list.map(({ time, kind: of, known }, index) =>
        wanted(`p${index}`, time, { kind: of, tiktokId: known ? idAt(start + time - 4, index) : null }),
      ),
    );
  const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null });
  const files = fc
    .array(
      fc.record({
        kind,
        key: maybe(fc.integer({ min: 0, max: 9 })),
        id: maybe(seconds),
        name: maybe(seconds),
        file: maybe(seconds),
        sidecar: maybe(seconds),
      }),
      { maxLength: 8 },
    )
    .map((list) =>
      list.map((each, index) =>
        file(`f${index}`, {
          kind: each.kind,
          key: each.key === null ? null : `p${each.key}`,
          tiktokIds: each.id === null ? [] : [idAt(start + each.id - 4, index)],
          nameTimes: each.name === null ? [] : [start + each.name],
          fileTime: each.file === null ? null : start + each.file,
          sidecar: each.sidecar === null ? null : { tiktokId: null, time: start + each.sidecar },
        }),
      ),
    );

  it('matches are one to one, of the same kind and within the tolerance, and no post is both matched and refused', () => {
    fc.assert(
      fc.property(posts, files, (some, others) => {
        const { fits, refused } = match(some, others);
        const used = [...fits.values()].map(({ candidate }) => candidate);
        expect(new Set(used).size).toBe(used.length);
        for (const [key, { candidate, seconds: off }] of fits) {
          expect(candidate.kind).toBe(some.find((post) => post.key === key)?.kind);
          expect(off ?? 0).toBeLessThanOrEqual(15);
          expect(refused.has(key)).toBe(false);
        }
        for (const { candidates } of refused.values()) expect(candidates.length).toBeGreaterThan(0);
      }),
    );
  });

  it('the order does not matter', () => {
    const both = fc
      .tuple(posts, files)
      .chain(([some, others]) =>
        fc.tuple(
          fc.constant(some),
          fc.constant(others),
          fc.shuffledSubarray(some, { minLength: some.length }),
          fc.shuffledSubarray(others, { minLength: others.length }),
        ),
      );
    fc.assert(
      fc.property(both, ([some, others, somehow, otherwise]) => {
        expect(outcome(somehow, otherwise)).toEqual(outcome(some, others));
      }),
    );
  });

  /** How often somebody looks at the time of a post or at the ids and times of a file. */
  function looks(count: number, named: (index: number) => Named): number {
    let reads = 0;
    const watched = <T extends object>(each: T, ...names: (keyof T)[]): T => {
      const copy = { ...each };
      for (const name of names) {
        const value = each[name];
        const get = () => {
          reads++;
          return value;
        };
        Object.defineProperty(copy, name, { enumerable: true, get });
      }
      return copy;
    };
    const many = Array.from({ length: count }, (_, index) => watched(wanted(`p${index}`, index * 40), 'time'));
    const theirs = many.map((_, index) => watched(named(index), 'tiktokIds', 'nameTimes'));
    expect(match(many, theirs).fits.size).toBe(count);
    return reads;
  }

  it.each<[string, (index: number) => Named]>([
    ['ids', (index) => withId(`f${index}`, index * 40 - 5)],
    ['times in their names', (index) => dated(`f${index}`, index * 40)],
  ])('posts and files with %s: twice as many are little more than twice the work', (_name, named) => {
    expect(looks(4000, named) / looks(2000, named)).toBeLessThan(2.4);
  });
});
