import { join } from 'node:path';
import * as z from 'zod';
import type { MatchedBy, OriginalFile, OriginalSource, Post } from '../model.ts';
import type { Files } from '../tools/tools.ts';
import { recallHash } from './file-facts.ts';
import type { Memory } from './memory.ts';

/** One file of a post, and how it came to be its. */
export interface Piece {
  readonly file: OriginalFile;
  readonly source: OriginalSource;
  readonly matchedBy: MatchedBy;
  readonly seconds: number | null;
}

export type Origin = Pick<Piece, 'source' | 'matchedBy' | 'seconds'>;

/** `originals/` of an account: `<key>.mp4`, `<key>/01.jpg`. Filled once, never changed. */
export interface Store {
  /** What is there of a post, by index; photos by their number, with gaps where one could not be had. */
  find(post: Post, signal: AbortSignal): Promise<ReadonlyMap<number, Piece>>;
  /** Where the n-th file of a post (from 0) belongs. */
  pathFor(post: Post, index: number, extension: string): string;
  /** Gives a file that is whole and at its place its time, and remembers what is known of it. */
  admit(post: Post, path: string, sha256: string, origin: Origin): Promise<Piece>;
  /** The folder in which downloads lie until they are whole. */
  readonly incoming: string;
}

const originSchema: z.ZodType<Origin> = z.object({
  source: z.enum(['bundled', 'media', 'link', 'page']),
  matchedBy: z.enum(['key', 'sidecar', 'id', 'name-time', 'file-time', 'link', 'page']),
  seconds: z.number().nullable(),
});

/** Of a file that somebody put there by hand, or whose memory was deleted, only its name is known. */
const unknownOrigin: Origin = { source: 'media', matchedBy: 'key', seconds: null };

/**
 * Opens the store, and sweeps what killed runs left half-written in it.
 * @param folder of the account
 * @param scratch a folder for what would be written, where nothing may be kept (`--dry-run`); else null
 */
export async function openStore(folder: string, scratch: string | null, files: Files, memory: Memory): Promise<Store> {
  const root = join(folder, 'originals');
  const target = scratch ?? root;
  const videos = new Map<string, string>();
  for (const { name, folder: isFolder } of await files.list(root)) {
    const [, key, extension] = /^([^.]+)\.(\w+)$/.exec(name) ?? [];
    if (!isFolder && key && extension) videos.set(key, join(root, name));
    if (isUnfinished(name) && scratch === null) await files.remove(join(root, name));
  }

  const numbered = async ({ key }: Post): Promise<[number, string][]> => {
    const inside = await files.list(join(root, key));
    return inside.flatMap(({ name, folder: isFolder }): [number, string][] => {
      const number = /^(\d+)\.\w+$/.exec(name)?.[1];
      return number && !isFolder ? [[Number(number) - 1, join(root, key, name)]] : [];
    });
  };

  return {
    incoming: join(folder, '.port', 'incoming'),
    async find(post, signal) {
      const found = new Map<number, Piece>();
      const single = videos.get(post.key);
      const paths = post.kind === 'photos' ? await numbered(post) : single ? [[0, single] as const] : [];
      for (const [index, path] of paths) {
        const facts = await files.facts(path);
        if (!facts || facts.bytes === 0) continue;
        const sha256 = await recallHash(memory, path, async () => files.sha256(path, signal));
        const origin = await memory.recall(path, 'origin', originSchema, async () => unknownOrigin);
        found.set(index, { file: { path, bytes: facts.bytes, sha256 }, ...origin });
      }
      return found;
    },
    pathFor(post, index, extension) {
      if (post.kind === 'video') return join(target, `${post.key}.${extension}`);
      return join(target, post.key, `${String(index + 1).padStart(2, '0')}.${extension}`);
    },
    async admit(post, path, sha256, origin) {
      await files.setModified(path, post.time);
      await files.protect(path);
      const facts = await files.facts(path);
      await recallHash(memory, path, async () => sha256);
      await memory.recall(path, 'origin', originSchema, async () => origin);
      if (post.kind === 'video') videos.set(post.key, path);
      return { file: { path, bytes: facts?.bytes ?? 0, sha256 }, ...origin };
    },
  };
}

function isUnfinished(name: string): boolean {
  return name.startsWith('.') && name.endsWith('.part');
}
