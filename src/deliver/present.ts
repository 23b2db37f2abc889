import { join } from 'node:path';
import { stopsRun } from '../errors.ts';
import type { Issue } from '../model/issue.ts';
import type { Post } from '../model/post.ts';
import { captionText } from '../plan/written-caption.ts';
import {
  type CaptionRow,
  type Describe,
  describedRows,
  type Entry,
  type FileRow,
  readPostText,
  toJson,
} from '../state/documents.ts';
import type { FileFacts, Files } from '../tools/files.ts';
import { readCaptionText } from './caption-text.ts';
import { issuesOfWords, type Judge } from './own-words.ts';

/** The folder whose files are checked, and how. */
export interface PresenceCheck {
  /** The account's folder, absolute. */
  readonly folder: string;
  readonly files: Files;
  /** `--verify`: by hash, not only by size and time. */
  readonly verify: boolean;
  /** The sha256 of a file: cached while its stat is unchanged, otherwise computed. */
  readonly hashOf: (path: string, facts: FileFacts) => Promise<string>;
  readonly signal: AbortSignal;
}

/** The existing media of a package (package-media.ts). */
interface Media {
  readonly own: readonly FileRow[];
  readonly whole: ReadonlySet<string>;
}

/**
 * Whether a delivered file is unchanged: by size and time, which editing changes; with `--verify`, or if the time
 * differs, by hash. Copying a folder to another disk, a cloud, a ZIP or git changes all times, and some file systems
 * keep none: a file with the right hash gets the time of its post again.
 */
export async function isIntact(row: FileRow, post: Post, looking: PresenceCheck): Promise<boolean> {
  const { folder, files, verify, signal, hashOf } = looking;
  const path = join(folder, row.path);
  const facts = await files.facts(path);
  if (facts === null || facts.bytes !== row.bytes) return false;
  if (looksIntact(row, post, facts)) return !verify || (await files.sha256(path, signal)) === row.sha256;
  if ((await hashOf(path, facts)) !== row.sha256) return false;
  await restoreTime(path, post, files);
  return true;
}

/**
 * The same by size and time alone. Two seconds is the resolution of the coarsest file system (FAT).
 * @param facts the file's current stat
 */
export function looksIntact({ bytes }: FileRow, { time }: Post, facts: FileFacts | null): boolean {
  return facts !== null && facts.bytes === bytes && Math.abs(facts.modified - time) <= 2;
}

/** Sets the time of the post, so that later runs recognise the file by its stat. */
async function restoreTime(path: string, { time }: Post, files: Files): Promise<void> {
  await files.setModified(path, time).catch(() => {});
}

/**
 * The current files of an earlier delivery, for the row of a post that is not made again: deleted files are left out,
 * and files that a person added or changed are listed as theirs.
 */
export async function presentFiles(
  rows: readonly FileRow[],
  media: Media,
  post: Post,
  looking: PresenceCheck,
): Promise<FileRow[]> {
  const { folder, files, signal } = looking;
  const own = new Map(media.own.map((row) => [row.path, row]));
  const present: FileRow[] = [];
  for (const row of rows) {
    const theirs = own.get(row.path);
    if (theirs) {
      present.push(theirs);
      own.delete(row.path);
      continue;
    }
    // A person's own file that was deleted, or replaced by ours again.
    if (row.action === 'own') continue;
    const path = join(folder, row.path);
    // A file that cannot be read counts as missing: such a row is often the result of a disk problem.
    const facts = await factsOf(path, files);
    if (facts === null) continue;
    if (media.whole.has(row.path) || (await isIntact(row, post, looking))) {
      present.push(row);
      continue;
    }
    const sha256 = await files.sha256(path, signal);
    const edited = row.role === 'caption' ? { edited: true as const } : {};
    present.push({ ...row, bytes: facts.bytes, sha256, ...edited });
  }
  return [...present, ...own.values()];
}

async function factsOf(path: string, files: Files): Promise<FileFacts | null> {
  try {
    return await files.facts(path);
  } catch (error) {
    if (stopsRun(error)) throw error;
    return null;
  }
}

const maxCaptionBytes = 1_000_000;

/** How a platform's texts are written. */
export interface Wording {
  readonly hasTitle: boolean;
  readonly hasThreads: boolean;
  readonly pickedTags: boolean;
  readonly judge: Judge;
  readonly describe: Describe;
}

/**
 * The row of a delivered post whose original is no longer available. It stays delivered if its media are unchanged or a
 * person's own. Edited texts are kept, deleted texts are written again.
 * @param media the existing media, with issues for a person's own
 * @param issues current issues of the package, besides those from when it was made
 * @param writes false in a forecast
 * @returns null if something is missing
 */
export async function stillDelivered(
  row: Entry,
  post: Post,
  media: Media,
  issues: readonly Issue[],
  wording: Wording,
  looking: PresenceCheck,
  { writes }: { readonly writes: boolean },
): Promise<Entry | null> {
  const { folder, files } = looking;
  // Not the texts, nor what a person added.
  const needed = row.files.filter(({ rendition, ours }) => (rendition ?? ours) !== undefined);
  const isThere = new Set([...media.whole, ...media.own.map(({ path }) => path)]);
  if (row.status !== 'delivered' || needed.length === 0) return null;
  if (!needed.every(({ path }) => isThere.has(path))) return null;

  const words = async (caption: CaptionRow, inside: readonly string[]): Promise<CaptionRow> => {
    const own = row.files.find(({ role, path }) => role === 'caption' && inside.includes(path));
    if (!own) return caption;
    const path = join(folder, own.path);
    const text = await files.readText(path, maxCaptionBytes);
    if (text === null && writes) {
      await files.write(path, captionText(caption, wording.pickedTags));
      await files.setModified(path, post.time);
    }
    if (text === null || (await files.sha256(path, looking.signal)) === own.sha256) return caption;
    const { title, body, hashtags, thread } = readCaptionText(text, wording);
    const words = { title, body, hashtags: [...hashtags], ...(thread && { thread: [...thread] }) };
    return { ...words, source: 'edited', matchedBy: null, seconds: null, removed: [] };
  };
  const parts: NonNullable<Entry['parts']> = [];
  for (const part of row.parts ?? []) parts.push({ ...part, caption: await words(part.caption, part.files) });
  const all = row.files.map(({ path }) => path);
  const caption = parts[0]?.caption ?? (row.caption && (await words(row.caption, all)));
  const present = await presentFiles(row.files, media, post, looking);
  const captions = parts.length > 0 ? parts.map((part) => part.caption) : caption ? [caption] : [];
  const said = [...row.issues.filter(({ code }) => !code.startsWith('own-file')), ...issues];
  const described = describedRows(issuesOfWords(said, captions, wording.judge), wording.describe);
  const now: Entry = { ...row, issues: described, caption, files: present, ...(row.parts && { parts }) };
  if (!writes) return now;
  const document = join(folder, row.target, row.key, 'post.json');
  if ((await readPostText(document, files)) !== toJson(now)) await files.write(document, toJson(now));
  return now;
}
