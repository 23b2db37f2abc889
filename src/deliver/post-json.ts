import { join } from 'node:path';
import { type Entry, fromJson, postDocument, readPostText, toJson } from '../state/documents.ts';
import type { Files } from '../tools/files.ts';

/**
 * Has the `post.json` of an earlier delivery say what became of the post since. Nothing is written where no package is.
 * @param row of a post that was not delivered this time
 */
export async function tellInFolder(row: Entry, folder: string, files: Files): Promise<void> {
  const path = join(folder, row.target, row.key, 'post.json');
  try {
    const text = await readPostText(path, files);
    if (text === null) return;
    const written = fromJson(text, postDocument);
    const delivered = written?.before ?? (written?.status === 'delivered' ? written : null);
    await files.write(path, toJson(row.status === 'failed' && delivered ? { ...row, before: delivered } : row));
  } catch {
    // The manifest tells it too: a disk that refuses this is the trouble of the post already.
  }
}
