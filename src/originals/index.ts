import type { Issue, Link, Original, OriginalFile, OriginalSource, Post } from '../model.ts';
import type { Archive, ArchiveFile, Tools } from '../tools/tools.ts';
import { type Match, matchFiles } from './match.ts';
import type { Memory } from './memory.ts';
import { sniff, sniffedBytes } from './sniff.ts';
import { openStore, type Store } from './store.ts';

export interface OriginalsOptions {
  /** Of the account, absolute. */
  readonly folder: string;
  /** All known posts, so that matching is one to one. */
  readonly posts: readonly Post[];
  /** The exports themselves, which may hold media. */
  readonly bundled: readonly Archive[];
  readonly offline: boolean;
  readonly allowHosts: readonly string[];
  readonly memory: Memory;
}

export interface Fetched {
  /** null if nothing could be had: `issues` says why. */
  readonly original: Original | null;
  readonly issues: readonly Issue[];
}

export interface Originals {
  /** Brings a post's original into the store, or finds it there. Trouble with one post is in its issues. */
  get(post: Post, signal: AbortSignal): Promise<Fetched>;
}

/** Larger than any video that TikTok takes (10 GB), so that a server cannot fill the disk with one file. */
const maxVideoBytes = 20_000_000_000;
const maxPhotoBytes = 200_000_000;

/** Where originals come from, in this order: the store, media bundled in the export, the signed link. */
export async function openOriginals(options: OriginalsOptions, tools: Tools): Promise<Originals> {
  const store = await openStore(options.folder, tools.files, options.memory);
  const bundled = options.bundled.flatMap((archive) => archive.files.filter(({ bytes }) => bytes > 0));
  const matches = matchFiles(options.posts, bundled);

  return {
    async get(post, signal) {
      const stored = await store.find(post, signal);
      const match = matches.found.get(post.key);
      const wanted = Math.max(1, post.kind === 'video' ? 1 : post.links.length, match?.files.length ?? 0);
      const issues: Issue[] = [];
      const names = matches.ambiguous.get(post.key);
      if (names) issues.push(trouble('several-files-fit', names.length, `${post.key}`, 'warning'));

      const files = new Map(stored);
      let source: OriginalSource = 'bundled';
      for (let index = 0; index < wanted; index++) {
        if (files.has(index)) continue;
        const file = match?.files[index];
        const made = file
          ? await fromArchive(post, index, file, store, tools, signal)
          : await fromLink(post, index, post.links[index], store, options, tools, signal);
        if (!file) source = 'link';
        if ('code' in made) issues.push(made);
        else files.set(index, made);
      }
      if (!match && stored.size > 0) source = 'link';
      return { original: originalOf(files, source, match), issues: settled(issues, files.size, wanted) };
    },
  };
}

function originalOf(
  files: ReadonlyMap<number, OriginalFile>,
  source: OriginalSource,
  match: Match<ArchiveFile> | undefined,
): Original | null {
  if (files.size === 0) return null;
  const ordered = [...files].sort(([a], [b]) => a - b).map(([, file]) => file);
  return {
    files: ordered,
    source,
    matchedBy: source === 'link' ? 'link' : (match?.matchedBy ?? 'key'),
    seconds: match?.seconds ?? null,
  };
}

/** A slideshow that lacks a photo is still a slideshow: what is missing is then a warning. */
function settled(issues: readonly Issue[], have: number, wanted: number): Issue[] {
  if (have === 0) return issues.length > 0 ? [...issues] : [trouble('no-original', null, null)];
  return [
    ...issues.map((issue): Issue => ({ ...issue, severity: 'warning' })),
    ...(have < wanted ? [trouble('photo-missing', wanted - have, wanted, 'warning')] : []),
  ];
}

async function fromArchive(
  post: Post,
  index: number,
  file: ArchiveFile,
  store: Store,
  tools: Tools,
  signal: AbortSignal,
): Promise<OriginalFile | Issue> {
  try {
    const head = await headOf(file, signal);
    const found = sniff(head);
    if (found?.kind !== post.kind) return trouble('damaged', `${file.name} is not media`, null);
    const path = store.pathFor(post, index, found.extension);
    const written = await tools.files.writeStream(path, file.stream(signal), maxVideoBytes, signal);
    return await store.admit(post, path, written.sha256);
  } catch (error) {
    signal.throwIfAborted();
    // A full disk says nothing about the file.
    if (error instanceof Error && 'syscall' in error) throw error;
    return trouble('damaged', error instanceof Error ? error.message : String(error), null);
  }
}

async function headOf(file: ArchiveFile, signal: AbortSignal): Promise<Uint8Array> {
  let head = Buffer.alloc(0);
  for await (const chunk of file.stream(signal)) {
    head = Buffer.concat([head, chunk]);
    if (head.length >= sniffedBytes) break;
  }
  return head;
}

async function fromLink(
  post: Post,
  index: number,
  link: Link | undefined,
  store: Store,
  { offline, allowHosts }: OriginalsOptions,
  tools: Tools,
  signal: AbortSignal,
): Promise<OriginalFile | Issue> {
  if (!link) return trouble('no-link', null, null);
  if (link.kind !== 'media') return trouble('no-original', link.host, null);
  if (link.expiresAt !== null && link.expiresAt <= tools.now()) {
    return trouble('link-expired', new Date(link.expiresAt * 1000).toISOString().slice(0, 10), null);
  }
  if (offline) return trouble('offline', null, null);
  const maxBytes = post.kind === 'video' ? maxVideoBytes : maxPhotoBytes;
  const download = store.pathForDownload(post, index);
  const got = await tools.http.download(link.url, download, { allowHosts, maxBytes, signal });
  if (!got.ok) return got.issue;
  const found = sniff(got.head);
  if (found?.kind !== post.kind) {
    await tools.files.remove(download);
    return trouble('link-not-media', 'something else', null);
  }
  const path = store.pathFor(post, index, found.extension);
  await tools.files.move(download, path);
  return await store.admit(post, path, got.sha256);
}

function trouble(
  code: Issue['code'],
  actual: Issue['actual'],
  limit: Issue['limit'],
  severity: Issue['severity'] = 'error',
): Issue {
  return { code, severity, actual, limit };
}
