import type { Settings } from '../config/config-file.ts';
import type { ReadingOptions } from '../config/options.ts';
import type { RunEvent, Status, Totals } from '../model/event.ts';
import type { Issue } from '../model/issue.ts';
import { machineIssue } from '../model/machine-errors.ts';
import type { Post } from '../model/post.ts';
import type { Fetched } from '../originals/index.ts';
import { message } from '../report/messages.ts';
import type { Tools } from '../tools/tools.ts';
import type { AccountWork, OpenAccount, RunContext } from './context.ts';
import { trackFetching } from './fetch-progress.ts';
import type { Gate } from './gate.ts';
import { resolveCaptions } from './load-captions.ts';
import { originalEvent, originalRow } from './manifest-entry.ts';
import { openAccount, saveKeys, saveState } from './open-account.ts';
import { prefetch } from './prefetch.ts';
import { type AccountDone, type RunResult, runAccounts } from './run-accounts.ts';
import { originalsToFetch, type PostWork, runScheduled } from './scheduler.ts';

/** The name in reports in place of a target: `port fetch` has no target. */
const place = 'originals';

/**
 * Fetches the originals before a platform is chosen, because links expire. Renders nothing and adds only keys to the
 * manifest, whose rows belong to platforms.
 * @param gate where posts wait while the run is paused
 * @throws PortError if nothing can be done at all; problems with a post or one of several exports are reported
 */
export async function fetchOriginals(
  paths: readonly string[],
  settings: Settings<ReadingOptions>,
  tools: Tools,
  tell: (event: RunEvent) => void,
  signal: AbortSignal,
  gate?: Gate,
): Promise<RunResult> {
  const context = { tools, tell, signal, ...(gate && { gate }) };
  const work = async (each: AccountWork) =>
    fetchAccount(each, settings.for(each.account.name), { ...context, signal: each.signal });
  return await runAccounts(paths, settings, [], context, work);
}

async function fetchAccount(work: AccountWork, options: ReadingOptions, context: RunContext): Promise<AccountDone> {
  const opened = await openAccount(work, options, [place], context);
  const { selection, originals } = opened;
  const totals: Totals = { delivered: 0, held: 0, rejected: 0, failed: 0 };
  const finish = (post: Post, status: Status, { original, isNew, issues }: Fetched) => {
    totals[status]++;
    tellOf(post, status, { original, isNew, issues }, opened);
  };
  const held = selection.held.filter(({ issue }) => options.heldOriginals && issue.code !== 'not-selected');
  const works = [
    ...selection.selected.map((post) => workOf(post, 'failed', options, finish)),
    ...held.map(({ post }) => workOf(post, 'held', options, finish)),
  ];
  const report = trackFetching(
    works.map(({ post }) => post),
    opened,
  );
  try {
    await saveKeys(work.account, opened);
    const fetching = await prefetch(originalsToFetch(works), opened, report.onFetched);
    const captions = resolveCaptions(opened);
    captions.catch(() => {});
    await runScheduled(works, 1, fetching, context.signal, context.gate);
    await captions.catch((error: unknown) => {
      if (!context.signal.aborted) throw error;
    });
  } finally {
    await saveState(work.account, opened);
  }
  const reached = totals.delivered + totals.failed + totals.held;
  // Posts that were not selected or not reached count as held, so that the totals add up to the number of posts.
  const all = selection.selected.length + selection.held.length;
  totals.held = all - totals.delivered - totals.failed;
  return {
    totals: { [place]: totals },
    missing: report.missing(),
    unreached: context.signal.aborted ? { [place]: works.length - reached } : {},
    leftOver: originals.unusedFiles(),
  };
}

/** @param without the status of a post without an original: held if it would not have been delivered anyway */
function workOf(
  post: Post,
  without: 'held' | 'failed',
  { strict }: ReadingOptions,
  finish: (post: Post, status: Status, fetched: Fetched) => void,
): PostWork {
  return {
    post,
    fetch: true,
    makes: false,
    async work(fetched) {
      const unwanted = strict && fetched.issues.some(({ severity }) => severity === 'warning');
      finish(post, fetched.original && !unwanted ? 'delivered' : without, fetched);
    },
    fail(error) {
      const unknown: Issue = { code: 'fetch-failed', severity: 'error', actual: error.message, limit: null };
      const issue = machineIssue(error) ?? unknown;
      finish(post, without, { original: null, isNew: false, issues: [issue] });
    },
  };
}

function tellOf(post: Post, status: Status, { original, isNew, issues }: Fetched, run: OpenAccount): void {
  const row = original && originalRow(original, run.folder);
  run.tell({
    type: 'post',
    account: run.account,
    key: post.key,
    target: place,
    status,
    // A file in --media was not fetched by an earlier run.
    unchanged: status === 'delivered' && !isNew && row?.path.startsWith('originals/') === true,
    actions: [],
    issues: issues.map((issue) => ({ ...issue, message: message(issue) })),
    folder: null,
    bytes: original?.files.reduce((sum, file) => sum + file.bytes, 0) ?? 0,
    original: row && originalEvent(row),
  });
}
