/** A note that may be a post's, and how badly it fits. */
export interface Pairing {
  /** Its index. */
  readonly note: number;
  /** Not negative. */
  readonly cost: number;
}

/** Dearer than any chain of exchanges: as many posts as can be get a note, and only then the cost counts. */
const unmatched = 1e9;

/**
 * The one-to-one assignment with the most pairs, and among those the least cost. Posts come in one by one; each takes the
 * cheapest chain of exchanges (Dijkstra's search over reduced costs, as in Jonker and Volgenant's method), so that where posts
 * lie far apart only their own notes are looked at.
 * @param ways of each post
 * @param notes how many there are
 * @returns for each post the index of its note, or -1
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
    const isSettled = new Set<number>();
    let post = start;
    let travelled = 0;
    let drop = { post: start, distance: unmatched - (worth[start] ?? 0) };
    let free = -1;
    let end: number;
    for (;;) {
      for (const { note, cost } of ways[post] ?? []) {
        if (isSettled.has(note)) continue;
        const distance = travelled + cost - (worth[post] ?? 0) - (price[note] ?? 0);
        if (distance >= (open.get(note) ?? Number.POSITIVE_INFINITY)) continue;
        open.set(note, distance);
        from.set(note, post);
      }
      const [note, distance] = least(open);
      end = Math.min(distance, drop.distance);
      if (distance >= drop.distance) break;
      open.delete(note);
      const holder = owner[note] ?? -1;
      if (holder < 0) {
        free = note;
        break;
      }
      isSettled.add(note);
      settled.push({ note, distance });
      post = holder;
      travelled = distance;
      const left = travelled + unmatched - (worth[post] ?? 0);
      if (left < drop.distance) drop = { post, distance: left };
    }

    worth[start] = (worth[start] ?? 0) + end;
    for (const { note, distance } of settled) {
      const holder = owner[note] ?? -1;
      price[note] = (price[note] ?? 0) - (end - distance);
      worth[holder] = (worth[holder] ?? 0) + (end - distance);
    }

    // The exchanges, from the end of the chain to its start.
    let given = free;
    if (free < 0) {
      given = noteOf[drop.post] ?? -1;
      noteOf[drop.post] = -1;
    }
    while (given >= 0) {
      const taker = from.get(given) ?? start;
      const next = noteOf[taker] ?? -1;
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
