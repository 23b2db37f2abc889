import { join } from 'node:path';
import * as z from 'zod';
import type { OriginalFile, Post } from '../model.ts';
import type { Files } from '../tools/tools.ts';
import type { Memory } from './memory.ts';

/** `originals/` of an account: `<key>.mp4`, `<key>/01.jpg`. Filled once, never changed. */
export interface Store {
  /** What is there of a post, in order; photos by their number, with gaps where one could not be had. */
  find(post: Post, signal: AbortSignal): Promise<ReadonlyMap<number, OriginalFile>>;
  /** Where the n-th file of a post (from 0) belongs. */
  pathFor(post: Post, index: number, extension: string): string;
  /** Where it lies while nobody knows yet what it is. */
  pathForDownload(post: Post, index: number): string;
  /** Gives a new file its time and its place in the memory. */
  admit(post: Post, path: string, sha256: string): Promise<OriginalFile>;
}

const hash = z.string().regex(/^[0-9a-f]{64}$/);

/** @param folder of the account */
export async function openStore(folder: string, files: Files, memory: Memory): Promise<Store> {
  const root = join(folder, 'originals');
  const videos = new Map<string, string>();
  for (const { name, folder: isFolder } of await files.list(root)) {
    const [key, extension] = name.split('.');
    if (!isFolder && key && extension) videos.set(key, join(root, name));
  }
  return {
    async find(post, signal) {
      const found = new Map<number, OriginalFile>();
      const paths = post.kind === 'video' ? videoOf(post) : await photosOf(post);
      for (const [index, path] of paths) {
        const facts = await files.facts(path);
        if (!facts || facts.bytes === 0) continue;
        const sha256 = await memory.recall(path, 'sha256', hash, async () => files.sha256(path, signal));
        found.set(index, { path, bytes: facts.bytes, sha256 });
      }
      return found;
    },
    pathFor(post, index, extension) {
      if (post.kind === 'video') return join(root, `${post.key}.${extension}`);
      return join(root, post.key, `${String(index + 1).padStart(2, '0')}.${extension}`);
    },
    pathForDownload: (post, index) => join(root, `.${post.key}.${index + 1}.part`),
    async admit(post, path, sha256) {
      await files.setModified(path, post.time);
      const facts = await files.facts(path);
      await memory.recall(path, 'sha256', hash, async () => sha256);
      if (post.kind === 'video') videos.set(post.key, path);
      return { path, bytes: facts?.bytes ?? 0, sha256 };
    },
  };

  function videoOf({ key }: Post): [number, string][] {
    const path = videos.get(key);
    return path ? [[0, path]] : [];
  }

  async function photosOf({ key }: Post): Promise<[number, string][]> {
    const names = await files.list(join(root, key));
    return names.flatMap(({ name, folder: isFolder }): [number, string][] => {
      const number = /^(\d+)\./.exec(name)?.[1];
      return number && !isFolder ? [[Number(number) - 1, join(root, key, name)]] : [];
    });
  }
}
