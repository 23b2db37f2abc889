import { basename } from 'node:path';
import { sweep } from '../deliver/sweep.ts';
import { resolveCaptions } from '../pipeline/load-captions.ts';
import type { PostsToDo } from '../pipeline/port.ts';
import { transcribeForWorkers } from '../pipeline/speech.ts';
import { translateForWorkers } from '../pipeline/translated-targets.ts';
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

/** Receives the events of one run's posts. */
interface Listener {
  readonly onProgress: (key: string, data: unknown) => void;
  readonly onEnd: (key: string) => void;
}

/** State shared by all accounts of a coordinator. */
export interface QueueContext {
  readonly queue: PostQueue;
  readonly shared: SharedFolder;
  readonly stamp: CompatibilityStamp;
  readonly place: Pick<PostJob, 'out' | 'outId'>;
  /** By run id. */
  readonly listeners: Map<string, Listener>;
  /** Called when Redis has lost posts. */
  readonly onLoss: () => void;
}

/**
 * Has the posts of one account processed by workers; continues its run if that is in the queue already.
 * @returns what is left to do after the manifest is saved
 */
export async function coordinate(toDo: PostsToDo, context: QueueContext): Promise<() => Promise<void>> {
  const { run, works } = toDo;
  const { folder, tools, signal } = run;
  const { queue, shared, stamp, place, listeners, onLoss } = context;
  const captions = await resolveCaptions(run);
  const forWorkers = works.filter(({ fetch, makes }) => fetch || makes).map(({ post }) => post);
  // Posts that need neither network nor rendering are finished before the run is described.
  const rest = works.filter(({ fetch, makes }) => !fetch && !makes);
  if (toDo.translations !== null) await translateForWorkers(forWorkers, toDo.translations, run);
  if (toDo.speech !== null) await transcribeForWorkers(forWorkers, toDo.speech, run);
  for (const { work } of rest) await work({ original: null, isNew: false, issues: [] });

  await recordEarlierOutcomes(toDo);
  const about = await describeRun(toDo, forWorkers, captions, shared, stamp);
  const hash = await writeRun(folder, about, tools.files);
  const id = runIdOf(place.outId, basename(folder));
  const job = { schemaVersion: 1 as const, ...place, folder: basename(folder), run: hash };
  const parent: ExportJob = {
    ...{ ...job, ...stamp, account: run.account, posts: forWorkers.length, startedAt: tools.now() },
  };

  /**
   * Adds the posts.
   * @returns how many posts of the run are in the queue, including done and failed ones
   */
  const addPosts = async (): Promise<number> => {
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
      await dropRun(id, queue, signal);
      // Posts that were being processed have finished by now.
      await recordEarlierOutcomes(toDo);
    }
    if (isSame) await collection.collectPresent();
    // A coordinator that was killed may have added only some of them.
    let inQueue = isSame && sum(known) >= forWorkers.length ? sum(known) : await addPosts();
    const lostBefore = new Set<string>();
    while (!signal.aborted) {
      const state = await queue.find(id);
      const isLost = sum(state) < inQueue || (state === null && collection.open().length > 0);
      if (isLost) {
        await collection.collectPresent();
        if (!collection.isComplete()) onLoss();
        inQueue = await addPosts();
      } else if (state === null || state.counts.open === 0) break;
      else {
        const lost = await queue.dropLost(id);
        // The loop puts them in again. A post that is lost a second time stays out, and `collectRest` says why it failed.
        inQueue -= lost.filter((key) => lostBefore.has(key)).length;
        for (const key of lost) lostBefore.add(key);
        if (lost.length > 0) continue;
      }
      const woken = new Promise<void>((done) => {
        wake = done;
      });
      await Promise.race([woken, pause(signal)]);
    }
    if (!signal.aborted) await collection.collectRest(await queue.failures(id));
    await collection.ended();
  } catch (error) {
    // Redis may be unavailable just when the user stops the run.
    if (!signal.aborted) throw error;
  } finally {
    listeners.delete(id);
  }
  if (signal.aborted) {
    const message = 'The workers go on with what is in the queue.';
    run.tell({ type: 'warning', message, atEnd: true });
    return async () => {};
  }
  return async () => cleanUp(id, toDo, queue);
}

/** Records in the manifest what workers delivered for an unfinished earlier run. */
async function recordEarlierOutcomes({ run: { folder, manifest, tools } }: PostsToDo): Promise<void> {
  for (const key of await outcomesIn(folder, tools.files)) {
    for (const { row } of (await readOutcome(folder, key, tools.files))?.rows ?? []) manifest.set(row);
  }
}

/** Removes waiting posts of a run that is being replaced, and lets workers finish their current ones. */
async function dropRun(id: string, queue: PostQueue, signal: AbortSignal): Promise<void> {
  for (;;) {
    await queue.dropWaiting(id);
    if (!(await queue.underWay()).some(([run]) => run === id)) break;
    await pause(signal);
    signal.throwIfAborted();
  }
  await queue.forget(id);
}

async function cleanUp(id: string, { run }: PostsToDo, queue: PostQueue): Promise<void> {
  const { folder, options, tools } = run;
  // Redis first: a post that is forgotten there but has files here is only processed again, and found to be finished.
  await queue.forget(id);
  const targets = options.to.map(({ name }) => name);
  await sweep(folder, targets, true, tools.files);
  // Merges the probe journals of workers.
  await (await openProbeCache(folder, tools.files)).save();
  await tools.files.remove(queueFolder(folder));
  await (await openOriginalSources(folder, tools.files)).merge();
}

function sum(known: QueuedRun | null): number {
  return known === null ? 0 : known.counts.open + known.counts.done + known.counts.failed;
}
