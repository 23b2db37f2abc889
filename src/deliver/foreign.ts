import { join } from 'node:path';
import type { Files } from '../tools/tools.ts';
import { entry, type FileRow, fromJson } from './documents.ts';

export const captionFile = 'caption.txt';

const maxDocumentBytes = 100_000_000;

/**
 * What a person put into the folder of a post is theirs: it moves along when the folder is replaced.
 * @param old the folder that was replaced
 * @param ours what the run before had put there
 */
export async function keepForeign(old: string, final: string, ours: readonly FileRow[], files: Files): Promise<void> {
  // Rows name paths from the account's folder: `rednote/<key>/part-1/video.mp4`.
  const known = new Set(ours.map(({ path }) => path.split('/').slice(2).join('/')));
  const keep = async (inside: string): Promise<void> => {
    for (const { name, folder } of await files.list(join(old, inside))) {
      const path = inside === '' ? name : `${inside}/${name}`;
      if (folder) await keep(path);
      else if (name !== 'post.json' && name !== captionFile && !known.has(path)) {
        if (!(await files.facts(join(final, path)))) await files.move(join(old, path), join(final, path));
      }
    }
  };
  await keep('');
}

/** The same after a run that was killed before it came to it: the folder itself tells what was ours. */
export async function rescueForeign(old: string, final: string, files: Files): Promise<void> {
  const row = fromJson(await files.readText(join(old, 'post.json'), maxDocumentBytes), entry);
  if (row) await keepForeign(old, final, row.files, files);
}
