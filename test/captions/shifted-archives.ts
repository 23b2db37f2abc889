import fc from 'fast-check';

/** Random archives whose files and captions are named by some clock; each name knows whose it is. */

export const start = Date.UTC(2025, 9, 14) / 1000;
const hour = 3600;
const tolerance = 15;

export interface Named {
  /** The key of its post, which may be in no export. */
  readonly of: string;
  /** Unix seconds, as the name tells them. */
  readonly time: number;
  readonly toMinute: boolean;
}

export interface ShiftedArchive {
  readonly posts: readonly { readonly key: string; readonly time: number }[];
  readonly names: readonly Named[];
}

interface Clock {
  /** Seconds that it goes before UTC, in the first half of the archive and in the second. */
  readonly shifts: readonly [number, number];
  readonly isOdd: boolean;
}

const clocks: fc.Arbitrary<Clock> = fc.oneof(
  { weight: 3, arbitrary: fc.constant({ shifts: [0, 0] as const, isOdd: false }) },
  {
    weight: 6,
    arbitrary: fc.integer({ min: -56, max: 56 }).map((quarters) => {
      const shift = quarters * 900;
      return { shifts: [shift, shift] as const, isOdd: false };
    }),
  },
  {
    weight: 4,
    arbitrary: fc.integer({ min: -4, max: 4 }).map((hours) => {
      return { shifts: [hours * hour, hours * hour] as const, isOdd: false };
    }),
  },
  {
    weight: 3,
    arbitrary: fc.tuple(fc.integer({ min: -12, max: 12 }), fc.constantFrom(1, -1)).map(([hours, change]) => {
      return { shifts: [hours * hour, (hours + change) * hour] as const, isOdd: false };
    }),
  },
  {
    weight: 3,
    arbitrary: fc.tuple(fc.integer({ min: 16, max: 9000 }), fc.constantFrom(1, -1)).map(([seconds, sign]) => {
      return { shifts: [seconds * sign, seconds * sign] as const, isOdd: true };
    }),
  },
);

const per = <T>(each: fc.Arbitrary<T>) => fc.array(each, { minLength: 40, maxLength: 40 });

interface Options {
  readonly clock?: fc.Arbitrary<Clock>;
  readonly has?: readonly ('once' | 'twice' | 'missing')[];
  readonly most?: number;
  /** Of ten posts so many are in no export. */
  readonly deleted?: number;
  readonly noise?: boolean;
}

export const utc = fc.constant<Clock>({ shifts: [0, 0], isOdd: false });

/** With how well what really happened explains the names: `truth`, in the units of `plainly`. */
export function shiftedArchives({
  clock = clocks,
  has = ['once', 'once', 'once', 'twice', 'missing'],
  most = 300,
  deleted = 1,
  noise = true,
}: Options = {}): fc.Arbitrary<ShiftedArchive & { readonly truth: number }> {
  return fc
    .record({
      slots: fc.constantFrom(
        'hourly',
        'half-hourly',
        'two a day',
        'daily',
        'random',
        'same second',
        'same second daily',
      ),
      jitter: per(fc.integer({ min: 0, max: 9 })),
      gaps: per(fc.integer({ min: 200, max: 200_000 })),
      count: fc.oneof(
        { weight: 9, arbitrary: fc.integer({ min: 1, max: Math.min(most, 40) }) },
        { weight: 1, arbitrary: fc.integer({ min: Math.min(most, 41), max: most }) },
      ),
      clock,
      has: per(fc.constantFrom(...has)),
      precise: fc.constantFrom('all', 'all', 'none', 'some'),
      gone: per(fc.integer({ min: 0, max: 9 })),
      /** Seconds by which downloaders round: all names to the second, or each another few off. */
      off: fc.oneof(
        { weight: 5, arbitrary: fc.constant(null) },
        { weight: noise ? 1 : 0, arbitrary: per(fc.integer({ min: 2, max: 11 })) },
      ),
    })
    .map(({ slots, jitter, gaps, count, clock: { shifts, isOdd }, has, precise, gone, off }) => {
      // More posts than there are random numbers: those come again, in another order.
      const pick = <T>(some: readonly T[], index: number) => some[(index * 7 + Math.floor(index / 40) * 3) % 40] as T;
      let random = 0;
      const all = Array.from({ length: count }, (_, index) => {
        random += pick(gaps, index);
        const noise = slots.startsWith('same second') ? 2 : pick(jitter, index);
        const at: Record<string, number> = {
          random,
          'half-hourly': index * 1800 + noise,
          'two a day': Math.floor(index / 2) * 24 * hour + (index % 2) * 8 * hour + noise,
          'same second daily': index * 24 * hour + noise,
          daily: index * 24 * hour + noise,
        };
        return { key: `p${String(index).padStart(3, '0')}`, time: start + (at[slots] ?? index * hour + noise) };
      });
      const isRounded = off !== null && !isOdd;
      const posts = all.filter((_, index) => pick(gone, index) >= deleted);
      const known = new Set(posts.map(({ key }) => key));
      const explained = new Map<string, { readonly time: number; readonly phase: number }>();
      const names = all.flatMap(({ key, time }, index) => {
        const phase = index * 2 < count ? 0 : 1;
        const toMinute = precise === 'none' || (precise === 'some' && index % 3 === 0);
        const told = time + (shifts[phase] as number) - (isRounded && !toMinute ? pick(off, index) : 0);
        const name: Named = { of: key, time: toMinute ? Math.floor(told / 60) * 60 : told, toMinute };
        const copies = { missing: 0, once: 1, twice: 2 }[pick(has, index)];
        // A clock that is off by odd seconds and knows none itself is off by a minute more for some posts.
        const isSeen = !isOdd || !toMinute || inMinute(time, name.time - shifts[0]);
        if (copies > 0 && known.has(key) && isSeen)
          explained.set(`${name.time} ${toMinute}`, { time: name.time, phase: shifts[0] === shifts[1] ? 0 : phase });
        return Array.from({ length: copies }, () => name);
      });
      // In autumn an hour of names comes twice, so that the clock changes more than once in their order.
      const phases = [...explained.values()].sort((a, b) => a.time - b.time).map((each) => each.phase);
      const changes = phases.filter((phase, index) => index > 0 && phase !== phases[index - 1]).length;
      const worth = isRounded && names.some(({ toMinute }) => !toMinute) ? 1 : 2;
      return { posts, names, truth: explained.size * worth - 2 * changes - (isOdd ? 2 : 0) };
    });
}

function inMinute(time: number, minute: number): boolean {
  return time >= minute && time <= minute + 59;
}

/**
 * How well the names explain themselves as they stand, with no shift at all: for each name that lies at a post 1 where it is
 * near and 2 where it agrees to the second (or all agree but for the same few seconds, less 2). A truth that explains less
 * than this cannot be known by anybody: the same names and posts have a simpler one. For instance one file at an odd shift
 * that lies exactly where another post is, or a file whose post was deleted an hour after a post whose own file is missing.
 */
export function plainly({ posts, names }: ShiftedArchive): number {
  const distinct = new Map(names.map((name) => [`${name.time} ${name.toMinute}`, name])).values();
  const off = [...distinct].flatMap(({ time, toMinute }) => {
    if (toMinute) return posts.some((post) => inMinute(post.time, time)) ? [null] : [];
    const near = posts.map((post) => post.time - time).filter((each) => Math.abs(each) <= tolerance);
    return near.sort((a, b) => Math.abs(a) - Math.abs(b)).slice(0, 1);
  });
  let best = off.length;
  for (let centre = -tolerance; centre <= tolerance; centre++) {
    const exact = off.filter((each) => each === null || Math.abs(each - centre) <= 1).length;
    best = Math.max(best, exact * 2 - (centre === 0 ? 0 : 2));
  }
  return best;
}

/** Whether somebody could know: what happened explains as much as the names as they stand. */
export function isKnowable(archive: ShiftedArchive & { readonly truth: number }): boolean {
  return archive.truth >= plainly(archive);
}

const zones = Array.from({ length: 113 }, (_, index) => (index - 56) * 900).filter((shift) => shift !== 0);

/** Whether another time zone than UTC puts every name at a post, to the second. */
export function isAllInAnotherZone({ posts, names }: ShiftedArchive): boolean {
  const fits = ({ time, toMinute }: Named, at: number) => (toMinute ? inMinute(at, time) : Math.abs(at - time) <= 1);
  return zones.some((shift) => names.every((name) => posts.some((post) => fits(name, post.time - shift))));
}

/** Whether another time zone puts any name near a post, or a slow clock as many of them as none does. */
export function hasRival({ posts, names }: ShiftedArchive): boolean {
  const fitting = (shift: number, reach: number) =>
    names.filter(({ time, toMinute }) =>
      posts.some((post) => Math.abs(post.time - time - shift) <= (toMinute ? 59 : reach)),
    ).length;
  if (zones.some((shift) => fitting(shift, tolerance) > 0)) return true;
  const known = new Set(posts.map(({ key }) => key));
  const own = names.filter(({ of }) => known.has(of)).length;
  const differences = names.flatMap(({ time }) => posts.map((post) => post.time - time));
  return differences.some((shift) => Math.abs(shift) > 59 && fitting(shift, 2) > own);
}

/** A few hundred cases, others each time; `PORT_SHIFT_CASES=20000` looks at more. */
export const cases = { numRuns: Number(process.env['PORT_SHIFT_CASES'] ?? 200) };
/** Milliseconds that many of them may take. */
export const patience = Math.max(120_000, cases.numRuns * 200);
