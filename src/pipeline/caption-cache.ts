import { join } from 'node:path';
import * as z from 'zod';
import { besideFiles } from '../captions/gather.ts';
import { type Captions, keptPath, sheetPath, spreadsheetPaths } from '../captions/index.ts';
import { listingPath } from '../captions/profile-listing.ts';
import { isSystemError } from '../errors.ts';
import type { IssueCode } from '../model/issue.ts';
import { fromJson } from '../state/documents.ts';
import { issue, joinedCaption } from '../state/schemas.ts';
import { digest } from '../state/up-to-date-cache.ts';
import type { Archive, ArchiveFile } from '../tools/archive.ts';
import type { FileFacts, Files } from '../tools/files.ts';
import type { Tools } from '../tools/tools.ts';
import { build, version } from '../version.ts';

/** The words of posts, without the sheet in which they stand. */
export type ResolvedCaptions = Omit<Captions, 'sheet'>;

/**
 * The words of all posts as the last run found them: while nothing changed in which they were found, none of it need be read
 * again. A disposable cache; only what is plain is kept in it, with nothing that was refused, unsure, or still to be asked.
 */
export interface KeptWords {
  readonly found: ResolvedCaptions;
  /** No post is without: TikTok need not be asked for any. */
  readonly areAll: boolean;
}

/** The words of 100,000 posts with long captions; a planted file costs no more memory than this allows. */
const maxBytes = 200_000_000;
/** Seconds: what is saved twice within them may have one time (two on FAT). */
export const coarsest = 3;
/** What is told as long as the sources stay as they are. What could not be read may be read the next time. */
const lasting: readonly IssueCode[] = [
  'captions-left',
  'captions-foreign',
  'captions-alias',
  'captions-shifted',
  'captions-unclear',
  'captions-outranked',
];
const document = z.object({
  schemaVersion: z.literal(1),
  sources: z.string(),
  areAll: z.boolean(),
  words: z.record(z.string(), joinedCaption),
  tiktokIds: z.record(z.string(), z.string()),
  covers: z.record(z.string(), z.string()),
  issues: z.array(issue),
});

/** null: it is not there; undefined: it cannot be looked at. */
type Look = FileFacts | null | undefined;

interface OwnSources {
  readonly sheet: Look;
  /** How a run left its cells. */
  readonly cells: Look;
  /** Of the profile. */
  readonly listing: Look;
  /** Where somebody may have saved the sheet as a spreadsheet. */
  readonly spreadsheets: readonly (FileFacts | null)[];
}

/** Where words come from, as it lay there before it was read. */
export interface Sources {
  /** Of all but our own files; null where it could change and look the same. */
  readonly others: string | null;
  /** What a run writes itself. */
  readonly own: OwnSources;
  /** When that was, unix seconds. */
  readonly at: number;
}

/**
 * Looks at all that words are made of, before it is read.
 * @param about what they hang on besides files
 */
export async function lookAtSources(
  folder: string,
  given: readonly Archive[],
  beside: readonly Archive[],
  about: readonly unknown[],
  { files, now }: Pick<Tools, 'files' | 'now'>,
): Promise<Sources> {
  const [own, at] = [await lookAtOwn(folder, files), now()];
  const lying = [
    await Promise.all(given.map(async (archive) => lie(archive, archive.files, files, at))),
    await Promise.all(beside.map(async (archive) => lie(archive, besideFiles(archive), files, at))),
  ];
  const others = lying.flat().includes(null) ? null : digest(version(), build(), about, lying);
  return { others, own, at };
}

/** What a run writes itself, as it lies there now. */
export async function lookAtOwn(folder: string, files: Files): Promise<OwnSources> {
  const look = async (path: string): Promise<Look> =>
    files.facts(path).catch((error: unknown) => {
      if (!isSystemError(error)) throw error;
      return undefined;
    });
  return {
    sheet: await look(sheetPath(folder)),
    cells: await look(keptPath(folder)),
    listing: await look(listingPath(folder)),
    spreadsheets: await files.factsOf(spreadsheetPaths(folder)),
  };
}

/** @returns null where they were found in something else, or not all of it is plain */
export async function readKeptWords(folder: string, sources: Sources, files: Files): Promise<KeptWords | null> {
  const seal = sealOf(sources);
  const text = seal === null ? null : await files.readText(wordsPath(folder), maxBytes).catch(() => null);
  const data = fromJson(text, document);
  if (data === null || data.sources !== seal) return null;
  const words = new Map(Object.entries(data.words));
  const found: ResolvedCaptions = {
    get: (key) => words.get(key) ?? null,
    issuesOf: () => [],
    isUnsure: () => false,
    coverOf: (key) => data.covers[key] ?? '',
    tiktokIds: new Map(Object.entries(data.tiktokIds)),
    issues: data.issues,
  };
  return { found, areAll: data.areAll };
}

/** Keeps the words if all of them are plain. What cannot be written is found anew the next time. */
export async function keepWords(
  folder: string,
  keys: readonly string[],
  captions: Captions,
  sources: Sources,
  files: Files,
): Promise<void> {
  const seal = sealOf(sources);
  const isPlain = (key: string) => captions.issuesOf(key).length === 0 && !captions.isUnsure(key);
  if (seal === null || !keys.every(isPlain) || !captions.issues.every(({ code }) => lasting.includes(code))) return;
  const words = keys.flatMap((key) => {
    const found = captions.get(key);
    return found === null ? [] : [[key, found] as const];
  });
  const covers = keys.map((key) => [key, captions.coverOf(key)] as const).filter(([, cell]) => cell !== '');
  const kept: z.input<typeof document> = {
    schemaVersion: 1,
    sources: seal,
    areAll: words.length === keys.length && words.every(([, { text }]) => text !== ''),
    words: Object.fromEntries(words),
    tiktokIds: Object.fromEntries(captions.tiktokIds),
    covers: Object.fromEntries(covers),
    issues: [...captions.issues],
  };
  await files.write(wordsPath(folder), JSON.stringify(kept)).catch((error: unknown) => {
    if (!isSystemError(error)) throw error;
  });
}

function sealOf({ others, own, at }: Sources): string | null {
  const isSeen = own.sheet !== undefined && own.cells !== undefined && own.listing !== undefined;
  return others !== null && isSeen && canTell(own.sheet, at) ? digest(others, own) : null;
}

/** Whether the next save of it would be seen. */
function canTell(facts: Look, at: number): boolean {
  return !facts || facts.modified < at - coarsest;
}

/** How the files lie there; null where one could change and look the same. */
async function lie(
  { path, setAside }: Archive,
  files: readonly ArchiveFile[],
  disk: Files,
  at: number,
): Promise<unknown> {
  const paths = files.flatMap((file) => file.path ?? []);
  // What is inside a ZIP stays as long as the ZIP does, which is not known of one that lies in a folder.
  const all = paths.length === files.length ? paths : [path, ...paths];
  const facts = await disk.factsOf(all).catch(() => [null]);
  const isPlain = facts.every((each) => each !== null && canTell(each, at));
  return isPlain ? [path, files.map(({ name }) => name), facts, setAside] : null;
}

function wordsPath(folder: string): string {
  return join(folder, '.port', 'words.json');
}
