import { ExportError } from '../errors.ts';
import type { Export } from '../model.ts';
import type { ExportFile, ExportFormat } from './format.ts';
import { HOW_TO_ASK, tiktokJson } from './tiktok-json.ts';

/** All forms of export, the more telling first. */
export const formats: readonly ExportFormat[] = [tiktokJson];

/**
 * Reads the posts out of the files of one export, whatever its form.
 * @throws ExportError with a sentence for people: no export among the files, no posts in it, not readable
 */
export async function readExport(files: readonly ExportFile[]): Promise<Export> {
  for (const format of formats) {
    const found = await format.read(files);
    if (found !== null) return found;
  }
  throw new ExportError(
    `No TikTok export with posts was found here: neither user_data_tiktok.json nor Posts.txt. ${HOW_TO_ASK}`,
  );
}
