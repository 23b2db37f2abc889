import { basename, dirname, join } from 'node:path';
import type { Files } from '../tools/files.ts';
import { uploadFolderOf } from './upload-folders.ts';

/**
 * Finds a symbolic link on the path to a file that a run writes in an account's folder. Following it would read, move
 * and overwrite files elsewhere. Folders above the account may be links: the user chose that path.
 * @param folder the account's folder
 * @returns its path; null if there is none
 */
export async function findLinkInside(folder: string, targets: readonly string[], files: Files): Promise<string | null> {
  if ((await files.links(dirname(folder))).includes(basename(folder))) return folder;
  const own = ['.port', join('.port', 'incoming'), 'originals', ...targets, ...targets.map(uploadFolderOf)];
  const places = ['', ...own].map((inside) => join(folder, inside));
  const found = await Promise.all(
    places.map(async (place) => (await files.links(place)).map((name) => join(place, name))),
  );
  return found.flat()[0] ?? null;
}
