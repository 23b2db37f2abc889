import { timeOf, tolerance, type Wanting } from './match.ts';
import type { Note } from './source.ts';

const quarter = 15 * 60;
/** Local times lie at most 14 h from UTC, and many by a quarter of an hour. */
const furthest = 14 * 4;
/** Enough to see what most differ by. */
const sampled = 500;

/**
 * The seconds by which the times of most of these notes differ from posts: then they are local times, which somebody wrote or
 * saved without their zone. null where there is no such number.
 * @param posts that stayed without a note
 * @param notes that stayed without a post
 * @returns to be added to the notes' times
 */
export function commonShift(posts: readonly Wanting[], notes: readonly Note[]): number | null {
  const times = posts.map(({ time }) => time).sort((a, b) => a - b);
  const all = notes.flatMap((note) => (note.time === null ? [] : (timeOf(note) ?? [])));
  const step = Math.max(1, Math.floor(all.length / sampled));
  const some = all.sort((a, b) => a - b).filter((_, index) => index % step === 0);
  let best = { shift: 0, count: 0 };
  for (let quarters = 1; quarters <= furthest; quarters++) {
    for (const shift of [quarters * quarter, -quarters * quarter]) {
      const count = some.filter((time) => isNear(times, time + shift)).length;
      if (count > best.count) best = { shift, count };
    }
  }
  // One alone may be chance.
  return best.count >= 2 && best.count * 2 >= some.length ? best.shift : null;
}

function isNear(sorted: readonly number[], time: number): boolean {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) < time - tolerance) low = middle + 1;
    else high = middle;
  }
  return (sorted[low] ?? Number.POSITIVE_INFINITY) <= time + tolerance;
}
