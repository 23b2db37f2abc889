import { dirname, join } from 'node:path';
import type { MatchedBy, OriginalFile, OriginalSource } from '../model/original.ts';
import type { Post } from '../model/post.ts';
import { cachedHash } from '../state/file-facts.ts';
import { openOriginalSources } from '../state/original-sources.ts';
import type { ProbeCache } from '../state/probe-cache.ts';
import type { Files } from '../tools/files.ts';

/** One file of a post, its source, and how it was matched. */
export interface OriginalPart {
  readonly file: OriginalFile;
  readonly source: OriginalSource;
  readonly matchedBy: MatchedBy;
  readonly seconds: number | null;
}

export type Origin = Pick<OriginalPart, 'source' | 'matchedBy' | 'seconds'>;

/** `originals/` of an account: `<key>.mp4`, `<key>/01.jpg`, `<key>.cover.jpg`. Files are added once and never changed. */
export interface Store {
  /** The files of a post, by index. Photos that could not be fetched leave gaps. */
  find(post: Post, signal: AbortSignal): Promise<ReadonlyMap<number, OriginalPart>>;
  /** The paths of a post's files, by index, without reading them. */
  list(post: Post): Promise<ReadonlyMap<number, string>>;
  /** The path of the cover that was fetched with a post. */
  coverOf(post: Post): string | null;
  /** The path for the file of a post with this index (from 0). */
  pathFor(post: Post, index: number, extension: string): string;
  /**
   * Adds a complete file: sets its time, records its facts and source, and finally moves it to its path. So even if the
   * run is killed, every file with its final name has its records. An unusable file in its place is moved to
   * `set-aside/`.
   * @param path from `pathFor`
   */
  admit(
    post: Post,
    incoming: string,
    path: string,
    sha256: string,
    origin: Origin & { readonly link?: string },
  ): Promise<OriginalPart>;
  /** Whether a stored file was changed after it was added. */
  isChanged(file: OriginalFile): Promise<boolean>;
  /** Host and path of the link that a stored file came from; null if it has another source, or if that is unknown. */
  linkOf(file: OriginalFile): Promise<string | null>;
  /** The cover that was fetched with a post; null if there is none. */
  findCover(post: Post, signal: AbortSignal): Promise<OriginalFile | null>;
  coverPathFor(post: Post, extension: string): string;
  admitCover(post: Post, incoming: string, path: string, sha256: string): Promise<OriginalFile>;
  /** Whether a path is in the store. */
  contains(path: string): boolean;
  /** The folder for unfinished downloads. */
  readonly incoming: string;
  /** Deletes unfinished downloads of earlier runs, for a post that is complete now. */
  clearIncoming(post: Post): Promise<void>;
}

/** For a file that a person added or edited, only the name is known. */
const unknownOrigin: Origin = { source: 'media', matchedBy: 'key', seconds: null };

/**
 * Opens the store, and deletes files that killed runs left unfinished in it.
 * @param folder the account's folder
 * @param scratch with `--dry-run`, a temporary folder to write to; else null
 * @param writer the name of a queue worker
 */
export async function openStore(
  folder: string,
  scratch: string | null,
  files: Files,
  probeCache: ProbeCache,
  writer = '',
): Promise<Store> {
  const root = join(folder, 'originals');
  const sources = await openOriginalSources(folder, files, writer);
  const nameOf = (path: string) => path.slice(root.length + 1).replaceAll('\\', '/');
  const target = scratch ?? root;
  const videos = new Map<string, string>();
  const covers = new Map<string, string>();
  for (const { name, folder: isFolder } of await files.list(root)) {
    const [, key, cover] = /^([^.]+)(\.cover)?\.\w+$/.exec(name) ?? [];
    if (!isFolder && key) (cover ? covers : videos).set(key, join(root, name));
    if (isUnfinished(name) && scratch === null) await files.remove(join(root, name));
  }

  const list = async ({ key, kind }: Post): Promise<ReadonlyMap<number, string>> => {
    const places = new Map<number, string>();
    if (kind === 'video') {
      const path = videos.get(key);
      return path === undefined ? places : places.set(0, path);
    }
    for (const { name, folder: isFolder } of await files.list(join(root, key))) {
      const number = /^(\d+)\.\w+$/.exec(name)?.[1];
      if (number && !isFolder) places.set(Number(number) - 1, join(root, key, name));
    }
    return places;
  };

  const incoming = join(scratch ?? join(folder, '.port'), 'incoming');
  /** Unfinished downloads such as `.<key>.mp4.part` and `<key>.page`, by key. */
  const unfinished = new Map<string, string[]>();
  for (const { name } of await files.list(incoming)) {
    const key = /^\.?(\d{4}-\d\d-\d\d_\d\d-\d\d-\d\d(?:-\d+)?)(?![\d-])/.exec(name)?.[1];
    if (key) unfinished.set(key, [...(unfinished.get(key) ?? []), name]);
  }

  const fileAt = async (path: string, signal: AbortSignal): Promise<OriginalFile | null> => {
    const facts = await files.facts(path);
    if (!facts || facts.bytes === 0) return null;
    const sha256 = await cachedHash(probeCache, path, async () => files.sha256(path, signal), facts);
    return { path, bytes: facts.bytes, sha256 };
  };
  const storeFile = async (
    { time }: Post,
    from: string,
    path: string,
    sha256: string,
    origin: (Origin & { readonly link?: string }) | null,
  ): Promise<OriginalFile> => {
    await files.setModified(from, time);
    await files.protect(from);
    const facts = await files.facts(from);
    if (facts) await probeCache.move(from, path, facts);
    if (facts) await probeCache.put(path, facts, 'sha256', sha256);
    if (scratch === null) await probeCache.flush();
    if (scratch === null && origin !== null) await sources.record(nameOf(path), { ...origin, sha256 });
    await files.move(from, path);
    return { path, bytes: facts?.bytes ?? 0, sha256 };
  };
  /** Records a file that a person added when it is first seen, so that later changes are noticed. */
  const sourceOf = async ({ path, sha256 }: OriginalFile) => {
    const known = await sources.get(nameOf(path));
    if (known === null && scratch === null) await sources.record(nameOf(path), { ...unknownOrigin, sha256 });
    return known ?? { ...unknownOrigin, sha256 };
  };

  /** Moves an unusable file out of the way. It is kept, because it may be the only copy. */
  const setAside = async (post: Post, path: string) => {
    if (scratch !== null) return;
    for (const each of (await list(post)).values()) {
      if (stemOf(each) !== stemOf(path)) continue;
      const place = join(root, 'set-aside', each.slice(root.length + 1));
      await files.makeFolder(dirname(place));
      for (let number = 1; ; number++) {
        const to = number === 1 ? place : place.replace(/(\.\w+)$/, ` (${number})$1`);
        if ((await files.facts(to)) !== null) continue;
        await files.move(each, to);
        break;
      }
    }
  };

  return {
    incoming,
    async clearIncoming({ key }) {
      for (const name of unfinished.get(key) ?? []) await files.remove(join(incoming, name));
      unfinished.delete(key);
    },
    isChanged: async (file) => (await sourceOf(file)).sha256 !== file.sha256,
    async linkOf(file) {
      const { sha256, link } = await sourceOf(file);
      return (sha256 === file.sha256 && link) || null;
    },
    contains: (path) => path.startsWith(join(target, '/')),
    list,
    coverOf: ({ key }) => covers.get(key) ?? null,
    async find(post, signal) {
      const found = new Map<number, OriginalPart>();
      for (const [index, path] of await list(post)) {
        const file = await fileAt(path, signal);
        if (file === null) continue;
        const { source, matchedBy, seconds, sha256 } = await sourceOf(file);
        const origin = sha256 === file.sha256 ? { source, matchedBy, seconds } : unknownOrigin;
        found.set(index, { file, ...origin });
      }
      return found;
    },
    pathFor(post, index, extension) {
      if (post.kind === 'video') return join(target, `${post.key}.${extension}`);
      return join(target, post.key, `${String(index + 1).padStart(2, '0')}.${extension}`);
    },
    async admit(post, incoming, path, sha256, { link, ...origin }) {
      await setAside(post, path);
      const from = link === undefined ? {} : { link };
      const file = await storeFile(post, incoming, path, sha256, { ...origin, ...from });
      if (post.kind === 'video') videos.set(post.key, path);
      return { file, ...origin };
    },
    async findCover({ key }, signal) {
      const path = covers.get(key);
      return path === undefined ? null : await fileAt(path, signal);
    },
    coverPathFor: ({ key }, extension) => join(target, `${key}.cover.${extension}`),
    async admitCover(post, incoming, path, sha256) {
      covers.set(post.key, path);
      return await storeFile(post, incoming, path, sha256, null);
    },
  };
}

function stemOf(path: string): string {
  return path.replace(/\.\w+$/, '');
}

function isUnfinished(name: string): boolean {
  return name.startsWith('.') && name.endsWith('.part');
}
