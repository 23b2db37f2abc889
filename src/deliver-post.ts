import { join } from 'node:path';
import type { PostRun } from './account-run.ts';
import type { Entry, FileRow } from './deliver/documents.ts';
import {
  finishPackage,
  hasMedia,
  type MadeFile,
  type PackageJob,
  pathOf,
  refreshWords,
  stagedPath,
  stageOf,
  wantedFiles,
} from './deliver/package.ts';
import type { PackageMedia } from './deliver/package-media.ts';
import { tellInFolder } from './deliver/post-json.ts';
import { isIntact, type Looking, presentFiles } from './deliver/present.ts';
import { InterruptedError } from './errors.ts';
import type { Issue, JoinedCaption, Original, Post } from './model.ts';
import { recallHash } from './originals/file-facts.ts';
import type { Plan, PlannedFile } from './plan/plan.ts';
import { judgeOwnWords } from './plan/words/own.ts';
import { render } from './render/index.ts';
import { renditionName } from './render/rendition-name.ts';
import { openStills, type Stills } from './render/stills.ts';
import { message } from './report/messages.ts';
import { declared, record, startRow } from './rows.ts';
import { sideBySide } from './side-by-side.ts';
import type { Target } from './targets/target.ts';

/** A post that shall go out to one target. */
export interface Delivery {
  readonly target: Target;
  readonly plan: Plan & { readonly kind: 'deliver' };
  readonly caption: JoinedCaption | null;
  /** What lies there may be better than `caption`. */
  readonly keepsWords: boolean;
  readonly original: Original;
  readonly issues: readonly Issue[];
  readonly previous: Entry | null;
  /** The media that lie in its folder, a person's own as they were judged. */
  readonly media: PackageMedia;
  /** What a person chose as the cover, as it stands in captions.csv; empty: nothing. */
  readonly cover: string;
}

/** A rendition, and everywhere it is wanted. The first place is where it is made; the others are links to it. */
interface Wanted {
  readonly file: PlannedFile;
  readonly places: Place[];
}

interface Place {
  readonly job: PackageJob;
  readonly target: Target;
  readonly path: string;
  readonly row: string;
  /** As planned for this target. */
  readonly file: PlannedFile;
}

/** What came of a rendition for some of its places, where that is trouble. */
interface Failure {
  readonly places: readonly Place[];
  readonly wrong: readonly Issue[];
}

type Media = Map<string, MadeFile>;

/** Makes what is missing, once for all targets that want it, and finishes each target's package. */
export async function deliverPost(post: Post, deliveries: readonly Delivery[], run: PostRun): Promise<void> {
  const { files } = run.tools;
  const open: { delivery: Delivery; job: PackageJob }[] = [];
  for (const delivery of deliveries) {
    const job = jobOf(post, delivery, run);
    if (await hasMedia(job, files)) await refresh(delivery, job, run);
    else open.push({ delivery, job });
  }
  try {
    for (const { job } of open) await files.remove(stageOf(job));
    const media: Media = new Map();
    const stills = openStills(run.tools, run.signal);
    const broken = new Map<string, readonly Issue[]>();
    const wanted = distinct(open);
    // A video's encoder has threads of its own; a photo is drawn by one.
    const atOnce = wanted.every(({ file }) => file.role !== 'video') ? run.threads : 1;
    const trouble = await sideBySide(wanted, atOnce, async (each) => {
      if (run.signal.aborted) throw new InterruptedError('Interrupted');
      return await obtain(each, post, media, stills, run);
    });
    for (const { places, wrong } of trouble.flat()) {
      for (const { job } of places) broken.set(job.target, together(broken.get(job.target) ?? [], wrong));
    }
    for (const { delivery, job } of open) await finish(delivery, job, broken.get(job.target) ?? [], media, run);
  } finally {
    for (const { job } of open) await files.remove(stageOf(job));
  }
}

/** Of a source that breaks off, all later parts have the same to say. */
export function together(known: readonly Issue[], more: readonly Issue[]): readonly Issue[] {
  const isOver = known.some(({ code }) => code === 'breaks-off');
  return [...known, ...more.filter(({ code }) => !isOver || code !== 'breaks-off')];
}

/** How this run looks at what earlier ones delivered. */
export function lookingOf({ folder, tools, options, memory, signal }: Omit<PostRun, 'onProgress'>): Looking {
  const { files } = tools;
  const hashOf: Looking['hashOf'] = async (path, facts) =>
    recallHash(memory, path, async () => files.sha256(path, signal), facts);
  return { folder, files, verify: options.verify, hashOf, signal };
}

/** What a delivery comes to in its folder. */
export function jobOf(
  post: Post,
  { target, plan, caption, keepsWords, previous, media }: Omit<Delivery, 'original' | 'issues' | 'cover'>,
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

/** The media are there already: at most the words are written anew. */
async function refresh(
  { target, issues, original, previous, cover }: Delivery,
  job: PackageJob,
  run: PostRun,
): Promise<void> {
  if (!previous) return;
  const start = startRow(job.post, target, issues, original, run, cover);
  const row = await refreshWords({ ...job, previous }, start, message, run.tools.files);
  record(row, job.post, run, { unchanged: true });
}

function distinct(open: readonly { readonly delivery: Delivery; readonly job: PackageJob }[]): Wanted[] {
  const wanted = new Map<string, Wanted>();
  for (const { delivery, job } of open) {
    for (const { part, file } of wantedFiles(job)) {
      const entry = wanted.get(file.key) ?? { file, places: [] };
      const path = stagedPath(job, part, file.name);
      entry.places.push({ job, target: delivery.target, path, row: pathOf(job, part, file.name), file });
      wanted.set(file.key, entry);
    }
  }
  return [...wanted.values()];
}

/**
 * Brings a rendition to wherever it is wanted. Where it copies packets, and its check finds them wrong, what the plan has
 * instead is made, once for all targets that have the same; a later run goes there at once.
 */
async function obtain(
  wanted: Wanted,
  post: Post,
  media: Media,
  stills: Stills,
  run: PostRun,
): Promise<readonly Failure[]> {
  const { file, places } = wanted;
  const isKnown = isKnownToFail(file, post, run);
  const wrong = isKnown ? [] : await bring(wanted, post, media, stills, run);
  if (!isKnown && wrong.length === 0) return [];
  const groups = new Map<string, Wanted>();
  for (const place of places) {
    const { instead } = place.file;
    if (instead === undefined) continue;
    const group = groups.get(instead.key) ?? { file: instead, places: [] };
    group.places.push(place);
    groups.set(instead.key, group);
  }
  if (groups.size === 0 || !wrong.every((issue) => isOfCopy(issue, file))) return [{ places, wrong }];
  const failures: Failure[] = [];
  for (const group of groups.values()) {
    const still = await bring(group, post, media, stills, run);
    if (still.length > 0) failures.push({ places: group.places, wrong: still });
  }
  return failures;
}

/** Whether it may be for what is copied. A picture that cannot be encoded is not tried twice. */
function isOfCopy({ code }: Issue, { operation }: PlannedFile): boolean {
  const copiesPicture = operation.kind === 'remux' || (operation.kind === 'transcode' && operation.picture === 'copy');
  return code === 'check-failed' || (code === 'render-failed' && copiesPicture);
}

/** An earlier run made something else of this post, since this rendition came out wrong. */
function isKnownToFail({ key, instead }: PlannedFile, post: Post, run: PostRun): boolean {
  const name = renditionName(key);
  const rows = run.manifest.rowsOf(post.key).flatMap(({ files }) => files);
  return instead !== undefined && rows.some(({ insteadOf }) => insteadOf === name);
}

/** Finds a rendition in an earlier delivery of this post, or makes it; then puts it wherever it is wanted. */
async function bring(
  { file, places }: Wanted,
  post: Post,
  media: Media,
  stills: Stills,
  run: PostRun,
): Promise<readonly Issue[]> {
  const { files } = run.tools;
  const [first, ...others] = places;
  if (!first) return [];
  const earlier = await findEarlier(file, post, run);
  if (earlier) {
    await files.link(join(run.folder, earlier.path), first.path);
  } else {
    await files.makeFolder(join(first.path, '..'));
    const making = {
      time: post.time,
      threads: run.threads,
      stills,
      owned: file.source.path.startsWith(join(run.folder, 'originals')),
      signal: run.signal,
      onProgress: (share: number) => run.onProgress(post.key, share),
    };
    const targets = [...new Set(places.map(({ target }) => target))];
    const wrong = await render(file, first.path, targets, making, run.tools, run.encoders);
    if (wrong.length > 0) return wrong;
    await files.setModified(first.path, post.time);
  }
  const facts = await files.facts(first.path);
  const known = file.operation.kind === 'copy' ? file.source.sha256 : earlier?.sha256;
  const sha256 = known ?? (await files.sha256(first.path, run.signal));
  for (const { path } of others) await files.link(first.path, path);
  for (const { row, file: asPlanned } of places) {
    const instead = asPlanned.key === file.key ? {} : { instead: file };
    media.set(row, { bytes: facts?.bytes ?? 0, sha256, ...instead });
  }
  return [];
}

async function findEarlier({ key }: PlannedFile, post: Post, run: PostRun): Promise<FileRow | null> {
  const name = renditionName(key);
  for (const row of run.manifest.rowsOf(post.key).flatMap(({ files }) => files)) {
    if (row.rendition === name && (await isIntact(row, post, lookingOf(run)))) return row;
  }
  return null;
}

async function finish(
  { target, issues, original, previous, cover }: Delivery,
  job: PackageJob,
  broken: readonly Issue[],
  media: Media,
  run: PostRun,
): Promise<void> {
  const { post } = job;
  const start = startRow(post, target, [...issues, ...broken], original, run, cover);
  if (broken.length > 0) {
    const files = await presentFiles(previous?.files ?? [], job.media, post, lookingOf(run));
    const row: Entry = { ...start, status: 'failed', caption: null, files };
    if (previous) await tellInFolder(row, run.folder, run.tools.files);
    record(row, post, run);
    return;
  }
  record(await finishPackage(job, start, media, message, run.tools.files), post, run);
}
