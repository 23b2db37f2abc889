import { join } from 'node:path';
import type { Files } from '../tools/tools.ts';
import { entry, type FileRow, fromJson } from './documents.ts';

export const captionFile = 'caption.txt';

/** A caption is read in no time. */
const neverAborted = new AbortController().signal;

const maxDocumentBytes = 100_000_000;

/**
 * What a person put into the folder of a post is theirs: it moves along when the folder is replaced. So do words that
 * they changed and that have no place in the new folder, since a post became one of parts: as `caption-before.txt`.
 * @param old the folder that was replaced
 * @param ours what the run before had put there
 */
export async function keepForeign(old: string, final: string, ours: readonly FileRow[], files: Files): Promise<void> {
  // Rows name paths from the account's folder: `rednote/<key>/part-1/video.mp4`.
  const known = new Map(ours.map((row) => [row.path.split('/').slice(2).join('/'), row]));
  const isTheirs = async (path: string): Promise<boolean> => {
    const row = known.get(path);
    return !row || row.edited === true || (await files.sha256(join(old, path), neverAborted)) !== row.sha256;
  };
  const there = async (path: string) => (await files.facts(join(final, path))) !== null;
  const keep = async (inside: string): Promise<void> => {
    for (const { name, folder } of await files.list(join(old, inside))) {
      const path = inside === '' ? name : `${inside}/${name}`;
      if (folder) await keep(path);
      else if (name === captionFile) {
        const kept = [inside, 'caption-before.txt'].filter(Boolean).join('-');
        if (!(await there(path)) && (await isTheirs(path))) await files.move(join(old, path), join(final, kept));
      } else if (name !== 'post.json' && !known.has(path) && !(await there(path))) {
        await files.move(join(old, path), join(final, path));
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
