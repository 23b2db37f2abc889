import { basename, join } from 'node:path';
import { type FileRow, fromJson, postDocument, readPostText } from '../state/documents.ts';
import type { Files } from '../tools/files.ts';
import { timeOfKey } from './contact-sheet/cards.ts';
import { hashesIn, isMedia } from './package-media.ts';

export const captionFile = 'caption.txt';

/** A caption is read in no time, and what a person saved in the middle of a run is rare. */
const neverAborted = new AbortController().signal;

/**
 * What a person put into the folder of a post is theirs: it moves along when the folder is replaced, and their video, photo
 * or cover takes the place of the one that was made. So do words that they changed and that have no place in the new
 * folder, since a post became one of parts: as `caption-before.txt`.
 * @param old the folder that was replaced
 * @param listed what the run before had put there, and its post's key
 * @returns the media among it, as names inside the folder with `/`
 */
export async function keepForeign(
  old: string,
  final: string,
  { key, files: rows }: { readonly key: string; readonly files: readonly FileRow[] },
  files: Files,
): Promise<readonly string[]> {
  const document = fromJson(await readPostText(join(old, 'post.json'), files), postDocument);
  const all = [rows, document?.files ?? [], document?.before?.files ?? []].flat();
  // Rows name paths from the account's folder: `rednote/<key>/part-1/video.mp4`.
  const inside = (path: string) => path.split('/').slice(2).join('/');
  const hashes = new Map([...hashesIn(all)].map(([path, known]) => [inside(path), known]));
  const edited = new Set(all.filter((row) => row.edited === true).map(({ path }) => inside(path)));
  const sizes = new Map(all.map(({ path, bytes }) => [`${inside(path)} ${bytes}`, true]));
  const time = timeOfKey(key);
  const isTheirs = async (path: string): Promise<boolean> => {
    const known = hashes.get(path);
    if (known === undefined || edited.has(path)) return true;
    const facts = await files.facts(join(old, path));
    const looksOurs =
      isMedia(path) &&
      facts !== null &&
      sizes.has(`${path} ${facts.bytes}`) &&
      time !== null &&
      Math.abs(facts.modified - time) <= 2;
    return !looksOurs && !known.has(await files.sha256(join(old, path), neverAborted));
  };
  const there = async (path: string) => (await files.facts(join(final, path))) !== null;
  const media: string[] = [];
  const keep = async (folder: string): Promise<void> => {
    for (const { name, folder: isFolder } of await files.list(join(old, folder))) {
      const path = folder === '' ? name : `${folder}/${name}`;
      if (isFolder) await keep(path);
      else if (name === captionFile) {
        const kept = [folder, 'caption-before.txt'].filter(Boolean).join('-');
        if (!(await there(path)) && (await isTheirs(path))) await files.move(join(old, path), join(final, kept));
      } else if (name !== 'post.json' && (await isTheirs(path))) {
        // Their own medium comes before ours.
        if (isMedia(path)) {
          media.push(path);
          await files.remove(join(final, path));
        }
        if (!(await there(path))) await files.move(join(old, path), join(final, path));
      }
    }
  };
  await keep('');
  return media;
}

/** The same after a run that was killed before it came to it: the folder itself tells what was ours. */
export async function rescueForeign(old: string, final: string, files: Files): Promise<void> {
  await keepForeign(old, final, { key: basename(final), files: [] }, files);
}
