import { basename, join } from 'node:path';
import type { Post } from '../model/post.ts';
import type { Tools } from '../tools/tools.ts';
import type { JoinedLayers } from './join.ts';
import { knownCells, parseRecordedCells, type RecordedCells, readOwnSheet } from './own-sheet.ts';
import type { OwnSheet } from './sheet-cells.ts';
import { type LanguagesInForce, parseLanguagesInForce } from './translations.ts';
import { wordsOf } from './words.ts';

const maxSheetBytes = 100 << 20;

export interface FoundSheet {
  readonly found: OwnSheet | null;
  /** Why it cannot be read; null if it can, or does not exist. */
  readonly trouble: string | null;
  readonly kept: ReadonlyMap<string, RecordedCells>;
  /** The languages in which posts go out since an earlier run. */
  readonly languages: LanguagesInForce;
  /** The name of a newer spreadsheet next to it, which is not read. */
  readonly beside: string | null;
}

interface SheetRequest {
  /** The account's folder, absolute. */
  readonly folder: string;
  readonly posts: readonly Post[];
  /** Delivered texts by key: used if the record of the cells is missing. */
  readonly saidBefore: ((key: string) => readonly string[]) | undefined;
}

/** Reads the sheet as it stands, for code that changes single cells. @throws a system error if it cannot be opened */
export async function readSheetNow(
  folder: string,
  files: Tools['files'],
): Promise<Omit<FoundSheet, 'beside' | 'languages'>> {
  const { kept } = await readRecordedCells(folder, files);
  const bytes = await files.read(sheetPath(folder), maxSheetBytes);
  if (bytes === null || bytes.length === 0) return { found: null, trouble: null, kept };
  const found = await readOwnSheet(
    bytes,
    knownCells([], kept, () => null),
  );
  return typeof found === 'string' ? { found: null, trouble: found, kept } : { found, trouble: null, kept };
}

/** Always reads the sheet, even if other sources have captions. */
export async function openOwnSheet(
  { folder, posts, saidBefore }: SheetRequest,
  { fits }: JoinedLayers,
  { files }: Tools,
): Promise<FoundSheet> {
  const path = sheetPath(folder);
  const { kept, languages } = await readRecordedCells(folder, files);
  const beside = await newerSpreadsheet(folder, files);
  const unread = (trouble: string): FoundSheet => ({ found: null, trouble, kept, languages, beside });
  try {
    const facts = await files.facts(path);
    if (facts === null || facts.bytes === 0) return { found: null, trouble: null, kept, languages, beside };
    if (facts.bytes > maxSheetBytes) return unread(`it is larger than ${maxSheetBytes >> 20} MB`);
    const ours = (post: Post) => {
      const found = fits.get(post.key) ?? [];
      return wordsOf(
        post,
        found.map(({ fit }) => fit),
      );
    };
    const known = knownCells(posts, kept, ours, kept.size === 0 ? saidBefore : undefined);
    const found = await readOwnSheet(await files.readStart(path, facts.bytes), known);
    return typeof found === 'string' ? unread(found) : { found, trouble: null, kept, languages, beside };
  } catch (error) {
    if (!(error instanceof Error && 'syscall' in error)) throw error;
    return unread(error.message);
  }
}

/** The names that Excel, LibreOffice and Numbers use for the sheet in their own formats. */
function spreadsheetPaths(folder: string): readonly string[] {
  return ['xlsx', 'xls', 'ods', 'numbers'].map((ending) => join(folder, `captions.${ending}`));
}

async function newerSpreadsheet(folder: string, files: Tools['files']): Promise<string | null> {
  const paths = spreadsheetPaths(folder);
  const [sheet, ...others] = await files.factsOf([sheetPath(folder), ...paths]);
  const index = others.findIndex((facts) => facts && facts.modified > (sheet?.modified ?? 0));
  return index < 0 ? null : basename(paths[index] ?? '');
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
export function keptPath(folder: string): string {
  return join(folder, 'captions.json');
}

/** Where versions up to 0.1.0 kept it, among the caches. */
export function formerKeptPath(folder: string): string {
  return join(folder, '.port', 'captions.json');
}

/** The cells as the last run left them; read from the former place while the document is not there. */
async function readRecordedCells(
  folder: string,
  files: Tools['files'],
): Promise<Pick<FoundSheet, 'kept' | 'languages'>> {
  const read = async (path: string) => files.readText(path, maxSheetBytes).catch(() => null);
  const json = (await read(keptPath(folder))) ?? (await read(formerKeptPath(folder)));
  const kept = parseRecordedCells(json);
  // A second parse only where it can find something: the document may have tens of megabytes.
  const hasLanguages = json?.slice(0, 1000).includes('"languages":') === true;
  return { kept, languages: hasLanguages ? parseLanguagesInForce(json) : {} };
}
