import { randomBytes } from 'node:crypto';
import { availableParallelism, hostname } from 'node:os';
import { type PortError, quoted, UsageError } from '../errors.ts';
import type { RunEvent, Status } from '../model/event.ts';
import { concurrencyFor } from '../pipeline/concurrency.ts';
import { openEncoders } from '../render/encoders.ts';
import type { Tools } from '../tools/tools.ts';
import { assertCompatible, type CompatibilityStamp } from './assert-compatible.ts';
import type { PostEnd, TakenPost } from './bullmq/contract.ts';
import type { PostQueue } from './bullmq/index.ts';
import { doPost, type WorkerContext } from './do-post.ts';
import { type AboutWorker, type Outcome, type PostJob, postJob, type Tally } from './documents.ts';
import { readOutcome, writeOutcome } from './files.ts';
import { type OpenRun, openRunCache } from './open-runs.ts';
import { progressUpdates } from './progress-updates.ts';
import { dropHint, runsInSharedFolder, WrongFolderError } from './run-folders.ts';
import type { SharedFolder } from './shared-folder.ts';
import { turnOf } from './turns.ts';
import { handleWrongFolders } from './wrong-folders.ts';

const heartbeatMilliseconds = 10_000;

/**
 * Processes posts from the queue until the signal is aborted.
 * @param jobs posts at a time, if the user set it
 * @throws UsageError if this machine cannot process the posts in the queue; its current post is put back
 */
export async function workForQueue(
  queue: PostQueue,
  shared: SharedFolder,
  stamp: CompatibilityStamp,
  jobs: number | undefined,
  tools: Tools,
  tell: (event: RunEvent) => void,
  signal: AbortSignal,
): Promise<void> {
  const id = `${process.pid}-${randomBytes(4).toString('hex')}`;
  const steps = concurrencyFor(jobs, availableParallelism());
  const about: AboutWorker = { ...stamp, host: hostname(), jobs: steps.jobs };
  const runs = await queue.runs();
  const warn = (message: string) => tell({ type: 'warning', message });
  const here = await runsInSharedFolder(runs, shared, tools.files, warn);
  for (const each of here) assertCompatible(each, stamp, `the run of ${quoted(each.account)}`, dropHint(each));
  const wrongFolders = handleWrongFolders(here.length > 0, warn);
  const encoders = openEncoders(tools, warn);
  const context: WorkerContext = { tools, encoders, threads: steps.threads, tell };
  const runCache = openRunCache(shared, stamp, id, queue, tools, tell);
  const stop = new AbortController();
  const stopping = AbortSignal.any([signal, stop.signal]);
  let refusal: PortError | null = null;

  const processTaken = async (taken: TakenPost): Promise<PostEnd> => {
    const read = postJob.safeParse(taken.data);
    if (!read.success) return { kind: 'failed', reason: `It is no post of ours: ${read.error.issues[0]?.message}.` };
    const job = read.data;
    const aborted = AbortSignal.any([stopping, taken.lost]);
    const turn = turnOf(taken.priority);
    if (turn !== null) queue.setTurn(turn).catch(() => {});
    try {
      aborted.throwIfAborted();
      const end = await runCache.withRun(job, taken.attempt > 1, async (opened) => {
        wrongFolders.isRight();
        return await processInRun(job, opened, taken, shared, context, tools, aborted);
      });
      return typeof end === 'string' ? { kind: 'failed', reason: end } : end;
    } catch (error) {
      if (error instanceof WrongFolderError) return wrongFolders.endOf(error, taken.attempt);
      if (error instanceof UsageError) {
        refusal ??= error;
        stop.abort();
        return { kind: 'put-back' };
      }
      if (aborted.aborted) return { kind: 'put-back' };
      throw error;
    }
  };

  const announce = async () => queue.announce(id, about).catch(() => {});
  await announce();
  const heartbeat = setInterval(announce, heartbeatMilliseconds);
  try {
    await queue.work(steps.jobs, `${about.host} ${id}`, processTaken, warn, stopping);
  } finally {
    clearInterval(heartbeat);
    await queue.leave(id).catch(() => {});
    await runCache.close();
  }
  if (refusal !== null) throw refusal;
}

async function processInRun(
  job: PostJob,
  opened: OpenRun,
  taken: TakenPost,
  shared: SharedFolder,
  workshop: WorkerContext,
  { files }: Tools,
  signal: AbortSignal,
): Promise<PostEnd> {
  const { folder, manifest, probeCache } = opened;
  // A worker that was lost, or an earlier run, may have recorded what it delivered.
  for (const { row } of (await readOutcome(folder, job.key, files))?.rows ?? []) manifest.set(row);
  const outcome = await doPost(
    job.key,
    shared,
    opened,
    workshop,
    progressUpdates((progress) => taken.updateProgress(progress)),
    signal,
  );
  if (typeof outcome === 'string') return { kind: 'failed', reason: outcome };
  signal.throwIfAborted();
  await probeCache.flush();
  await writeOutcome(folder, { ...outcome, attempt: taken.attempt }, files);
  return endOf(outcome);
}

/** The summary for Redis: how many files of each kind, and for a failed post the reason, because it can be retried. */
function endOf({ rows }: Pick<Outcome, 'rows'>): PostEnd {
  const count = (status: Status) => rows.filter(({ row }) => row.status === status).length;
  const failed = rows.find(({ row }) => row.status === 'failed')?.row;
  if (failed) {
    const reason = failed.issues.find(({ severity }) => severity === 'error')?.message;
    return { kind: 'failed', reason: reason ?? 'It failed.' };
  }
  const tally: Tally = { delivered: count('delivered'), held: count('held'), rejected: count('rejected') };
  return { kind: 'done', tally };
}
