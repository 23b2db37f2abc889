import { describe, expect, it } from 'vitest';
import { differencesOf, isRare } from '../../src/captions/chance.ts';
import { oddShifts } from '../../src/captions/odd-shifts.ts';
import { isWholly, quarter, reachOfZones, read, type TimedItem, timeline } from '../../src/captions/time-pairs.ts';

const at = (...times: number[]): TimedItem => ({ times, toMinute: false, kind: null });
const minute = (time: number): TimedItem => ({ times: [time], toMinute: true, kind: null });
const posts = (...times: number[]) => times.map((time) => ({ time, kind: 'video' as const }));
/** What is read of the items at a shift. */
const told = (of: readonly number[], items: readonly TimedItem[], shift = 0, reach?: number) => {
  const { postOf, fits, ...rest } = read(timeline(posts(...of), items), shift, reach);
  return { ...rest, posts: [...postOf], exact: [...fits.exact].join(''), near: [...fits.near].join('') };
};

describe('items beside posts at one shift', () => {
  it.each<[string, number[], TimedItem[], number, ReturnType<typeof told>]>([
    [
      'to the second, a second off, far off, and too far',
      [100, 200, 300, 400],
      [at(100), at(201), at(315), at(416)],
      0,
      { shift: 0, posts: [0, 1, 2, -1], exact: '1100', near: '1110', score: 4, count: 3, strong: 2, centre: 0 },
    ],
    [
      'an hour earlier',
      [3700, 3800],
      [at(100), at(200)],
      3600,
      { shift: 3600, posts: [0, 1], exact: '11', near: '11', score: 4, count: 2, strong: 2, centre: 0 },
    ],
    [
      'all four seconds off: a clock of its own, which costs as much as one of them',
      [100, 200, 300, 400],
      [96, 196, 296, 396].map((time) => at(time)),
      0,
      { shift: 0, posts: [0, 1, 2, 3], exact: '1111', near: '1111', score: 6, count: 4, strong: 4, centre: 4 },
    ],
    [
      'one four seconds off: no clock of its own',
      [100],
      [at(96)],
      0,
      { shift: 0, posts: [0], exact: '0', near: '1', score: 1, count: 1, strong: 0, centre: 0 },
    ],
    [
      'in their minute',
      [59, 120, 240],
      [minute(0), minute(60), minute(240)],
      0,
      { shift: 0, posts: [0, -1, 2], exact: '101', near: '101', score: 4, count: 2, strong: 2, centre: 0 },
    ],
    [
      'the nearer of two times',
      [100, 500],
      [at(95, 501)],
      0,
      { shift: 0, posts: [1], exact: '1', near: '1', score: 2, count: 1, strong: 1, centre: 0 },
    ],
    [
      'the nearer of two times, the first',
      [100, 500],
      [at(101, 505)],
      0,
      { shift: 0, posts: [0], exact: '1', near: '1', score: 2, count: 1, strong: 1, centre: 0 },
    ],
    [
      'the first of two times that are as near',
      [100, 500],
      [at(97, 503)],
      0,
      { shift: 0, posts: [0], exact: '0', near: '1', score: 1, count: 1, strong: 0, centre: 0 },
    ],
    [
      'no posts',
      [],
      [at(100)],
      0,
      { shift: 0, posts: [-1], exact: '0', near: '0', score: 0, count: 0, strong: 0, centre: 0 },
    ],
  ])('%s', (_name, of, items, shift, expected) => {
    expect(told(of, items, shift)).toEqual(expected);
  });

  it.each<[string, number[], number, number]>([
    // [what, seconds that each item is behind its post, the clock's own offset, how many are to the second of it]
    ['all four seconds behind', [4, 4, 4], 4, 3],
    ['all four seconds ahead', [-4, -4, -4], -4, 3],
    ['most four seconds behind, one five', [4, 4, 5], 4, 3],
    ['one four seconds behind, most five', [4, 5, 5], 5, 3],
    ['as many far behind as near: the near ones', [12, 12, 12, 4, 4, 4], 4, 3],
    ['as many ahead as further behind: those ahead', [-4, -4, -4, 5, 5, 5], -4, 3],
    ['more far behind than near', [12, 12, 12, 12, 4, 4, 4], 12, 4],
    ['all as far behind as may be', [15, 15, 15], 15, 3],
    ['all as far ahead as may be', [-15, -15, -15], -15, 3],
    ['one behind: no more than a clock of its own costs', [4], 0, 0],
    ['two behind beside one that is right', [0, 4, 4], 0, 1],
    ['three behind beside one that is right', [0, 4, 4, 4], 4, 3],
    ['a second apart all around none', [-1, 0, 1], 0, 3],
  ])('a clock %s', (_name, behind, centre, strong) => {
    const of = behind.map((_, index) => 1000 * (index + 1));
    const items = behind.map((seconds, index) => at(1000 * (index + 1) - seconds));
    expect(told(of, items)).toMatchObject({ centre, strong, count: behind.length });
  });

  it('of a kind fit posts of that kind only, of none fit all', () => {
    const some = [
      { time: 100, kind: 'video' as const },
      { time: 200, kind: 'photos' as const },
      { time: 300, kind: null },
    ];
    const items = (kind: TimedItem['kind']) => [100, 200, 300].map((time) => ({ ...at(time), kind }));
    const fitting = (kind: TimedItem['kind']) => [...read(timeline(some, items(kind)), 0).postOf];
    expect([fitting('video'), fitting('photos'), fitting(null)]).toEqual([
      [0, -1, 2],
      [-1, 1, 2],
      [0, 1, 2],
    ]);
  });

  it('each belongs to the nearest of two posts, the earlier one in the middle', () => {
    expect(told([100, 107, 114], [at(103), at(104), at(110.5)]).posts).toEqual([0, 1, 1]);
  });

  it('a smaller reach leaves out what is further away', () => {
    expect(told([100, 200], [at(101), at(202)], 0, 1).posts).toEqual([0, -1]);
  });

  it('whether all are to the second at a shift', () => {
    const line = timeline(posts(100, 200), [at(100 - quarter), at(200 - quarter)]);
    expect([isWholly(line, quarter), isWholly(line, 0), isWholly(line, 2 * quarter)]).toEqual([true, false, false]);
    expect(isWholly(timeline(posts(100), [at(100), at(999)]), 0)).toBe(false);
    const of = (...items: TimedItem[]) => isWholly(timeline(posts(100), items), 0);
    expect([of(at(98)), of(at(99)), of(at(101)), of(at(102))]).toEqual([false, true, true, false]);
    expect([of(minute(40)), of(minute(41)), of(minute(100)), of(minute(101))]).toEqual([false, true, true, false]);
  });
});

describe('shifts that are no time zone', () => {
  const many = (shift: number, count: number) => {
    const times = Array.from({ length: count }, (_, index) => index * 100_000 + index * index * 37);
    return oddShifts(
      timeline(
        posts(...times),
        times.map((time) => at(time - shift)),
      ),
    );
  };
  it('are found by the differences that most items have', () => {
    expect(many(1234, 6)[0]).toBe(1234);
    expect(many(-1234, 6)[0]).toBe(-1234);
    expect(many(reachOfZones - 20, 6)[0]).toBe(reachOfZones - 20);
  });

  it('are none within the tolerance, beyond all time zones, or of one item', () => {
    expect(many(15, 6)).toEqual([]);
    expect(many(16, 6)).toEqual([16]);
    expect(many(reachOfZones + 20, 6)).toEqual([]);
    expect(many(1234, 1)).toEqual([]);
  });

  it('of items without seconds are the middle of a minute', () => {
    const times = [0, 100_000, 200_037, 300_148];
    const found = oddShifts(
      timeline(
        posts(...times),
        times.map((time) => minute(time - 1234)),
      ),
    );
    expect(found).toEqual([Math.floor((1234 - 59 + 1234) / 2)]);
  });
});

describe('chance', () => {
  // By the tail of a Poisson distribution: less than 5 % for all shifts together.
  it('counts the differences within the time zones', () => {
    const line = timeline(posts(0, reachOfZones, reachOfZones + 1), [at(0), at(reachOfZones)]);
    expect(differencesOf(line)).toBe(2 + 3);
    expect(differencesOf(timeline(posts(0), [at(reachOfZones + 1)]))).toBe(0);
    expect(differencesOf(timeline(posts(0), []))).toBe(0);
  });

  it.each<[number, number, number, number, boolean]>([
    [1, 3, 112, 15, true],
    [1, 3, 112, 16, false],
    [2, 31, 112, 98, true],
    [2, 31, 112, 99, false],
    [3, 31, 112, 468, true],
    [3, 31, 112, 469, false],
    [5, 31, 112, 2005, true],
    [5, 31, 112, 2006, false],
    [1, 3, 112, 0, true],
    [0, 3, 112, 4, false],
  ])('%i matches within %i s at the best of %i shifts, of %i differences, are rare: %s', (...given) => {
    const [count, width, trials, differences, expected] = given;
    expect(isRare(count, width, trials, differences)).toBe(expected);
  });
});
