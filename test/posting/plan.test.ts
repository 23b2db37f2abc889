import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, dayOf, timeOf, weekdayOf } from '../../src/posting/local-time.ts';
import { type Placed, type PlanRules, planUploads } from '../../src/posting/plan.ts';
import type { Upload } from '../../src/posting/upload.ts';

const usual: PlanRules = {
  ...{ perDay: 2, at: ['12:00', '18:00'], start: '2026-12-01', zone: 'Europe/Lisbon' },
  ...{ gap: 2 * 3_600_000, skip: [] },
};
const post = (number: number) => `2025-01-01_00-00-${String(number).padStart(2, '0')}`;
const on = (target: string, ...numbers: number[]): Upload[] => numbers.map((number) => ({ key: post(number), target }));
/** The moments without their offset, by platform. */
const shown = (placed: readonly Placed[]) => placed.map(({ target, at }) => `${target} ${at.slice(5, 16)}`);

describe('planUploads', () => {
  const cases: [string, Upload[], Placed[], Partial<PlanRules>, string[]][] = [
    ['three posts, two a day', on('a', 1, 2, 3), [], {}, ['a 12-01T12:00', 'a 12-01T18:00', 'a 12-02T12:00']],
    ['one a day', on('a', 1, 2), [], { perDay: 1 }, ['a 12-01T12:00', 'a 12-02T12:00']],
    ['the same post on two platforms', [...on('a', 1), ...on('b', 1)], [], {}, ['a 12-01T12:00', 'b 12-01T18:00']],
    [
      'a weekend without posts',
      on('a', 1, 2),
      [],
      { start: '2026-12-05', skip: [6, 7] },
      ['a 12-07T12:00', 'a 12-07T18:00'],
    ],
    ['times closer than the gap', on('a', 1, 2), [], { at: ['12:00', '13:00'] }, ['a 12-01T12:00', 'a 12-02T12:00']],
    ['a gap of more than a day', on('a', 1, 2), [], { gap: 30 * 3_600_000 }, ['a 12-01T12:00', 'a 12-02T18:00']],
    [
      'two days that meet at midnight',
      on('a', 1, 2),
      [],
      { at: ['00:30', '23:30'], perDay: 1 },
      ['a 12-01T00:30', 'a 12-02T00:30'],
    ],
    [
      'something planned already',
      on('a', 2),
      [{ key: post(1), target: 'a', at: '2026-12-03T12:00:00+00:00' }],
      {},
      ['a 12-03T18:00'],
    ],
    [
      'posted today: it counts for the day and the gap',
      on('a', 2, 3),
      [{ key: post(1), target: 'a', at: '2026-12-01T11:00:00+00:00', isOut: true }],
      {},
      ['a 12-01T18:00', 'a 12-02T12:00'],
    ],
    [
      'posted in another year',
      on('a', 2),
      [{ key: post(1), target: 'a', at: '2027-12-01T11:00:00+00:00', isOut: true }],
      {},
      ['a 12-01T12:00'],
    ],
    [
      'clocks skip the time on one day',
      on('a', 1, 2),
      [],
      { start: '2027-03-28', at: ['01:30', '18:00'], perDay: 1 },
      ['a 03-28T18:00', 'a 03-29T01:30'],
    ],
    [
      'the time occurs twice on one day',
      on('a', 1, 2),
      [],
      { start: '2026-10-25', at: ['01:30'], perDay: 2 },
      ['a 10-25T01:30', 'a 10-26T01:30'],
    ],
  ];
  it.each(cases)('%s', (_name, uploads, there, rules, expected) => {
    expect(shown(planUploads(uploads, there, { ...usual, ...rules }))).toEqual(expected);
  });

  it('300 posts for four platforms keep all rules, whatever these are', () => {
    const clock = fc
      .tuple(fc.integer({ min: 0, max: 23 }), fc.constantFrom('00', '15', '30', '59'))
      .map(([hour, minute]) => `${String(hour).padStart(2, '0')}:${minute}`);
    const rulesOf = fc.record({
      perDay: fc.integer({ min: 1, max: 5 }),
      at: fc.uniqueArray(clock, { minLength: 1, maxLength: 5 }).map((times) => times.sort()),
      // Around the days on which clocks change.
      start: fc.integer({ min: -20, max: 400 }).map((days) => addDays('2026-10-20', days)),
      zone: fc.constantFrom(
        'Europe/Lisbon',
        'America/New_York',
        'Asia/Shanghai',
        'Australia/Lord_Howe',
        'Asia/Kathmandu',
      ),
      gap: fc.constantFrom(0, 3_600_000, 7_200_000, 50 * 3_600_000),
      skip: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { maxLength: 5 }),
    });
    const targets = ['rednote', 'lemon8', 'shorts', 'reels'];
    const keys = Array.from({ length: 300 }, (_, index) => `post-${String(index).padStart(3, '0')}`);
    fc.assert(
      fc.property(rulesOf, fc.integer({ min: 0, max: 60 }), (rules, known) => {
        const first = targets.flatMap((target) => keys.slice(0, known).map((key) => ({ key, target })));
        const there = planUploads(first, [], rules);
        const rest = targets.flatMap((target) => keys.slice(known).map((key) => ({ key, target })));
        const placed = [...there, ...planUploads(rest, there, rules)];
        expect(placed).toHaveLength(1200);
        for (const { at } of placed) {
          expect(rules.at).toContain(timeOf(at));
          expect(rules.skip).not.toContain(weekdayOf(dayOf(at)));
          expect(dayOf(at) >= rules.start).toBe(true);
          expect(new Date(at).toLocaleString('sv-SE', { timeZone: rules.zone }).slice(0, 16)).toBe(
            at.slice(0, 16).replace('T', ' '),
          );
        }
        for (const target of targets) {
          const ofTarget = placed.filter((each) => each.target === target);
          const times = ofTarget.map(({ at }) => Date.parse(at));
          const byDay = new Map<string, number>();
          for (const { at } of ofTarget) byDay.set(dayOf(at), (byDay.get(dayOf(at)) ?? 0) + 1);
          expect(Math.max(...byDay.values())).toBeLessThanOrEqual(rules.perDay);
          // In the order given, each far enough from the one before.
          for (const [index, time] of times.entries())
            if (index > 0) expect(time - (times[index - 1] ?? 0)).toBeGreaterThanOrEqual(Math.max(1, rules.gap));
        }
        for (const key of keys) {
          const times = placed
            .filter((each) => each.key === key)
            .map(({ at }) => Date.parse(at))
            .sort((a, b) => a - b);
          for (const [index, time] of times.entries())
            if (index > 0) expect(time - (times[index - 1] ?? 0)).toBeGreaterThanOrEqual(rules.gap);
        }
      }),
      { numRuns: 12 },
    );
  }, 60_000);

  it('what is out, at any time, counts for the day and the gap, and holds nothing up', () => {
    const hours = fc.array(fc.integer({ min: 0, max: 24 * 30 }), { maxLength: 40 });
    const rules = fc.record({
      perDay: fc.integer({ min: 1, max: 2 }),
      gap: fc.constantFrom(0, 7_200_000, 26 * 3_600_000),
    });
    fc.assert(
      fc.property(hours, rules, (posted, some) => {
        const start = Date.parse('2026-12-01T00:00:00Z');
        const out = posted.map((hour, index) => ({
          ...{ key: `out-${index}`, target: 'a', isOut: true as const },
          at: `${new Date(start + hour * 3_600_000).toISOString().slice(0, 19)}+00:00`,
        }));
        const placed = planUploads(on('a', 1, 2, 3, 4, 5, 6, 7, 8), out, { ...usual, ...some });
        for (const { at } of placed) {
          const ofDay = [...placed, ...out].filter((each) => dayOf(each.at) === dayOf(at));
          expect(ofDay.length).toBeLessThanOrEqual(some.perDay);
          const isNear = (other: { at: string }) =>
            Math.abs(Date.parse(other.at) - Date.parse(at)) < Math.max(1, some.gap);
          expect(out.filter(isNear)).toEqual([]);
        }
        // The first free day after the last one that is out is late enough for all.
        expect(dayOf(placed[0]?.at ?? '') <= '2027-01-02').toBe(true);
      }),
      { numRuns: 100 },
    );
  });
});
