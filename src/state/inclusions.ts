import { join } from 'node:path';
import * as z from 'zod';
import { OutputError } from '../errors.ts';
import type { Files } from '../tools/files.ts';
import type { Locks } from '../tools/locks.ts';
import { withDocumentLock } from './document-lock.ts';
import { fromJson, isPostKey, toJson } from './documents.ts';

/** That a person decided to port one post which not everyone could see. It holds for what the person knew of the post. */
const inclusion = z.object({
  /** When, ISO 8601. */
  at: z.iso.datetime(),
  /** Who could see the post, as the export said. */
  visibility: z.string().max(1000),
  /** The path of its first link, without its signature; null: it had none. */
  linkPath: z.string().max(4000).nullable(),
});
export type Inclusion = z.infer<typeof inclusion>;

const document = z.object({
  schemaVersion: z.literal(1),
  posts: z.record(z.string().refine(isPostKey), inclusion),
});

const maxBytes = 20_000_000;

/**
 * The path of `included.json`: posts that a person included one by one in the studio, by key. It is a document of its own
 * and no cache: only a button writes it, and nothing else can add a post.
 */
export function inclusionsPath(folder: string): string {
  return join(folder, 'included.json');
}

/** Empty if there is none, or it is broken: then these posts are held again. */
export async function readInclusions(
  folder: string,
  files: Pick<Files, 'readText'>,
): Promise<ReadonlyMap<string, Inclusion>> {
  const text = await files.readText(inclusionsPath(folder), maxBytes).catch(() => null);
  return inclusionsIn(text) ?? new Map();
}

/** null: they cannot be read. */
function inclusionsIn(text: string | null): ReadonlyMap<string, Inclusion> | null {
  const read = text === null ? { posts: {} } : fromJson(text, document);
  return read && new Map(Object.entries(read.posts));
}

/**
 * Adds a post, or takes it out.
 * @param now null: the person took it back
 * @throws OutputError if the document is broken, so that it would lose other posts, or if another port keeps it for long;
 * a system error if it cannot be read or written
 */
export async function setInclusion(
  folder: string,
  key: string,
  now: Inclusion | null,
  { files, locks }: { readonly files: Files; readonly locks: Locks },
): Promise<void> {
  await withDocumentLock(folder, 'included', locks, async () => {
    const there = inclusionsIn(await files.readText(inclusionsPath(folder), maxBytes));
    if (there === null) throw new OutputError('included.json cannot be read. Mend it or move it away, and try again.');
    const all = new Map(there);
    if (now === null) all.delete(key);
    else all.set(key, now);
    if (all.size === 0) await files.remove(inclusionsPath(folder));
    else await files.write(inclusionsPath(folder), toJson({ posts: Object.fromEntries(all) }));
  });
}
