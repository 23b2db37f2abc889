import { actionOf, type PlannedFile, type PlannedPart } from '../plan/plan.ts';
import { type Describe, describedRows, type Entry, type FileRow, issueRows } from '../state/documents.ts';
import { issuesOfWords } from './own-words.ts';
import { type PackageJob, pathOf } from './package-job.ts';
import { type PartWords, sha256 } from './package-words.ts';

/** A file of a package that was made now or in an earlier run. */
export interface MadeFile {
  readonly bytes: number;
  readonly sha256: string;
  /** The fallback that was made instead of the planned file. */
  readonly instead?: PlannedFile;
}

/** The fields of a row that are known before its files exist. */
export type RowStart = Omit<Entry, 'files' | 'parts' | 'caption'>;

export function rowOf(
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

export function mediaRow(
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
