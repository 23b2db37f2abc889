import { setTimeout as wait } from 'node:timers/promises';
import type { Issue } from '../../model/issue.ts';
import { changePostingFolder, openPostingFolder, type PostingFolder, type PostingTools } from '../../posting/folder.ts';
import { postingPath, recordPath } from '../../posting/paths.ts';
import type { Edits, PostingRow } from '../../posting/record.ts';
import { readPackageId, uploadId } from '../../posting/upload.ts';
import { message } from '../../report/messages.ts';
import { manifestPath } from '../../state/manifest.ts';
import { targetNamed } from '../../targets/index.ts';
import { editRows, editsOf, type PostingEdit } from './posting-edit.ts';
import { changedRows, type PostingState, postingState } from './posting-state.ts';
import { later } from './redraw-later.ts';

/** What is planned and posted in one account's folder, shared by all browsers that show its sheets. */
export interface PostingStore {
  state(): Promise<PostingState>;
  /**
   * Writes to posting.csv.
   * @throws RefusedEdit, OutputError or a system error; then nothing is written
   */
  change(edits: readonly PostingEdit[], target: string): Promise<Changed>;
  /**
   * Writes the changes that `change` returns to posting.csv. `change` may throw, and is called again if another program
   * saved the sheet meanwhile.
   * @param zone of a new plan
   */
  edit(change: (opened: PostingFolder) => Edits, zone?: string | null): Promise<Edited>;
  /** @returns how to stop listening */
  listen(listener: Listener): () => void;
  /** Stops. Writes pending changes, and renders the pages on disk again if they are outdated. */
  close(): Promise<void>;
}

export interface Changed {
  /** Issues of posting.csv as it is now. */
  readonly issues: readonly Issue[];
  readonly state: PostingState;
  /** The rows that the request named. */
  readonly rows: readonly PostingRow[];
  /** A sentence if the changes are saved but posting.csv itself could not be written; else null. */
  readonly unwritten: string | null;
}

export interface Edited extends Omit<Changed, 'rows'> {
  readonly opened: PostingFolder;
}

/** @param rows those that changed */
export type Listener = (state: PostingState, rows: readonly PostingRow[]) => void;

export interface PostingStoreTools extends PostingTools {
  /** Renders the pages on disk again. */
  readonly redraw: (folder: string) => Promise<void>;
}

interface Waiting {
  readonly edits: readonly PostingEdit[];
  readonly target: string;
  readonly resolve: (changed: Changed) => void;
  readonly reject: (error: unknown) => void;
}

/** How often the documents are checked for changes while a page is connected. */
const pollMilliseconds = 500;
/** A spreadsheet may take a moment to save: the file is read when it has not changed for this long. */
const settleMilliseconds = 200;
const longestSettling = 3000;
/** After this time a sheet that another program holds open is written again. */
const retryMilliseconds = 15_000;
/** Issues of a merge, which occur once: the next reading does not find them again, so they are shown for some minutes. */
const passing: ReadonlySet<Issue['code']> = new Set(['posting-conflict', 'posting-stale']);
const passingMilliseconds = 10 * 60_000;

/** @param folder the account's folder, absolute */
export function openPostingStore(folder: string, { redraw, ...world }: PostingStoreTools): PostingStore {
  const tools = { ...world, files: world.files.confined(folder), memory: {} };
  const listeners = new Set<Listener>();
  const waiting: Waiting[] = [];
  const pages = later(async () => redraw(folder));
  let state: PostingState | null = null;
  /** Sizes and times of the documents before they were read last. */
  let seen = '';
  /** Size and time of posting.csv when no program was writing it. */
  let whole: string | null = null;
  let unwritten: string | null = null;
  const passed = new Map<string, number>();
  let retryAt = Number.POSITIVE_INFINITY;
  let queue = Promise.resolve();
  let timer: NodeJS.Timeout | null = null;
  let isPolling = false;

  /** Runs one task after the other. An error goes to the caller of that task only. */
  const inTurn = async <T>(work: () => Promise<T>): Promise<T> => {
    const done = queue.then(work);
    queue = done.then(
      () => {},
      () => {},
    );
    return await done;
  };
  const documents = [postingPath(folder), recordPath(folder), manifestPath(folder)];
  const statsOf = async (paths: readonly string[]) => JSON.stringify(await tools.files.factsOf(paths));
  const stats = async () => statsOf(documents);
  const sheetStats = async () => statsOf(documents.slice(0, 1));

  /** Waits until nobody is writing posting.csv. */
  const waitUntilSaved = async () => {
    let before = await sheetStats();
    for (let left = longestSettling; before !== whole && left > 0; left -= settleMilliseconds) {
      await wait(settleMilliseconds);
      const now = await sheetStats();
      if (now === before) whole = now;
      before = now;
    }
  };

  /** The current issues, and those of merges in the last minutes. */
  const sentencesOf = (issues: readonly Issue[]): readonly string[] => {
    const now = Date.now();
    for (const issue of issues) if (passing.has(issue.code)) passed.set(message(issue), now + passingMilliseconds);
    for (const [text, until] of passed) if (until < now) passed.delete(text);
    const lasting = issues.filter(({ code }) => code !== 'posting-unwritten').map(message);
    return [...new Set([...(unwritten === null ? [] : [unwritten]), ...lasting, ...passed.keys()])];
  };

  const publish = (opened: PostingFolder, issues: readonly Issue[]): PostingState => {
    const before = state;
    const now = postingState(opened, sentencesOf(issues));
    state = now;
    const rows = changedRows(before, now);
    if (rows.length > 0) pages.ask();
    const isNew = rows.length > 0 || JSON.stringify(aboutOf(before)) !== JSON.stringify(aboutOf(now));
    if (isNew) for (const listener of listeners) listener(now, rows);
    return now;
  };

  const write = async (change: (opened: PostingFolder) => Edits, zone: string | null = null): Promise<Edited> => {
    const before = await stats();
    const done = await changePostingFolder(folder, tools, titleOf, change, zone);
    // What others wrote meanwhile is found by the next poll.
    seen = before;
    whole = await sheetStats();
    const behind = done.issues.find(({ code }) => code === 'posting-unwritten') ?? null;
    unwritten = behind && message(behind);
    retryAt = behind === null ? Number.POSITIVE_INFINITY : Date.now() + retryMilliseconds;
    return { state: publish(done, done.issues), unwritten, opened: done, issues: done.issues };
  };

  const refresh = async () => {
    if (state === null) whole = await sheetStats();
    else await waitUntilSaved();
    const before = await stats();
    const opened = await openPostingFolder(folder, tools);
    seen = before;
    const { isChanged, issues } = opened.posting;
    if (!isChanged) [retryAt, unwritten] = [Number.POSITIVE_INFINITY, null];
    publish(opened, issues);
    if (!isChanged || (retryAt !== Number.POSITIVE_INFINITY && Date.now() < retryAt)) return;
    // No request waits for it. If nothing can be written, the next change reports it.
    await write(() => []).catch(() => {
      retryAt = Date.now() + retryMilliseconds;
    });
  };

  const poll = async () => {
    if (isPolling) return;
    isPolling = true;
    try {
      const isSame = (await stats()) === seen;
      if (!isSame || Date.now() >= retryAt) await inTurn(refresh);
    } catch {
      // The folder may be missing for a moment: the next poll tries again.
    } finally {
      isPolling = false;
    }
  };

  /** Writes all pending changes at once. */
  const flush = async () => {
    const all = waiting.splice(0);
    if (all.length === 0) return;
    try {
      if (state !== null) await waitUntilSaved();
      const refused = new Map<Waiting, unknown>();
      const done = await write((opened) => {
        // Called again if a spreadsheet saved the sheet meanwhile.
        refused.clear();
        const rows = new Map<string, PostingRow>();
        for (const each of all) {
          try {
            editRows(each.edits, each.target, opened, rows, tools.now() * 1000);
          } catch (error) {
            refused.set(each, error);
          }
        }
        return editsOf(rows);
      });
      for (const each of all) {
        if (refused.has(each)) each.reject(refused.get(each));
        else each.resolve({ ...done, rows: rowsNamed(each, done.state) });
      }
    } catch (error) {
      for (const each of all) each.reject(error);
    }
  };

  return {
    async state() {
      // While there are listeners, polling keeps the state current.
      if (state === null || listeners.size === 0) await inTurn(refresh);
      if (state === null) throw new Error('no state was read');
      return state;
    },
    change: async (edits, target) =>
      new Promise((resolve, reject) => {
        waiting.push({ edits, target, resolve, reject });
        void inTurn(flush);
      }),
    edit: async (change, zone = null) =>
      inTurn(async () => {
        if (state !== null) await waitUntilSaved();
        return await write(change, zone);
      }),
    listen(listener) {
      listeners.add(listener);
      timer ??= setInterval(() => void poll(), pollMilliseconds);
      return () => {
        listeners.delete(listener);
        if (listeners.size > 0 || timer === null) return;
        clearInterval(timer);
        timer = null;
      };
    },
    async close() {
      if (timer) clearInterval(timer);
      listeners.clear();
      await inTurn(async () => {
        if (retryAt !== Number.POSITIVE_INFINITY) await write(() => []).catch(() => {});
      });
      await pages.close();
    },
  };
}

function titleOf(target: string): string {
  return targetNamed(target)?.title ?? target;
}

function aboutOf(state: PostingState | null): unknown {
  return state && [state.zone, state.issues, [...state.delivered]];
}

function rowsNamed({ edits, target }: Pick<Waiting, 'edits' | 'target'>, { rows }: PostingState): PostingRow[] {
  const names = new Set(edits.map(({ key }) => uploadId({ key: readPackageId(key)?.key ?? '', target })));
  return [...names].flatMap((name) => rows.get(name) ?? []);
}
