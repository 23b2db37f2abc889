import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { match, type Wanting } from '../../src/captions/match.ts';
import { findShift, type ShiftFinding } from '../../src/captions/shift.ts';
import { blank, type Note } from '../../src/captions/source.ts';
import type { TimedItem } from '../../src/captions/time-pairs.ts';
import type { Candidate, Wanted } from '../../src/originals/evidence.ts';
import { match as matchFiles } from '../../src/originals/match.ts';

const start = Date.UTC(2025, 9, 14) / 1000;
const hour = 3600;
const posts = (...times: number[]) => times.map((time) => ({ time: start + time, kind: 'video' as const }));
const item = (time: number, toMinute = false): TimedItem => ({ times: [start + time], toMinute, kind: null });
const items = (...times: number[]) => times.map((time) => item(time));

/** `-3600 for 6`, `fine`, or which items must not be joined. */
function told({ unsafe, shift, fitting }: ShiftFinding): string {
  if (shift !== null) return `${shift} for ${fitting}`;
  return unsafe.size === 0 ? 'fine' : `unsafe: ${[...unsafe].sort((a, b) => a - b).join(' ')}`;
}

describe('a constant shift', () => {
  /** Every hour, at some second of it, as schedulers post. */
  const hourly = [2, 3604, 7206, 10_803, 14_405, 18_002];
  const daily = [0, 86_411, 172_822, 259_233];
  const by = (shift: number, ...times: number[]) => items(...times.map((time) => time + shift));
  it.each<[string, number[], TimedItem[], string]>([
    ['no items', hourly, [], 'fine'],
    ['names in UTC', hourly, by(0, ...hourly), 'fine'],
    ['names in UTC, some missing', hourly, by(0, 2, 7206, 10_803), 'fine'],
    ['an hour late, posts every hour', hourly, by(hour, ...hourly), '-3600 for 6'],
    ['an hour late, the last one missing', hourly, by(hour, ...hourly.slice(0, -1)), '-3600 for 5'],
    ['an hour early, only some', hourly, by(-hour, 7206, 10_803, 18_002), '3600 for 3'],
    ['half an hour off, posts every day', daily, by(-1800, ...daily), '1800 for 4'],
    ['a clock that is 37 s slow', daily, by(-37, ...daily), '37 for 4'],
    ['an hour and some seconds, posts every hour', hourly, by(hour + 5, ...hourly), '-3605 for 6'],
    ['one file, an hour late', daily, by(hour, 0), '-3600 for 1'],
    ['two files, the shift of either of which is another', daily, items(hour, 86_411 + 5000), 'fine'],
    ['one of the very same second every hour, one file: nobody can tell', [0, hour], items(0), 'unsafe: 0'],
    ['all of the very same second every hour, all there', [0, hour, 2 * hour], items(0, hour, 2 * hour), 'fine'],
    [
      'to the minute, in another zone',
      [44, 3620, 7203],
      [0, 3600, 7200].map((at) => item(at + 3600, true)),
      '-3600 for 3',
    ],
    ['to the minute, in UTC', [44, 3620, 7203], [0, 3600, 7200].map((at) => item(at, true)), 'fine'],
  ])('%s', (_name, times, each, expected) => {
    expect(told(findShift(posts(...times), each, { given: false }))).toBe(expected);
  });

  it('that a person gave is accepted, though another would do as well', () => {
    expect(told(findShift(posts(0, hour), items(0), { given: true }))).toBe('fine');
  });

  it('that a person gave is not accepted where another does better', () => {
    expect(told(findShift(posts(...hourly), by(hour, ...hourly), { given: true }))).toBe('-3600 for 6');
  });

  it('which is suggested leaves none when it is applied', () => {
    const shifts = [hour, -hour, 1800, 5.5 * hour, hour + 5, 37];
    for (const shift of shifts) {
      const found = findShift(posts(...hourly), by(shift, ...hourly), { given: false });
      const after = by(shift + (found.shift ?? 0), ...hourly);
      expect(told(findShift(posts(...hourly), after, { given: true }))).toBe('fine');
    }
  });

  it('10,000 posts every hour, all an hour late: said', () => {
    const many = Array.from({ length: 10_000 }, (_, index) => index * hour + ((index * 7) % 11));
    expect(told(findShift(posts(...many), by(hour, ...many), { given: false }))).toBe('-3600 for 10000');
  });
});

/** Posts of an archive with the files and captions that a person has of them; each knows whose it is. */
interface Archive {
  readonly posts: readonly (Wanted & Wanting)[];
  readonly files: readonly (Candidate & { readonly of: string })[];
  readonly notes: readonly Note[];
}

const minute = (time: number) => Math.floor(time / 60) * 60;

const archives: fc.Arbitrary<Archive> = fc
  .record({
    slots: fc.constantFrom('hourly', 'half-hourly', 'two a day', 'daily', 'random', 'one second'),
    jitter: fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 40, maxLength: 40 }),
    gaps: fc.array(fc.integer({ min: 200, max: 200_000 }), { minLength: 40, maxLength: 40 }),
    count: fc.integer({ min: 1, max: 40 }),
    /** Of summer and winter: clocks change in the middle. */
    shifts: fc.oneof(
      { weight: 2, arbitrary: fc.constant([0, 0] as const) },
      { weight: 6, arbitrary: fc.integer({ min: -24, max: 28 }).map((half) => [half * 1800, half * 1800] as const) },
      {
        weight: 2,
        arbitrary: fc.integer({ min: -12, max: 13 }).map((each) => [each * hour, (each + 1) * hour] as const),
      },
      { weight: 2, arbitrary: fc.integer({ min: 16, max: 9000 }).map((odd) => [odd, odd] as const) },
    ),
    has: fc.array(fc.constantFrom('once', 'once', 'once', 'twice', 'missing'), { minLength: 40, maxLength: 40 }),
    precise: fc.constantFrom('all', 'all', 'none', 'some'),
    deleted: fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 40, maxLength: 40 }),
  })
  .map(({ slots, jitter, gaps, count, shifts, has, precise, deleted }) => {
    const at = (index: number) => {
      const noise = slots === 'one second' ? 2 : (jitter[index] ?? 0);
      if (slots === 'random') return gaps.slice(0, index + 1).reduce((sum, each) => sum + each, 0);
      if (slots === 'daily') return index * 24 * hour + noise;
      if (slots === 'two a day') return Math.floor(index / 2) * 24 * hour + (index % 2) * 8 * hour + noise;
      return index * (slots === 'half-hourly' ? 1800 : hour) + noise;
    };
    // A clock that is off by odd seconds and knows no seconds itself, with posts that are gone: nothing can tell.
    const isOdd = shifts[0] % 1800 !== 0;
    const all = Array.from({ length: count }, (_, index) => ({
      ...{ key: `p${String(index).padStart(2, '0')}`, time: start + at(index), kind: 'video' as const, tiktokId: null },
      ...{ seconds: null, likes: null, sound: null },
    }));
    const made = all.flatMap((post, index) => {
      const time = post.time + shifts[index * 2 < count ? 0 : 1];
      const copies = has[index] === 'missing' ? 0 : has[index] === 'twice' ? 2 : 1;
      const toMinute = isOdd ? false : precise === 'none' || (precise === 'some' && index % 3 === 0);
      return Array.from({ length: copies }, () => ({ of: post.key, time: toMinute ? minute(time) : time, toMinute }));
    });
    const ofNothing = { kind: 'video' as const, key: null, sidecar: null, tiktokIds: [], fileTime: null };
    return {
      // What was deleted since is in no export, and its file lies there all the same.
      posts: all.filter((_, index) => isOdd || deleted[index] !== 0),
      files: made.map(({ of, time, toMinute }) => ({
        ...{ ...ofNothing, of, nameTimes: toMinute ? [] : [time], nameMinutes: toMinute ? [time] : [] },
      })),
      notes: made.map(
        ({ of, time, toMinute }): Note => ({ ...blank, source: 'csv', origin: 'x', time, toMinute, text: of }),
      ),
    };
  });

/** CI looks at the same hundred each time, `PORT_SHIFT_CASES=20000` at others. */
const many = process.env['PORT_SHIFT_CASES'];
const cases = many === undefined ? { numRuns: 100, seed: 20251014 } : { numRuns: Number(many) };

describe('whatever the archive, the zone of its names, and what is missing', () => {
  it('no file is ever taken for a post that is not its own', () => {
    fc.assert(
      fc.property(archives, (archive) => {
        const { fits } = matchFiles(archive.posts, archive.files);
        expect(
          [...fits]
            .filter(([key, { candidate }]) => candidate.of !== key)
            .map(([key, { candidate }]) => [key, candidate.of]),
        ).toEqual([]);
      }),
      cases,
    );
  });

  it('no caption is ever joined to a post that is not its own', () => {
    fc.assert(
      fc.property(archives, (archive) => {
        const { fits } = match(archive.posts, archive.notes);
        expect(
          [...fits].filter(([key, { note }]) => note.text !== key).map(([key, { note }]) => [key, note.text]),
        ).toEqual([]);
      }),
      cases,
    );
  });
});
