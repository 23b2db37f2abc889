import type { ArchiveFile } from '../tools/tools.ts';
import { readGalleryDl } from './gallery-dl.ts';
import type { Reading } from './source.ts';
import { type DownloadNote, readYtDlpInfo } from './yt-dlp-info.ts';

/** A caption is at most 4000 characters, but yt-dlp lists every form of a video with its headers. */
const maxBytes = 8 << 20;

export type SidecarReading =
  | (Reading & {
      readonly notes: readonly DownloadNote[];
      /** It could not even be looked at, so nobody knows whether it is a sidecar. */
      readonly isUnread?: true;
    })
  | null;

const known = new WeakMap<ArchiveFile, Promise<SidecarReading>>();

/** Reads a file that may be a downloader's sidecar; once, whoever asks. Never fails: trouble is in what it returns. */
export async function readSidecarFile(file: ArchiveFile): Promise<SidecarReading> {
  const reading = known.get(file) ?? read(file);
  known.set(file, reading);
  return await reading;
}

async function read(file: ArchiveFile): Promise<SidecarReading> {
  if (file.bytes > maxBytes) return { notes: [], trouble: `it is larger than ${maxBytes >> 20} MB` };
  try {
    return readSidecar(new TextDecoder().decode(await file.read(maxBytes)), file.name);
  } catch (error) {
    return { notes: [], trouble: error instanceof Error ? error.message : String(error), isUnread: true };
  }
}

/**
 * Reads yt-dlp's and gallery-dl's JSON, of one post or of many (a playlist, or what `gallery-dl -j` prints); null where the
 * text is JSON, but of something else.
 */
export function readSidecar(json: string, origin: string): SidecarReading {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return { notes: [], trouble: 'it is no JSON' };
  }
  const posts = postsIn(value);
  const notes = posts.flatMap((post) => readGalleryDl(post, origin) ?? readYtDlpInfo(post, 'sidecar', origin) ?? []);
  if (notes.length === 0) return null;
  const wordless = posts.find(isWordless);
  return { notes, trouble: wordless === undefined ? null : 'its caption is no text' };
}

function postsIn(value: unknown): readonly unknown[] {
  // gallery-dl -j: [[2, {post}], [3, address, {post}] ...]
  if (Array.isArray(value)) return value.map((each) => (Array.isArray(each) ? each.at(-1) : each));
  const { entries } = Object(value) as { entries?: unknown };
  return Array.isArray(entries) ? entries : [value];
}

function isWordless(post: unknown): boolean {
  const { desc, description } = Object(post) as { desc?: unknown; description?: unknown };
  return [desc, description].some((said) => said != null && typeof said !== 'string');
}
