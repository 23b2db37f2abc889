import { join } from 'node:path';
import type { Issue, Post } from '../model.ts';
import type { Archive, ArchiveFile } from '../tools/tools.ts';
import { kindOfName } from './candidates.ts';
import { creationTimes } from './creation.ts';
import type { Wanted } from './evidence.ts';
import { recallHash } from './file-facts.ts';
import { trouble } from './issues.ts';
import { type LayerOptions, type LocalFiles, layersOf } from './layers.ts';
import { type Fit, type Matching, match } from './match.ts';
import { sniff, sniffed, sniffedBytes } from './sniff.ts';
import { type Brought, maxBytesOf, type Source, type Wish, type Workshop } from './source.ts';
import type { Origin, Piece } from './store.ts';

export interface LocalOptions extends LayerOptions {
  readonly source: 'bundled' | 'media';
  readonly archives: readonly Archive[];
  /** All known posts, so that matching is one to one. */
  readonly posts: readonly Wanted[];
}

export interface LocalSource extends Source {
  /** What it has for a post, as far as the names tell. */
  glance(post: Post): Glance;
  /** Media files that fit no post, as far as they were looked at. */
  leftOver(): readonly ArchiveFile[];
}

/**
 * `stored`: what the store has of it goes before them. `unclear`: somebody has to look into files, or several fit, or
 * there is a remark.
 */
export type Glance = 'nothing' | 'stored' | 'unclear' | InPlace;

interface InPlace extends Pick<Fit<LocalFiles>, 'by' | 'seconds'> {
  /** By their indexes, absolute. */
  readonly paths: ReadonlyMap<number, string>;
}

/**
 * Files that the user has: in the export itself, or in `--media`. Files of a `--media` folder are used where they lie and
 * never changed; all others are written out into the store.
 */
export async function localSource(options: LocalOptions, workshop: Workshop): Promise<LocalSource> {
  const { posts, source } = options;
  const createdAt = creationTimes(options.archives, workshop);
  const layers = await layersOf(options.archives, options);
  const quick = layers.map((candidates) => match(posts, candidates));
  let thorough: Promise<Matching<LocalFiles>[]> | null = null;
  let latest: readonly Matching<LocalFiles>[] = quick;

  /** With the time that is written in the files: a probe of each one that is left, so only when a post needs it. */
  const lookInside = async (signal: AbortSignal) =>
    await Promise.all(
      layers.map(async (candidates, index) => {
        const taken = new Set([...(quick[index]?.fits.values() ?? [])].map(({ candidate }) => candidate));
        const dated = candidates.map(async (candidate) => {
          const file = candidate.kind === 'video' ? candidate.files.get(0) : undefined;
          if (file === undefined || taken.has(candidate)) return candidate;
          const fileTime = await createdAt(file, signal);
          return { ...candidate, fileTime };
        });
        return match(posts, await Promise.all(dated));
      }),
    );

  const matchingsFor = async ({ key, kind }: Post, signal: AbortSignal): Promise<readonly Matching<LocalFiles>[]> => {
    if (kind !== 'video' || quick.some(({ fits }) => fits.has(key))) return quick;
    thorough ??= lookInside(signal);
    latest = await thorough;
    return latest;
  };

  let stray: boolean | null = null;
  /** Whether there is a video that fits no post by its name, but perhaps by the time that is written in it. */
  const hasStray = () => {
    stray ??= layers.some((candidates, index) => {
      const taken = new Set([...(quick[index]?.fits.values() ?? [])].map(({ candidate }) => candidate));
      return candidates.some((candidate) => candidate.kind === 'video' && !taken.has(candidate));
    });
    return stray;
  };

  const indexesOf = ({ key }: Post) => quick.flatMap(({ fits }) => [...(fits.get(key)?.candidate.files.keys() ?? [])]);

  return {
    count: (post) => Math.max(0, ...indexesOf(post).map((index) => index + 1)),
    atHand: indexesOf,
    glance({ key, kind }) {
      const [fit, ...more] = quick.flatMap(({ fits }) => fits.get(key) ?? []);
      if (quick.some(({ refused }) => refused.has(key)) || more.length > 0) return 'unclear';
      if (fit === undefined) return kind === 'video' && hasStray() ? 'unclear' : 'nothing';
      const { candidate, by, seconds } = fit;
      const paths = new Map<number, string>();
      for (const [index, { path }] of candidate.files) if (path !== null) paths.set(index, path);
      if (source === 'bundled' || paths.size === 0) return 'stored';
      return paths.size === candidate.files.size && !candidate.watermarked ? { paths, by, seconds } : 'unclear';
    },
    leftOver() {
      const fitting = latest.flatMap(({ fits, refused }) => [
        ...[...fits.values()].map(({ candidate }) => candidate),
        ...[...refused.values()].flatMap(({ candidates }) => candidates),
      ]);
      const used = new Set(fitting.flatMap((candidate) => [...candidate.files.values()]));
      const all = options.archives.flatMap(({ files }) => files);
      const isLeft = (file: ArchiveFile) => kindOfName(file.name) !== null && !used.has(file) && !file.keptBy;
      return all.filter(isLeft);
    },
    async bring({ post, lacks, isStored, signal }: Wish): Promise<Brought> {
      const pieces = new Map<number, Piece>();
      const issues: Issue[] = [];
      const matchings = await matchingsFor(post, signal);
      const fits = matchings.flatMap((matching) => matching.fits.get(post.key) ?? []);
      for (const fit of fits) {
        let used = false;
        for (const [index, file] of fit.candidate.files) {
          if (!lacks(index) || pieces.has(index)) continue;
          const inPlace = source === 'media' && file.path !== null;
          if (!inPlace && isStored(index)) continue;
          const origin = { source, matchedBy: fit.by, seconds: fit.seconds };
          const made = await take(post, index, file, inPlace, origin, workshop, signal);
          if ('code' in made) issues.push(made);
          else pieces.set(index, made);
          used ||= !('code' in made);
        }
        if (used && fit.candidate.watermarked)
          issues.push(trouble('watermark', nameOf(fit.candidate), null, 'warning'));
      }
      if (fits.length === 0) issues.push(...refusals(post, matchings));
      return { pieces, issues };
    },
  };
}

async function take(
  post: Post,
  index: number,
  file: ArchiveFile,
  inPlace: boolean,
  origin: Origin,
  { tools, store, memory, local, hasRoom }: Workshop,
  signal: AbortSignal,
): Promise<Piece | Issue> {
  const { files } = tools;
  // What is remembered of a file takes no turn: in most runs that is all.
  const inTurn = async <T>(task: () => Promise<T>) => local.run('disk', signal, task);
  const damaged = (why: string) => trouble('damaged', `${file.name}: ${why}`, null, 'warning');
  try {
    signal.throwIfAborted();
    const facts = file.path === null ? null : await files.facts(file.path);
    const look = async () => inTurn(async () => sniff(await headOf(file, signal)));
    const found =
      file.path === null || facts === null
        ? await look()
        : await memory.recall(file.path, 'sniffed', sniffed, look, facts);
    if (found === 'empty') return damaged('it is empty');
    if (found === 'text') return damaged('it is text');
    if (found !== 'unknown' && found.kind !== post.kind) return damaged('it is something else than its name says');
    if (inPlace && file.path !== null) {
      const { path } = file;
      if (facts === null) return damaged('it is gone');
      const make = async () => inTurn(async () => files.sha256(path, signal));
      const sha256 = await recallHash(memory, path, make, facts);
      return { file: { path, bytes: facts.bytes, sha256 }, ...origin };
    }
    if (!(await hasRoom(file.bytes))) return trouble('disk-full');
    // What nobody knows keeps its own extension: better kept than lost.
    const extension = found === 'unknown' ? ownExtension(file) : found.extension;
    const incoming = join(store.incoming, `${post.key}_${index + 1}.local`);
    return await inTurn(async () => {
      const { sha256 } = await files.writeStream(incoming, file.stream(signal), maxBytesOf(post), signal);
      return await store.admit(post, incoming, store.pathFor(post, index, extension), sha256, origin);
    });
  } catch (error) {
    signal.throwIfAborted();
    const { code, syscall, path, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOSPC' || code === 'EDQUOT') return trouble('disk-full');
    // A disk that cannot be written says nothing about the file.
    if (syscall !== undefined && syscall !== 'read' && path !== file.path) throw error;
    return damaged(message);
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

function refusals({ key }: Post, matchings: readonly Matching<LocalFiles>[]): Issue[] {
  return matchings.flatMap(({ refused }) => {
    const refusal = refused.get(key);
    if (!refusal) return [];
    const files = refusal.candidates.length;
    // Where they have the post's name already, another name helps nobody.
    const name = refusal.candidates.some((candidate) => candidate.key === key) ? null : key;
    return files > 1
      ? [trouble('several-files-fit', `${files} files (${namesOf(refusal.candidates)})`, name, 'warning')]
      : [trouble('several-posts-fit', refusal.posts, key, 'warning')];
  });
}

function ownExtension({ name }: ArchiveFile): string {
  return name.slice(name.lastIndexOf('.') + 1).toLowerCase();
}

function nameOf(candidate: LocalFiles): string {
  return [...candidate.files.values()][0]?.name ?? '';
}

const namesShown = 4;

function namesOf(candidates: readonly LocalFiles[]): string {
  const names = candidates.slice(0, namesShown).map(nameOf);
  return [...names, ...(candidates.length > namesShown ? ['...'] : [])].join(', ');
}
