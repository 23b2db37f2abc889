import type { Post } from '../model/post.ts';
import { postPath } from './keys.ts';
import { areOtherPages, isWeakPath, kindOfPath } from './link.ts';
import { joinRows, likeness } from './same.ts';

interface Row {
  readonly post: Post;
  readonly path: string | null;
  /** Number of its export, the newest is 0. */
  readonly from: number;
  /** Its place among all rows of the second, those of the newest export first. */
  readonly place: number;
}

/** Rows about one post. */
type Same = Row[];

/**
 * The posts of one second, as several exports of one account know them. Within one export another path is another post. A
 * new export can call every object otherwise, so across exports a post is its second and its kind; where several of one kind
 * share the second, their paths tell them apart.
 * @param lists one for each export, the newest export first; in each the newest row first, no path twice
 * @returns newest row first
 */
export function joinAcross(lists: readonly (readonly Post[])[]): readonly Post[] {
  const filled = lists.filter((list) => list.length > 0);
  if (filled.length < 2) return filled[0] ?? [];
  let place = 0;
  const rows = lists.map((list, from) =>
    list.map((post): Row => ({ post, path: postPath(post), from, place: place++ })),
  );
  const ofKind = (kind: string) => joinKind(rows.map((list) => list.filter(({ path }) => kindOf(path) === kind)));
  return pairWeak([...ofKind('video'), ...ofKind('photos')], ofKind('weak'))
    .map((same) => same.sort((one, other) => one.place - other.place))
    .sort(([one], [other]) => (one?.place ?? 0) - (other?.place ?? 0))
    .map((same) => same.map(({ post }) => post).reduce(joinRows));
}

function kindOf(path: string | null): string {
  return path === null || isWeakPath(path) ? 'weak' : kindOfPath(path);
}

/** Rows of one kind, of each export. */
function joinKind(lists: readonly (readonly Row[])[]): Same[] {
  const all: Same[] = [];
  const byPath = new Map<string | null, Same>();
  // The export that lists most of them first: none of the others can tell how many there are.
  const richest = lists.filter((list) => list.length > 0).sort((one, other) => other.length - one.length);
  const isOne = (richest[0]?.length ?? 0) < 2;
  for (const list of richest) {
    const found = list.map(({ path }) => byPath.get(path));
    // Where not one path is known, this export has other names for all objects, and not other posts.
    const isRenamed = isOne || found.every((same) => same === undefined);
    const partners = isRenamed ? partnersOf(list, all) : [];
    for (const [index, row] of list.entries()) {
      const partner = partners[index];
      const isOther = partner?.some(({ path }) => areOtherPages(path, row.path)) === true;
      let same = found[index] ?? (isOther ? undefined : partner);
      if (same === undefined) {
        same = [];
        all.push(same);
      }
      same.push(row);
      byPath.set(row.path, same);
    }
  }
  return all;
}

/** Looking for the likest of each takes the square of it; in one second of a real export are a few. */
const MAX_LIKENED = 100;

/** For each row its partner: the likest, and of equals the one at the same place, counted from the oldest. */
function partnersOf(list: readonly Row[], known: readonly Same[]): readonly (Same | undefined)[] {
  const oldestFirst = known.toReversed();
  if (list.length > MAX_LIKENED) return list.map((_, index) => oldestFirst[list.length - 1 - index]);
  const free = new Set(oldestFirst);
  const partners = list.toReversed().map(({ post }) => {
    let likest: Same | undefined;
    let most = -1;
    for (const same of free) {
      const like = Math.max(...same.map((row) => likeness(row.post, post)));
      if (like > most) [likest, most] = [same, like];
    }
    if (likest) free.delete(likest);
    return likest;
  });
  return partners.reverse();
}

/**
 * Rows without the address of the media (`N/A`, a page of 2020, a deleted post behind a login) and rows with it: the same
 * post, unless one export lists both.
 */
function pairWeak(strong: readonly Same[], weak: readonly Same[]): Same[] {
  const alone: Same[] = [];
  const free = new Set(strong.toReversed());
  for (const rows of weak.toReversed()) {
    const exports = new Set(rows.map(({ from }) => from));
    let partner: Same | undefined;
    for (const same of free) {
      if (same.some(({ from }) => exports.has(from))) continue;
      const isAlike = same[0]?.post.kind === rows[0]?.post.kind;
      if (isAlike || partner === undefined) partner = same;
      if (isAlike) break;
    }
    if (partner === undefined) alone.push(rows);
    else {
      partner.push(...rows);
      free.delete(partner);
    }
  }
  return [...strong, ...alone];
}
