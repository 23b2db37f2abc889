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
import type { Gate } from './gate.ts';
import { resolveCaptions } from './load-captions.ts';
import { openAccount, saveKeys, saveState } from './open-account.ts';
import { openPosted, savePosted, watchFrozen } from './posted.ts';
import { prefetch } from './prefetch.ts';
import { openMusicOf } from './probe-music.ts';
import { markInterrupted } from './process-post.ts';
import type { Account } from './read-accounts.ts';
import { type AccountDone, type RunResult, runAccounts } from './run-accounts.ts';
import { originalsToFetch, type PostWork, prepareAtHand, runScheduled, skipUnchanged } from './scheduler.ts';
import { heldByRule } from './select-posts.ts';
import { openSpeech, type Speech } from './speech.ts';
import { openTranslations, type Translations, wantedLanguages } from './translations.ts';
import { computeRunHash } from './up-to-date.ts';
import { checkCover, checkOneCover } from './validate-cover.ts';
import { worksOf } from './works.ts';
import { writeContactSheets } from './write-contact-sheets.ts';

/** Seconds that the forecast before a run may take. */
const forecastSeconds = 8;

/** The posts of an account to process, and callbacks for their outcomes. */
export interface PostsToDo {
  readonly account: Account;
  readonly works: readonly PostWork[];
  readonly run: AccountRun;
  readonly report: FetchReport;
  /** null without `--translate`. */
  readonly translations: Translations | null;
  /** null without `--transcribe`. */
  readonly speech: Speech | null;
  /** Called when a post has its rows. */
  readonly onDone: () => void;
}

interface PortMode {
  /** Whether to show a forecast first, which takes some seconds. */
  readonly forecasts?: boolean;
  /** Where posts wait while the run is paused. */
  readonly gate?: Gate;
  /**
   * Has the posts processed by other machines (queue/coordinate.ts); without it they are processed here. Resolves to the
   * cleanup to run after the manifest is saved.
   */
  readonly processByQueue?: (posts: PostsToDo) => Promise<() => Promise<void>>;
}

/**
 * The main job: read the exports, and for each account fetch, plan, make and deliver its posts.
 * @throws PortError if nothing can be done at all; problems with a post or one of several exports are reported
 */
export async function port(
  paths: readonly string[],
  settings: Settings<PortOptions>,
  tools: Tools,
  tell: (event: RunEvent) => void,
  signal: AbortSignal,
  mode: PortMode = {},
): Promise<RunResult> {
  const context = {
    tools,
    tell,
    signal,
    ...(mode.processByQueue && { byQueue: true as const }),
    ...(mode.gate && { gate: mode.gate }),
  };
  const { encoder } = settings.common;
  await checkEncoder(encoder, tools, signal);
  const encoders = openEncoders(tools, (message) => tell({ type: 'warning', message }));
  const musicOf = await openMusicOf(settings.all, tools, tell, signal);
  const work = async (each: AccountWork) => {
    const options = settings.for(each.account.name);
    return portAccount(each, options, musicOf(options), encoders, mode, { ...context, signal: each.signal });
  };
  const targets = new Set(settings.all.flatMap(({ to }) => to.map(({ name }) => name)));
  return await runAccounts(paths, settings, [...targets], context, work, {
    byQueue: mode.processByQueue !== undefined,
    check: (accounts) => checkOneCover(accounts, settings),
  });
}

async function portAccount(
  work: AccountWork,
  options: PortOptions,
  music: Music | null,
  encoders: Encoders,
  mode: PortMode,
  context: RunContext,
): Promise<AccountDone> {
  const targets = options.to.map(({ name }) => name);
  const { tell: watched, tellFrozen } = watchFrozen(context.tell);
  const found = await openAccount(work, options, targets, { ...context, tell: watched }, wantedLanguages(options));
  const translations = openTranslations(found, options);
  const translated = translations === null ? found : { ...found, loadedCaptions: translations.loadedCaptions };
  const speech = openSpeech(translated, options);
  const opened = speech === null ? translated : { ...translated, loadedCaptions: speech.loadedCaptions };
  await checkCover({ ...opened, options });
  const { account, selection, signal, tell } = opened;
  const posts = [...selection.selected, ...selection.held.map(({ post }) => post)];

  const { threads } = concurrencyFor(options.jobs, availableParallelism());
  const progress = { done: 0, total: selection.selected.length + heldByRule(selection).length };
  const onProgress = (key: string, share: number) =>
    tell({ type: 'progress', stage: 'make', account, key, share, ...progress });
  const runHash = computeRunHash({ ...opened, options, music });
  const coverFolders = foldersOfCovers(opened, options);
  const { isPosted, refresh } = await openPosted(opened, options);
  const run: AccountRun = { ...opened, options, music, encoders, runHash, threads, coverFolders, isPosted, onProgress };
  const onDone = () => progress.done++;
  const works = worksOf(run, translations, speech, onDone, refresh);
  const fetch = originalsToFetch(works);
  const report = trackFetching([...fetch.others, ...fetch.hurried], run);
  const toDo: PostsToDo = { account: work.account, works, run, report, translations, speech, onDone };
  let afterwards = async () => {};
  try {
    await saveKeys(work.account, run);
    if (mode.processByQueue) afterwards = await mode.processByQueue(toDo);
    else await processHere(toDo, mode);
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    await translations?.save();
    await speech?.save();
    for (const post of posts) await markInterrupted(post, run);
    await saveState(work.account, run);
    await savePosted(run);
    await writeContactSheets(run);
  }
  tellFrozen();
  await afterwards();
  return {
    totals: Object.fromEntries(targets.map((name) => [name, totalsOf(name, run)])),
    missing: report.missing(),
    unreached: signal.aborted ? unreachedOf(posts, targets, run) : {},
    leftOver: signal.aborted ? [] : await unusedFilesOf(posts, run),
  };
}

/** The totals of this run. Posts that were not selected are left out, even if an earlier run delivered them. */
function totalsOf(target: string, { selection, manifest }: Pick<AccountRun, 'selection' | 'manifest'>): Totals {
  const { selected, held } = selection;
  const asked = heldByRule(selection);
  const totals = manifest.totals(
    [...selected, ...asked].map(({ key }) => key),
    target,
  );
  return { ...totals, held: totals.held + held.length - asked.length };
}

/** By platform: posts that an interrupted run did not reach, and no earlier one either. */
function unreachedOf(
  posts: readonly Post[],
  targets: readonly string[],
  { manifest }: Pick<AccountRun, 'manifest'>,
): Readonly<Record<string, number>> {
  const isUnreached = (key: string, target: string) =>
    manifest.rowsOf(key, [target]).some(({ issues }) => issues.some(({ code }) => code === 'interrupted'));
  return Object.fromEntries(
    targets.map((target) => [target, posts.filter(({ key }) => isUnreached(key, target)).length]),
  );
}

/** Files of `--media` that no post took, as its original or its cover. */
async function unusedFilesOf(posts: readonly Post[], run: AccountRun): Promise<readonly ArchiveFile[]> {
  const keys = posts.map(({ key }) => key);
  return await withoutCovers(
    unused(run.originals.unusedFiles(), keys, run),
    posts,
    await run.loadedCaptions.all(),
    run,
  );
}

/** Files without those that a row uses: a worker may have found more originals than this process, for example by time. */
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
 * Processes the posts on this machine: fetches originals ahead, reports unchanged posts, and makes the others in order.
 */
async function processHere(
  { works, run, report, translations }: PostsToDo,
  { forecasts = false }: PortMode,
): Promise<void> {
  const { jobs, share } = concurrencyFor(run.options.jobs, availableParallelism());
  // Links expire, so fetching continues while the run waits for something else.
  const fetching = await prefetch(originalsToFetch(works), run, report.onFetched);
  try {
    const captions = await resolveCaptions(run);
    await translations?.useStored(run.selection.selected, run);
    const left = await skipUnchanged(works, fetching, run.signal);
    if (translations !== null) {
      await prepareAtHand(left, fetching, run.signal);
      await translations.save();
    }
    if (forecasts) {
      const { selected } = run.selection;
      const open = new Set(left.map(({ post }) => post));
      const unchanged = new Set(selected.filter((post) => !open.has(post)));
      const asked = { jobs, maxSeconds: forecastSeconds, unchanged, locate: fetching.get };
      const found = await forecast(selected, captions, { ...run, threads: share }, asked);
      run.tell({ type: 'forecast', account: run.account, ...found });
    }
    await runScheduled(left, jobs, fetching, run.signal, run.gate);
  } finally {
    await fetching.ended();
  }
}
