import { basename, extname, join } from 'node:path';
import { type FileRow, fromJson, postDocument, readPostText } from '../state/documents.ts';
import type { Files } from '../tools/files.ts';
import { timeOfKey } from './contact-sheet/cards.ts';
import { hashesIn, isMedia } from './package-media.ts';

export const captionFile = 'caption.txt';

/** Reading a caption takes almost no time, and edits during a run are rare. */
const neverAborted = new AbortController().signal;

interface FormerPost {
  readonly key: string;
  /** The files of the earlier run. */
  readonly files: readonly FileRow[];
}

/**
 * Moves files that a person added to a post's folder along when the folder is replaced; their own video, photo or cover
 * replaces the generated one. Edited texts without a place in the new folder (because the post is now in parts) become
 * `caption-before.txt`, and other files whose name a person's file in the new folder has `notes-before.txt`, each with a
 * number if there is one.
 * @param old the folder that was replaced
 * @param final the new folder
 * @param theirsNow whether a file of the new folder is a person's; by default it was just made, so none is
 * @returns the moved media, as paths inside the folder with `/`
 */
export async function keepForeign(
  old: string,
  final: string,
  former: FormerPost,
  files: Files,
  theirsNow: IsTheirs = async () => false,
): Promise<readonly string[]> {
  const isTheirs = await ownership(old, former, files);
  const there = async (path: string) => (await files.facts(join(final, path))) !== null;
  /** A file that was kept aside earlier stays under its name. */
  const unusedName = async (base: string, extension: string): Promise<string> => {
    for (let number = 1; ; number++) {
      const name = `${base}${number === 1 ? '' : `-${number}`}${extension}`;
      if (!(await there(name)) && (await files.facts(join(old, name))) === null) return name;
    }
  };
  const moveTo = async (path: string, name: string) => files.move(join(old, path), join(final, name));
  const isSame = async (path: string) =>
    (await files.sha256(join(old, path), neverAborted)) === (await files.sha256(join(final, path), neverAborted));
  const media: string[] = [];
  const keep = async (folder: string): Promise<void> => {
    for (const { name, folder: isFolder } of await files.list(join(old, folder))) {
      const path = folder === '' ? name : `${folder}/${name}`;
      if (isFolder) await keep(path);
      else if (name === captionFile) {
        if (!(await there(path)) && (await isTheirs(path)))
          await moveTo(path, await unusedName([folder, 'caption-before'].filter(Boolean).join('-'), '.txt'));
      } else if (name !== 'post.json' && (await isTheirs(path))) {
        const extension = extname(path);
        if (!(await there(path))) await moveTo(path, path);
        else if (isMedia(path) && !(await theirsNow(path))) {
          // A person's own medium takes precedence over ours.
          await files.remove(join(final, path));
          await moveTo(path, path);
        } else {
          if (!(await isSame(path)))
            await moveTo(path, await unusedName(`${path.slice(0, path.length - extension.length)}-before`, extension));
          continue;
        }
        if (isMedia(path)) media.push(path);
      }
    }
  };
  await keep('');
  return media;
}

/**
 * The same after a killed run: the post.json of each folder shows which of its files are ours. A person may have put
 * files into the new folder since.
 */
export async function rescueForeign(old: string, final: string, files: Files): Promise<void> {
  const former = { key: basename(final), files: [] };
  await keepForeign(old, final, former, files, await ownership(final, former, files));
}

/** Whether a person made or edited a file, which is named by its path inside the folder with `/`. */
type IsTheirs = (path: string) => Promise<boolean>;

async function ownership(folder: string, { key, files: rows }: FormerPost, files: Files): Promise<IsTheirs> {
  const document = fromJson(await readPostText(join(folder, 'post.json'), files), postDocument);
  const all = [rows, document?.files ?? [], document?.before?.files ?? []].flat();
  // Paths in rows are relative to the account's folder: `rednote/<key>/part-1/video.mp4`.
  const inside = (path: string) => path.split('/').slice(2).join('/');
  const hashes = new Map([...hashesIn(all)].map(([path, known]) => [inside(path), known]));
  const edited = new Set(all.filter((row) => row.edited === true).map(({ path }) => inside(path)));
  const made = all.filter(({ action }) => action !== 'own');
  const sizes = new Set(made.map(({ path, bytes }) => `${inside(path)} ${bytes}`));
  const time = timeOfKey(key);
  return async (path) => {
    const known = hashes.get(path);
    if (known === undefined || edited.has(path)) return true;
    const facts = await files.facts(join(folder, path));
    const looksOurs =
      isMedia(path) &&
      facts !== null &&
      sizes.has(`${path} ${facts.bytes}`) &&
      time !== null &&
      Math.abs(facts.modified - time) <= 2;
    return !looksOurs && !known.has(await files.sha256(join(folder, path), neverAborted));
  };
}
