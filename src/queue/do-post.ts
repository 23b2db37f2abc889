import { sep } from 'node:path';
import { asError, stopsRun } from '../errors.ts';
import { postPath } from '../exports/keys.ts';
import type { RunEvent } from '../model/event.ts';
import type { Post } from '../model/post.ts';
import type { Fetched } from '../originals/index.ts';
import type { PostRun, PostWords } from '../pipeline/context.ts';
import { failPost, holdPost, processPost } from '../pipeline/process-post.ts';
import { computeRunHash } from '../pipeline/up-to-date.ts';
import type { Encoders } from '../render/encoders.ts';
import type { Tools } from '../tools/tools.ts';
import type { Outcome } from './documents.ts';
import type { OpenRun } from './open-runs.ts';
import type { SharedFolder } from './shared-folder.ts';

/** The environment of a worker, independent of the current post. */
export interface WorkerContext {
  readonly tools: Tools;
  readonly encoders: Encoders;
  /** Threads per encoder. */
  readonly threads: number;
  readonly tell: (event: RunEvent) => void;
}

/** Called with the plans once they are made, and the progress of the current rendition, 0 to 1. */
export type OnProgress = (share: number, plans: Outcome['plans']) => void;

const notFetched: Fetched = { original: null, isNew: false, issues: [] };

/**
 * Processes a post as a run on one machine does (pipeline/process-post.ts), and collects its events and rows.
 * @returns its outcome, or why it is not available
 * @throws InterruptedError
 */
export async function doPost(
  key: string,
  { root }: Pick<SharedFolder, 'root'>,
  { about, folder, media, posts, music, originals, manifest, probeCache, upToDate }: OpenRun,
  { tools: world, encoders, threads, tell }: WorkerContext,
  onProgress: OnProgress,
  signal: AbortSignal,
): Promise<Omit<Outcome, 'attempt'> | string> {
  const post = posts.get(key);
  const wanted = about.posts[key];
  if (!post || !wanted || postPath(post) !== wanted.linkPath)
    return `The export does not have the post ${key} any more.`;

  const tools = { ...world, files: world.files.confined(folder) };
  const rows = new Map<string, Outcome['rows'][number]['row']>();
  const unchanged = new Set<string>();
  const plans: { target: string; actions: string[] }[] = [];
  const names = about.nameless ? [] : [about.account];
  const run: PostRun = {
    ...{ tools, signal, folder, music, encoders, threads, probeCache, options: about.options },
    account: about.account,
    names,
    coverFolders: [folder, ...media],
    isPosted: (_, target) => wanted.posted.includes(target),
    pathOnCoordinator: (path) => (path.startsWith(`${root}${sep}`) ? `${about.root}${path.slice(root.length)}` : path),
    pathHere: (path) => (path.startsWith(`${about.root}/`) ? `${root}${path.slice(about.root.length)}` : path),
    runHash: computeRunHash({ options: about.options, names, music }),
    manifest: {
      get: manifest.get,
      has: manifest.has,
      rowsOf: manifest.rowsOf,
      set(row) {
        manifest.set(row);
        rows.set(row.target, row);
      },
    },
    upToDate,
    onProgress: (_, share) => onProgress(share, plans),
    tell(event) {
      if (event.type === 'plan') plans.push({ target: event.target, actions: [...event.actions] });
      if (event.type === 'post' && event.unchanged) unchanged.add(event.target);
      tell(event);
    },
  };
  const { fetched, inputHashes } = await fetchAndProcess(post, wanted, run, originals);
  // Unchanged rows are reported without rewriting them.
  for (const target of unchanged)
    for (const row of manifest.rowsOf(key, [target])) rows.set(target, rows.get(target) ?? row);
  return {
    ...{ schemaVersion: 1, run: about.run, key, plans, inputHashes: Object.fromEntries(inputHashes) },
    rows: [...rows.values()].map((row) => ({ row, unchanged: unchanged.has(row.target) })),
    fetched: { isNew: fetched.isNew, hasOriginal: fetched.original !== null, issues: [...fetched.issues] },
  };
}

async function fetchAndProcess(
  post: Post,
  { caption, issues, isUnsure, choices, held, subtitles }: OpenRun['about']['posts'][string],
  run: PostRun,
  originals: OpenRun['originals'],
): Promise<{ readonly fetched: Fetched; readonly inputHashes: ReadonlyMap<string, string> }> {
  const words: PostWords = {
    get: () => caption,
    issuesOf: () => issues,
    isUnsure: () => isUnsure,
    choicesOf: () => choices,
    subtitlesOf: () => subtitles,
  };
  let fetched = notFetched;
  let inputHashes: ReadonlyMap<string, string> = new Map();
  try {
    fetched = await originals.get(post, run.signal);
    if (held === null) inputHashes = await processPost(post, fetched, words, run);
    else await holdPost(post, held, fetched, run);
  } catch (error) {
    run.signal.throwIfAborted();
    if (stopsRun(error)) throw error;
    await failPost(post, asError(error), words, run);
  }
  return { fetched, inputHashes };
}
