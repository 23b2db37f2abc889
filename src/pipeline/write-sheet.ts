import { formerCellRecordPath, type Sheet, sheetPath } from '../captions/index.ts';
import { cellRecordJson, type SheetRecord } from '../captions/own-sheet.ts';
import { saidIn } from '../captions/saved-sheet.ts';
import type { Past } from '../captions/sheet-past.ts';
import type { SheetRow } from '../deliver/captions-csv.ts';
import { type CaptionsOnDisk, isRecordAsRead, writeCaptions } from '../deliver/write-captions.ts';
import { isSystemError, OutputError } from '../errors.ts';
import type { Issue } from '../model/issue.ts';
import { withDocumentLock } from '../state/document-lock.ts';
import type { FileFacts } from '../tools/files.ts';
import type { Tools } from '../tools/tools.ts';

/** The documents as this run wrote or found them. */
export interface Written extends CaptionsOnDisk {
  readonly past: Past;
  /** What a cell says. */
  readonly said: (key: string, column: string) => string | undefined;
}

export function writtenBefore({ merged, read }: Sheet): Written {
  return { ...{ sha256: read.sha256, json: read.json, past: merged.past }, said: saidIn(merged, read.kept) };
}

/** A row with the texts that an older copy overwrote. */
export function restoredRow([key, texts]: readonly [string, Readonly<Record<string, string>>]): Pick<
  SheetRow,
  'key' | 'more'
> {
  return { key, more: texts };
}

/**
 * Writes captions.csv if its content changed, and the document with the state of its cells.
 * @param text of the sheet; null: it is up to date
 * @param before what was read, with the size and time of the sheet
 * @returns the current documents, or why nothing could be written
 */
export async function writeSheet(
  text: string | null,
  record: SheetRecord,
  before: CaptionsOnDisk & { readonly facts: FileFacts | null },
  folder: string,
  { files, locks }: Pick<Tools, 'files' | 'locks'>,
): Promise<Issue | (CaptionsOnDisk & { readonly past: Past })> {
  const refused = (why: string): Issue => ({
    code: 'captions-sheet-unwritten',
    severity: 'warning',
    actual: why,
    limit: null,
  });
  try {
    const { kept, languages, past } = record;
    const isUpToDate =
      text === null && past.sha256 === before.sha256 && cellRecordJson(kept, languages, past) === before.json;
    const done = isUpToDate
      ? { ...before, past }
      : await withDocumentLock(folder, 'captions', locks, async () => {
          // A person may have saved the sheet during the request to TikTok, or a studio a cell of it.
          const facts = await files.facts(sheetPath(folder));
          const isSame = facts?.bytes === before.facts?.bytes && facts?.modified === before.facts?.modified;
          if (!isSame || !(await isRecordAsRead(folder, before, files))) return null;
          return await writeCaptions(folder, text, record, before, files);
        });
    if (done === null) return refused('it was changed meanwhile');
    await files.remove(formerCellRecordPath(folder));
    return done;
  } catch (error) {
    if (error instanceof OutputError) return refused('another port is writing it');
    if (!isSystemError(error)) throw error;
    return refused(error.code ?? error.message);
  }
}
