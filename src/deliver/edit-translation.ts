import { sheetPath } from '../captions/index.ts';
import { readSheetNow } from '../captions/open-sheet.ts';
import { translationColumn } from '../captions/translations.ts';
import { OutputError } from '../errors.ts';
import { withDocumentLock } from '../state/document-lock.ts';
import type { Tools } from '../tools/tools.ts';
import { captionsCsv } from './captions-csv.ts';

export interface TranslationEdit {
  /** `title_es`, `caption_zh-Hant`. */
  readonly column: string;
  /** The text of the cell when the person began to change it. */
  readonly seen: string;
  readonly wanted: string;
}

export interface EditedTranslation {
  /** The text of the cell now. */
  readonly text: string;
  /** The cell was changed by somebody else meanwhile and keeps that text. */
  readonly isConflict: boolean;
  readonly isChanged: boolean;
}

/**
 * Changes a translation of a post in captions.csv, as a person does in a spreadsheet: the next run treats it as the person's.
 * Only existing columns are changed: a run that translates adds them.
 * @throws OutputError if the sheet cannot be read, is busy, or has no such cell; a system error if it cannot be written
 */
export async function editTranslation(
  folder: string,
  key: string,
  { column, seen, wanted }: TranslationEdit,
  { files, locks }: Pick<Tools, 'files' | 'locks'>,
): Promise<EditedTranslation> {
  return await withDocumentLock(folder, 'captions', locks, async () => {
    const { found, problem } = await readSheetNow(folder, files);
    if (problem !== null) throw new OutputError(`captions.csv cannot be read: ${problem}. Mend it, and try again.`);
    const name = found?.table.header.find((each) => translationColumn(each) === column);
    const text = found?.rows.get(key)?.more?.[column];
    if (found === null || name === undefined || text === undefined)
      throw new OutputError(`captions.csv has no ${column} of this post.`);
    if (text === wanted) return { text, isConflict: false, isChanged: false };
    if (text.trim() !== seen.trim()) return { text, isConflict: true, isChanged: false };
    const sheet = captionsCsv([{ key, more: { [name]: wanted } }], found.table);
    if (sheet !== null) await files.write(sheetPath(folder), sheet);
    return { text: wanted, isConflict: false, isChanged: true };
  });
}
