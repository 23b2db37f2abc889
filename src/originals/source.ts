import type { Issue } from '../model/issue.ts';
import type { Link, Post, PostKind } from '../model/post.ts';
import type { ProbeCache } from '../state/probe-cache.ts';
import type { Tools } from '../tools/tools.ts';
import type { HostQueue } from './host-queue.ts';
import type { OriginalPart, Store } from './store.ts';

/** What all sources work with. */
export interface SourceContext {
  readonly tools: Tools;
  readonly store: Store;
  readonly probeCache: ProbeCache;
  /** For downloads, by host. */
  readonly downloadQueue: HostQueue;
  /** For work on this machine's disk. */
  readonly diskQueue: HostQueue;
  /** Whether the disk can take so many bytes more and still leave the rest of the run some room. */
  readonly hasRoom: (bytes: number) => Promise<boolean>;
  readonly inspectFile: InspectFile;
  /** Whether a file, by its sha256, is one that `port` made for this post: no original, wherever it lies. */
  readonly isRendition: (post: Post, sha256: string) => Promise<boolean>;
}

/** What can be told of a file that shall be an original. */
export interface FileVerdict {
  /** Why it cannot be read as what the post is, as a sentence; null where it can. */
  readonly why: string | null;
  /** Of a video: whether it has a sound track; null where it is not known. */
  readonly hasSound: boolean | null;
  /** Of a video, as shown: in pixels and seconds; null where it is not known. */
  readonly size: { readonly width: number; readonly height: number; readonly seconds: number } | null;
}

/**
 * Looks into a file of a post. What is found out is remembered for the path.
 * @throws only the signal's reason
 */
export type InspectFile = (kind: PostKind, path: string, signal: AbortSignal) => Promise<FileVerdict>;

export const noVerdict: FileVerdict = { why: null, hasSound: null, size: null };

/** What is still to be had of a post. */
export interface FetchRequest {
  readonly post: Post;
  /** Whether the n-th file (from 0) is missing. */
  readonly isMissing: (index: number) => boolean;
  /** Whether something lies in the store in that place: nothing may be put over it. */
  readonly isStored: (index: number) => boolean;
  /** What lies in the store and cannot be read as the post, by index. */
  readonly unusable: ReadonlyMap<number, Unusable>;
  /** To be called before a wait that may take minutes: others need not wait along. */
  readonly onSlow: () => void;
  readonly signal: AbortSignal;
}

export interface Unusable {
  /** The path of the link by which it came; null where that is not known. */
  readonly link: string | null;
  /** A sentence. */
  readonly why: string;
}

export interface FetchResult {
  readonly parts: ReadonlyMap<number, OriginalPart>;
  /** Taken only where no link brings a better one. */
  readonly fallbacks?: ReadonlyMap<number, Fallback>;
  readonly issues: readonly Issue[];
}

/** A file that is better than nothing. */
export interface Fallback {
  readonly part: OriginalPart;
  /** What is said where it is taken. */
  readonly issue: Issue;
  /** What is said where another one is. */
  readonly passedOver: Issue;
}

/** One way to come by originals. */
export interface Source {
  /** How many files it knows the post to have; 0 if nothing. */
  count(post: Post): number;
  /** Indexes of the files that it has on this machine, as far as it can tell without looking into them. */
  available(post: Post): readonly number[];
  /** Only the signal throws, and a disk that cannot be written. */
  fetch(request: FetchRequest): Promise<FetchResult>;
}

/** Larger than any video that TikTok takes (10 GB), so that a server cannot fill the disk with one file. */
export function maxBytesOf({ kind }: Post): number {
  return kind === 'video' ? 20_000_000_000 : 200_000_000;
}

export function isAllowedHost(link: Pick<Link, 'host'>, allowHosts: readonly string[]): boolean {
  return allowHosts.some((each) => each.toLowerCase().replace(/:\d+$/, '') === link.host);
}
