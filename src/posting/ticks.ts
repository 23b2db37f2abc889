import { readTable } from '../captions/spreadsheet.ts';
import { readPackageId } from './upload.ts';

/** A tick of a contact sheet that was opened from disk. */
export interface Tick {
  /** Of a package: a post, or `KEY/part-1`. */
  readonly id: string;
  /** False if a person unticked a post that the sheet showed as posted. */
  readonly posted: boolean;
}

/**
 * Reads the file of ticks that a contact sheet saves: `post,tick`, with `done` for posts that are out, `undone` for
 * posts that are not. Other ticks are those of a person's checklist.
 * @returns the ticks, or why there are none
 */
export async function readTicks(bytes: Uint8Array): Promise<readonly Tick[] | string> {
  const isHeader = (names: readonly string[]) => names.includes('post') && names.includes('tick');
  const table = await readTable(bytes, isHeader);
  if (typeof table === 'string') return table;
  if (!isHeader(table.header))
    return 'it has no columns “post” and “tick”, as the files that a contact sheet saves have';
  const [post, tick] = [table.header.indexOf('post'), table.header.indexOf('tick')];
  const ticks = new Map<string, boolean>();
  for (const row of table.rows) {
    const [key, what] = [row[post]?.trim() ?? '', row[tick]?.trim().toLowerCase() ?? ''];
    if (what !== 'done' && what !== 'undone') continue;
    if (readPackageId(key) === null) return `“${key.slice(0, 60)}” in it is no post`;
    ticks.set(key, what === 'done');
  }
  return [...ticks].map(([id, posted]) => ({ id, posted }));
}

/** The platform in the name of a file of ticks, `ticks-rednote (1).csv`; null if there is none. */
export function targetOfTicks(name: string): string | null {
  return /^ticks-([a-z0-9][a-z0-9-]*?)(?:[ _-]?\(?\d{1,3}\)?)?\.csv$/i.exec(name)?.[1]?.toLowerCase() ?? null;
}
