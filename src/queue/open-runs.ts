import { join } from 'node:path';
import { withKnownKeys } from '../exports/merge.ts';
import type { RunEvent } from '../model/event.ts';
import type { Music } from '../model/original.ts';
import type { Post } from '../model/post.ts';
import type { HostLimit } from '../originals/host-queue.ts';
import { type Originals, openOriginals } from '../originals/index.ts';
import { inspectOriginals } from '../pipeline/inspect-original.ts';
import { renditionsOf } from '../pipeline/manifest-entry.ts';
import { readAccounts } from '../pipeline/read-accounts.ts';
import { type Manifest, openManifest } from '../state/manifest.ts';
import { openProbeCache, type ProbeCache } from '../state/probe-cache.ts';
import { runFile } from '../state/queue-paths.ts';
import { openUpToDateCache, type UpToDateCache } from '../state/up-to-date-cache.ts';
import type { Archive } from '../tools/archive.ts';
import type { Tools } from '../tools/tools.ts';
import { assertCompatible, type CompatibilityStamp } from './assert-compatible.ts';
import type { PostJob, RunDocument } from './documents.ts';
import { readRun } from './files.ts';
import { accountPath, findOutFolder, WrongFolderError } from './run-folders.ts';
import type { SharedFolder } from './shared-folder.ts';

/** An account's run as opened by a worker. */
export interface OpenRun {
  /** The account's folder, absolute. */
  readonly folder: string;
  readonly about: RunDocument;
  readonly posts: ReadonlyMap<string, Post>;
  /** `--media`, absolute. */
  readonly media: readonly string[];
  readonly music: Music | null;
  readonly originals: Originals;
  readonly manifest: Manifest;
  readonly probeCache: ProbeCache;
  readonly upToDate: UpToDateCache;
  readonly close: () => Promise<void>;
}

/** How much stays open, because clients take turns and each run is needed again soon. */
const maxOpen = {
  /** Of all runs together. */
  posts: 100_000,
  /** Each opened run has a file or two open. */
  runs: 200,
};

interface CachedRun {
  readonly opened: Promise<OpenRun | string>;
  users: number;
}

/**
 * The opened runs of the accounts whose posts a worker processes.
 * @param writer names this worker's own journal in each account
 * @param max how much stays open
 */
export function openRunCache(
  shared: SharedFolder,
  stamp: CompatibilityStamp,
  writer: string,
  limit: HostLimit,
  tools: Tools,
  tell: (event: RunEvent) => void,
  max = maxOpen,
) {
  const cache = new Map<string, CachedRun>();

  const openAndReport = async (job: PostJob) => {
    const opened = await openRun(job, shared, stamp, writer, limit, tools);
    if (typeof opened !== 'string') tell(runEvent(opened));
    return opened;
  };

  /** null if it could not be opened. */
  const runOf = async ({ opened }: CachedRun): Promise<OpenRun | null> => {
    const run = await opened.catch(() => null);
    return typeof run === 'string' ? null : run;
  };

  const close = async (name: string, each: CachedRun) => {
    // Another post may have closed it meanwhile, and a third one opened it again.
    if (cache.get(name) !== each) return;
    // Immediately, so that no new post uses it.
    cache.delete(name);
    await (await runOf(each))?.close();
  };

  const evict = async () => {
    let posts = 0;
    let runs = 0;
    for (const [name, each] of [...cache].reverse()) {
      posts += (await runOf(each))?.posts.size ?? 0;
      runs++;
      if (each.users === 0 && runs > 1 && (posts > max.posts || runs > max.runs)) await close(name, each);
    }
  };

  return {
    /**
     * Runs `work` with the opened run of a post.
     * @param anew whether somebody else may have processed this account's posts since it was opened
     * @returns the result of `work`, or a sentence with the reason why the run cannot be opened
     * @throws UsageError if this worker cannot process any post of the run and should stop
     * @throws StrangePlaceError if only its folder is missing here
     */
    async withRun<T>(job: PostJob, anew: boolean, work: (opened: OpenRun) => Promise<T>): Promise<T | string> {
      const name = `${job.outId} ${job.folder} ${job.run}`;
      const known = cache.get(name);
      if (anew && known?.users === 0) await close(name, known);
      const each = cache.get(name) ?? { opened: openAndReport(job), users: 0 };
      // Move to the end: the least recently used run is closed first.
      cache.delete(name);
      cache.set(name, each);
      each.users++;
      try {
        const opened = await each.opened;
        return typeof opened === 'string' ? opened : await work(opened);
      } finally {
        each.users--;
        // The next post tries to open it again.
        if ((await runOf(each)) === null) await close(name, each);
        await evict();
      }
    },
    async close(): Promise<void> {
      for (const [name, each] of [...cache]) await close(name, each);
    },
  };
}

async function openRun(
  job: PostJob,
  shared: SharedFolder,
  stamp: CompatibilityStamp,
  writer: string,
  limit: HostLimit,
  tools: Tools,
): Promise<OpenRun | string> {
  const { files, archives } = tools;
  if ((await findOutFolder(job, shared, files)) === null) throw new WrongFolderError(job, shared);
  const folder = await shared.fromShared(accountPath(job));
  const about = folder === null ? null : await readRun(folder, files);
  if (folder === null || about === null) return `${runFile(join(job.out, job.folder))} cannot be read.`;
  if (about.run !== job.run) return 'Another run has taken the place of this one.';
  assertCompatible(about, stamp, 'the run');

  const paths = await Promise.all(about.exports.map(shared.fromShared));
  const media = await Promise.all(about.media.map(shared.fromShared));
  const music = about.music && (await shared.fromShared(about.music.path));
  if (!paths.every(isPresent) || !media.every(isPresent) || (about.music && music === null)) {
    return 'A file of the run is not in the shared folder any more.';
  }
  const read = await readAccounts(paths, about.nameless ? null : about.account, tools);
  const [account] = read.accounts;
  const opened: Archive[] = [...read.accounts.flatMap((each) => each.archives)];
  if (!account || read.accounts.length > 1 || read.failures.length > 0) {
    for (const archive of opened) await archive.close();
    return `${about.exports.join(', ')} cannot be read as the export of one account.`;
  }
  for (const path of media) opened.push(await archives.open(path));
  const inFolder = { ...tools, files: files.confined(folder) };
  const manifest = await openManifest(folder, inFolder.files);
  const probeCache = await openProbeCache(folder, inFolder.files, about.options.verify, writer);
  const known = withKnownKeys(account.export, manifest.knownKeys());
  const posts = [...known.posts, ...known.deleted];
  const originals = await openOriginals(
    {
      ...{ folder, posts, probeCache, limit, writer, laterIds: null, scratch: null },
      account: account.export.account,
      aliases: about.options.alias,
      mediaShift: about.options.mediaShift ?? null,
      tiktokIds: new Map(Object.entries(about.tiktokIds)),
      bundled: account.archives,
      media: opened.slice(account.archives.length),
      offline: about.options.offline,
      allowHosts: about.options.allowHost,
      inspectFile: inspectOriginals(probeCache, tools),
      isRendition: renditionsOf(manifest),
    },
    inFolder,
  );
  return {
    ...{ folder, about, media, originals, manifest, probeCache },
    upToDate: await openUpToDateCache(folder, inFolder.files),
    music: about.music && music !== null ? { ...about.music, path: music } : null,
    posts: new Map(posts.map((post) => [post.key, post])),
    async close() {
      await probeCache.flush();
      for (const archive of opened) await archive.close();
    },
  };
}

function runEvent({ about, folder }: OpenRun): RunEvent {
  const { account, exports, options } = about;
  const posts = Object.values(about.posts);
  return {
    ...{ type: 'run', export: exports.join(', '), account, folder, posts: posts.length },
    selected: posts.filter(({ held }) => held === null).length,
    reported: posts.length,
    targets: options.to.map(({ name }) => name),
  };
}

function isPresent(path: string | null): path is string {
  return path !== null;
}
