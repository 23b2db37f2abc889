import { basename, dirname, join } from 'node:path';
import type { Files } from '../tools/files.ts';
import { uploadFolderOf } from './upload-folders.ts';

/**
 * A symbolic link on the way to what a run writes in an account's folder: through it files elsewhere would be read,
 * moved and written over. The folder above may be one: it is what the user named.
 * @param folder of the account
 * @returns its path; null where there is none
 */
export async function linkThatLeadsOut(
  folder: string,
  targets: readonly string[],
  files: Files,
): Promise<string | null> {
  if ((await files.links(dirname(folder))).includes(basename(folder))) return folder;
  const own = ['.port', join('.port', 'incoming'), 'originals', ...targets, ...targets.map(uploadFolderOf)];
  const places = ['', ...own].map((inside) => join(folder, inside));
  const found = await Promise.all(
    places.map(async (place) => (await files.links(place)).map((name) => join(place, name))),
  );
  return found.flat()[0] ?? null;
}
