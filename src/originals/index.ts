import { basename, join, relative, sep } from 'node:path';
import type { Issue } from '../model/issue.ts';
import type { Original, OriginalFile } from '../model/original.ts';
import type { Post } from '../model/post.ts';
import type { ProbeCache } from '../state/probe-cache.ts';
import type { Archive, ArchiveFile } from '../tools/archive.ts';
import type { Tools } from '../tools/tools.ts';
import { coverSource } from './cover.ts';
import { createHostQueue, type HostLimit } from './host-queue.ts';
import { issueOf, mergeIssues, passedOver, withoutSound } from './issues.ts';
import { lateSource } from './late.ts';
import { linkPath, linkSource } from './link.ts';
import { localSource } from './local.ts';
import { byExpiry, isUnexpired } from './order.ts';
import { withoutStored } from './own-store.ts';
import { pageSource } from './page.ts';
import { type Fallback, type InspectFile, noVerdict, type SourceContext, type Unusable } from './source.ts';
import { type OriginalPart, openStore } from './store.ts';

export interface OriginalsOptions {
  /** The account's folder, absolute. The account may have a folder of the same name in `media`. */
  readonly folder: string;
  /** The user name in the export (not `--account`): files of another uploader are ignored. */
  readonly account: string | null;
  /** Former user names of the account. */
  readonly aliases: readonly string[];
  /** Seconds to add to times in names of local files (`--media-shift`); null if not given, which differs from 0. */
  readonly mediaShift: number | null;
  /** All known posts, because matching is one to one. */
  readonly posts: readonly Post[];
  /** TikTok ids by post key, from captions or a listing: for matching and for the page. */
  readonly tiktokIds: ReadonlyMap<string, string>;
  /**
   * Resolves to all ids when TikTok's list of the account's posts has been loaded, which takes up to 30 s. Awaited only
   * if no other source has the original, because links expire meanwhile. null if no list is loaded.
   */
  readonly laterIds: (() => Promise<ReadonlyMap<string, string>>) | null;
  /** The exports, which may contain media. */
  readonly bundled: readonly Archive[];
  /** `--media`, in the order of preference. */
  readonly media: readonly Archive[];
  readonly offline: boolean;
  readonly allowHosts: readonly string[];
  readonly probeCache: ProbeCache;
  /** With `--dry-run`, a temporary folder used in place of the store; else null. */
  readonly scratch: string | null;
  /** Set if other machines fetch from the same hosts. */
  readonly limit?: HostLimit;
  /** Rejects unreadable files; without it only the first bytes are checked. */
  readonly inspectFile?: InspectFile;
  /** The name of a queue worker, which shares the folder with others. */
  readonly writer?: string;
  /** Whether a file, by its sha256, is a rendition of this post. */
  readonly isRendition?: (key: string, sha256: string) => boolean;
}

export interface Fetched {
  /** Whether a file was added to the store. */
  readonly isNew: boolean;
  /** null if no source has it: `issues` has the reasons. */
  readonly original: Original | null;
  readonly issues: readonly Issue[];
}

/** The part of `Fetched` that is reported. */
export type FetchedSummary = Pick<Fetched, 'isNew' | 'issues'> & { readonly original: object | null };

export interface Originals {
  /**
   * Finds a post's original, or fetches it into the store. Problems with one post become issues. Can be called for any
   * number of posts at once: downloads are limited, and a post in progress is not started again.
   * @param onSlow called if only yt-dlp is left, which is slow and takes one post after the other
   * @throws the signal's reason, or a system error if the disk cannot be written
   */
  get(post: Post, signal: AbortSignal, onSlow?: () => void): Promise<Fetched>;
  /** Whether it is available without network, or stays missing with `--offline`, so that it is not urgent. */
  isAvailable(post: Post): Promise<boolean>;
  /** Whether all its files are on this machine. Does not inspect them. */
  isHere(post: Post): Promise<boolean>;
  /** The order in which to fetch: links that expire first in front, posts with only expired links last. */
  order(posts: readonly Post[]): readonly Post[];
  /** Files of `media` that match no post. */
  unusedFiles(): readonly ArchiveFile[];
  /** Issues about local files that concern no single post. */
  readonly issues: readonly Issue[];
}

const downloadsAtOnce = 6;
const downloadsPerHost = 3;
const filesAtOnce = 4;
/** Disk space to leave free for renditions and other programs. */
const reservedBytes = 256 << 20;

/**
 * Opens the sources of originals, in this order: media in the export, `--media`, the store (fetched by an earlier run),
 * the signed link, the page. Files in the store are never overwritten.
 */
export async function openOriginals(options: OriginalsOptions, tools: Tools): Promise<Originals> {
  const { folder, probeCache, posts, tiktokIds } = options;
  const store = await openStore(folder, options.scratch, tools.files, probeCache, options.writer);
  const hasRoom = async (bytes: number) => (await tools.disk.free(folder)) - bytes > reservedBytes;
  const downloadQueue = createHostQueue(downloadsAtOnce, downloadsPerHost, options.limit);
  const diskQueue = createHostQueue(filesAtOnce, filesAtOnce);
  const inspectFile = options.inspectFile ?? (async () => noVerdict);
  const isRendition = async ({ key }: Post, sha256: string) => {
    if (options.isRendition?.(key, sha256)) return true;
    for (const { portFolders = [] } of [...options.bundled, ...options.media])
      for (const each of portFolders) if ((await each.renditions()).has(sha256)) return true;
    return false;
  };
  const context: SourceContext = {
    tools,
    store,
    probeCache,
    downloadQueue,
    diskQueue,
    hasRoom,
    inspectFile,
    isRendition,
  };
  const matched = {
    accountFolder: basename(folder),
    account: options.account,
    aliases: options.aliases,
    shift: options.mediaShift,
    times: new Map(posts.map(({ key, time }) => [key, time])),
  };
  const idsOf = (ids: ReadonlyMap<string, string>) =>
    posts.map(({ key, time, kind, links }) => {
      const inLink = links.find((link) => link.tiktokId !== null)?.tiktokId;
      return { key, time, kind, tiktokId: ids.get(key) ?? inLink ?? null };
    });
  const archives = {
    bundled: await withoutStored(options.bundled, folder, matched.times, tools.files),
    media: await withoutStored(options.media, folder, matched.times, tools.files),
  };
  const open = async (source: 'bundled' | 'media', ids: ReadonlyMap<string, string>) =>
    localSource({ ...matched, source, archives: archives[source], posts: idsOf(ids) }, context);
  const bundled = await open('bundled', tiktokIds);
  const media = await open('media', tiktokIds);
  const late = lateSource(options, async (ids) => open('media', ids));
  const fetchCover = coverSource(options, context);
  const fromLinks = linkSource(options, context);
  const sources = [bundled, media, fromLinks, late, pageSource(options, context)];
  const mayFetch = ({ links }: Post) => !options.offline && links.some((link) => isUnexpired(link, tools.now()));

  /** Inspects the files in the store. Unreadable ones are kept apart, so that a link may replace them. */
  const inspectStored = async (post: Post, found: ReadonlyMap<number, OriginalPart>, signal: AbortSignal) => {
    const [stored, unusable] = [new Map<number, OriginalPart>(), new Map<number, Unusable>()];
    const silent = new Map<number, Fallback>();
    const issues: Issue[] = [];
    for (const [index, part] of found) {
      const { path } = part.file;
      const { why, hasSound } = await diskQueue.run('disk', signal, async () => inspectFile(post.kind, path, signal));
      // A file from TikTok itself has all the sound that exists.
      const isTheirs = part.source === 'link' || part.source === 'page';
      if (why === null && hasSound === false && post.sound !== null && !isTheirs) {
        silent.set(index, withoutSound(`originals/${basename(path)}`, part));
      } else if (why === null) stored.set(index, part);
      else {
        const from = await store.linkOf(part.file);
        unusable.set(index, { link: from, why });
        const isSame = post.links.some((link) => link.kind === 'media' && linkPath(link) === from);
        // For the same link, the link source reports it.
        if (!isSame) issues.push(passedOver(relative(folder, path).split(sep).join('/'), why));
      }
    }
    return { stored, silent, unusable, issues };
  };

  const mayFetchCover = (post: Post) =>
    !options.offline && !store.coverOf(post) && post.coverLink !== null && isUnexpired(post.coverLink, tools.now());
  const wantedOf = (post: Post) => Math.max(1, ...sources.map((source) => source.count(post)));

  const fetchPost = async (post: Post, signal: AbortSignal, onSlow: () => void): Promise<Fetched> => {
    const stillCover = fetchCover(post, signal);
    // Awaited at the end; until then a failure must not count as an unhandled rejection.
    stillCover.catch(() => {});
    const { stored, silent, unusable, issues } = await inspectStored(post, await store.find(post, signal), signal);
    const wanted = wantedOf(post);
    // Files from other sources yield to a file that the user names in this run.
    const parts = new Map([...stored].filter(([, { source }]) => source === 'bundled'));
    const spare = new Map(silent);
    const links = sources.indexOf(fromLinks);
    for (const [place, source] of sources.entries()) {
      if (place === links) fill(parts, stored);
      if (place > links || (place === links && !mayFetch(post))) addFallbacks(parts, spare, issues);
      if (isWhole(parts, wanted)) break;
      const isMissing = (index: number) => !parts.has(index);
      const isStored = (index: number) => stored.has(index) || silent.has(index);
      const result = await source.fetch({ post, isMissing, isStored, unusable, onSlow, signal });
      fill(parts, result.parts);
      for (const [index, each] of result.fallbacks ?? []) if (!spare.has(index)) spare.set(index, each);
      issues.push(...result.issues);
    }
    issues.push(...[...spare.values()].map((each) => each.passedOver));
    const original = originalOf(parts, await stillCover);
    if (isWhole(parts, wanted)) await store.clearIncoming(post);
    const isNew = [...parts].some(
      ([index, { file }]) =>
        store.contains(file.path) &&
        ![stored.get(index), silent.get(index)?.part].some((old) => old?.file.path === file.path),
    );
    const changed = await changedIn(parts);
    return { original, isNew, issues: [...mergeIssues(issues, new Set(parts.keys()), wanted), ...changed] };
  };

  /** A file in a package may be a hard link to the original: editing one in place changes the other. */
  const changedIn = async (parts: ReadonlyMap<number, OriginalPart>): Promise<Issue[]> => {
    const issues: Issue[] = [];
    for (const { file } of parts.values()) {
      if (!file.path.startsWith(join(folder, 'originals/')) || !(await store.isChanged(file))) continue;
      const name = relative(folder, file.path).replaceAll('\\', '/');
      issues.push(issueOf('original-changed', name, null, 'warning'));
    }
    return issues;
  };

  const isHere = async (post: Post) => {
    const stored = await store.list(post);
    const here = new Set([...stored.keys(), ...[bundled, media].flatMap((source) => source.available(post))]);
    return isWhole(here, wantedOf(post));
  };

  const inProgress = new Map<string, Promise<Fetched>>();
  return {
    isHere,
    isAvailable: async (post) => options.offline || (!mayFetchCover(post) && (await isHere(post))),
    unusedFiles: () => late.stillUnused(media.unusedFiles()),
    issues: [...bundled.issues, ...media.issues],
    order: (some) => byExpiry(some, tools.now()),
    async get(post, signal, onSlow = () => {}) {
      signal.throwIfAborted();
      const got =
        inProgress.get(post.key) ?? fetchPost(post, signal, onSlow).finally(() => inProgress.delete(post.key));
      inProgress.set(post.key, got);
      return await got;
    },
  };
}

function fill(parts: Map<number, OriginalPart>, more: ReadonlyMap<number, OriginalPart>): void {
  for (const [index, part] of more) if (!parts.has(index)) parts.set(index, part);
}

/** Uses fallbacks for missing parts, and adds their issues. */
function addFallbacks(parts: Map<number, OriginalPart>, spare: Map<number, Fallback>, issues: Issue[]): void {
  for (const [index, { part, issue }] of spare) {
    if (parts.has(index)) continue;
    parts.set(index, part);
    issues.push(issue);
    spare.delete(index);
  }
}

function isWhole(parts: { readonly has: (index: number) => boolean }, wanted: number): boolean {
  for (let index = 0; index < wanted; index++) if (!parts.has(index)) return false;
  return true;
}

/** The photos of a slideshow may have several sources; the source of the first is recorded for all. */
function originalOf(parts: ReadonlyMap<number, OriginalPart>, cover: OriginalFile | null): Original | null {
  const ordered = [...parts].sort(([a], [b]) => a - b).map(([, part]) => part);
  const [first] = ordered;
  if (!first) return null;
  const { source, matchedBy, seconds } = first;
  return { files: ordered.map(({ file }) => file), source, matchedBy, seconds, cover };
}
