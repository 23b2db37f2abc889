import type { PostRun } from './account-run.ts';
import type { Captions } from './captions/index.ts';
import { type Entry, issueRows } from './deliver/documents.ts';
import { issuesNow } from './deliver/package.ts';
import { tellInFolder } from './deliver/post-json.ts';
import { presentFiles, stillDelivered } from './deliver/present.ts';
import { type Delivery, deliverPost, jobOf, lookingOf } from './deliver-post.ts';
import { mixtureOf } from './exports/row.ts';
import type { Issue, Original, Post } from './model.ts';
import type { Fetched } from './originals/index.ts';
import { actionOf, type Plan, type SizedCaption } from './plan/plan.ts';
import type { PlanOptions } from './plan/post.ts';
import { judgeOwnWords } from './plan/words/own.ts';
import { planForAll } from './plan-post.ts';
import { examine } from './probe.ts';
import { message } from './report/messages.ts';
import { record, startRow, tellOf } from './rows.ts';
import type { Target } from './targets/target.ts';
import { madeOf, noteDelivered, unchangedRows } from './unchanged-post.ts';

/** What is known of a post's words, by its key. */
export type PostWords = Pick<Captions, 'get' | 'issuesOf' | 'isUnsure'>;

/**
 * One post for all targets at once, so that they share what they can: look at its original, plan, make each distinct
 * rendition once, deliver. Where nothing changed since the last run there is nothing to do. Ends with a row for each
 * target, whatever happens.
 * @param glance its mark by `glanceOf`, if `fetched` is what lies there so: by it the next run knows the post
 * @throws InterruptedError
 */
export async function portPost(
  post: Post,
  fetched: Fetched,
  captions: PostWords,
  run: PostRun,
  glance: string | null = null,
): Promise<void> {
  const made = madeOf(post, fetched, captions, run);
  const marks = glance === null ? [made] : [made, glance];
  const unchanged = await unchangedRows(post, made, run);
  if (unchanged === null) {
    await makePost(post, fetched, captions, run);
    await noteDelivered(post, marks, run);
  } else {
    run.settled.restate(post.key, marks);
    tellUnchanged(unchanged, post, run);
  }
}

/** @param rows of the post as they were and are */
export function tellUnchanged(rows: readonly Entry[], post: Post, run: PostRun): void {
  for (const row of rows) {
    const { account } = run;
    const actions = row.files.filter(({ role }) => role !== 'caption').map(({ action }) => action);
    run.tell({ type: 'plan', account, key: post.key, target: row.target, actions });
    tellOf(row, post, run, { unchanged: true });
  }
}

async function makePost(
  post: Post,
  { original, issues: missing }: Fetched,
  captions: PostWords,
  run: PostRun,
): Promise<void> {
  const { options, manifest } = run;
  const seen = original ? await examine(post, original, run.memory, run.tools, run.signal) : null;
  const caption = captions.get(post.key);
  const known = [...exportNotes(post), ...captions.issuesOf(post.key), ...missing, ...(seen?.issues ?? [])];

  const plans = seen?.material
    ? await planForAll(post, seen.material, caption, options.to, planOptions(run), run.memory, run.tools, run.signal)
    : [];
  if ('code' in plans) known.push(plans);

  const deliveries: Delivery[] = [];
  for (const [index, target] of options.to.entries()) {
    const previous = await manifest.get(post.key, target.name);
    const plan = 'code' in plans ? undefined : plans[index];
    if (!original || !plan) {
      await keepOrFail(post, target, known, original, previous, run);
      continue;
    }
    run.tell({ type: 'plan', account: run.account, key: post.key, target: target.name, actions: actionsOf(plan) });
    const keepsWords = captions.isUnsure(post.key) && previous?.status === 'delivered';
    const hasWords = keepsWords && previous?.caption?.source !== 'none';
    const planned = [...known, ...plan.issues].filter(({ code }) => !(hasWords && code === 'no-words'));
    const issues =
      plan.kind === 'deliver'
        ? await issuesNow(jobOf(post, { target, plan, caption, keepsWords, previous }, run), planned, run.tools.files)
        : planned;
    const unwanted = options.strict && issues.some(({ severity }) => severity === 'warning');
    if (plan.kind === 'deliver' && !unwanted) {
      deliveries.push({ target, plan, caption, keepsWords, original, issues, previous });
    } else {
      const status = plan.kind === 'reject' ? 'rejected' : 'failed';
      record(await undelivered(post, target, status, issues, original, previous, run), post, run);
    }
  }
  await deliverPost(post, deliveries, run);
}

export function planOptions({ options, names, music }: Pick<PostRun, 'options' | 'names' | 'music'>): PlanOptions {
  const { fit, cover = null, tags, footer, long, sound, loudness = null, photos, slideSeconds, encoder } = options;
  return { fit, cover, tags, footer, long, sound, loudness, names, photos, slideSeconds, music, encoder };
}

/** A post that stays at home by a rule, though its original may have been fetched. */
export async function holdPost(post: Post, issue: Issue, { original, issues }: Fetched, run: PostRun): Promise<void> {
  const passedOver = issue.code === 'not-selected';
  for (const target of run.options.to) {
    const previous = await run.manifest.get(post.key, target.name);
    // What another run did with a post that this one was not asked for stays as it is.
    if (passedOver && previous) continue;
    const why = [issue, ...issues.map((each): Issue => ({ ...each, severity: 'info' }))];
    const row = await undelivered(post, target, 'held', why, original, previous, run);
    if (passedOver) run.manifest.set(row);
    else record(row, post, run);
  }
}

/** A post that an interrupted run did not reach: it stands in the manifest like every other. */
export async function leaveOpen(post: Post, run: PostRun): Promise<void> {
  const issue: Issue = { code: 'interrupted', severity: 'info', actual: null, limit: null };
  for (const target of run.options.to) {
    if (!run.manifest.has(post.key, target.name))
      run.manifest.set(await undelivered(post, target, 'held', [issue], null, null, run));
  }
}

/** A post at which the system refused something: no space, no permission, a file that vanished. */
export async function failPost(post: Post, error: Error, run: PostRun): Promise<void> {
  await failWith(post, { code: 'render-failed', severity: 'error', actual: error.message, limit: null }, run);
}

/** A post that came to nothing, for one reason on all targets. */
export async function failWith(post: Post, issue: Issue, run: PostRun): Promise<void> {
  for (const target of run.options.to) {
    const previous = run.manifest.rowsOf(post.key, [target.name])[0] ?? null;
    record(await undelivered(post, target, 'failed', [issue], null, previous, run), post, run);
  }
}

/** What was delivered once and lies there whole stays delivered, though its original can no longer be had. */
async function keepOrFail(
  post: Post,
  target: Target,
  issues: readonly Issue[],
  original: Original | null,
  previous: Entry | null,
  run: PostRun,
): Promise<void> {
  const wording = {
    hasTitle: target.words.title !== null,
    pickedTags: target.words.pickedTags === true,
    judge: (words: Omit<SizedCaption, 'removed'>) => judgeOwnWords(words, target.words),
    describe: message,
  };
  const still = previous && (await stillDelivered(previous, post, wording, lookingOf(run)));
  if (still) record(still, post, run, { unchanged: true });
  else record(await undelivered(post, target, 'failed', issues, original, previous, run), post, run);
}

/** Files that an earlier run left in the post's folder stay listed: the manifest tells of all that is there. */
async function undelivered(
  post: Post,
  target: Target,
  status: Exclude<Entry['status'], 'delivered'>,
  issues: readonly Issue[],
  original: Original | null,
  previous: Entry | null,
  run: PostRun,
): Promise<Entry> {
  const start = startRow(post, target, issues, original, run);
  const files = await presentFiles(previous?.files ?? [], post, lookingOf(run));
  const row: Entry = { ...start, status, issues: issueRows(issues, message), caption: null, files };
  if (previous) await tellInFolder(row, run.folder, run.tools.files);
  return row;
}

function actionsOf(plan: Plan): string[] {
  return plan.kind === 'reject'
    ? []
    : plan.parts.flatMap(({ files }) => files.map(({ operation }) => actionOf(operation)));
}

/** What a person has to know of a post whatever becomes of it, as the export tells it. */
export function exportNotes({ visibility, leftOut }: Post): Issue[] {
  const issues: Issue[] = [];
  if (visibility === 'unknown')
    issues.push({ code: 'visibility-unknown', severity: 'warning', actual: null, limit: null });
  if (leftOut) issues.push({ code: 'mixed-post', severity: 'warning', actual: mixtureOf(leftOut), limit: null });
  return issues;
}
