import type { Export, Post } from '../model/post.ts';
import { joinAcross } from './across.ts';
import { named, newestFirst } from './collect.ts';
import type { KnownKey } from './keys.ts';
import { bySecond, withoutDuplicates } from './same.ts';

/**
 * Merges exports of the same account, in the order in which the accounts first appear. Each post appears once, with its
 * newest link and its strictest visibility. Exports without an account name are not merged.
 */
export function mergeExports(exports: readonly Export[]): readonly Export[] {
  const groups = new Map<string, Export[]>();
  for (const one of exports) {
    const id = one.account === null ? `nameless ${groups.size}` : `account ${accountId(one.account)}`;
    groups.set(id, [...(groups.get(id) ?? []), one]);
  }
  return [...groups.values()].flatMap((group) => joinExports(group) ?? []);
}

/** Normalises a user name: TikTok's are case-insensitive. */
export function accountId(account: string): string {
  return account.toLowerCase();
}

/** The same export with the keys that earlier runs assigned. */
export function withKnownKeys(one: Export, known: readonly KnownKey[]): Export {
  return { ...one, ...named(newestFirst([...one.posts, ...one.deleted]), known) };
}

/**
 * Merges exports of one account, in any order.
 * @returns null if the list is empty
 */
export function joinExports(exports: readonly Export[]): Export | null {
  const [newest, ...older] = newestExportFirst(exports);
  if (newest === undefined || older.length === 0) return newest ?? null;
  const all = [newest, ...older];
  const sources = new Map<Post, number>();
  for (const [number, { posts, deleted }] of all.entries()) {
    for (const post of [...posts, ...deleted]) sources.set(post, number);
  }
  const posts = bySecond(newestFirst([...sources.keys()])).flatMap((group) =>
    joinAcross(all.map((_, number) => group.filter((post) => sources.get(post) === number))),
  );
  const account = all.find((one) => one.account !== null)?.account ?? null;
  return { ...newest, account, ...named(posts), setAside: setAsideOf(all) };
}

/** Joins the files into which TikTok or another program has split one export. Each row is a separate post. */
export function joinParts(parts: readonly Export[]): Export | null {
  const [first, ...others] = parts;
  if (first === undefined || others.length === 0) return first ?? null;
  const posts = withoutDuplicates(newestFirst(parts.flatMap((part) => [...part.posts, ...part.deleted])));
  const account = parts.find((part) => part.account !== null)?.account ?? null;
  return { ...first, account, ...named(posts), setAside: setAsideOf(parts) };
}

function setAsideOf(exports: readonly Export[]): Export['setAside'] {
  return exports.toReversed().flatMap(({ setAside }) => setAside);
}

/**
 * Sorts exports by age. The date of an export is not stored in it, so the latest link expiry decides, then the latest
 * post. Any remaining tie is broken deterministically, independent of the order on the command line.
 */
function newestExportFirst(exports: readonly Export[]): readonly Export[] {
  const facts = exports.map((one) => ({
    one,
    expiry: lastExpiry(one),
    last: Math.max(0, ...[one.posts[0], one.deleted[0]].map((post) => post?.time ?? 0)),
    posts: one.posts.length + one.deleted.length,
  }));
  let texts: Map<Export, string> | undefined;
  const textOf = (one: Export) => {
    texts ??= new Map(exports.map((each) => [each, JSON.stringify([each.account, each.posts, each.deleted])]));
    return texts.get(one) ?? '';
  };
  const byText = (one: Export, other: Export) => (textOf(one) < textOf(other) ? -1 : 1);
  return facts
    .sort((a, b) => b.expiry - a.expiry || b.last - a.last || b.posts - a.posts || byText(a.one, b.one))
    .map(({ one }) => one);
}

function lastExpiry(one: Export): number {
  let last = 0;
  for (const post of one.posts) for (const link of post.links) last = Math.max(last, link.expiresAt ?? 0);
  return last;
}
