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
  /** Of the account, absolute. Its last part is the folder's name that the account may have in `media`. */
  readonly folder: string;
  /** The user name as the export tells it (not `--account`): files of another uploader are left alone. */
  readonly account: string | null;
  /** Former user names of the account: what they uploaded is its own. */
  readonly aliases: readonly string[];
  /** Seconds to add to times in names of local files (`--media-shift`); null: nobody said, which is not 0. */
  readonly mediaShift: number | null;
  /** All known posts, so that matching is one to one. */
  readonly posts: readonly Post[];
  /** The posts' TikTok ids by their keys, where captions or listings tell them: for matching, and for the page. */
  readonly tiktokIds: ReadonlyMap<string, string>;
  /**
   * All ids once TikTok's list of the account's posts is there, which takes up to 30 s: waited for only where nothing
   * else result an original, since links die meanwhile. null: there are no more to come.
   */
  readonly laterIds: (() => Promise<ReadonlyMap<string, string>>) | null;
  /** The exports themselves, which may hold media. */
  readonly bundled: readonly Archive[];
  /** `--media`, in the order in which they are to be tried. */
  readonly media: readonly Archive[];
  readonly offline: boolean;
  readonly allowHosts: readonly string[];
  readonly probeCache: ProbeCache;
  /** With `--dry-run`, a temporary folder that takes what would go into the store; else null. */
  readonly scratch: string | null;
  /** Where other machines fetch from the same hosts. */
  readonly limit?: HostLimit;
  /** Looks into files, so that none is taken that cannot be read; without it only their first bytes are looked at. */
  readonly inspectFile?: InspectFile;
  /** Names a worker of a queue, which is not alone in the folder. */
  readonly writer?: string;
  /** Whether a file, by its sha256, is a rendition of this post. */
  readonly isRendition?: (key: string, sha256: string) => boolean;
}

export interface Fetched {
  /** Something came into the store just now. */
  readonly isNew: boolean;
  /** null if nothing could be had: `issues` says why. */
  readonly original: Original | null;
  readonly issues: readonly Issue[];
}

/** What is told of a post whose original was seen to. */
export type FetchedSummary = Pick<Fetched, 'isNew' | 'issues'> & { readonly original: object | null };

export interface Originals {
  /**
   * Brings a post's original into the store, or finds it there. Trouble with one post is in its issues; only the signal
   * throws, and a disk that cannot be written. Any number can be asked for at a time: downloads are kept few, and a post
   * that is under way is not begun again.
   * @param onSlow is called where only yt-dlp is left, which takes its time, one post after the other
   */
  get(post: Post, signal: AbortSignal, onSlow?: () => void): Promise<Fetched>;
  /** Whether it can be had without any network: then there is no hurry. What the files hold is not looked at. */
  isAvailable(post: Post): Promise<boolean>;
  /** The order in which to ask: soonest to die first, those with only dead links last. */
  order(posts: readonly Post[]): readonly Post[];
  /** Files of `media` that fit none of the posts. */
  unusedFiles(): readonly ArchiveFile[];
  /** About local files that are for no one post to tell. */
  readonly issues: readonly Issue[];
}

const downloadsAtOnce = 6;
const downloadsPerHost = 3;
const filesAtOnce = 4;
/** What is left free for renditions, and for everything else that runs on this machine. */
const reservedBytes = 256 << 20;

/**
 * Where originals come from, in this order: media in the export, `--media`, what an earlier run fetched, the signed link,
 * the page. What is in the store came from one of these, and is never written over.
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

  /** What lies in the store, apart from what cannot be read: that does not stand in the way of a link. */
  const inspectStored = async (post: Post, found: ReadonlyMap<number, OriginalPart>, signal: AbortSignal) => {
    const [stored, unusable] = [new Map<number, OriginalPart>(), new Map<number, Unusable>()];
    const silent = new Map<number, Fallback>();
    const issues: Issue[] = [];
    for (const [index, part] of found) {
      const { path } = part.file;
      const { why, hasSound } = await diskQueue.run('disk', signal, async () => inspectFile(post.kind, path, signal));
      // What TikTok itself gives out has the sound that there is.
      const isTheirs = part.source === 'link' || part.source === 'page';
      if (why === null && hasSound === false && post.sound !== null && !isTheirs) {
        silent.set(index, withoutSound(`originals/${basename(path)}`, part));
      } else if (why === null) stored.set(index, part);
      else {
        const from = await store.linkOf(part.file);
        unusable.set(index, { link: from, why });
        const isSame = post.links.some((link) => link.kind === 'media' && linkPath(link) === from);
        // Of the same link the link's source tells.
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
    // Awaited at the end; until then a failure must not count as unheard.
    stillCover.catch(() => {});
    const { stored, silent, unusable, issues } = await inspectStored(post, await store.find(post, signal), signal);
    const wanted = wantedOf(post);
    // What came otherwise yields to a file that the user names now.
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
      for (const [index, each] of result.fallbacks ?? [])
        if (isMissing(index) && !spare.has(index)) spare.set(index, each);
      issues.push(...result.issues);
    }
    for (const [index, { passedOver }] of spare) if (parts.has(index)) issues.push(passedOver);
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

  /** A package's file can be the same file on disk: who edits the one in place edits the other. */
  const changedIn = async (parts: ReadonlyMap<number, OriginalPart>): Promise<Issue[]> => {
    const issues: Issue[] = [];
    for (const { file } of parts.values()) {
      if (!file.path.startsWith(join(folder, 'originals/')) || !(await store.isChanged(file))) continue;
      const name = relative(folder, file.path).replaceAll('\\', '/');
      issues.push(issueOf('original-changed', name, null, 'warning'));
    }
    return issues;
  };

  const inProgress = new Map<string, Promise<Fetched>>();
  return {
    async isAvailable(post) {
      if (options.offline) return true;
      const stored = await store.list(post);
      const here = new Set([...stored.keys(), ...sources.flatMap((source) => source.available(post))]);
      return !mayFetchCover(post) && isWhole(here, wantedOf(post));
    },
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

/** Takes the files that are better than nothing, and says what is the matter with them. */
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

/** A slideshow can come from several sources; the first photo speaks for all. */
function originalOf(parts: ReadonlyMap<number, OriginalPart>, cover: OriginalFile | null): Original | null {
  const ordered = [...parts].sort(([a], [b]) => a - b).map(([, part]) => part);
  const [first] = ordered;
  if (!first) return null;
  const { source, matchedBy, seconds } = first;
  return { files: ordered.map(({ file }) => file), source, matchedBy, seconds, cover };
}
