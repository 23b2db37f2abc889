import { basename } from 'node:path';
import type { SheetPosting } from '../deliver/contact-sheet/state.ts';
import { redrawContactSheet } from '../deliver/contact-sheet.ts';
import { readPosting } from '../posting/folder.ts';
import { recordPath } from '../posting/paths.ts';
import type { PostingRecord } from '../posting/record.ts';
import { isOut } from '../posting/state.ts';
import { readPackageId, uploadId } from '../posting/upload.ts';
import { accountOfFolder, manifestPath, rowsByTargetIn } from '../state/manifest.ts';
import { targets } from '../targets/index.ts';
import type { Tools } from '../tools/tools.ts';

/**
 * Draws the contact sheets of an account's folder again after its posting.csv changed: the pages only, and of these only
 * pages of this version whose text changes. Upload folders stay as they are.
 * @param folder the account's folder, absolute
 * @throws a system error if a page cannot be written
 */
export async function redrawSheets(folder: string, tools: Pick<Tools, 'files' | 'now'>): Promise<void> {
  const files = tools.files.confined(folder);
  const state = async () => JSON.stringify(await files.factsOf([manifestPath(folder), recordPath(folder)]));
  // A run may write the documents meanwhile, and then its own pages: those must not be replaced by older ones.
  for (let attempt = 0; attempt < maxAttempts; attempt++) {
    const before = await state();
    const rowsFor = await rowsByTargetIn(folder, files);
    const account = (await accountOfFolder(folder, files)) ?? basename(folder);
    const { record } = await readPosting(folder, { files, now: tools.now });
    const isCurrent = async () => (await state()) === before;
    for (const target of targets) {
      const sheet = {
        folder,
        account,
        target,
        rows: rowsFor(target.name),
        posting: async () => postingOn(target.name, record),
      };
      await redrawContactSheet(sheet, files, isCurrent);
    }
    if (await isCurrent()) return;
  }
}

const maxAttempts = 3;

/** What a contact sheet shows of posting.csv. */
export function postingOn(target: string, { rows, zone }: Pick<PostingRecord, 'rows' | 'zone'>): SheetPosting {
  return {
    zone,
    of(id) {
      const row = rows.get(uploadId({ key: readPackageId(id)?.key ?? id, target }));
      return row && { ...row, isOut: isOut(row, id) };
    },
  };
}
