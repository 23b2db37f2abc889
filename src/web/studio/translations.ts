import type * as z from 'zod';
import { editTranslation } from '../../deliver/edit-translation.ts';
import type { CaptionAnswer } from './api.ts';
import { knownPost, unwritable } from './edits.ts';
import type { translationRequest } from './requests.ts';
import type { Studio } from './studio.ts';

/** Writes a translation of a post into captions.csv, unless somebody else changed the cell meanwhile. */
export async function changeTranslation(
  studio: Studio,
  { account, key, column, text, seen }: z.output<typeof translationRequest>,
): Promise<CaptionAnswer> {
  const { folder } = await knownPost(studio, account, key);
  const tools = { files: studio.world.files.confined(folder), locks: studio.world.locks };
  const done = await editTranslation(folder, key, { column, seen, wanted: text }, tools).catch(unwritable);
  if (done.isChanged) studio.refresher.ask(account, key);
  return { text: done.text, conflict: done.isConflict ? done.text : null };
}
