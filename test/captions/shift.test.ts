import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type JoinCandidatePost, match } from '../../src/captions/match.ts';
import { findShift, type ShiftFinding } from '../../src/captions/shift.ts';
import { blank, type Note } from '../../src/captions/source.ts';
import type { TimedItem } from '../../src/captions/time-pairs.ts';
import type { Candidate, PostToMatch } from '../../src/originals/evidence.ts';
import { match as matchFiles } from '../../src/originals/match.ts';
import {
  cases,
  hasRival,
  isAllInAnotherZone,
  isKnowable,
  patience,
  type ShiftedArchive,
  shiftedArchives,
  utc,
} from './shifted-archives.ts';

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
  const irregular = [0, 90_017, 171_234, 263_456, 350_789];
  /** About three an hour. */
  const crowd = Array.from({ length: 30 }, (_, index) => index * 1237 + ((index * index * 37) % 101));
  /** Of no post, in no time zone. */
  const strange = [1_000_123, 1_100_456, 1_201_789, 1_302_012, 1_403_345];
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
    [
      'of ten files two in UTC, three an hour late: more than fit',
      irregular,
      items(0, 90_017, ...irregular.slice(2, 5).map((time) => time + hour), ...strange),
      '-3600 for 3',
    ],
    [
      'of ten files none in UTC, three an hour late: too few',
      irregular,
      items(...irregular.slice(2, 5).map((time) => time + hour), ...strange, 2_000_000, 2_100_000),
      'fine',
    ],
    [
      'of ten files none in UTC, five an hour late: half',
      irregular,
      items(...irregular.slice(0, 5).map((time) => time + hour), ...strange),
      '-3600 for 5',
    ],
  ])('%s', (_name, times, each, expected) => {
    expect(told(findShift(posts(...times), each, { given: false }))).toBe(expected);
  });

  it.each<[string, number[], TimedItem[], string]>([
    ['copies, each of which counts', daily, [...by(hour, ...daily), ...by(hour, ...daily)], '-3600 for 8'],
    ['the furthest zone in the east', daily, by(14 * hour, ...daily), '-50400 for 4'],
    ['the furthest zone in the west', daily, by(-14 * hour, ...daily), '50400 for 4'],
    ['further than any zone', irregular, by(14.5 * hour, ...irregular), 'fine'],
    [
      'half in one zone, half in another',
      irregular,
      [...by(hour, 0, 90_017), ...by(2 * hour, 171_234, 263_456)],
      'fine',
    ],
    ['most in one zone', irregular, [...by(hour, 0, 90_017, 171_234), ...by(2 * hour, 263_456)], '-3600 for 3'],
    [
      'a zone before a strange clock',
      irregular,
      [...by(hour, 0, 90_017), ...by(1234, 171_234, 263_456)],
      '-3600 for 2',
    ],
    ['two strange clocks', irregular, [...by(777, 0, 90_017), ...by(1234, 171_234, 263_456)], 'fine'],
    [
      'some seconds off its post, and to the second of another in another zone',
      [...irregular, 500_000, 503_605],
      items(...irregular, 500_005),
      'unsafe: 5',
    ],
    [
      'some seconds off its post, and of no other',
      [...irregular, 500_000, 503_599],
      items(...irregular, 500_005),
      'fine',
    ],
    ['one file, an hour and some seconds late', daily, by(hour + 5, 0), 'fine'],
    ['one file, five hours early, with few posts near', crowd.slice(0, 10), items(-5 * hour), '18000 for 1'],
    ['one file, which is by chance five hours before one of many posts', crowd, items(-5 * hour), 'fine'],
    ['without times', daily, [{ times: [], toMinute: false, kind: null }], 'fine'],
  ])('%s', (_name, times, each, expected) => {
    expect(told(findShift(posts(...times), each, { given: false }))).toBe(expected);
  });

  it('items of photos are not those of videos', () => {
    const photos = by(hour, ...daily).map((each) => ({ ...each, kind: 'photos' as const }));
    expect(told(findShift(posts(...daily), photos, { given: false }))).toBe('fine');
  });

  it('items without posts, and posts without items, have no shift', () => {
    expect(told(findShift([], by(hour, ...daily), { given: false }))).toBe('fine');
    expect(told(findShift(posts(...daily), [], { given: true }))).toBe('fine');
  });

  it('an item of a second clock is joined where the user gave a shift', () => {
    const all = posts(...irregular, 500_000, 503_605);
    expect(told(findShift(all, items(...irregular, 500_005), { given: true }))).toBe('fine');
  });

  it('a shift given by the user is accepted if another is only as good', () => {
    expect(told(findShift(posts(0, hour), items(0), { given: true }))).toBe('fine');
  });

  it('a shift given by the user is not accepted if another is better', () => {
    expect(told(findShift(posts(...hourly), by(hour, ...hourly), { given: true }))).toBe('-3600 for 6');
  });

  it('the suggested shift leaves no shift when it is applied', () => {
    const shifts = [hour, -hour, 1800, 5.5 * hour, hour + 5, 37];
    for (const shift of shifts) {
      const found = findShift(posts(...hourly), by(shift, ...hourly), { given: false });
      const after = by(shift + (found.shift ?? 0), ...hourly);
      expect(told(findShift(posts(...hourly), after, { given: true }))).toBe('fine');
    }
  });

  it('where the clock changed once, the order of items does not matter', () => {
    // In summer time, once with a post of the hour after; then in UTC.
    const all = posts(0, hour, 400_017, 900_000, 1_000_123);
    const inOrder = items(hour, 400_017 + hour, 900_000, 1_000_123);
    const inAnother = items(900_000, hour, 1_000_123, 400_017 + hour);
    expect(told(findShift(all, inOrder, { given: false }))).toBe('unsafe: 0');
    expect(told(findShift(all, inAnother, { given: false }))).toBe('unsafe: 1');
  });

  it('finds the shift for 10,000 hourly posts that are all an hour late', () => {
    const many = Array.from({ length: 10_000 }, (_, index) => index * hour + ((index * 7) % 11));
    expect(told(findShift(posts(...many), by(hour, ...many), { given: false }))).toBe('-3600 for 10000');
  });
});

/** What `archives` hold, as the two joins take it. */
function asFiles({ posts, names }: ShiftedArchive) {
  const wanted = posts.map((post): PostToMatch => ({ ...post, kind: 'video', tiktokId: null }));
  const bare = { kind: 'video' as const, key: null, sidecar: null, tiktokIds: [], fileTime: null };
  const files = names.map(({ of, time, toMinute }): Candidate & { readonly of: string } => {
    return { ...bare, of, nameTimes: toMinute ? [] : [time], nameMinutes: toMinute ? [time] : [] };
  });
  return { wanted, files };
}

function asNotes({ posts, names }: ShiftedArchive) {
  const unknown = { kind: 'video' as const, tiktokId: null, seconds: null, likes: null, sound: null };
  const wanting = posts.map((post): JoinCandidatePost => ({ ...post, ...unknown }));
  const notes = names.map(({ of, time, toMinute }): Note => {
    return { ...blank, source: 'csv', origin: 'x', time, toMinute, text: of };
  });
  return { wanting, notes };
}

function joinedFiles(archive: ShiftedArchive): [post: string, of: string][] {
  const { wanted, files } = asFiles(archive);
  return [...matchFiles(wanted, files).fits].map(([key, { candidate }]) => [key, candidate.of]);
}

function joinedNotes(archive: ShiftedArchive): [post: string, of: string | null][] {
  const { wanting, notes } = asNotes(archive);
  return [...match(wanting, notes).fits].map(([key, { note }]) => [key, note.text]);
}

describe('for any archive, time zone of file names, and missing files', () => {
  it.each([
    ['file is ever taken for', joinedFiles],
    ['caption is ever joined to', joinedNotes],
  ])(
    'no %s a post that is not its own',
    (_name, joined) => {
      fc.assert(
        fc.property(shiftedArchives(), (archive) => {
          fc.pre(isKnowable(archive));
          expect(joined(archive).filter(([post, of]) => post !== of)).toEqual([]);
        }),
        cases,
      );
    },
    patience,
  );

  const twoClocks = fc
    .record({
      jitter: fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 3, maxLength: 20 }),
      hours: fc.integer({ min: -5, max: 5 }).filter((hours) => hours !== 0),
      isLocal: fc.array(fc.constantFrom(true, false, false, false, false), { minLength: 20, maxLength: 20 }),
      isMissing: fc.array(fc.boolean(), { minLength: 20, maxLength: 20 }),
    })
    .map(({ jitter, hours, isLocal, isMissing }): ShiftedArchive => {
      const all = jitter.map((second, index) => ({ key: `p${index}`, time: start + index * hour + second }));
      const named = all.filter((_, index) => isMissing[index] !== true);
      const names = named.map(({ key, time }, index) => {
        return { of: key, time: isLocal[index] ? time + hours * hour : time, toMinute: false };
      });
      return { posts: all, names };
    });

  it.each([
    ['files', joinedFiles],
    ['captions', joinedNotes],
  ])(
    '%s with two clocks in one folder: joins no item that is some seconds off and matches another post',
    (_name, joined) => {
      fc.assert(
        fc.property(twoClocks, (archive) => {
          const exact = (post: string, of: string | null) => {
            const time = archive.posts.find(({ key }) => key === post)?.time ?? 0;
            return archive.names.some((name) => name.of === of && Math.abs(name.time - time) <= 1);
          };
          const wrong = joined(archive).filter(([post, of]) => post !== of);
          expect(wrong.filter(([post, of]) => !exact(post, of))).toEqual([]);
        }),
        cases,
      );
    },
  );

  it.each([
    ['files', joinedFiles],
    ['captions', joinedNotes],
  ])(
    '%s with exact names in UTC are all joined, unless another zone explains all as well',
    (_name, joined) => {
      const archives = shiftedArchives({ clock: utc, has: ['once', 'once', 'missing'], deleted: 0, noise: false });
      fc.assert(
        fc.property(archives, (archive) => {
          fc.pre(!isAllInAnotherZone(archive));
          expect(joined(archive)).toHaveLength(archive.names.length);
        }),
        cases,
      );
    },
    patience,
  );

  it.each([
    ['files', joinedFiles],
    ['captions', joinedNotes],
  ])(
    '%s in UTC are all joined beside those of deleted posts, where no other zone explains any',
    (_name, joined) => {
      const archives = shiftedArchives({ clock: utc, has: ['once', 'once', 'missing'], most: 30 });
      fc.assert(
        fc.property(archives, (archive) => {
          fc.pre(!hasRival(archive));
          const known = new Set(archive.posts.map(({ key }) => key));
          expect(joined(archive)).toHaveLength(archive.names.filter(({ of }) => known.has(of)).length);
        }),
        cases,
      );
    },
    patience,
  );
});
