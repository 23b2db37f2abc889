import { join } from 'node:path';
import type { PostRun } from './account-run.ts';
import type { Entry, FileRow } from './deliver/documents.ts';
import {
  finishPackage,
  hasMedia,
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
import { record, startRow } from './rows.ts';
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
  readonly places: { readonly job: PackageJob; readonly target: Target; readonly path: string; readonly row: string }[];
}

type Media = Map<string, { readonly bytes: number; readonly sha256: string }>;

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
    for (const [index, { places }] of wanted.entries()) {
      const wrong = trouble[index] ?? [];
      if (wrong.length === 0) continue;
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
  { folder }: Pick<PostRun, 'folder'>,
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
      entry.places.push({ job, target: delivery.target, path, row: pathOf(job, part, file.name) });
      wanted.set(file.key, entry);
    }
  }
  return [...wanted.values()];
}

/** Finds the rendition in an earlier delivery of this post, or makes it; then puts it wherever it is wanted. */
async function obtain(
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
  for (const { row } of places) media.set(row, { bytes: facts?.bytes ?? 0, sha256 });
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
