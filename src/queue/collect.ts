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
/** A share into which another machine has just written may take a moment to show it. */
const maxReads = 5;
const readInterval = 1000;

/**
 * Lists what workers did, as if it had been done here.
 * @param posts those that workers do
 * @param runHash outcomes of another run are not listed
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
    // A worker's file is foreign: rows of another post, or of a platform that was not asked for, are none.
    const isOwn = ({ row }: Outcome['rows'][number]) =>
      row.key === post.key && run.options.to.some(({ name }) => name === row.target);
    for (const { row, unchanged } of outcome.rows.filter(isOwn)) record(row, post, run, { unchanged });
    await recordDelivered(post, new Map(Object.entries(outcome.inputHashes)), run);
    if (isFirst) onDone();
  };
  /** Whether it says of each platform what became of the post: else the post would be done and in no book. */
  const hasAllPlatforms = ({ rows }: Outcome) =>
    run.options.to.every(({ name }) => rows.some(({ row }) => row.target === name));
  /** @returns whether there is an outcome */
  const collect = async (key: string): Promise<boolean> => {
    const post = all.get(key);
    const outcome = post && (await readOutcome(folder, key, tools.files));
    if (!post || !outcome || outcome.run !== runHash || !hasAllPlatforms(outcome)) return false;
    // Events tell of a post, and so does the last look; one that was tried again ends twice.
    if (outcome.attempt > (attempts.get(key) ?? 0)) {
      attempts.set(key, outcome.attempt);
      await recordOutcome(post, outcome);
    }
    return true;
  };
  const giveUpOn = async (key: string, issue: Issue) => {
    const post = all.get(key);
    if (!post || !open.delete(key)) return;
    await failWith(post, issue, run);
    onDone();
  };

  return {
    /** Posts that are not listed yet. */
    open: (): readonly Post[] => posts.filter(({ key }) => open.has(key)),
    onProgress(key: string, data: unknown): void {
      const read = progress.safeParse(data);
      if (!read.success || !open.has(key)) return;
      reportPlans(key, read.data.plans ?? []);
      run.onProgress(key, read.data.share);
    },
    /** A worker has done with it. What goes wrong here is looked at once more in the end. */
    async onEnd(key: string): Promise<void> {
      await reading.add(async () => collect(key)).catch(() => false);
    },
    isComplete: (): boolean => open.size === 0,
    /** What was done before this program looked. */
    async collectPresent(): Promise<void> {
      for (const key of await outcomesIn(folder, tools.files)) await collect(key);
    },
    /**
     * What no event told of: its outcome lies there, or Redis knows why there is none.
     * @param failures by the posts' keys
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

/** Characters of what comes out of Redis. */
const maxReasonLength = 1000;

/** @param reason BullMQ's, where a worker was lost with the post too often; else a worker's */
function issueFor(reason: string): Issue {
  const loss = { severity: 'error', limit: null } as const;
  return reason.includes('stalled')
    ? { ...loss, code: 'worker-lost', actual: defaultSettings.maxAttempts }
    : { ...loss, code: 'render-failed', actual: reason.slice(0, maxReasonLength) };
}
