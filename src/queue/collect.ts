import PQueue from 'p-queue';
import type { Issue } from '../model/issue.ts';
import type { Post } from '../model/post.ts';
import { record } from '../pipeline/manifest-entry.ts';
import type { PostsToDo } from '../pipeline/port.ts';
import { failWith } from '../pipeline/process-post.ts';
import { recordDelivered } from '../pipeline/up-to-date.ts';
import { defaultSettings } from './default-settings.ts';
import { type Outcome, progress } from './documents.ts';
import { outcomesIn, readOutcome } from './files.ts';

const readConcurrency = 8;
/** A network share may show a file that another machine has written only after a moment. Intervals in milliseconds. */
const maxReads = 5;
const readInterval = 1000;

/**
 * Records the outcomes of workers in the manifest and the event log, as if the posts had been processed here.
 * @param posts the posts for workers
 * @param runHash outcomes of another run are ignored
 */
export function openCollection({ run, report, onDone }: PostsToDo, posts: readonly Post[], runHash: string) {
  const { account, folder, tools } = run;
  const all = new Map(posts.map((post) => [post.key, post]));
  const open = new Set(all.keys());
  const attempts = new Map<string, number>();
  const reportedPlans = new Set<string>();
  const reading = new PQueue({ concurrency: readConcurrency });

  const reportPlans = (key: string, plans: Outcome['plans']) => {
    for (const { target, actions } of plans) {
      if (reportedPlans.has(`${key} ${target}`)) continue;
      reportedPlans.add(`${key} ${target}`);
      run.tell({ type: 'plan', account, key, target, actions });
    }
  };
  const recordOutcome = async (post: Post, outcome: Outcome) => {
    reportPlans(post.key, outcome.plans);
    const isFirst = open.delete(post.key);
    const { isNew, hasOriginal, issues } = outcome.fetched;
    if (isFirst) report.onFetched(post, { isNew, issues, original: hasOriginal ? {} : null });
    if (isFirst) run.onProgress(post.key, 1);
    // A worker's file is untrusted: rows of a platform that is not in `--to` are ignored.
    const isWanted = ({ row }: Outcome['rows'][number]) => run.options.to.some(({ name }) => name === row.target);
    for (const { row, unchanged } of outcome.rows.filter(isWanted)) record(row, post, run, { unchanged });
    await recordDelivered(post, new Map(Object.entries(outcome.inputHashes)), run);
    if (isFirst) onDone();
  };
  /** Whether the outcome has a row for each platform. Without one, the post would be done but not in the manifest. */
  const hasAllPlatforms = ({ rows }: Outcome) =>
    run.options.to.every(({ name }) => rows.some(({ row }) => row.target === name));
  /** @returns whether there is an outcome */
  const collect = async (key: string): Promise<boolean> => {
    const post = all.get(key);
    const outcome = post && (await readOutcome(folder, key, tools.files));
    if (!post || !outcome || outcome.run !== runHash || !hasAllPlatforms(outcome)) return false;
    // The same outcome is read after an event and again at the end; only a later attempt replaces it.
    if (outcome.attempt > (attempts.get(key) ?? 0)) {
      attempts.set(key, outcome.attempt);
      await recordOutcome(post, outcome);
    }
    return true;
  };
  const giveUpOn = async (key: string, issue: Issue) => {
    const post = all.get(key);
    if (!post || !open.delete(key)) return;
    await failWith(post, issue, run.loadedCaptions.known, run);
    onDone();
  };

  return {
    /** Posts without a recorded outcome. */
    open: (): readonly Post[] => posts.filter(({ key }) => open.has(key)),
    onProgress(key: string, data: unknown): void {
      const read = progress.safeParse(data);
      if (!read.success || !open.has(key)) return;
      reportPlans(key, read.data.plans ?? []);
      run.onProgress(key, read.data.share);
    },
    /** Called when a worker has finished a post. A failed read is repeated by `collectRest`. */
    async onEnd(key: string): Promise<void> {
      await reading.add(async () => collect(key)).catch(() => false);
    },
    isComplete: (): boolean => open.size === 0,
    /** Records outcomes that were written before this coordinator started. */
    async collectPresent(): Promise<void> {
      for (const key of await outcomesIn(folder, tools.files)) await collect(key);
    },
    /**
     * Ends the posts for which no event arrived: reads their outcomes, or records the failure that Redis has.
     * @param failures reasons by post key
     */
    async collectRest(failures: ReadonlyMap<string, string>): Promise<void> {
      await reading.onIdle();
      for (let number = 1; number <= maxReads && open.size > 0; number++) {
        for (const key of [...open]) {
          if (await collect(key)) continue;
          const reason = failures.get(key);
          if (reason !== undefined) await giveUpOn(key, issueFor(reason));
          else if (number === maxReads) await giveUpOn(key, issueFor('its worker left no word of it'));
        }
        if (open.size > 0) await new Promise((done) => setTimeout(done, readInterval));
      }
    },
    ended: async () => reading.onIdle(),
  };
}

/** In characters. The reason comes from Redis and is untrusted. */
const maxReasonLength = 1000;

/** @param reason BullMQ's reason if workers were lost with the post too often, otherwise the worker's */
function issueFor(reason: string): Issue {
  const loss = { severity: 'error', limit: null } as const;
  return reason.includes('stalled')
    ? { ...loss, code: 'worker-lost', actual: defaultSettings.maxAttempts }
    : { ...loss, code: 'render-failed', actual: reason.slice(0, maxReasonLength) };
}
