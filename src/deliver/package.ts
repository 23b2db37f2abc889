import { join } from 'node:path';
import { isSystemError } from '../errors.ts';
import type { PlannedFile } from '../plan/plan.ts';
import { type Describe, type Entry, type FileRow, readPostText, toJson } from '../state/documents.ts';
import type { Files } from '../tools/files.ts';
import { captionFile, keepForeign } from './foreign.ts';
import { finalOf, ofThisRun, type PackageJob, pathOf, stageOf, wantedFiles } from './package-job.ts';
import { ownRow, withOwn } from './package-media.ts';
import { type MadeFile, mediaRow, type RowStart, rowOf } from './package-row.ts';
import { type PartWords, readWords } from './package-words.ts';

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
  // The folder of the platform is not listed: with ten thousand posts that would be ten thousand names for each of them.
  const [folder] = await files.foldersOf([path]);
  const isFree = !folder && (await files.facts(path)) === null;
  return isFree ? path : `${path}.${ofThisRun}`;
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
  const row = rowOf(job, start, inOrder(job, job.previous.files), words, describe);
  const current = words.every(({ onDisk, text }) => onDisk === text);
  const listed = await readPostText(join(finalOf(job), 'post.json'), files);
  if (!current || listed !== toJson(row)) await writeWords(job, row, words, finalOf(job), files);
  return row;
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
