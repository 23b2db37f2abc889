import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import type { Settings } from '../config/config-file.ts';
import type { PortOptions } from '../config/options.ts';
import type { RunEvent, Totals } from '../model/event.ts';
import type { Music } from '../model/original.ts';
import type { Post } from '../model/post.ts';
import { checkEncoder, type Encoders, openEncoders } from '../render/encoders.ts';
import type { Entry } from '../state/documents.ts';
import type { ArchiveFile } from '../tools/archive.ts';
import type { Tools } from '../tools/tools.ts';
import { foldersOfCovers, withoutCovers } from './chosen-cover.ts';
import { concurrencyFor } from './concurrency.ts';
import type { AccountRun, AccountWork, RunContext } from './context.ts';
import { type FetchReport, trackFetching } from './fetch-progress.ts';
import { forecast } from './forecast.ts';
import { resolveCaptions } from './load-captions.ts';
import { openAccount, saveKeys, saveState } from './open-account.ts';
import { prefetch } from './prefetch.ts';
import { openMusicOf } from './probe-music.ts';
import { failPost, holdPost, markInterrupted, processPost, reportUnchanged } from './process-post.ts';
import type { Account } from './read-accounts.ts';
import { type AccountDone, type RunResult, runAccounts } from './run-accounts.ts';
import { originalsToFetch, type PostWork, runScheduled, skipUnchanged } from './scheduler.ts';
import { checkUpToDate, computeRunHash, hasRecords, type UpToDateCheck } from './up-to-date.ts';
import { checkCover, checkOneCover } from './validate-cover.ts';
import { writeContactSheets } from './write-contact-sheets.ts';

/** A person who waits wants to know for what, but not to wait for that too: seconds. */
const patience = 8;

/** The posts of an account, and who hears what became of them. */
export interface PostsToDo {
  readonly account: Account;
  readonly works: readonly PostWork[];
  readonly run: AccountRun;
  readonly report: FetchReport;
  /** A post has its rows. */
  readonly onDone: () => void;
}

interface Ways {
  /** Whether to tell first what will have to be done, which takes some seconds. */
  readonly forecasts?: boolean;
  /**
   * Has the posts done by other machines (queue/coordinate.ts); without it they are done here. Resolves to what is left to
   * do once the books are written.
   */
  readonly elsewhere?: (posts: PostsToDo) => Promise<() => Promise<void>>;
}

/**
 * The main job: read the exports, and for each account fetch, plan, make and deliver its posts.
 * @throws PortError if nothing can be done at all; trouble with one post, or with one of several exports, is told
 */
export async function port(
  paths: readonly string[],
  settings: Settings<PortOptions>,
  tools: Tools,
  tell: (event: RunEvent) => void,
  signal: AbortSignal,
  ways: Ways = {},
): Promise<RunResult> {
  const context = { tools, tell, signal, ...(ways.elsewhere && { together: true as const }) };
  const { encoder } = settings.common;
  await checkEncoder(encoder, tools, signal);
  const encoders = openEncoders(tools, (message) => tell({ type: 'warning', message }));
  const musicOf = await openMusicOf(settings.all, tools, tell, signal);
  const work = async (each: AccountWork) => {
    const options = settings.for(each.account.name);
    return portAccount(each, options, musicOf(options), encoders, ways, { ...context, signal: each.signal });
  };
  const targets = new Set(settings.all.flatMap(({ to }) => to.map(({ name }) => name)));
  return await runAccounts(paths, settings, [...targets], context, work, {
    byQueue: ways.elsewhere !== undefined,
    check: (accounts) => checkOneCover(accounts, settings),
  });
}

async function portAccount(
  work: AccountWork,
  options: PortOptions,
  music: Music | null,
  encoders: Encoders,
  ways: Ways,
  context: RunContext,
): Promise<AccountDone> {
  const targets = options.to.map(({ name }) => name);
  const opened = await openAccount(work, options, targets, context);
  await checkCover({ ...opened, options });
  const { account, selection, signal, tell } = opened;
  const posts = [...selection.selected, ...selection.held.map(({ post }) => post)];

  const { threads } = concurrencyFor(options.jobs, availableParallelism());
  const progress = { done: 0, total: posts.length };
  const onProgress = (key: string, share: number) =>
    tell({ type: 'progress', stage: 'make', account, key, share, ...progress });
  const runHash = computeRunHash({ ...opened, options, music });
  const coverFolders = foldersOfCovers(opened, options);
  const run: AccountRun = { ...opened, options, music, encoders, runHash, threads, coverFolders, onProgress };
  const onDone = () => progress.done++;
  const works = worksOf(run, onDone);
  const fetch = originalsToFetch(works);
  const report = trackFetching([...fetch.others, ...fetch.hurried], run);
  const toDo: PostsToDo = { account: work.account, works, run, report, onDone };
  let afterwards = async () => {};
  try {
    await saveKeys(work.account, run);
    if (ways.elsewhere) afterwards = await ways.elsewhere(toDo);
    else await doHere(toDo, ways);
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    for (const post of posts) await markInterrupted(post, run);
    await saveState(work.account, run);
    await writeContactSheets(run);
  }
  await afterwards();
  return {
    totals: Object.fromEntries(targets.map((name) => [name, totalsOf(name, run)])),
    missing: report.missing(),
    leftOver: signal.aborted ? [] : await leftOverOf(posts, run),
  };
}

/** Of this run: what an earlier one made of a post that this one was not asked for is the manifest's to tell. */
function totalsOf(target: string, { selection, manifest }: Pick<AccountRun, 'selection' | 'manifest'>): Totals {
  const { selected, held } = selection;
  const asked = held.filter(({ issue }) => issue.code !== 'not-selected').map(({ post }) => post);
  const totals = manifest.totals(
    [...selected, ...asked].map(({ key }) => key),
    target,
  );
  return { ...totals, held: totals.held + held.length - asked.length };
}

/** Files of `--media` that no post took, as its original or its cover. */
async function leftOverOf(posts: readonly Post[], run: AccountRun): Promise<readonly ArchiveFile[]> {
  const keys = posts.map(({ key }) => key);
  return await withoutCovers(unused(run.originals.leftOver(), keys, run), posts, await run.loadedCaptions.all(), run);
}

/** What a worker found to be a post's, perhaps by the time written in it, is not left over. */
function unused(
  leftOver: readonly ArchiveFile[],
  keys: readonly string[],
  { manifest, folder }: Pick<AccountRun, 'manifest' | 'folder'>,
): readonly ArchiveFile[] {
  if (leftOver.length === 0) return leftOver;
  const pathsOf = ({ original }: Entry) => [original?.path, ...(original?.photos ?? []).map(({ path }) => path)];
  const used = new Set<string>();
  for (const key of keys) {
    for (const path of manifest.rowsOf(key).flatMap(pathsOf)) if (path != null) used.add(resolve(folder, path));
  }
  return leftOver.filter(({ path }) => path === null || !used.has(path));
}

/**
 * On this machine: what has to come from the network is fetched ahead; what is here and as it was is told; the rest is made
 * in its order.
 */
async function doHere({ works, run, report }: PostsToDo, { forecasts = false }: Ways): Promise<void> {
  const { jobs, share } = concurrencyFor(run.options.jobs, availableParallelism());
  // Links die: whatever else a run waits for, they are fetched meanwhile.
  const fetching = await prefetch(originalsToFetch(works), run, report.onFetched);
  try {
    const captions = await resolveCaptions(run);
    const left = await skipUnchanged(works, fetching, run.signal);
    if (forecasts) {
      const { selected } = run.selection;
      const open = new Set(left.map(({ post }) => post));
      const unchanged = new Set(selected.filter((post) => !open.has(post)));
      const asked = { jobs, patience, unchanged, locate: fetching.get };
      const found = await forecast(selected, captions, { ...run, threads: share }, asked);
      run.tell({ type: 'forecast', account: run.account, ...found });
    }
    await runScheduled(left, jobs, fetching, run.signal);
  } finally {
    await fetching.ended();
  }
}

function worksOf(run: AccountRun, onDone: () => void): PostWork[] {
  const { selected, held } = run.selection;
  const fail = (post: PostWork['post']) => async (error: Error) => {
    await failPost(post, error, run);
    onDone();
  };
  return [
    ...selected.map((post): PostWork => {
      let check: UpToDateCheck | null = null;
      return {
        post,
        fetch: true,
        makes: true,
        ...(hasRecords(post, run) && {
          async checkUnchanged(fetched) {
            const found = await checkUpToDate(post, fetched, await run.loadedCaptions.all(), run);
            if (found.unchanged.length < run.options.to.length) {
              check = found;
              return null;
            }
            return () => {
              reportUnchanged(found.unchanged, post, run);
              onDone();
            };
          },
        }),
        fail: fail(post),
        work: async (fetched) => {
          await processPost(post, fetched, await run.loadedCaptions.all(), run, check);
          onDone();
        },
      };
    }),
    ...held.map(
      ({ post, issue }): PostWork => ({
        post,
        fetch: run.options.heldOriginals && issue.code !== 'not-selected',
        makes: false,
        fail: fail(post),
        work: async (fetched) => {
          await holdPost(post, issue, fetched, run);
          onDone();
        },
      }),
    ),
  ];
}
