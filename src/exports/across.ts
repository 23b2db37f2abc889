import type { Post } from '../model/post.ts';
import { postPath } from './keys.ts';
import { areOtherPages, isWeakPath, kindOfPath } from './link.ts';
import { joinRows, LIKENED_FACTS, likeness } from './same.ts';

interface Row {
  readonly post: Post;
  readonly path: string | null;
  /** Index of the export that this row comes from; 0 is the newest export. */
  readonly from: number;
  /** Index among all rows of the same second, rows of the newest export first. */
  readonly place: number;
}

/** Rows that describe one post. */
type Same = Row[];

/**
 * Merges the posts of one second from several exports of one account. Within one export, a different link path is a
 * different post. A newer export can rename every media object, so across exports a post is identified by its second
 * and kind; where several posts of one kind share the second, their link paths distinguish them.
 * @param lists one list for each export, the newest export first; each list newest row first, no path twice
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

/** Merges rows of one kind from all exports. */
function joinKind(lists: readonly (readonly Row[])[]): Same[] {
  const all: Same[] = [];
  const byPath = new Map<string | null, Same>();
  // Start from the export that lists the most rows: no other list shows how many posts there are.
  const richest = lists.toSorted((one, other) => other.length - one.length);
  const isOne = (richest[0]?.length ?? 0) < 2;
  for (const list of richest) {
    const found = list.map(({ path }) => byPath.get(path));
    // If none of its paths is known, this export has renamed all objects; it does not hold different posts.
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

/** Comparing rows takes quadratic time. A real export has only a few rows in one second. */
const MAX_LIKENED = 100;

/**
 * The best match for each row. Rows and matches that share the most details come first, so that no other row takes the
 * match. Of equally good matches, takes the one at the same position, counted from the oldest.
 */
function partnersOf(list: readonly Row[], known: readonly Same[]): readonly (Same | undefined)[] {
  const oldestFirst = known.toReversed();
  if (list.length > MAX_LIKENED) return list.map((_, index) => oldestFirst[list.length - 1 - index]);
  const free = new Set(oldestFirst);
  const partners = new Map<Row, Same>();
  for (let shared = LIKENED_FACTS.length; shared >= 0; shared--) {
    for (const row of list.toReversed()) {
      if (partners.has(row)) continue;
      const likest = [...free].find((same) => same.some(({ post }) => likeness(post, row.post) === shared));
      if (likest === undefined) continue;
      partners.set(row, likest);
      free.delete(likest);
    }
  }
  return list.map((row) => partners.get(row));
}

/**
 * Pairs rows that lack a media address (`N/A`, a page link of 2020, a deleted post behind a login) with rows that have
 * one. A pair is the same post, unless one export lists both.
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
