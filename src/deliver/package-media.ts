import { join } from 'node:path';
import type { Post } from '../model/post.ts';
import { type FileRow, fromJson, postDocument, readPostText } from '../state/documents.ts';
import type { FileFacts } from '../tools/files.ts';
import { isIntact, looksIntact, type PresenceCheck } from './present.ts';

/** The media files in the folder of a post, without texts and documents. */
export interface PackageMedia {
  /** Files that port did not write, as rows with the action `own`. They are not checked against the platform yet. */
  readonly own: readonly FileRow[];
  /** Paths of rows whose file is unchanged since port wrote it. */
  readonly whole: ReadonlySet<string>;
}

export const nothingThere: PackageMedia = { own: [], whole: new Set() };

/**
 * Finds the media in the folder of a post. A file is ours if its hash is recorded for its name: in the manifest, or in
 * the post's own `post.json`, which is newer if a run was killed. Every other video and image is the person's. A file
 * with unchanged size and time is not read.
 * @param listed rows of the manifest for this post and platform
 */
export async function inspectPackage(
  target: string,
  post: Post,
  listed: readonly FileRow[],
  looking: PresenceCheck,
): Promise<PackageMedia> {
  const { folder, files } = looking;
  const inside = join(folder, target, post.key);
  const paths = await mediaIn(inside, looking);
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
    // A folder with the name of a video.
    if (facts === null) continue;
    // Different bytes with the same size and time come from a failing disk: nobody can edit a file that way.
    if (row && row.action !== 'own' && looksIntact(row, post, facts)) continue;
    const sha256 = await looking.hashOf(join(folder, path), facts);
    // Ours, but not as the manifest lists it: it is made again.
    if (!written.get(path)?.has(sha256)) own.push(ownRow(path, facts, sha256, row));
  }
  return { own, whole };
}

/**
 * Creates the row of a person's own file.
 * @param row the row listed for this name; the hash of our file is kept in it
 */
export function ownRow(path: string, { bytes }: FileFacts, sha256: string, row: FileRow | undefined): FileRow {
  const ours = row?.action === 'own' ? row.ours : row?.sha256;
  const role = row?.role ?? roleOf(path);
  return { path, role, bytes, sha256, action: 'own', why: [], rendition: null, ...(ours !== undefined && { ours }) };
}

/** The recorded hashes of each path, from the manifest and from post.json. */
async function knownHashes(
  inside: string,
  listed: readonly FileRow[],
  { files }: PresenceCheck,
): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const document = fromJson(await readPostText(join(inside, 'post.json'), files), postDocument);
  return hashesIn([listed, document?.files ?? [], document?.before?.files ?? []].flat());
}

/** By path. The row of a person's own file also contains the hash of ours. */
export function hashesIn(rows: readonly FileRow[]): ReadonlyMap<string, ReadonlySet<string>> {
  const known = new Map<string, Set<string>>();
  for (const { path, action, sha256, ours } of rows) {
    const hash = action === 'own' ? ours : sha256;
    if (hash !== undefined) known.set(path, (known.get(path) ?? new Set()).add(hash));
  }
  return known;
}

/** Paths relative to the package, with `/`: its own files and those of its parts. Symbolic links are skipped. */
async function mediaIn(inside: string, { files }: PresenceCheck): Promise<string[]> {
  const found: string[] = [];
  for (const { name, folder } of await files.list(inside)) {
    if (!folder) found.push(name);
    else if (/^part-\d+$/.test(name)) {
      for (const each of await files.list(join(inside, name))) found.push(`${name}/${each.name}`);
    }
  }
  return found.filter(isMedia).sort();
}

const videoName = /\.(?:mp4|m4v|mov|mkv|webm|avi|flv|mpe?g|m?ts|wmv|3gp)$/i;
const subtitlesName = /\.srt$/i;
const imageName = /\.(?:jpe?g|png|webp|heic|heif|avif|gif|tiff?|bmp)$/i;

/** Names that start with a dot belong to the system or another program. */
export function isMedia(path: string): boolean {
  const name = path.split('/').at(-1) ?? '';
  return !name.startsWith('.') && (videoName.test(name) || imageName.test(name) || subtitlesName.test(name));
}

function roleOf(path: string): FileRow['role'] {
  if (videoName.test(path)) return 'video';
  if (subtitlesName.test(path)) return 'subtitles';
  return /\/cover\.\w+$/i.test(path) ? 'cover' : 'photo';
}

/** The name of a file in its package: `part-1/cover.jpg`. */
export function nameInPackage({ path }: Pick<FileRow, 'path'>): string {
  return path.split('/').slice(2).join('/');
}

/** The rows of a package: media in their order, a person's own files in place of ours, then their additional files. */
export function withOwn(media: readonly FileRow[], own: readonly FileRow[]): FileRow[] {
  const inPlace = new Set(media.map(({ path }) => path));
  return [...media, ...own.filter(({ path }) => !inPlace.has(path))];
}
