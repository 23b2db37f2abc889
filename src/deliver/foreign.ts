import { basename, join } from 'node:path';
import { type FileRow, fromJson, postDocument, readPostText } from '../state/documents.ts';
import type { Files } from '../tools/files.ts';
import { timeOfKey } from './contact-sheet/cards.ts';
import { hashesIn, isMedia } from './package-media.ts';

export const captionFile = 'caption.txt';

/** Reading a caption takes almost no time, and edits during a run are rare. */
const neverAborted = new AbortController().signal;

/**
 * Moves files that a person added to a post's folder along when the folder is replaced; their own video, photo or cover
 * replaces the generated one. Edited texts without a place in the new folder (because the post is now in parts) become
 * `caption-before.txt`, or `caption-before-2.txt` if there is one.
 * @param old the folder that was replaced
 * @param listed the files of the earlier run, and the post's key
 * @returns the moved media, as paths inside the folder with `/`
 */
export async function keepForeign(
  old: string,
  final: string,
  { key, files: rows }: { readonly key: string; readonly files: readonly FileRow[] },
  files: Files,
): Promise<readonly string[]> {
  const document = fromJson(await readPostText(join(old, 'post.json'), files), postDocument);
  const all = [rows, document?.files ?? [], document?.before?.files ?? []].flat();
  // Paths in rows are relative to the account's folder: `rednote/<key>/part-1/video.mp4`.
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
  /** A text that was kept aside earlier stays under its name. */
  const unusedName = async (words: readonly string[]): Promise<string> => {
    const base = words.filter(Boolean).join('-');
    for (let number = 1; ; number++) {
      const name = `${base}${number === 1 ? '' : `-${number}`}.txt`;
      if (!(await there(name)) && (await files.facts(join(old, name))) === null) return name;
    }
  };
  const media: string[] = [];
  const keep = async (folder: string): Promise<void> => {
    for (const { name, folder: isFolder } of await files.list(join(old, folder))) {
      const path = folder === '' ? name : `${folder}/${name}`;
      if (isFolder) await keep(path);
      else if (name === captionFile) {
        if (!(await there(path)) && (await isTheirs(path)))
          await files.move(join(old, path), join(final, await unusedName([folder, 'caption-before'])));
      } else if (name !== 'post.json' && (await isTheirs(path))) {
        // A person's own medium takes precedence over ours.
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

/** The same after a killed run: the folder's own post.json shows which files are ours. */
export async function rescueForeign(old: string, final: string, files: Files): Promise<void> {
  await keepForeign(old, final, { key: basename(final), files: [] }, files);
}
