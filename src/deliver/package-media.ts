import { join } from 'node:path';
import type { Post } from '../model/post.ts';
import { type FileRow, fromJson, postDocument, readPostText } from '../state/documents.ts';
import type { FileFacts } from '../tools/files.ts';
import { isIntact, looksIntact, type PresenceCheck, restoreTime } from './present.ts';

/** What lies in the folder of a post, apart from words and documents. */
export interface PackageMedia {
  /** Files that port did not write, as rows with the action `own`; what a platform says of them is not known yet. */
  readonly own: readonly FileRow[];
  /** Paths of rows whose file is as port wrote it. */
  readonly whole: ReadonlySet<string>;
}

export const nothingThere: PackageMedia = { own: [], whole: new Set() };

/**
 * Looks through the folder of a post for media. A file is ours if it has a hash that port wrote down for its name: by the
 * manifest, or by the post's own `post.json`, which is newer where a run was killed. Every other video and image is the
 * person's. Size and time tell that a file is untouched, so that it need not be read.
 * @param listed rows of the manifest for this post and platform
 */
export async function lookAtPackage(
  target: string,
  post: Post,
  listed: readonly FileRow[],
  looking: PresenceCheck,
): Promise<PackageMedia> {
  const { folder, files } = looking;
  const inside = join(folder, target, post.key);
  const paths = await mediaIn(inside, looking);
  if (paths.length === 0) return nothingThere;
  const rows = new Map(listed.map((row) => [row.path, row]));
  const written = await knownHashes(inside, listed, looking);
  const own: FileRow[] = [];
  const whole = new Set<string>();
  for (const name of paths) {
    const path = `${target}/${post.key}/${name}`;
    const row = rows.get(path);
    if (row && row.action !== 'own' && (await isIntact(row, post, looking))) {
      whole.add(path);
      continue;
    }
    const facts = await files.facts(join(folder, path));
    if (facts === null) continue;
    // Other bytes under the same size and time are a failing disk's: nobody can save a file so.
    if (row && row.action !== 'own' && looksIntact(row, post, facts)) continue;
    const sha256 = await looking.hashOf(join(folder, path), facts);
    if (written.get(path)?.has(sha256)) {
      if (row?.action !== 'own' && row?.sha256 === sha256) {
        whole.add(path);
        await restoreTime(join(folder, path), post, files);
      }
      continue;
    }
    own.push(ownRow(path, facts, sha256, row));
  }
  return { own, whole };
}

/** @param row what is listed under its name; of ours its hash is kept */
export function ownRow(path: string, { bytes }: FileFacts, sha256: string, row: FileRow | undefined): FileRow {
  const ours = row?.action === 'own' ? row.ours : row?.sha256;
  const role = row?.role ?? roleOf(path);
  return { path, role, bytes, sha256, action: 'own', why: [], rendition: null, ...(ours !== undefined && { ours }) };
}

/** The hashes that port wrote down for each path, in the manifest and beside the files. */
async function knownHashes(
  inside: string,
  listed: readonly FileRow[],
  { files }: PresenceCheck,
): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const document = fromJson(await readPostText(join(inside, 'post.json'), files), postDocument);
  return hashesIn([listed, document?.files ?? [], document?.before?.files ?? []].flat());
}

/** By path. A person's own file tells what was ours there before. */
export function hashesIn(rows: readonly FileRow[]): ReadonlyMap<string, ReadonlySet<string>> {
  const known = new Map<string, Set<string>>();
  for (const { path, action, sha256, ours } of rows) {
    const hash = action === 'own' ? ours : sha256;
    if (hash !== undefined) known.set(path, (known.get(path) ?? new Set()).add(hash));
  }
  return known;
}

/** Relative to the package, with `/`: its own files, and those of its parts. Symbolic links are left out. */
async function mediaIn(inside: string, { files }: PresenceCheck): Promise<string[]> {
  const found: string[] = [];
  for (const { name, folder } of await files.list(inside)) {
    if (!folder) found.push(name);
    else if (/^part-\d+$/.test(name)) {
      for (const each of await files.list(join(inside, name))) if (!each.folder) found.push(`${name}/${each.name}`);
    }
  }
  return found.filter(isMedia).sort();
}

const videoName = /\.(?:mp4|m4v|mov|mkv|webm|avi|flv|mpe?g|m?ts|wmv|3gp)$/i;
const imageName = /\.(?:jpe?g|png|webp|heic|heif|avif|gif|tiff?|bmp)$/i;

/** A name that starts with a dot is a system's or another program's. */
export function isMedia(path: string): boolean {
  const name = path.split('/').at(-1) ?? '';
  return !name.startsWith('.') && (videoName.test(name) || imageName.test(name));
}

function roleOf(path: string): FileRow['role'] {
  if (videoName.test(path)) return 'video';
  return /(?:^|\/)cover\.\w+$/i.test(path) ? 'cover' : 'photo';
}

/** The name of a file in its package: `part-1/cover.jpg`. */
export function nameInPackage({ path }: Pick<FileRow, 'path'>): string {
  return path.split('/').slice(2).join('/');
}

/** The rows of a package: media in their order, a person's own in the place of ours, then what else they put there. */
export function withOwn(media: readonly FileRow[], own: readonly FileRow[]): FileRow[] {
  const inPlace = new Set(media.map(({ path }) => path));
  return [...media, ...own.filter(({ path }) => !inPlace.has(path))];
}
