import { updatePostJson } from '../deliver/post-json.ts';
import { presentFiles } from '../deliver/present.ts';
import { stopsRun } from '../errors.ts';
import type { Issue } from '../model/issue.ts';
import { failureOf } from '../model/machine-errors.ts';
import type { Original } from '../model/original.ts';
import type { Post } from '../model/post.ts';
import type { Fetched } from '../originals/index.ts';
import { actionOf, type Plan } from '../plan/plan.ts';
import { watchDecoding } from '../render/decode-errors.ts';
import { openStills } from '../render/stills.ts';
import type { Entry } from '../state/documents.ts';
import type { Target } from '../targets/target.ts';
import { type LeftOut, leftOutOf, type PostChoices } from './choices.ts';
import type { Delivery, PostRun, PostWords } from './context.ts';
import { decideHeldBack, decideHeldByRule, decidePost } from './decide-post.ts';
import { deliverPost } from './deliver-post.ts';
import { presenceCheckOf } from './make-renditions.ts';
import { record, reportEntry, startEntry, stillDeclared } from './manifest-entry.ts';
import { namedOwn, packageOf } from './own-media.ts';
import { frozenAsPresent } from './posted.ts';
import { changedTargets, checkUpToDate, recordDelivered, type UpToDateCheck } from './up-to-date.ts';

/**
 * Processes one post for all targets together, so that they share renditions: probes, plans, renders and delivers.
 * Unchanged targets are only reported, and targets that are left out are neither probed nor planned. Writes a row for each
 * target in every case.
 * @param known the up-to-date check, if it was made already
 * @returns the fingerprints that were recorded, by platform
 * @throws InterruptedError
 */
export async function processPost(
  post: Post,
  fetched: Fetched,
  captions: PostWords,
  run: PostRun,
  known: UpToDateCheck | null = null,
): Promise<ReadonlyMap<string, string>> {
  const check = known ?? (await checkUpToDate(post, fetched, captions, run));
  const { choices, inputHashes } = check;
  reportUnchanged(check.unchanged, post, run);
  await holdBack(post, fetched, choices.leftOut, run);
  const targets = changedTargets(run.options.to, check);
  if (targets.length === 0) return new Map();
  try {
    await makePost(post, fetched, captions, choices, targets, run);
  } catch (error) {
    if (stopsRun(error) || run.signal.aborted) throw error;
    // Unchanged targets stay delivered.
    for (const target of targets) await failTarget(post, target, failureOf(error), run);
  }
  const made = new Map([...inputHashes].filter(([name]) => targets.some((target) => target.name === name)));
  await recordDelivered(post, made, run);
  return made;
}

/** Reports unchanged rows without rewriting them. @param rows the rows of the post */
function reportUnchanged(rows: readonly Entry[], post: Post, run: PostRun): void {
  for (const row of rows) {
    const { account } = run;
    const actions = row.files
      .filter(({ role }) => role !== 'caption' && role !== 'subtitles')
      .map(({ action }) => action);
    run.tell({ type: 'plan', account, key: post.key, target: row.target, actions });
    reportEntry(row, post, run, { unchanged: true });
  }
}

async function makePost(
  post: Post,
  fetched: Fetched,
  captions: PostWords,
  choices: PostChoices,
  targets: readonly Target[],
  run: PostRun,
): Promise<void> {
  const { tools, metDamage } = watchDecoding(run.tools);
  const watched = { ...run, tools };
  const stills = openStills(tools, run.signal);
  const decisions = await decidePost(post, fetched, captions, choices, watched, {
    targets,
    measuring: 'all',
    writes: true,
    stills,
  });
  const deliveries: Delivery[] = [];
  for (const decision of decisions) {
    const { target, plan } = decision;
    if (plan !== null)
      run.tell({ type: 'plan', account: run.account, key: post.key, target: target.name, actions: actionsOf(plan) });
    if (decision.kind === 'deliver') deliveries.push(decision.delivery);
    else if (decision.kind === 'stay') record(decision.row, post, run, { unchanged: true });
    else {
      const { status, issues, previous } = decision;
      try {
        record(await undelivered(post, target, status, issues, fetched.original, previous, run), post, run);
      } catch (error) {
        if (stopsRun(error) || run.signal.aborted) throw error;
        await failTarget(post, target, failureOf(error), run);
      }
    }
  }
  // A failure on one platform does not affect deliveries to others.
  for (const { target, error } of await deliverPost(post, deliveries, watched, stills, metDamage)) {
    await failTarget(post, target, failureOf(error), run);
  }
  // After an error that stops the run this is left to the garbage collector.
  await stills.close();
}

/** Records the post on the platforms to which a person does not want it to go. An existing package stays, and is listed. */
async function holdBack(post: Post, fetched: Fetched, leftOut: LeftOut, run: PostRun): Promise<void> {
  for (const { target, issues } of decideHeldBack(fetched, leftOut, run.options.to)) {
    try {
      const previous = await run.manifest.get(post.key, target.name);
      record(await undelivered(post, target, 'held', issues, fetched.original, previous, run), post, run);
    } catch (error) {
      if (stopsRun(error) || run.signal.aborted) throw error;
      await endTarget(post, target, 'held', issues, run);
    }
  }
}

/** Records a post that is held back by a rule, though its original may have been fetched. */
export async function holdPost(post: Post, issue: Issue, fetched: Fetched, run: PostRun): Promise<void> {
  const passedOver = issue.code === 'not-selected';
  for (const decision of await decideHeldByRule(post, issue, fetched, run)) {
    const { target, issues } = decision;
    if (decision.kind === 'stay') {
      const media = await packageOf(post, target, decision.row, run);
      const row = await frozenAsPresent(decision.row, issues, post, media, run);
      await updatePostJson(row, run.folder, run.tools.files);
      record(row, post, run, { unchanged: true });
      continue;
    }
    const { previous } = decision;
    // Rows of posts that were not selected in this run stay unchanged.
    if (passedOver && previous) continue;
    const row = await undelivered(post, target, 'held', issues, fetched.original, previous, run);
    if (passedOver) run.manifest.set(row);
    else record(row, post, run);
  }
}

/** Records a post that an interrupted run did not reach, so that the manifest has all posts. */
export async function markInterrupted(post: Post, run: PostRun): Promise<void> {
  const issue: Issue = { code: 'interrupted', severity: 'info', actual: null, limit: null };
  for (const target of run.options.to) {
    if (!run.manifest.has(post.key, target.name))
      run.manifest.set(await undelivered(post, target, 'held', [issue], null, null, run));
  }
}

/** Records a post that failed with an error of the system or of a program. */
export async function failPost(post: Post, error: Error, captions: Choosing, run: PostRun): Promise<void> {
  await failWith(post, failureOf(error), captions, run);
}

type Choosing = Pick<PostWords, 'choicesOf' | 'isUnsure'>;

/** Records a post that failed for the same reason on all targets to which it goes. */
export async function failWith(post: Post, issue: Issue, captions: Choosing, run: PostRun): Promise<void> {
  const leftOut = leftOutOf(post, captions, run);
  for (const target of run.options.to) {
    const why = leftOut.get(target.name);
    if (why === undefined) await failTarget(post, target, issue, run);
    else await endTarget(post, target, 'held', why, run);
  }
}

async function failTarget(post: Post, target: Target, issue: Issue, run: PostRun): Promise<void> {
  await endTarget(post, target, 'failed', [issue], run);
}

async function endTarget(
  post: Post,
  target: Target,
  status: 'failed' | 'held',
  issues: readonly Issue[],
  run: PostRun,
): Promise<void> {
  const previous = run.manifest.rowsOf(post.key, [target.name])[0] ?? null;
  record(await rowWithout(post, target, status, issues, previous, run), post, run);
}

/** Makes the row even if the folder of the post cannot be read, which the same error may cause. */
async function rowWithout(
  post: Post,
  target: Target,
  status: 'failed' | 'held',
  issues: readonly Issue[],
  previous: Entry | null,
  run: PostRun,
): Promise<Entry> {
  try {
    return await undelivered(post, target, status, issues, null, previous, run);
  } catch (error) {
    if (stopsRun(error)) throw error;
    const start = startEntry(post, target, issues, null, run);
    return { ...start, status, caption: null, files: previous?.files ?? [] };
  }
}

/** A row for a post that was not delivered. Files of an earlier run stay listed, because they are still in its folder. */
async function undelivered(
  post: Post,
  target: Target,
  status: Exclude<Entry['status'], 'delivered'>,
  issues: readonly Issue[],
  original: Original | null,
  previous: Entry | null,
  run: PostRun,
): Promise<Entry> {
  const media = await packageOf(post, target, previous, run);
  const isNamed = media.own.length === 0 || issues.some(({ code }) => code === 'own-file');
  const said = isNamed ? issues : [...issues, namedOwn(media.own)];
  const start = startEntry(post, target, said, original, run);
  const files = await presentFiles(previous?.files ?? [], media, post, presenceCheckOf(run));
  // Files in the folder may still be uploaded and then need the same declarations.
  const declared = files.length > 0 ? stillDeclared(start, previous, target) : {};
  const row: Entry = { ...start, ...declared, status, caption: null, files };
  if (previous) await updatePostJson(row, run.folder, run.tools.files);
  return row;
}

function actionsOf(plan: Plan): string[] {
  return plan.kind === 'reject'
    ? []
    : plan.parts.flatMap(({ files }) =>
        files.filter(({ role }) => role !== 'subtitles').map(({ operation }) => actionOf(operation)),
      );
}
