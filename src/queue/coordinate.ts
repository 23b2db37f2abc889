import { basename, join, resolve } from 'node:path';
import type { Settings } from '../config.ts';
import { sweep } from '../deliver/sweep.ts';
import { allWords } from '../find-words.ts';
import type { Post } from '../model.ts';
import type { PortOptions } from '../options.ts';
import { openMemory } from '../originals/memory.ts';
import type { PostsToDo } from '../port.ts';
import type { PostQueue, QueuedPost, QueuedRun } from '../tools/queue.ts';
import type { Tools } from '../tools/tools.ts';
import { agree, type Standard } from './agree.ts';
import { openCollection } from './collect.ts';
import { describeRun } from './describe.ts';
import { type ExportJob, exportJob, type PostJob } from './documents.ts';
import { outcomesIn, readOutcome, runIdOf, takeOutId, writeRun } from './files.ts';
import { queueFolder } from './paths.ts';
import type { SharedFolder } from './shared-folder.ts';
import { workerOf } from './status.ts';
import { priorities } from './turns.ts';

/** Milliseconds. Events tell of most; this is for what was missed while Redis was away. */
const lookEvery = 2000;

/** Hears of the posts of one run. */
interface Listener {
  readonly onProgress: (key: string, data: unknown) => void;
  readonly onEnd: (key: string) => void;
}

interface Desk {
  readonly queue: PostQueue;
  readonly shared: SharedFolder;
  readonly standard: Standard;
  readonly place: Pick<PostJob, 'out' | 'outId'>;
  /** By the runs' ids. */
  readonly listeners: Map<string, Listener>;
}

/** Has posts done by workers. */
export interface Coordinator {
  readonly elsewhere: (posts: PostsToDo) => Promise<() => Promise<void>>;
  readonly close: () => Promise<void>;
}

/**
 * @param paths of the exports
 * @throws UsageError where workers could not reach a file, or one that lives would make something else than this machine;
 * OutputError where another coordinator is at work on the output folder
 */
export async function openCoordinator(
  paths: readonly string[],
  { common: { out, media }, all }: Settings<PortOptions>,
  queue: PostQueue,
  shared: SharedFolder,
  standard: Standard,
  { files, locks }: Tools,
): Promise<Coordinator> {
  for (const path of [...paths, ...media, ...all.flatMap(({ music }) => music ?? [])]) {
    // That one is not there is told when it is read.
    if ((await files.real(resolve(path))) !== null) await shared.toShared(path);
  }
  for (const text of await queue.workers()) {
    const worker = workerOf(text);
    if (worker) agree(worker, standard, `the worker on ${worker.host}`);
  }
  await files.makeFolder(resolve(out));
  const way = await shared.toShared(out);
  const lock = await locks.take(join(resolve(out), '.port', 'lock'));
  const listeners: Desk['listeners'] = new Map();
  try {
    const place = { out: way, outId: await takeOutId(resolve(out), files) };
    const unwatch = await queue.watch({
      progress: (run, key, data) => listeners.get(run)?.onProgress(key, data),
      ended: (run, key) => listeners.get(run)?.onEnd(key),
    });
    const desk: Desk = { queue, shared, standard, place, listeners };
    return {
      elsewhere: async (posts) => coordinate(posts, desk),
      async close() {
        await unwatch();
        await lock.release();
      },
    };
  } catch (error) {
    await lock.release();
    throw error;
  }
}

/**
 * Has the posts of one account done by workers; goes on with its run where that is in the queue already.
 * @returns what is left to do once the books are written
 */
async function coordinate(toDo: PostsToDo, desk: Desk): Promise<() => Promise<void>> {
  const { run, works } = toDo;
  const { folder, tools, signal } = run;
  const { queue, shared, standard, place, listeners } = desk;
  const captions = await allWords(run);
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
  const enqueue = async (posts: readonly Post[]) => {
    const data = (key: string): PostJob => ({ ...job, key });
    const order = await orderOf(posts, toDo, queue);
    const jobs = [...order].map(([{ key }, priority]): QueuedPost => ({ key, data: data(key), priority }));
    await queue.add({ id, data: parent }, jobs);
  };

  const collection = openCollection(toDo, forWorkers, hash);
  let wake = () => {};
  listeners.set(id, {
    onProgress: collection.onProgress,
    onEnd(key) {
      void collection.onEnd(key, shared).then(() => collection.isComplete() && wake());
    },
  });
  try {
    const known = await queue.find(id);
    const isSame = known !== null && exportJob.safeParse(known.data).data?.run === hash;
    if (known !== null && !isSame) await drop(id, queue, signal);
    if (isSame) await collection.collectPresent(shared);
    // A coordinator that was killed may have put in only some of them.
    if (!isSame || sum(known) < forWorkers.length) await enqueue(collection.open());
    while (!signal.aborted) {
      const state = await queue.find(id);
      const open = collection.open();
      if (state === null && open.length > 0) await enqueue(open);
      else if (state === null || state.counts.open === 0) break;
      const woken = new Promise<void>((done) => {
        wake = done;
      });
      await Promise.race([woken, pause(signal)]);
    }
    if (!signal.aborted) await collection.collectRest(await queue.failures(id), shared);
    await collection.ended();
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

async function orderOf(
  posts: readonly Post[],
  { run: { originals, tools } }: PostsToDo,
  queue: PostQueue,
): Promise<ReadonlyMap<Post, number>> {
  const far = await Promise.all(posts.map(async (post) => !(await originals.isAtHand(post))));
  const waiting = posts.map((post, index) => ({ post, toFetch: far[index] === true }));
  const turn = (await queue.open()) === 0 ? 0 : await queue.turn();
  return priorities(waiting, turn, tools.now());
}

/** Takes away what waits of a run that another one replaces, and lets workers finish what they are at. */
async function drop(id: string, queue: PostQueue, signal: AbortSignal): Promise<void> {
  for (;;) {
    await queue.dropWaiting(id);
    const state = await queue.find(id);
    if (state === null || state.counts.open === 0) break;
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
  await (await openMemory(folder, tools.files)).save();
  await tools.files.remove(queueFolder(folder));
}

function sum(known: QueuedRun | null): number {
  return known === null ? 0 : known.counts.open + known.counts.done + known.counts.failed;
}

async function pause(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await new Promise<void>((done) => {
    const timer = setTimeout(stop, lookEvery);
    function stop() {
      clearTimeout(timer);
      signal.removeEventListener('abort', stop);
      done();
    }
    signal.addEventListener('abort', stop);
  });
}
