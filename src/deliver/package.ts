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

/** The folder of a post on one platform: its planned content, and the files of an earlier run. */
export interface PackageJob {
  /** The account's folder, absolute. */
  readonly folder: string;
  readonly target: string;
  readonly post: Post;
  readonly parts: readonly PlannedPart[];
  readonly hasTitle: boolean;
  /** Each hashtag has a line of its own in caption.txt. */
  readonly pickedTags: boolean;
  /** Checks texts that a person wrote. */
  readonly judge: Judge;
  /** Returns the declarations for a post with these texts. */
  readonly declare: Declare;
  readonly words: JoinedCaption | null;
  /** A better caption may exist that cannot be read now: the delivered texts stay. */
  readonly keepsWords: boolean;
  readonly previous: Entry | null;
  /** The existing media, with issues for a person's own files. */
  readonly media: PackageMedia;
  /** Returns the name of a rendition (render/rendition-name.ts). */
  readonly nameOf: (key: string) => string;
}

/** Returns what a creator has to declare, given the texts of each part. */
export type Declare = (captions: readonly CaptionRow[]) => Pick<Entry, 'declarations' | 'toDeclare'>;

/** The path of a file relative to the account's folder. */
export function pathOf(job: PackageJob, part: Pick<PlannedPart, 'folder'>, name: string): string {
  return [job.target, job.post.key, part.folder, name].filter(Boolean).join('/');
}

/** An ffmpeg whose run was killed may still be writing, so a run never reuses temporary names of an earlier one. */
const ofThisRun = randomBytes(4).toString('hex');

/** The temporary folder of a package, next to its final one. Its name marks it as unfinished. */
export function stageOf(job: PackageJob): string {
  return join(job.folder, job.target, `.${job.post.key}.part.${ofThisRun}`);
}

export function stagedPath(job: PackageJob, part: PlannedPart, name: string): string {
  return join(stageOf(job), part.folder, name);
}

/** The files to make. A file is not needed where a person put their own. */
export function wantedFiles(job: PackageJob): { readonly part: PlannedPart; readonly file: PlannedFile }[] {
  const own = new Set(job.media.own.map(({ path }) => path));
  return job.parts
    .flatMap((part) => part.files.map((file) => ({ part, file })))
    .filter(({ part, file }) => !own.has(pathOf(job, part, file.name)));
}

/** Whether all media of the package exist, as planned and unchanged or a person's own. Texts may have changed. */
export async function hasMedia(job: PackageJob, files: Files): Promise<boolean> {
  if (job.previous?.status !== 'delivered') return false;
  const { own, whole } = job.media;
  const theirs = new Set(own.map(({ path }) => path));
  const ours = job.previous.files.filter(({ path, rendition }) => rendition !== null && !theirs.has(path));
  const there = new Map(ours.map((row) => [row.path, row]));
  const planned = wantedFiles(job).map(({ part, file }) => ({ path: pathOf(job, part, file.name), file }));
  if (planned.length !== there.size) return false;
  // A symbolic link in place of a part is replaced, not followed.
  const inside = new Set((await files.list(finalOf(job))).map(({ name }) => name));
  if (job.parts.some(({ folder }) => folder !== '' && !inside.has(folder))) return false;
  for (const { path, file } of planned) {
    const row = there.get(path);
    if (!row || !isOf(row, file, job) || !whole.has(path)) return false;
  }
  return true;
}

/** Whether a row belongs to this file or to its fallback. */
function isOf(
  { rendition, insteadOf }: FileRow,
  { key, unsharedKey, instead }: PlannedFile,
  { nameOf }: PackageJob,
): boolean {
  if (rendition === nameOf(key)) return true;
  if (unsharedKey !== undefined && rendition === nameOf(unsharedKey)) return true;
  return instead !== undefined && insteadOf === nameOf(key) && rendition === nameOf(instead.key);
}

/** A file of a package that was made now or in an earlier run. */
export interface MadeFile {
  readonly bytes: number;
  readonly sha256: string;
  /** The fallback that was made instead of the planned file. */
  readonly instead?: PlannedFile;
}

/** The fields of a row that are known before its files exist. */
export type RowStart = Omit<Entry, 'files' | 'parts' | 'caption'>;

/**
 * Moves the staged files to their final place with texts and `post.json`. Keeps an edited `caption.txt`.
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
  // Read again: a person may have saved while the media were made.
  const words = await readWords(job, files);
  const row = rowOf(job, start, inOrder(job, made), words, describe);
  await writeWords(job, row, words, stage, files);

  const old = await freeName(join(job.folder, job.target, `.${job.post.key}.old.part`), files);
  const replaced = (await files.list(final)).length > 0;
  if (replaced) await files.move(final, old);
  await files.move(stage, final);
  const before = { key: job.post.key, files: job.previous?.files ?? [] };
  const moved = replaced ? await keepForeign(old, final, before, files) : [];
  // Read-only or locked files stay: the next run tries again and reports them (sweep.ts).
  await files.remove(old).catch(ignoreSystem);
  return await withMoved(row, moved, job, files);
}

/** Another name if the system does not release the existing file. */
async function freeName(path: string, files: Files): Promise<string> {
  await files.remove(path).catch(ignoreSystem);
  const lies = (await files.list(dirname(path))).some(({ name }) => name === basename(path));
  return lies ? `${path}.${ofThisRun}` : path;
}

function ignoreSystem(error: unknown): void {
  if (!isSystemError(error)) throw error;
}

/** Updates the row if a person saved a file while the package was made, so that it replaces ours. */
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

/** One file that was saved a moment ago. */
const neverAborted = new AbortController().signal;

/** The media of a package in plan order, a person's own in place of ours, then their additional files. */
function inOrder(job: PackageJob, ours: readonly FileRow[]): FileRow[] {
  const there = new Map([...ours, ...job.media.own].map((row) => [row.path, row]));
  const planned = job.parts.flatMap((part) => part.files.map((file) => there.get(pathOf(job, part, file.name))));
  const inPlace = planned.filter((row) => row !== undefined);
  return withOwn(inPlace, job.media.own);
}

/**
 * Rewrites texts and `post.json` next to unchanged media; writes nothing if nothing changed.
 * @param words as they were read when the post was decided
 */
export async function refreshWords(
  job: PackageJob & { readonly previous: Entry },
  words: readonly PartWords[],
  start: RowStart,
  describe: Describe,
  files: Files,
): Promise<Entry> {
  const rows = inOrder(
    job,
    job.previous.files.filter(({ rendition }) => rendition !== null),
  );
  const row = rowOf(job, start, rows, words, describe);
  const current = words.every(({ onDisk, text }) => onDisk === text);
  const listed = await readPostText(join(finalOf(job), 'post.json'), files);
  if (!current || listed !== toJson(row)) await writeWords(job, row, words, finalOf(job), files);
  return row;
}

/**
 * The issues of a package if it were written now, since a person may have changed its texts after planning.
 * @param planned all issues of the post and its plan
 */
export function issuesNow(
  { judge }: PackageJob,
  planned: readonly Issue[],
  words: readonly PartWords[],
): readonly Issue[] {
  return issuesOfWords(
    planned,
    words.map(({ caption }) => caption),
    judge,
  );
}

/** The words of a part: those on disk where a person wrote them, else ours. */
export interface PartWords {
  readonly part: PlannedPart;
  readonly path: string;
  readonly text: string;
  readonly onDisk: string | null;
  readonly caption: CaptionRow;
}

const maxCaptionBytes = 1_000_000;

/**
 * Decides which text each part has. Text that differs from what port last wrote is the creator's and is never
 * overwritten.
 */
export async function readWords(job: PackageJob, files: Files): Promise<PartWords[]> {
  const resolved: PartWords[] = [];
  for (const part of job.parts) {
    const path = pathOf(job, part, captionFile);
    const ours = captionText(part.caption, job.pickedTags);
    const onDisk = await files.readText(join(job.folder, path), maxCaptionBytes);
    const recorded = job.previous?.files.find((row) => row.path === path);
    const before = job.keepsWords ? captionOf(job.previous, path) : null;
    if (before && onDisk !== null && recorded && !recorded.edited && sha256(onDisk) === recorded.sha256) {
      resolved.push({ part, path, text: onDisk, onDisk, caption: before });
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
    resolved.push({ part, path, text: theirs ? onDisk : ours, onDisk, caption });
  }
  return resolved;
}

/** The text that an earlier run wrote to this caption.txt. */
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
