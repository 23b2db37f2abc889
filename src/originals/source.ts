import type { Issue, Link, Post } from '../model.ts';
import type { Tools } from '../tools/tools.ts';
import type { Lanes } from './lanes.ts';
import type { Memory } from './memory.ts';
import type { Piece, Store } from './store.ts';

/** What all sources work with. */
export interface Workshop {
  readonly tools: Tools;
  readonly store: Store;
  readonly memory: Memory;
  /** For downloads, by host. */
  readonly lanes: Lanes;
  /** For work on this machine's disk. */
  readonly local: Lanes;
  /** Whether the disk can take so many bytes more and still leave the rest of the run some room. */
  readonly hasRoom: (bytes: number) => Promise<boolean>;
}

/** What is still to be had of a post. */
export interface Wish {
  readonly post: Post;
  /** Whether the n-th file (from 0) is missing. */
  readonly lacks: (index: number) => boolean;
  /** Whether something lies in the store in that place: nothing may be put over it. */
  readonly isStored: (index: number) => boolean;
  /** To be called before a wait that may take minutes: others need not wait along. */
  readonly onSlow: () => void;
  readonly signal: AbortSignal;
}

export interface Brought {
  readonly pieces: ReadonlyMap<number, Piece>;
  readonly issues: readonly Issue[];
}

/** One way to come by originals. */
export interface Source {
  /** How many files it knows the post to have; 0 if nothing. */
  count(post: Post): number;
  /** Indexes of the files that it has on this machine, as far as it can tell without looking into them. */
  atHand(post: Post): readonly number[];
  /** Only the signal throws, and a disk that cannot be written. */
  bring(wish: Wish): Promise<Brought>;
}

/** Larger than any video that TikTok takes (10 GB), so that a server cannot fill the disk with one file. */
export function maxBytesOf({ kind }: Post): number {
  return kind === 'video' ? 20_000_000_000 : 200_000_000;
}

export function isAllowedHost(link: Pick<Link, 'host'>, allowHosts: readonly string[]): boolean {
  return allowHosts.some((each) => each.toLowerCase().replace(/:\d+$/, '') === link.host);
}
