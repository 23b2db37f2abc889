import { basename } from 'node:path';
import { sweep } from '../deliver/sweep.ts';
import { resolveCaptions } from '../pipeline/load-captions.ts';
import type { PostsToDo } from '../pipeline/port.ts';
import { openOriginalSources } from '../state/original-sources.ts';
import { openProbeCache } from '../state/probe-cache.ts';
import { queueFolder } from '../state/queue-paths.ts';
import type { CompatibilityStamp } from './assert-compatible.ts';
import type { QueuedRun } from './bullmq/contract.ts';
import type { PostQueue } from './bullmq/index.ts';
import { openCollection } from './collect.ts';
import { describeRun } from './describe.ts';
import { type ExportJob, exportJob, type PostJob } from './documents.ts';
import { enqueue } from './enqueue.ts';
import { outcomesIn, readOutcome, runIdOf, writeRun } from './files.ts';
import { pause } from './pause.ts';
import type { SharedFolder } from './shared-folder.ts';

/** Hears of the posts of one run. */
interface Listener {
  readonly onProgress: (key: string, data: unknown) => void;
  readonly onEnd: (key: string) => void;
}

/** What all accounts of a coordinator share. */
export interface QueueContext {
  readonly queue: PostQueue;
  readonly shared: SharedFolder;
  readonly standard: CompatibilityStamp;
  readonly place: Pick<PostJob, 'out' | 'outId'>;
  /** By the runs' ids. */
  readonly listeners: Map<string, Listener>;
  /** Redis has forgotten posts. */
  readonly onLoss: () => void;
}

/**
 * Has the posts of one account done by workers; goes on with its run where that is in the queue already.
 * @returns what is left to do once the books are written
 */
export async function coordinate(toDo: PostsToDo, desk: QueueContext): Promise<() => Promise<void>> {
  const { run, works } = toDo;
  const { folder, tools, signal } = run;
  const { queue, shared, standard, place, listeners, onLoss } = desk;
  const captions = await resolveCaptions(run);
  const forWorkers = works.filter(({ fetch, makes }) => fetch || makes).map(({ post }) => post);
  // What needs neither network nor render is done before it could be described.
  const rest = works.filter(({ fetch, makes }) => !fetch && !makes);
  for (const { work } of rest) await work({ original: null, isNew: false, issues: [] });

  await listForgotten(toDo);
  const about = await describeRun(toDo, forWorkers, captions, shared, standard);
  const hash = await writeRun(folder, about, tools.files);
  const id = runIdOf(place.outId, basename(folder));
  const job = { schemaVersion: 1 as const, ...place, folder: basename(folder), run: hash };
  const parent: ExportJob = {
    ...{ ...job, ...standard, account: run.account, posts: forWorkers.length, startedAt: tools.now() },
  };

  /** @returns how many of the run are in the queue then, the done and the failed included */
  const putIn = async (): Promise<number> => {
    await enqueue(collection.open(), { id, data: parent }, job, toDo, queue);
    return sum(await queue.find(id));
  };

  const collection = openCollection(toDo, forWorkers, hash);
  let wake = () => {};
  listeners.set(id, {
    onProgress: collection.onProgress,
    onEnd(key) {
      void collection.onEnd(key).then(() => collection.isComplete() && wake());
    },
  });
  try {
    const known = await queue.find(id);
    const isSame = known !== null && exportJob.safeParse(known.data).data?.run === hash;
    if (known !== null && !isSame) {
      await drop(id, queue, signal);
      // What was under way is finished by now.
      await listForgotten(toDo);
    }
    if (isSame) await collection.collectPresent();
    // A coordinator that was killed may have put in only some of them.
    let inQueue = isSame && sum(known) >= forWorkers.length ? sum(known) : await putIn();
    while (!signal.aborted) {
      const state = await queue.find(id);
      const isLost = sum(state) < inQueue || (state === null && collection.open().length > 0);
      if (isLost) {
        await collection.collectPresent();
        if (!collection.isComplete()) onLoss();
        inQueue = await putIn();
      } else if (state === null || state.counts.open === 0) break;
      // What Redis counts as open may be names of posts that never were.
      else if ((await queue.open()) === 0) break;
      const woken = new Promise<void>((done) => {
        wake = done;
      });
      await Promise.race([woken, pause(signal)]);
    }
    if (!signal.aborted) await collection.collectRest(await queue.failures(id));
    await collection.ended();
  } catch (error) {
    // Redis may be gone just when somebody wants to leave.
    if (!signal.aborted) throw error;
  } finally {
    listeners.delete(id);
  }
  if (signal.aborted) {
    const message = 'The workers go on with what is in the queue.';
    run.tell({ type: 'warning', message, atEnd: true });
    return async () => {};
  }
  return async () => clearUp(id, toDo, queue);
}

/** What workers delivered for a run that nobody saw through: the books shall have it, whatever this run is about. */
async function listForgotten({ run: { folder, manifest, tools } }: PostsToDo): Promise<void> {
  for (const key of await outcomesIn(folder, tools.files)) {
    for (const { row } of (await readOutcome(folder, key, tools.files))?.rows ?? []) manifest.set(row);
  }
}

/** Takes away what waits of a run that another one replaces, and lets workers finish what they are at. */
async function drop(id: string, queue: PostQueue, signal: AbortSignal): Promise<void> {
  for (;;) {
    await queue.dropWaiting(id);
    if (!(await queue.underWay()).some(([run]) => run === id)) break;
    await pause(signal);
    signal.throwIfAborted();
  }
  await queue.forget(id);
}

async function clearUp(id: string, { run }: PostsToDo, queue: PostQueue): Promise<void> {
  const { folder, options, tools } = run;
  // First Redis: what is forgotten there and lies here is only done once more, and found done.
  await queue.forget(id);
  const targets = options.to.map(({ name }) => name);
  await sweep(folder, targets, true, tools.files);
  // What workers found out about files, each in a journal of its own.
  await (await openProbeCache(folder, tools.files)).save();
  await tools.files.remove(queueFolder(folder));
  await (await openOriginalSources(folder, tools.files)).merge();
}

function sum(known: QueuedRun | null): number {
  return known === null ? 0 : known.counts.open + known.counts.done + known.counts.failed;
}
