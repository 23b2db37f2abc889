import type { Issue } from '../model/issue.ts';
import type { Link, Post, PostKind } from '../model/post.ts';
import type { ProbeCache } from '../state/probe-cache.ts';
import type { Tools } from '../tools/tools.ts';
import type { HostQueue } from './host-queue.ts';
import type { OriginalPart, Store } from './store.ts';

/** What all sources share. */
export interface SourceContext {
  readonly tools: Tools;
  readonly store: Store;
  readonly probeCache: ProbeCache;
  /** Limits downloads, by host. */
  readonly downloadQueue: HostQueue;
  /** Limits concurrent work on this machine's disk. */
  readonly diskQueue: HostQueue;
  /** Whether the disk has space for `bytes` more and for the rest of the run. */
  readonly hasRoom: (bytes: number) => Promise<boolean>;
  readonly inspectFile: InspectFile;
  /** Whether a file, by its sha256, was made by `port` for this post, so that it is not an original. */
  readonly isRendition: (post: Post, sha256: string) => Promise<boolean>;
}

/** The result of inspecting a file that may become an original. */
export interface FileVerdict {
  /** Why it is unreadable as the post's kind of media, as a sentence; null if it is readable. */
  readonly why: string | null;
  /** For a video: whether it has a sound track; null if unknown. */
  readonly hasSound: boolean | null;
  /** For a video: its displayed size in pixels and duration in seconds; null if unknown. */
  readonly size: { readonly width: number; readonly height: number; readonly seconds: number } | null;
}

/**
 * Inspects a file of a post. Results are cached by path.
 * @throws the signal's reason, or an error of the machine (no memory, too many open files)
 */
export type InspectFile = (kind: PostKind, path: string, signal: AbortSignal) => Promise<FileVerdict>;

export const noVerdict: FileVerdict = { why: null, hasSound: null, size: null };

/** A request for the missing files of a post. */
export interface FetchRequest {
  readonly post: Post;
  /** Whether the file with this index (from 0) is missing. */
  readonly isMissing: (index: number) => boolean;
  /** Whether the store has a file with this index, which must not be overwritten. */
  readonly isStored: (index: number) => boolean;
  /** Unreadable files in the store, by index. */
  readonly unusable: ReadonlyMap<number, Unusable>;
  /** To be called before a wait that may take minutes, so that other posts do not wait for this one. */
  readonly onSlow: () => void;
  readonly signal: AbortSignal;
}

export interface Unusable {
  /** Host and path of the link that it came from; null if unknown. */
  readonly link: string | null;
  /** A sentence. */
  readonly why: string;
}

export interface FetchResult {
  readonly parts: ReadonlyMap<number, OriginalPart>;
  /** Used only if no link provides a better file. */
  readonly fallbacks?: ReadonlyMap<number, Fallback>;
  readonly issues: readonly Issue[];
}

/** A usable file with a defect. */
export interface Fallback {
  readonly part: OriginalPart;
  /** Reported if it is used. */
  readonly issue: Issue;
  /** Reported if another file is used. */
  readonly passedOver: Issue;
}

/** A source of originals. */
export interface Source {
  /** The number of files that the post has, as far as this source knows; 0 if unknown. */
  count(post: Post): number;
  /** @throws the signal's reason, or a system error if the disk cannot be written */
  fetch(request: FetchRequest): Promise<FetchResult>;
}

/** More than TikTok's limit for a video (10 GB), so that a server cannot fill the disk with one file. */
export function maxBytesOf({ kind }: Post): number {
  return kind === 'video' ? 20_000_000_000 : 200_000_000;
}

export function isAllowedHost(link: Pick<Link, 'host'>, allowHosts: readonly string[]): boolean {
  return allowHosts.some((each) => each.toLowerCase().replace(/:\d+$/, '') === link.host);
}
