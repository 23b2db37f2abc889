import { finishPackage, hasMedia, refreshWords } from '../deliver/package.ts';
import { type PackageJob, stageOf } from '../deliver/package-job.ts';
import { updatePostJson } from '../deliver/post-json.ts';
import { presentFiles } from '../deliver/present.ts';
import { asError, InterruptedError, stopsRun } from '../errors.ts';
import type { Issue, IssueCode } from '../model/issue.ts';
import type { Post } from '../model/post.ts';
import { judgeOwnWords } from '../plan/words/own.ts';
import { decodeErrors } from '../render/decode-errors.ts';
import { renditionName } from '../render/rendition-name.ts';
import type { Stills } from '../render/stills.ts';
import { message } from '../report/messages.ts';
import type { Entry } from '../state/documents.ts';
import type { Target } from '../targets/target.ts';
import { mapLimit } from '../tools/map-limit.ts';
import type { Delivery, PostRun } from './context.ts';
import { distinct, type Media, type OpenPackage, obtain, presenceCheckOf } from './make-renditions.ts';
import { declared, record, startEntry } from './manifest-entry.ts';

/** A delivery that failed with an error of the system or of a program. */
export interface Undelivered {
  readonly target: Target;
  readonly error: Error;
}

interface OpenDelivery extends OpenPackage {
  readonly delivery: Delivery;
}

/**
 * Makes missing renditions, each once for all targets that need it, and finishes the package of each target.
 * @param metDamage whether decoding has found damage in the original so far
 * @returns the deliveries that failed and have no row yet
 * @throws InterruptedError and other errors that stop the run
 */
export async function deliverPost(
  post: Post,
  deliveries: readonly Delivery[],
  run: PostRun,
  stills: Stills,
  metDamage: () => boolean,
): Promise<readonly Undelivered[]> {
  const { files } = run.tools;
  const open: OpenDelivery[] = [];
  const undelivered: Undelivered[] = [];
  const attempt = async (targets: readonly Target[], work: () => Promise<void>): Promise<boolean> => {
    try {
      await work();
      return true;
    } catch (error) {
      if (stopsRun(error) || run.signal.aborted) throw error;
      undelivered.push(...targets.map((target) => ({ target, error: asError(error) })));
      return false;
    }
  };
  for (const delivery of deliveries) {
    await attempt([delivery.target], async () => {
      const job = jobOf(post, delivery, run);
      if (await hasMedia(job, files)) await refresh(delivery, job, run);
      else open.push({ delivery, job });
    });
  }
  const media: Media = new Map();
  const broken = new Map<string, readonly Issue[]>();
  try {
    const targets = open.map(({ delivery }) => delivery.target);
    const isMade = await attempt(targets, async () => makeAll(open, post, media, broken, stills, run));
    for (const { delivery, job } of isMade ? open : []) {
      await attempt([delivery.target], async () => {
        const damage = metDamage() ? damageOf(delivery) : [];
        const wrong = broken.get(job.target) ?? [];
        // With --strict a warning prevents the delivery, even one that is only found during rendering.
        if (run.options.strict) return await finish(delivery, job, [...wrong, ...damage], media, run);
        await finish({ ...delivery, issues: [...delivery.issues, ...damage] }, job, wrong, media, run);
      });
    }
  } finally {
    // The next run sweeps what cannot be removed now.
    await attempt([], async () => removeStages(open, files));
  }
  return undelivered;
}

/** Makes all renditions of these deliveries, each once. @param broken receives the issues by target */
async function makeAll(
  open: readonly OpenDelivery[],
  post: Post,
  media: Media,
  broken: Map<string, readonly Issue[]>,
  stills: Stills,
  run: PostRun,
): Promise<void> {
  await removeStages(open, run.tools.files);
  const wanted = distinct(open);
  // A video encoder uses several threads, a photo only one.
  const atOnce = wanted.every(({ file }) => file.role !== 'video') ? run.threads : 1;
  const failure = await mapLimit(wanted, atOnce, async (each) => {
    if (run.signal.aborted) throw new InterruptedError('Interrupted');
    return await obtain(each, post, media, stills, run);
  });
  for (const { places, wrong } of failure.flat()) {
    for (const { job } of places) broken.set(job.target, mergeIssues(broken.get(job.target) ?? [], wrong));
  }
}

async function removeStages(open: readonly OpenDelivery[], files: PostRun['tools']['files']): Promise<void> {
  for (const { job } of open) await files.remove(stageOf(job));
}

/** With these issues, decoders report missing frames at cuts that are not needed (HEVC: `Duplicate POC`). */
const seams: readonly IssueCode[] = ['edit-lists', 'clock-jumps'];

/** Issues for damage. A video that begins between two key frames is excluded: its undecodable start is reported already. */
function damageOf({ issues, plan }: Delivery): Issue[] {
  const isTold = issues.some(({ code }) => code === decodeErrors.code || code === 'key-frame-late');
  const hasSeams = plan.parts.some(({ files }) =>
    files.some(({ why }) => why.some(({ code }) => seams.includes(code))),
  );
  return isTold || hasSeams ? [] : [decodeErrors];
}

/** Adds issues that are not known yet: all later parts of a truncated source have the same ones. */
export function mergeIssues(known: readonly Issue[], more: readonly Issue[]): readonly Issue[] {
  const isOver = known.some(({ code }) => code === 'breaks-off');
  return [...known, ...more.filter(({ code }) => !isOver || code !== 'breaks-off')];
}

/** The package of a delivery. */
export function jobOf(
  post: Post,
  { target, plan, caption, keepsWords, previous, media }: Omit<Delivery, 'words' | 'original' | 'issues' | 'choices'>,
  { folder, names, options }: Pick<PostRun, 'folder' | 'names' | 'options'>,
): PackageJob {
  const hasTitle = target.words.title !== null;
  const pickedTags = target.words.pickedTags === true;
  const { parts } = plan;
  return {
    folder,
    target: target.name,
    post,
    parts,
    hasTitle,
    hasThreads: target.words.thread !== undefined,
    pickedTags,
    judge: (words) => judgeOwnWords(words, target.words),
    declare: (captions) => declared(post, target, caption, captions, { names, options }),
    words: caption,
    keepsWords,
    previous,
    media,
    nameOf: renditionName,
  };
}

/** For a package whose media exist: rewrites its texts if they changed. */
async function refresh(
  { target, words, issues, original, previous, choices }: Delivery,
  job: PackageJob,
  run: PostRun,
): Promise<void> {
  if (!previous) return;
  const start = startEntry(job.post, target, issues, original, run, choices);
  const row = await refreshWords({ ...job, previous }, words, start, message, run.tools.files);
  record(row, job.post, run, { unchanged: true });
}

async function finish(
  { target, issues, original, previous, choices }: Delivery,
  job: PackageJob,
  broken: readonly Issue[],
  media: Media,
  run: PostRun,
): Promise<void> {
  const { post } = job;
  const start = startEntry(post, target, [...issues, ...broken], original, run, choices);
  if (broken.length > 0) {
    const files = await presentFiles(previous?.files ?? [], job.media, post, presenceCheckOf(run));
    const row: Entry = { ...start, status: 'failed', caption: null, files };
    if (previous) await updatePostJson(row, run.folder, run.tools.files);
    record(row, post, run);
    return;
  }
  record(await finishPackage(job, start, media, message, run.tools.files), post, run);
}
