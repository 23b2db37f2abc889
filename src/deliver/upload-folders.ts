import { join } from 'node:path';
import type { Entry } from '../state/documents.ts';
import type { FileFacts, Files } from '../tools/files.ts';
import { needsTitle, timeOfKey } from './contact-sheet/cards.ts';
import { titleName } from './folder-name.ts';
import type { PresenceCheck } from './present.ts';

/** A video in an upload folder: a hard link to the delivered file, not another copy. */
export interface UploadFile {
  /** Relative to the account's folder. */
  readonly from: string;
  /** Relative to the upload folder: `01/My title.mp4`. */
  readonly name: string;
  readonly bytes: number;
  /** Lower-case hex. */
  readonly sha256: string;
  /** Unix seconds. */
  readonly time: number;
  /** A person's own file: it is copied to the upload folder and gets the time of its post. */
  readonly own: boolean;
}

/**
 * The upload folder is next to the target's folder, because all files in that are in the manifest. The links may be
 * deleted.
 */
export function uploadFolderOf(target: string): string {
  return `${target}-upload`;
}

/**
 * Folders of at most `size` videos named by their titles, for a platform that takes this many per upload and titles
 * them by file name. Oldest first, so that new posts are added at the end and the others keep their places.
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
  /** As a file name, without extension. */
  readonly title: string;
}

function titledVideos(row: Entry): Titled[] {
  const { key, files, parts, caption: whole } = row;
  // Other videos that a person keeps there are not part of the post.
  const videos = files.filter(({ role, path }) => role === 'video' && /\/video\.\w+$/.test(path));
  return videos.map(({ path, bytes, sha256, action }, index) => {
    const caption = parts?.find((part) => part.files.includes(path))?.caption ?? whole;
    const place = videos.length > 1 ? ` (${index + 1}/${videos.length})` : '';
    // YouTube uses the file name as the title, so a name for a post without a title says so.
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

/** Case-insensitive file systems treat `A` and `a` as one file. */
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
 * Makes the folders match `wanted`: keeps existing files, links missing ones, deletes obsolete ones. A file that is not
 * ours, by time or hash, is not touched.
 * @param folder the account's folder
 * @param hashOf the sha256 of an existing file, cached if possible
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
      // Copied or synchronised, or on a file system without times.
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
