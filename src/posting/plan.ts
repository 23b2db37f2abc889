import { addDays, dayOf, momentAt, weekdayOf } from './local-time.ts';
import type { Upload } from './upload.ts';

export interface PlanRules {
  /** Maximum posts a day on one platform. */
  readonly perDay: number;
  /** Local times of a day, `HH:MM`, ascending. */
  readonly at: readonly string[];
  /** The first day. */
  readonly start: string;
  readonly zone: string;
  /** Minimum time between two posts on one platform, and between the same post on two platforms, in milliseconds. */
  readonly gap: number;
  /** Weekdays without posts: 1 is Monday. */
  readonly skip: readonly number[];
}

/** An upload at a moment: planned, or out. */
export interface Placed extends Upload {
  readonly at: string;
  readonly isOut?: true;
}

/**
 * Spreads uploads over days. On each platform they keep their order and come after those that are planned there already. The
 * same post gets times on several platforms that are far enough apart.
 * @param uploads in the order in which each platform gets them; the parts of a split video go out together
 * @param there the uploads that are planned or out already
 * @returns the uploads with their moments, in the order given
 */
export function planUploads(uploads: readonly Upload[], there: readonly Placed[], rules: PlanRules): Placed[] {
  const ofPost = new Map<string, { readonly target: string; readonly time: number }[]>();
  const platforms = new Map<string, Platform>();
  const platformOf = (target: string) => {
    const known = platforms.get(target) ?? openPlatform(rules);
    platforms.set(target, known);
    return known;
  };
  const note = ({ key, target, at }: Placed) => {
    const time = Date.parse(at);
    ofPost.set(key, [...(ofPost.get(key) ?? []), { target, time }]);
    return time;
  };
  for (const each of there) platformOf(each.target).add(dayOf(each.at), note(each), each.isOut === true);
  return uploads.map(({ key, target }) => {
    const others = (ofPost.get(key) ?? []).filter((other) => other.target !== target);
    const isFar = (time: number) => others.every((other) => Math.abs(other.time - time) >= rules.gap);
    const placed = { key, target, at: platformOf(target).next(isFar) };
    note(placed);
    return placed;
  });
}

interface Platform {
  add(day: string, time: number, isOut: boolean): void;
  /** Takes the next free time that fits. */
  next(fits: (time: number) => boolean): string;
}

function openPlatform({ perDay, at, start, zone, gap, skip }: PlanRules): Platform {
  const counts = new Map<string, number>();
  const out: number[] = [];
  let after = Number.NEGATIVE_INFINITY;
  let day = start;
  const add: Platform['add'] = (on, time, isOut) => {
    counts.set(on, (counts.get(on) ?? 0) + 1);
    // New posts come after planned ones. The times of posts that are out may be anywhere.
    if (isOut) out.push(time);
    else after = Math.max(after, time);
    if (!isOut && on > day) day = on;
  };
  const isFree = (time: number) =>
    time > after && time - after >= gap && out.every((other) => Math.abs(other - time) >= Math.max(1, gap));
  return {
    add,
    next(fits) {
      for (let left = maxDays; left > 0; left--, day = addDays(day, 1)) {
        if (skip.includes(weekdayOf(day)) || (counts.get(day) ?? 0) >= perDay) continue;
        for (const clock of at) {
          const moment = momentAt(day, clock, zone);
          if (moment === null) continue;
          const time = Date.parse(moment);
          if (!isFree(time) || !fits(time)) continue;
          add(day, time, false);
          return moment;
        }
      }
      throw new Error(`no free time within ${maxDays} days`);
    },
  };
}

/** Days without a free time after which a plan gives up: more than any gap of rules that are checked. */
const maxDays = 4000;
