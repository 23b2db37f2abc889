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
import { type OpenRun, openDesk } from './desk.ts';
import { doPost, type Workshop } from './do-post.ts';
import { type AboutWorker, type Outcome, type PostJob, postJob, type Tally } from './documents.ts';
import { readOutcome, writeOutcome } from './files.ts';
import { dropHint, runsHere, StrangePlaceError } from './places.ts';
import type { SharedFolder } from './shared-folder.ts';
import { strangePlaces } from './strange-places.ts';
import { turnOf } from './turns.ts';

const heartbeatMilliseconds = 10_000;
/** More would only be thrown away by whoever looks. */
const betweenProgress = 1000;

/**
 * Does posts out of the queue until the signal comes.
 * @param jobs posts at a time, if a person says so
 * @throws UsageError where this machine cannot do the posts that are there: what it had is put back
 */
export async function workForQueue(
  queue: PostQueue,
  shared: SharedFolder,
  standard: CompatibilityStamp,
  jobs: number | undefined,
  tools: Tools,
  tell: (event: RunEvent) => void,
  signal: AbortSignal,
): Promise<void> {
  const id = `${process.pid}-${randomBytes(4).toString('hex')}`;
  const steps = concurrencyFor(jobs, availableParallelism());
  const about: AboutWorker = { ...standard, host: hostname(), jobs: steps.jobs };
  const runs = await queue.runs();
  const warn = (message: string) => tell({ type: 'warning', message });
  const here = await runsHere(runs, shared, tools.files, warn);
  for (const each of here) assertCompatible(each, standard, `the run of ${quoted(each.account)}`, dropHint(each));
  const places = strangePlaces(here.length > 0, warn);
  const encoders = openEncoders(tools, warn);
  const workshop: Workshop = { tools, encoders, threads: steps.threads, tell };
  const desk = openDesk(shared, standard, id, queue, tools, tell);
  const stop = new AbortController();
  const stopping = AbortSignal.any([signal, stop.signal]);
  let refusal: PortError | null = null;

  const doOne = async (taken: TakenPost): Promise<PostEnd> => {
    const read = postJob.safeParse(taken.data);
    if (!read.success) return { kind: 'failed', reason: `It is no post of ours: ${read.error.issues[0]?.message}.` };
    const job = read.data;
    const aborted = AbortSignal.any([stopping, taken.lost]);
    const turn = turnOf(taken.priority);
    if (turn !== null) queue.setTurn(turn).catch(() => {});
    try {
      aborted.throwIfAborted();
      const end = await desk.withRun(job, taken.attempt > 1, async (opened) => {
        places.isRight();
        return await doInRun(job, opened, taken, shared, workshop, tools, aborted);
      });
      return typeof end === 'string' ? { kind: 'failed', reason: end } : end;
    } catch (error) {
      if (error instanceof StrangePlaceError) return places.endOf(error, taken.attempt);
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
    await queue.work(steps.jobs, `${about.host} ${id}`, doOne, warn, stopping);
  } finally {
    clearInterval(heartbeat);
    await queue.leave(id).catch(() => {});
    await desk.close();
  }
  if (refusal !== null) throw refusal;
}

async function doInRun(
  job: PostJob,
  opened: OpenRun,
  taken: TakenPost,
  shared: SharedFolder,
  workshop: Workshop,
  { files }: Tools,
  signal: AbortSignal,
): Promise<PostEnd> {
  const { folder, manifest, memory } = opened;
  // A worker that was lost with it, or a run before this one, may have told what it delivered.
  for (const { row } of (await readOutcome(folder, job.key, files))?.rows ?? []) manifest.set(row);
  let told = 0;
  const outcome = await doPost(
    job.key,
    shared,
    opened,
    workshop,
    (share, plans) => {
      const now = performance.now();
      if (told !== 0 && now - told < betweenProgress) return;
      taken.tellProgress(told === 0 ? { share, plans } : { share });
      told = now;
    },
    signal,
  );
  if (typeof outcome === 'string') return { kind: 'failed', reason: outcome };
  signal.throwIfAborted();
  await memory.flush();
  await writeOutcome(folder, { ...outcome, attempt: taken.attempt }, files);
  return endOf(outcome);
}

/** Redis hears how many of each, and of a post that failed anywhere, why: it can be tried again. */
function endOf({ rows }: Pick<Outcome, 'rows'>): PostEnd {
  const count = (status: Status) => rows.filter(({ row }) => row.status === status).length;
  const failed = rows.find(({ row }) => row.status === 'failed')?.row;
  if (failed) {
    const reason = failed.issues.find(({ severity }) => severity === 'error')?.message ?? failed.issues[0]?.message;
    return { kind: 'failed', reason: reason ?? 'It failed.' };
  }
  const tally: Tally = { delivered: count('delivered'), held: count('held'), rejected: count('rejected') };
  return { kind: 'done', tally };
}
