import { createHash, randomBytes } from 'node:crypto';
import { basename, dirname, join } from 'node:path';
import { isSystemError } from '../errors.ts';
import type { CaptionSource, JoinedCaption } from '../model/caption.ts';
import type { Issue } from '../model/issue.ts';
import type { Post } from '../model/post.ts';
import { captionText } from '../plan/caption.ts';
import { actionOf, type PlannedFile, type PlannedPart } from '../plan/plan.ts';
import {
  type CaptionRow,
  type Describe,
  describedRows,
  type Entry,
  type FileRow,
  issueRows,
  readPostText,
  toJson,
} from '../state/documents.ts';
import type { Files } from '../tools/files.ts';
import { readCaptionText } from './caption-text.ts';
import { captionFile, keepForeign } from './foreign.ts';
import { issuesOfWords, type Judge } from './own-words.ts';
import { ownRow, type PackageMedia, withOwn } from './package-media.ts';

/** A post's folder on one platform: what it shall hold, and what an earlier run left there. */
export interface PackageJob {
  /** Of the account, absolute. */
  readonly folder: string;
  readonly target: string;
  readonly post: Post;
  readonly parts: readonly PlannedPart[];
  readonly hasTitle: boolean;
  /** Each hashtag has a line of its own in caption.txt. */
  readonly pickedTags: boolean;
  /** What is to be said of words that a person wrote. */
  readonly judge: Judge;
  /** What is to be declared of a post with these words. */
  readonly declare: Declare;
  readonly words: JoinedCaption | null;
  /** Better words may be known than these: those that lie there stay. */
  readonly keepsWords: boolean;
  readonly previous: Entry | null;
  /** The media that lie there, a person's own with what the platform says of them. */
  readonly media: PackageMedia;
  /** Names a rendition (render/rendition-name.ts). */
  readonly nameOf: (key: string) => string;
}

/** What a creator has to declare, by the words of each part as they are there. */
export type Declare = (captions: readonly CaptionRow[]) => Pick<Entry, 'declarations' | 'toDeclare'>;

/** Where a file lies, relative to the account's folder. */
export function pathOf(job: PackageJob, part: Pick<PlannedPart, 'folder'>, name: string): string {
  return [job.target, job.post.key, part.folder, name].filter(Boolean).join('/');
}

/** An ffmpeg whose run was killed goes on writing: nowhere does a later run use the names of an earlier one. */
const ofThisRun = randomBytes(4).toString('hex');

/** Where a package grows; its name says that it is not finished, and it lies beside its final place. */
export function stageOf(job: PackageJob): string {
  return join(job.folder, job.target, `.${job.post.key}.part.${ofThisRun}`);
}

export function stagedPath(job: PackageJob, part: PlannedPart, name: string): string {
  return join(stageOf(job), part.folder, name);
}

/** The files that port makes: where a person put one of their own, none of ours is wanted. */
export function wantedFiles(job: PackageJob): { readonly part: PlannedPart; readonly file: PlannedFile }[] {
  const own = new Set(job.media.own.map(({ path }) => path));
  return job.parts
    .flatMap((part) => part.files.map((file) => ({ part, file })))
    .filter(({ part, file }) => !own.has(pathOf(job, part, file.name)));
}

/** The media of a package are there, as planned and untouched since, or a person's own: only words may have changed. */
export async function hasMedia(job: PackageJob, files: Files): Promise<boolean> {
  if (job.previous?.status !== 'delivered') return false;
  const { own, whole } = job.media;
  const theirs = new Set(own.map(({ path }) => path));
  const ours = job.previous.files.filter(({ path, rendition }) => rendition !== null && !theirs.has(path));
  const there = new Map(ours.map((row) => [row.path, row]));
  const planned = wantedFiles(job).map(({ part, file }) => ({ path: pathOf(job, part, file.name), file }));
  if (planned.length !== there.size) return false;
  // A symbolic link in the place of a part is no part: it is replaced, not followed.
  const inside = new Set((await files.list(finalOf(job))).map(({ name }) => name));
  if (job.parts.some(({ folder }) => folder !== '' && !inside.has(folder))) return false;
  for (const { path, file } of planned) {
    const row = there.get(path);
    if (!row || !isOf(row, file, job) || !whole.has(path)) return false;
  }
  return true;
}

/** Whether a row tells of this file, or of what was made instead of it. */
function isOf({ rendition, insteadOf }: FileRow, { key, instead }: PlannedFile, { nameOf }: PackageJob): boolean {
  if (rendition === nameOf(key)) return true;
  return instead !== undefined && insteadOf === nameOf(key) && rendition === nameOf(instead.key);
}

/** A file of a package that was made, or found in an earlier delivery. */
export interface MadeFile {
  readonly bytes: number;
  readonly sha256: string;
  /** What was made instead of what was planned. */
  readonly instead?: PlannedFile;
}

/** What is known of a row before its files are there. */
export type RowStart = Omit<Entry, 'files' | 'parts' | 'caption'>;

/**
 * Puts the staged files in their final place, with words and `post.json`. An edited `caption.txt` moves along.
 * @param media size and hash of each staged file, by `pathOf`
 */
export async function finishPackage(
  job: PackageJob,
  start: RowStart,
  media: ReadonlyMap<string, MadeFile>,
  describe: Describe,
  files: Files,
): Promise<Entry> {
  const stage = stageOf(job);
  const final = finalOf(job);
  const made = wantedFiles(job).map(({ part, file }) => mediaRow(job, part, file, media, describe));
  const words = await settleWords(job, files);
  const row = rowOf(job, start, inOrder(job, made), words, describe);
  await writeWords(job, row, words, stage, files);

  const old = await freeName(join(job.folder, job.target, `.${job.post.key}.old.part`), files);
  const replaced = (await files.list(final)).length > 0;
  if (replaced) await files.move(final, old);
  await files.move(stage, final);
  const before = { key: job.post.key, files: job.previous?.files ?? [] };
  const moved = replaced ? await keepForeign(old, final, before, files) : [];
  // What is read-only or held stays: the next run tries again, and says so (sweep.ts).
  await files.remove(old).catch(ignoreSystem);
  return await withMoved(row, moved, job, files);
}

/** Another name where the disk does not let go what has this one. */
async function freeName(path: string, files: Files): Promise<string> {
  await files.remove(path).catch(ignoreSystem);
  const lies = (await files.list(dirname(path))).some(({ name }) => name === basename(path));
  return lies ? `${path}.${ofThisRun}` : path;
}

function ignoreSystem(error: unknown): void {
  if (!isSystemError(error)) throw error;
}

/** Somebody saved a file while the package was made: it came in the place of ours, and the row has to say so. */
async function withMoved(row: Entry, moved: readonly string[], job: PackageJob, files: Files): Promise<Entry> {
  const listed = new Map(row.files.map((file) => [file.path, file]));
  const news: FileRow[] = [];
  for (const name of moved) {
    const path = [job.target, job.post.key, name].join('/');
    const known = listed.get(path);
    if (known?.action === 'own') continue;
    const facts = await files.facts(join(job.folder, path));
    if (facts === null) continue;
    const own = await files.sha256(join(job.folder, path), neverAborted);
    news.push(ownRow(path, facts, own, known));
  }
  if (news.length === 0) return row;
  const byPath = new Map(news.map((file) => [file.path, file]));
  const now: Entry = {
    ...row,
    files: withOwn(
      row.files.map((file) => byPath.get(file.path) ?? file),
      news,
    ),
  };
  await files.write(join(finalOf(job), 'post.json'), toJson(now));
  return now;
}

/** It is one file, which was saved a moment ago. */
const neverAborted = new AbortController().signal;

/** The media of a package in the order of its plan, a person's own where ours would be; then what else they put there. */
function inOrder(job: PackageJob, ours: readonly FileRow[]): FileRow[] {
  const there = new Map([...ours, ...job.media.own].map((row) => [row.path, row]));
  const planned = job.parts.flatMap((part) => part.files.map((file) => there.get(pathOf(job, part, file.name))));
  const inPlace = planned.filter((row) => row !== undefined);
  return withOwn(inPlace, job.media.own);
}

/** Writes words and `post.json` anew beside media that stay; nothing at all if nothing changed. */
export async function refreshWords(
  job: PackageJob & { readonly previous: Entry },
  start: RowStart,
  describe: Describe,
  files: Files,
): Promise<Entry> {
  const rows = inOrder(
    job,
    job.previous.files.filter(({ rendition }) => rendition !== null),
  );
  const words = await settleWords(job, files);
  const row = rowOf(job, start, rows, words, describe);
  const current = words.every(({ onDisk, text }) => onDisk === text);
  const listed = await readPostText(join(finalOf(job), 'post.json'), files);
  if (!current || listed !== toJson(row)) await writeWords(job, row, words, finalOf(job), files);
  return row;
}

/**
 * The issues of a package as it would be written now: a person may have changed its words since they were planned.
 * @param planned all that is said of the post and its plan
 */
export async function issuesNow(job: PackageJob, planned: readonly Issue[], files: Files): Promise<readonly Issue[]> {
  const words = await settleWords(job, files);
  return issuesOfWords(
    planned,
    words.map(({ caption }) => caption),
    job.judge,
  );
}

interface PartWords {
  readonly part: PlannedPart;
  readonly path: string;
  readonly text: string;
  readonly onDisk: string | null;
  readonly caption: CaptionRow;
}

const maxCaptionBytes = 1_000_000;

/** The creator's own text wins: what differs from what we once wrote is theirs, and is never overwritten. */
async function settleWords(job: PackageJob, files: Files): Promise<PartWords[]> {
  const settled: PartWords[] = [];
  for (const part of job.parts) {
    const path = pathOf(job, part, captionFile);
    const ours = captionText(part.caption, job.pickedTags);
    const onDisk = await files.readText(join(job.folder, path), maxCaptionBytes);
    const recorded = job.previous?.files.find((row) => row.path === path);
    const before = job.keepsWords ? captionOf(job.previous, path) : null;
    if (before && onDisk !== null && recorded && !recorded.edited && sha256(onDisk) === recorded.sha256) {
      settled.push({ part, path, text: onDisk, onDisk, caption: before });
      continue;
    }
    const theirs =
      onDisk !== null && onDisk !== ours && (!recorded || recorded.edited || sha256(onDisk) !== recorded.sha256);
    const source: CaptionSource = theirs ? 'edited' : (job.words?.source ?? 'none');
    const said = theirs ? readCaptionText(onDisk, job.hasTitle) : part.caption;
    const caption = {
      title: said.title,
      body: said.body,
      hashtags: [...said.hashtags],
      source,
      matchedBy: theirs ? null : (job.words?.matchedBy ?? null),
      seconds: theirs ? null : (job.words?.seconds ?? null),
      removed: theirs ? [] : part.caption.removed.map((each) => ({ ...each })),
    };
    settled.push({ part, path, text: theirs ? onDisk : ours, onDisk, caption });
  }
  return settled;
}

/** What an earlier run wrote into this caption.txt. */
function captionOf(previous: Entry | null, path: string): CaptionRow | null {
  if (!previous?.parts) return previous?.caption ?? null;
  return previous.parts.find(({ files }) => files.includes(path))?.caption ?? null;
}

function rowOf(
  job: PackageJob,
  start: RowStart,
  media: readonly FileRow[],
  words: readonly PartWords[],
  describe: Describe,
): Entry {
  const captionsNow = words.map(({ caption }) => caption);
  const issues = describedRows(issuesOfWords(start.issues, captionsNow, job.judge), describe);
  const captions = words.map(({ path, text, caption }): FileRow => {
    const theirs = caption.source === 'edited' ? { edited: true as const } : {};
    const bytes = Buffer.byteLength(text);
    return { path, role: 'caption', bytes, sha256: sha256(text), action: 'text', why: [], rendition: null, ...theirs };
  });
  const files = [...media, ...captions];
  const [first] = words;
  const row: Entry = { ...start, ...job.declare(captionsNow), issues, caption: first?.caption ?? null, files };
  if (words.length < 2) return row;
  const parts = words.map(({ part, caption }) => ({
    caption,
    files: files.map(({ path }) => path).filter((path) => path.startsWith(`${pathOf(job, part, '')}/`)),
  }));
  return { ...row, parts };
}

async function writeWords(
  job: PackageJob,
  row: Entry,
  words: readonly PartWords[],
  where: string,
  files: Files,
): Promise<void> {
  for (const { part, text } of words) {
    const path = join(where, part.folder, captionFile);
    await files.write(path, text);
    await files.setModified(path, job.post.time);
  }
  await files.write(join(where, 'post.json'), toJson(row));
}

function mediaRow(
  job: PackageJob,
  part: PlannedPart,
  file: PlannedFile,
  media: ReadonlyMap<string, MadeFile>,
  describe: Describe,
): FileRow {
  const path = pathOf(job, part, file.name);
  const made = media.get(path);
  if (!made) throw new Error(`${path} was never made`);
  const { instead, ...facts } = made;
  const { role, operation, why, key } = instead ?? file;
  return {
    path,
    role,
    ...facts,
    action: actionOf(operation),
    why: issueRows(why, describe),
    rendition: job.nameOf(key),
    ...(instead && { insteadOf: job.nameOf(file.key) }),
  };
}

function finalOf(job: PackageJob): string {
  return join(job.folder, job.target, job.post.key);
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
