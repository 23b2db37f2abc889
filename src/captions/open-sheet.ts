import { basename, join } from 'node:path';
import type { Post } from '../model/post.ts';
import { documentHash } from '../state/document-hash.ts';
import type { Tools } from '../tools/tools.ts';
import type { JoinedLayers } from './join.ts';
import { knownCells, parseSheetRecord, readOwnSheet, type SheetRecord, withPast } from './own-sheet.ts';
import { mergeSavedSheet, type SavedSheet } from './saved-sheet.ts';
import type { OwnSheet } from './sheet-cells.ts';
import { wordsOf } from './words.ts';

/** Of captions.csv, and of captions.json. */
export const maxSheetBytes = 100 << 20;

/** captions.csv and captions.json as they were read, merged. */
export interface FoundSheet extends SheetRecord, SavedSheet {
  /** The sheet as it stands on the disk; null if there is none, or it cannot be read. */
  readonly found: OwnSheet | null;
  /** Why it cannot be read; null if it can, or does not exist. */
  readonly problem: string | null;
  /** Its hash; null if it was not read. */
  readonly sha256: string | null;
  /** captions.json as it was read; null: there is none. */
  readonly json: string | null;
}

interface SheetRequest {
  /** The account's folder, absolute. */
  readonly folder: string;
  readonly posts: readonly Post[];
  /** Delivered texts by key: used if the record of the cells is missing. */
  readonly saidBefore: ((key: string) => readonly string[]) | undefined;
}

/** Reads the sheet as it stands, for code that changes single cells. @throws a system error if it cannot be opened */
export async function readSheetNow(folder: string, files: Tools['files']): Promise<FoundSheet> {
  const record = await readSheetRecord(folder, files);
  const bytes = await files.read(sheetPath(folder), maxSheetBytes);
  return await mergedWith(record, bytes, [], () => null);
}

/**
 * Always reads the sheet, even if other sources have captions.
 * @returns also the name of a newer spreadsheet next to it, which is not read
 */
export async function openOwnSheet(
  { folder, posts, saidBefore }: SheetRequest,
  { fits }: JoinedLayers,
  { files }: Tools,
): Promise<FoundSheet & { readonly beside: string | null }> {
  const path = sheetPath(folder);
  const record = await readSheetRecord(folder, files);
  const beside = await newerSpreadsheet(folder, files);
  const unread = (problem: string) => ({ ...unreadSheet(record, problem), beside });
  try {
    const facts = await files.facts(path);
    if ((facts?.bytes ?? 0) > maxSheetBytes) return unread(`it is larger than ${maxSheetBytes >> 20} MB`);
    const bytes = facts === null ? null : await files.readStart(path, facts.bytes);
    const ours = (post: Post) => {
      const found = fits.get(post.key) ?? [];
      return wordsOf(
        post,
        found.map(({ fit }) => fit),
      );
    };
    const said = record.kept.size === 0 ? saidBefore : undefined;
    return { ...(await mergedWith(record, bytes, posts, ours, said)), beside };
  } catch (error) {
    if (!(error instanceof Error && 'syscall' in error)) throw error;
    return unread(error.message);
  }
}

type ReadRecord = SheetRecord & Pick<FoundSheet, 'json'>;

async function mergedWith(
  record: ReadRecord,
  bytes: Uint8Array | null,
  posts: readonly Post[],
  ours: Parameters<typeof knownCells>[2],
  saidBefore?: (key: string) => readonly string[],
): Promise<FoundSheet> {
  if (bytes === null || bytes.length === 0)
    return { ...record, ...mergeSavedSheet(null, null, record), found: null, problem: null, sha256: null };
  const known = knownCells(posts, record.kept, ours, saidBefore);
  const found = await readOwnSheet(bytes, withPast(known, record.past));
  if (typeof found === 'string') return unreadSheet(record, found);
  const sha256 = documentHash(bytes);
  return { ...record, ...mergeSavedSheet(found, sha256, record), found, problem: null, sha256 };
}

/** What came since the last run counts without the sheet too. */
function unreadSheet(record: ReadRecord, problem: string): FoundSheet {
  return { ...record, ...mergeSavedSheet(null, null, record), found: null, problem, sha256: null };
}

/** The names that Excel, LibreOffice and Numbers use for the sheet in their own formats. */
function spreadsheetPaths(folder: string): readonly string[] {
  return ['xlsx', 'xls', 'ods', 'numbers'].map((ending) => join(folder, `captions.${ending}`));
}

async function newerSpreadsheet(folder: string, files: Tools['files']): Promise<string | null> {
  const paths = spreadsheetPaths(folder);
  const [sheet, ...others] = await files.factsOf([sheetPath(folder), ...paths]);
  const index = others.findIndex((facts) => facts && facts.modified > (sheet?.modified ?? 0));
  return index < 0 ? null : basename(paths[index] as string);
}

/**
 * The path of captions.csv, in which a person edits the captions of all posts.
 * @param folder the account's folder
 */
export function sheetPath(folder: string): string {
  return join(folder, 'captions.csv');
}

/**
 * The path of the record of the cells that port last wrote to captions.csv. It shows which cells a person has changed or
 * emptied since, and keeps those texts while the sheet cannot be read. No run can work that out again, so it is no cache.
 */
export function cellRecordPath(folder: string): string {
  return join(folder, 'captions.json');
}

/** Where versions up to 0.1.0 kept it, among the caches. */
export function formerCellRecordPath(folder: string): string {
  return join(folder, '.port', 'captions.json');
}

/** captions.json; read from the former place while the document is not there. */
async function readSheetRecord(folder: string, files: Tools['files']): Promise<ReadRecord> {
  const read = async (path: string) => files.readText(path, maxSheetBytes).catch(() => null);
  const json = await read(cellRecordPath(folder));
  return { ...parseSheetRecord(json ?? (await read(formerCellRecordPath(folder)))), json };
}
