import { cellRecordPath, sheetPath } from '../captions/index.ts';
import { maxSheetBytes } from '../captions/open-sheet.ts';
import { cellRecordJson, type SheetRecord } from '../captions/own-sheet.ts';
import type { Past } from '../captions/sheet-past.ts';
import { isSystemError } from '../errors.ts';
import { documentHash } from '../state/document-hash.ts';
import type { Files } from '../tools/files.ts';

/** captions.csv and captions.json as they are on disk. */
export interface CaptionsOnDisk {
  /** The hash of captions.csv; null: there is none. */
  readonly sha256: string | null;
  /** The text of captions.json; null: there is none. */
  readonly json: string | null;
}

/**
 * Writes captions.json, then captions.csv, so that what a person typed is in one of them at any time. If the sheet cannot be
 * written, the record is restored.
 * @param text the new sheet; null: it stays as it is
 * @throws a system error
 */
export async function writeCaptions(
  folder: string,
  text: string | null,
  { kept, languages, past }: SheetRecord,
  before: CaptionsOnDisk,
  files: Pick<Files, 'write' | 'remove'>,
): Promise<CaptionsOnDisk & { readonly past: Past }> {
  const sha256 = text === null ? before.sha256 : documentHash(text);
  const replaced = sha256 === before.sha256 ? null : before.sha256;
  const now = sha256 === past.sha256 ? past : { ...past, sha256, replaced };
  const json = cellRecordJson(kept, languages, now);
  if (json !== before.json) await files.write(cellRecordPath(folder), json);
  try {
    if (text !== null) await files.write(sheetPath(folder), text);
  } catch (error) {
    if (isSystemError(error)) await takeBack(folder, before, files);
    throw error;
  }
  return { sha256, json, past: now };
}

async function takeBack(
  folder: string,
  { json }: CaptionsOnDisk,
  files: Pick<Files, 'write' | 'remove'>,
): Promise<void> {
  try {
    if (json === null) await files.remove(cellRecordPath(folder));
    else await files.write(cellRecordPath(folder), json);
  } catch (error) {
    // On a full disk the new record stays, and the next write updates the sheet.
    if (!isSystemError(error)) throw error;
  }
}

/** Whether captions.json is unchanged since it was read. */
export async function isRecordAsRead(
  folder: string,
  { json }: Pick<CaptionsOnDisk, 'json'>,
  files: Pick<Files, 'readText'>,
): Promise<boolean> {
  return (await files.readText(cellRecordPath(folder), maxSheetBytes).catch(() => null)) === json;
}
