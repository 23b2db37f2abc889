/** A note that may belong to a post, and the cost of that match. */
export interface Pairing {
  /** Index of the note. */
  readonly note: number;
  /** Not negative. */
  readonly cost: number;
}

/** Higher than any chain of exchanges: the number of matched posts comes first, only then the cost. */
const unmatched = 1e9;

/**
 * The one-to-one assignment with the most pairs and, among those, the lowest cost. Adds posts one at a time; each takes
 * the cheapest augmenting path (Dijkstra over reduced costs, as in the Jonker-Volgenant algorithm), so that posts far
 * apart in time only look at their own notes.
 * @param ways candidate pairings of each post
 * @param notes number of notes
 * @returns the note index of each post, or -1
 */
export function assign(ways: readonly (readonly Pairing[])[], notes: number): Int32Array {
  const noteOf = new Int32Array(ways.length).fill(-1);
  const owner = new Int32Array(notes).fill(-1);
  const worth = new Float64Array(ways.length);
  const price = new Float64Array(notes);

  for (let start = 0; start < ways.length; start++) {
    const from = new Map<number, number>();
    const open = new Map<number, number>();
    const settled: { readonly note: number; readonly distance: number }[] = [];
    const isDone = new Set<number>();
    let post = start;
    let travelled = 0;
    let drop = { post: start, distance: unmatched };
    let free = -1;
    let end: number;
    for (;;) {
      for (const { note, cost } of ways[post] as readonly Pairing[]) {
        if (isDone.has(note)) continue;
        const distance = travelled + cost - (worth[post] as number) - (price[note] as number);
        if (distance >= (open.get(note) ?? Number.POSITIVE_INFINITY)) continue;
        open.set(note, distance);
        from.set(note, post);
      }
      const [note, distance] = least(open);
      end = Math.min(distance, drop.distance);
      if (distance >= drop.distance) break;
      open.delete(note);
      const holder = owner[note] as number;
      if (holder < 0) {
        free = note;
        break;
      }
      isDone.add(note);
      settled.push({ note, distance });
      post = holder;
      travelled = distance;
      const left = travelled + unmatched - (worth[post] as number);
      if (left < drop.distance) drop = { post, distance: left };
    }

    worth[start] = end;
    for (const { note, distance } of settled) {
      const holder = owner[note] as number;
      price[note] = (price[note] as number) - (end - distance);
      worth[holder] = (worth[holder] as number) + (end - distance);
    }

    // Applies the augmenting path from its end to its start.
    let given = free;
    if (free < 0) {
      given = noteOf[drop.post] as number;
      noteOf[drop.post] = -1;
    }
    while (given >= 0) {
      const taker = from.get(given) as number;
      const next = noteOf[taker] as number;
      noteOf[taker] = given;
      owner[given] = taker;
      given = taker === start ? -1 : next;
    }
  }
  return noteOf;
}

function least(open: ReadonlyMap<number, number>): readonly [note: number, distance: number] {
  let best: readonly [number, number] = [-1, Number.POSITIVE_INFINITY];
  for (const entry of open) if (entry[1] < best[1]) best = entry;
  return best;
}
