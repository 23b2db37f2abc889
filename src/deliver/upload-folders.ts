import { join } from 'node:path';
import type { Entry } from '../state/documents.ts';
import type { FileFacts, Files } from '../tools/files.ts';
import { needsTitle, timeOfKey } from './contact-sheet/cards.ts';
import { titleName } from './folder-name.ts';
import type { PresenceCheck } from './present.ts';

/** A video in an upload folder: another name of the delivered file, not another copy. */
export interface UploadFile {
  /** Relative to the account's folder. */
  readonly from: string;
  /** Below the upload folder: `01/My title.mp4`. */
  readonly name: string;
  readonly bytes: number;
  /** Lower-case hex. */
  readonly sha256: string;
  /** Unix seconds. */
  readonly time: number;
  /** A person's own file: what lies in the upload folder is a copy that has the time of its post. */
  readonly own: boolean;
}

/** Beside the target's folder, whose files are all in the manifest: these are second names, and may be deleted. */
export function uploadFolderOf(target: string): string {
  return `${target}-upload`;
}

/**
 * Folders of at most `size` videos named by their titles, for a platform that takes so many at a drop and names them by
 * file. Oldest first, so that new posts come last and the others stay where they are.
 */
export function uploadFiles(rows: Iterable<Entry>, size: number): UploadFile[] {
  const posts: { readonly key: string; readonly videos: readonly Titled[] }[] = [];
  for (const row of rows) if (row.status === 'delivered') posts.push({ key: row.key, videos: titledVideos(row) });
  posts.sort((one, other) => (one.key < other.key ? -1 : 1));
  const taken = new Set<string>();
  return posts
    .flatMap(({ key, videos }) => videos.map((video) => ({ ...video, time: timeOfKey(key) ?? 0 })))
    .map(({ title, ...file }, index) => {
      const batch = String(Math.floor(index / size) + 1).padStart(2, '0');
      const extension = file.from.split('.').at(-1) ?? 'mp4';
      return { ...file, name: `${batch}/${unused(title, taken)}.${extension}` };
    });
}

interface Titled extends Pick<UploadFile, 'from' | 'bytes' | 'sha256' | 'own'> {
  /** As a name of a file, without its extension. */
  readonly title: string;
}

function titledVideos(row: Entry): Titled[] {
  const { key, files, parts, caption: whole } = row;
  // What else a person keeps there is no part of the post.
  const videos = files.filter(({ role, path }) => role === 'video' && /\/video\.\w+$/.test(path));
  return videos.map(({ path, bytes, sha256, action }, index) => {
    const caption = parts?.find((part) => part.files.includes(path))?.caption ?? whole;
    const place = videos.length > 1 ? ` (${index + 1}/${videos.length})` : '';
    // YouTube takes the file's name for the title: one that nobody gave says so.
    const isNameless = caption !== null && needsTitle(caption, row);
    const title = `${isNameless ? 'Needs a title - ' : ''}${caption?.title ?? key}`;
    return {
      from: path,
      bytes,
      sha256,
      own: action === 'own',
      title: titleName(title.endsWith(place) ? title : title + place) || key,
    };
  });
}

/** Systems that fold case take `A` and `a` for one file. */
function unused(base: string, taken: Set<string>): string {
  for (let number = 1; ; number++) {
    const name = number === 1 ? base : `${base} (${number})`;
    const folded = name.toLowerCase();
    if (taken.has(folded)) continue;
    taken.add(folded);
    return name;
  }
}

/**
 * Makes the folders what `wanted` says: what is there stays, what is missing is linked, what no longer belongs goes.
 * A file that is none of ours, by its time or its hash, is left alone.
 * @param folder of the account
 * @param hashOf the sha256 of a file as it lies there, from a cache where it is known
 */
export async function writeUploadFolders(
  folder: string,
  target: string,
  wanted: readonly UploadFile[],
  times: ReadonlySet<number>,
  files: Files,
  hashOf: PresenceCheck['hashOf'],
): Promise<void> {
  const place = join(folder, uploadFolderOf(target));
  const names = new Map(wanted.map((file) => [file.name, file]));
  const sizes = new Map<number, UploadFile[]>();
  for (const file of wanted) sizes.set(file.bytes, [...(sizes.get(file.bytes) ?? []), file]);
  for (const batch of await files.list(place)) {
    if (!batch.folder || !/^\d\d+$/.test(batch.name)) continue;
    for (const { name } of await files.list(join(place, batch.name))) {
      const path = join(place, batch.name, name);
      const facts = await files.facts(path);
      if (facts === null || !/\.(?:mp4|mov)$/.test(name)) continue;
      const file = names.get(`${batch.name}/${name.normalize('NFC')}`);
      const isTimed = times.has(Math.round(facts.modified));
      // Copied or synchronised, or on a disk that keeps no times.
      const copyOf = isTimed ? undefined : await fileWith(path, facts, sizes.get(facts.bytes) ?? [], hashOf);
      if (copyOf) await files.setModified(path, copyOf.time);
      const same = copyOf ? copyOf.sha256 === file?.sha256 : isTimed && isLike(file, facts);
      if (same) names.delete(`${batch.name}/${name.normalize('NFC')}`);
      else if (isTimed || copyOf) await files.remove(path);
    }
    if ((await files.list(join(place, batch.name))).length === 0) await files.remove(join(place, batch.name));
  }
  for (const { from, name, own, time } of names.values()) {
    const to = join(place, name);
    if (await files.facts(to)) continue;
    if ((await files.facts(join(folder, from))) === null) continue;
    if (!own) await files.link(join(folder, from), to);
    else {
      await files.makeFolder(join(to, '..'));
      await files.copy(join(folder, from), to);
      await files.setModified(to, time);
    }
  }
}

function isLike(file: UploadFile | undefined, facts: FileFacts): boolean {
  return file?.bytes === facts.bytes && file.time === Math.round(facts.modified);
}

async function fileWith(
  path: string,
  facts: FileFacts,
  ofThisSize: readonly UploadFile[],
  hashOf: PresenceCheck['hashOf'],
): Promise<UploadFile | undefined> {
  if (ofThisSize.length === 0) return undefined;
  const sha256 = await hashOf(path, facts);
  return ofThisSize.find((file) => file.sha256 === sha256);
}
