import { join } from 'node:path';
import { type Entry, fromJson, postDocument, readPostText, toJson } from '../state/documents.ts';
import type { Files } from '../tools/files.ts';

/**
 * Updates the `post.json` of an earlier delivery with the post's current status. Writes nothing if there is no package, or if
 * it says so already.
 * @param row the row of a post that was not delivered in this run
 */
export async function updatePostJson(row: Entry, folder: string, files: Files): Promise<void> {
  const path = join(folder, row.target, row.key, 'post.json');
  try {
    const text = await readPostText(path, files);
    if (text === null) return;
    const written = fromJson(text, postDocument);
    const delivered = written?.before ?? (written?.status === 'delivered' ? written : null);
    const now = toJson(row.status === 'failed' && delivered ? { ...row, before: delivered } : row);
    if (now !== text) await files.write(path, now);
  } catch {
    // The manifest has the status too, and a disk that fails here is already reported for the post.
  }
}
