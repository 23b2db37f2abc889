import type { Export, Post } from '../model.ts';
import { named, newestFirst } from './collect.ts';
import { type KnownKey, postPath } from './keys.ts';
import { isWeakPath } from './link.ts';
import { bySecond, joinRows, withoutDuplicates } from './same.ts';

/**
 * Joins exports of one account into one each, in the order in which the accounts appear: each post once, the newest
 * link wins, the strictest visibility too. Exports without an account name stay on their own.
 */
export function mergeExports(exports: readonly Export[]): readonly Export[] {
  const merged: Export[] = [];
  const places = new Map<string, number>();
  for (const one of exports) {
    if (one.account === null) {
      merged.push(one);
      continue;
    }
    const account = one.account.toLowerCase();
    const place = places.get(account);
    const before = place === undefined ? undefined : merged[place];
    if (place === undefined || before === undefined) {
      places.set(account, merged.push(one) - 1);
      continue;
    }
    // Where the links do not tell, the one named last is taken for the newer.
    merged[place] = lastExpiry(one) >= lastExpiry(before) ? join(one, before) : join(before, one);
  }
  return merged;
}

/** The same export with the keys that earlier runs gave. */
export function withKnownKeys(one: Export, known: readonly KnownKey[]): Export {
  return { ...one, ...named(newestFirst([...one.posts, ...one.deleted]), known) };
}

function join(newer: Export, older: Export): Export {
  const all = newestFirst([...newer.posts, ...newer.deleted, ...older.posts, ...older.deleted]);
  const posts = bySecond(withoutDuplicates(all)).flatMap(pairWeak);
  return { ...newer, ...named(posts), setAside: [...older.setAside, ...newer.setAside] };
}

/**
 * A post that one export knows without its media address (a page of 2020, `N/A`, deleted since) and another one with
 * it: the same, if in its second there is one of each and no more.
 */
function pairWeak(group: readonly Post[]): readonly Post[] {
  const [one, other] = group;
  if (one === undefined || other === undefined || group.length > 2) return group;
  return isWeakPath(postPath(one)) === isWeakPath(postPath(other)) ? group : [joinRows(one, other)];
}

/** When an export was made is not written in it; how long its links live tells which of two is newer. */
function lastExpiry(one: Export): number {
  let last = 0;
  for (const post of one.posts) for (const link of post.links) last = Math.max(last, link.expiresAt ?? 0);
  return last;
}
