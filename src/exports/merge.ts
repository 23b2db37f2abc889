import type { Export, Post } from '../model/post.ts';
import { joinAcross } from './across.ts';
import { named, newestFirst } from './collect.ts';
import type { KnownKey } from './keys.ts';
import { bySecond, withoutDuplicates } from './same.ts';

/**
 * Joins exports of one account into one each, in the order in which the accounts appear: each post once, the newest
 * link wins, the strictest visibility too. Exports without an account name stay on their own.
 */
export function mergeExports(exports: readonly Export[]): readonly Export[] {
  const groups = new Map<string, Export[]>();
  for (const one of exports) {
    const id = one.account === null ? `nameless ${groups.size}` : `account ${accountId(one.account)}`;
    groups.set(id, [...(groups.get(id) ?? []), one]);
  }
  return [...groups.values()].flatMap((group) => joinExports(group) ?? []);
}

/** The same for two spellings of one user name: TikTok does not tell capitals from small letters. */
export function accountId(account: string): string {
  return account.toLowerCase();
}

/** The same export with the keys that earlier runs gave. */
export function withKnownKeys(one: Export, known: readonly KnownKey[]): Export {
  return { ...one, ...named(newestFirst([...one.posts, ...one.deleted]), known) };
}

/**
 * One export out of several of one account, whatever their order.
 * @returns null where there are none
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

/** One export out of the files that TikTok, or a program, has cut it into: each row is another post, as within one file. */
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
 * When an export was made is not written in it. How long its links live tells, then the last post; a difference that is left
 * must only be decided in the same way each time, whatever the order on the command line.
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
