import { stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { ExportError, quoted, stopsRun, UsageError } from '../../../errors.ts';
import { sniff, sniffedBytes } from '../../../originals/sniff.ts';
import type { Files } from '../../../tools/files.ts';
import { findFiles } from '../../../tools/folder-walk.ts';

/** What can be checked: a single file, or a folder of images as one post. Paths are as the user wrote them. */
export type Subject =
  | { readonly kind: 'video' | 'photo' | 'cover' | 'subtitles'; readonly path: string }
  | { readonly kind: 'photo-post'; readonly path: string; readonly photos: number }
  /** A path of the user without anything to check. */
  | { readonly kind: 'nothing'; readonly path: string; readonly why: string };

/**
 * Finds what to check at a path. In a folder: every video, image and SRT file, except hidden files and symbolic links. A folder
 * with images only is a photo post. `cover.*` next to other media is a cover.
 * @throws UsageError if a folder has too many files
 */
export async function subjectsAt(path: string, files: Files): Promise<Subject[]> {
  const found = await stat(path).catch((error: NodeJS.ErrnoException) => error.code ?? 'unreadable');
  if (typeof found === 'string') {
    return [{ kind: 'nothing', path, why: found === 'ENOENT' ? 'there is no such file' : found }];
  }
  if (found.isDirectory()) return await inFolder(path, files);
  const kind = found.isFile() ? await kindOf(path, files) : null;
  return kind === null ? [{ kind: 'nothing', path, why: 'not a video, image or SRT file' }] : [{ kind, path }];
}

async function inFolder(path: string, files: Files): Promise<Subject[]> {
  const byFolder = new Map<string, Medium[]>();
  for (const { name } of await walk(path)) {
    const file = join(path, name);
    const kind = await kindOf(file, files);
    const folder = dirname(file);
    if (kind !== null) byFolder.set(folder, [...(byFolder.get(folder) ?? []), { kind, path: file }]);
  }
  const subjects = [...byFolder].flatMap(([folder, media]) => asPost(folder, media));
  return subjects.length > 0 ? subjects : [{ kind: 'nothing', path, why: 'no video or image in it' }];
}

async function walk(path: string): Promise<readonly { readonly name: string }[]> {
  try {
    return (await findFiles(path)).files;
  } catch (error) {
    if (!(error instanceof ExportError)) throw error;
    throw new UsageError(`${quoted(path)} cannot be read, or holds too many files. Check fewer at a time.`);
  }
}

interface Medium {
  readonly kind: 'video' | 'photo' | 'subtitles';
  readonly path: string;
}

function asPost(folder: string, media: readonly Medium[]): Subject[] {
  const isCover = ({ kind, path }: { kind: string; path: string }) =>
    kind === 'photo' && media.length > 1 && /^cover\.\w+$/i.test(basename(path));
  const files = media.map((each): Subject => (isCover(each) ? { kind: 'cover', path: each.path } : each));
  const photos = files.filter(({ kind }) => kind === 'photo').length;
  const single = files.some(({ kind }) => kind === 'video') || photos === 0;
  return single ? files : [{ kind: 'photo-post', path: folder, photos }, ...files];
}

async function sniffAt(path: string, files: Files): Promise<ReturnType<typeof sniff>> {
  try {
    return sniff(await files.readStart(path, sniffedBytes));
  } catch (error) {
    if (stopsRun(error)) throw error;
    return 'unknown';
  }
}

/** The kind by content, else by extension; null if it is neither a video nor an image. */
async function kindOf(path: string, files: Files): Promise<Medium['kind'] | null> {
  if (/\.srt$/i.test(path)) return 'subtitles';
  const sniffed = await sniffAt(path, files);
  if (typeof sniffed === 'object') return sniffed.kind === 'video' ? 'video' : 'photo';
  if (/\.(?:mp4|m4v|mov|mkv|webm|avi|flv|mpe?g|m2v|m?ts|m2ts|wmv|3g[p2]|f4v|og[vm])$/i.test(path)) return 'video';
  return /\.(?:jpe?g|png|webp|heic|heif|avif|gif|tiff?|bmp|jxl)$/i.test(path) ? 'photo' : null;
}
