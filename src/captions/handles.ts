import type { Post } from '../model/post.ts';
import { match } from './match.ts';
import type { Note } from './source.ts';

/** A user name as two sources of it are compared: lower case, without `@`. */
export function plainName(handle: string): string {
  return handle.toLowerCase().replace(/^@/, '');
}

/**
 * Whether what `uploader` posted is the account's own. Where one of them is not known, it counts as such.
 * @param aliases former user names of the account
 */
export function isOfAccount(uploader: string | null, account: string | null, aliases: readonly string[]): boolean {
  if (uploader === null || account === null) return true;
  return [account, ...aliases].map(plainName).includes(plainName(uploader));
}

/**
 * Other user names all of whose posts are this account's by their ids and times: it was called so once.
 * @param notes by others
 * @returns how many notes there are, by the plain name
 */
export function formerNames(notes: readonly Note[], posts: readonly Post[]): ReadonlyMap<string, number> {
  const byName = new Map<string, Note[]>();
  for (const note of notes) {
    const name = plainName(note.uploader ?? '');
    byName.set(name, [...(byName.get(name) ?? []), note]);
  }
  const wanting = posts.map(({ key, time, kind, likes, sound, links }) => ({
    ...{ key, time, kind, likes, sound, seconds: null },
    tiktokId: links.find(({ tiktokId }) => tiktokId !== null)?.tiktokId ?? null,
  }));
  const former = new Map<string, number>();
  for (const [name, own] of byName) {
    const { fits, left } = match(wanting, own);
    // One alone may be of somebody who posted in the same seconds.
    if (name !== '' && left.length === 0 && fits.size >= 2) former.set(name, own.length);
  }
  return former;
}
