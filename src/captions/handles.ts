import type { Post } from '../model/post.ts';
import { match } from './match.ts';
import type { Note } from './source.ts';

/** Normalises a user name for comparison: lower case, without `@`. */
export function plainName(handle: string): string {
  return handle.toLowerCase().replace(/^@/, '');
}

/**
 * Whether a post by `uploader` belongs to the account. Unknown names count as a match.
 * @param aliases former user names of the account
 */
export function isOfAccount(uploader: string | null, account: string | null, aliases: readonly string[]): boolean {
  if (uploader === null || account === null) return true;
  return [account, ...aliases].map(plainName).includes(plainName(uploader));
}

/**
 * Finds former user names of the account: names all of whose posts match this account's posts by id or time.
 * @param notes notes with other user names
 * @returns the number of notes by normalised name
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
    // A single match may be a coincidence: somebody else who posted in the same seconds.
    if (name !== '' && left.length === 0 && fits.size >= 2) former.set(name, own.length);
  }
  return former;
}
