import type { ArchiveFile } from '../tools/archive.ts';
import { decodeUnicode } from './decode.ts';
import { readGalleryDl } from './gallery-dl.ts';
import { readOtherJson } from './other-json.ts';
import type { Reading } from './source.ts';
import { type DownloadNote, readYtDlpInfo } from './yt-dlp-info.ts';

/** A caption has at most 4000 characters, but yt-dlp lists every format of a video with its headers. */
const maxBytes = 8 << 20;

export type SidecarReading =
  | (Reading & {
      readonly notes: readonly DownloadNote[];
      /** The file could not be read, so it is unknown whether it is a sidecar. */
      readonly isUnread?: true;
    })
  | null;

const known = new WeakMap<ArchiveFile, Promise<SidecarReading>>();

/**
 * Reads a file that may be a sidecar of a downloader; cached for all callers. Never throws: errors are part of the
 * result.
 * @param most limit in bytes; lists of many posts, which a person names, may be larger
 */
export async function readSidecarFile(file: ArchiveFile, most = maxBytes): Promise<SidecarReading> {
  const reading = known.get(file) ?? read(file, most);
  known.set(file, reading);
  return await reading;
}

async function read(file: ArchiveFile, most: number): Promise<SidecarReading> {
  if (file.bytes > most) return { notes: [], problem: `it is larger than ${most >> 20} MB` };
  try {
    const decoded = decodeUnicode(await file.read(most));
    if (decoded === null || typeof decoded === 'string')
      return { notes: [], problem: 'its letters are not stored as UTF-8: save it again in UTF-8' };
    return readSidecar(decoded.text, file.name);
  } catch (error) {
    return { notes: [], problem: error instanceof Error ? error.message : String(error), isUnread: true };
  }
}

/**
 * Reads the JSON of yt-dlp, gallery-dl and other programs: one post or many (a playlist, the output of `gallery-dl -j`,
 * or one post a line from `yt-dlp -j`); null if the text is other JSON.
 */
export function readSidecar(json: string, origin: string): SidecarReading {
  const values = valuesIn(json);
  if (values === null) return { notes: [], problem: 'it is no JSON' };
  const posts = values.parsed.flatMap((value) => postsIn(value));
  const unread: unknown[] = [];
  const notes = posts.flatMap((post) => {
    const note = readOtherJson(post, origin) ?? readGalleryDl(post, origin) ?? readYtDlpInfo(post, 'sidecar', origin);
    if (note === null && hasWords(post)) unread.push(post);
    return note ?? [];
  });
  if (notes.length === 0) return null;
  const problems = [
    ...(posts.some(isWordless) ? ['its caption is no text'] : []),
    ...(values.broken > 0 ? [values.broken === 1 ? '1 line is no JSON' : `${values.broken} lines are no JSON`] : []),
    ...(unread.length > 0 ? [`${unread.length} of its ${posts.length} entries do not say which post they are of`] : []),
  ];
  return { notes, problem: problems.length === 0 ? null : problems.join('; ') };
}

/** The single value, or the values of all lines; null if it is neither. */
function valuesIn(json: string): { readonly parsed: readonly unknown[]; readonly broken: number } | null {
  try {
    return { parsed: [JSON.parse(json)], broken: 0 };
  } catch {
    let broken = 0;
    const parsed = json.split(/\r?\n/).flatMap((line): unknown[] => {
      if (line.trim() === '') return [];
      try {
        const value: unknown = JSON.parse(line);
        if (typeof value === 'object' && value !== null) return [value];
      } catch {
        // A program message among the lines, or a truncated line.
      }
      broken++;
      return [];
    });
    return parsed.length === 0 ? null : { parsed, broken };
  }
}

/** Where programs store lists of posts, and objects that wrap one post. */
const lists = [
  'entries',
  'itemList',
  'item_list',
  'aweme_list',
  'videos',
  'items',
  'posts',
  'collector',
  'data',
  'results',
];
const wraps = ['data', 'aweme_detail', 'itemInfo', 'itemStruct'];
const deepest = 4;

function postsIn(value: unknown, depth = 0): readonly unknown[] {
  // gallery-dl -j: [[2, {post}], [3, address, {post}] ...]
  if (Array.isArray(value))
    return value.flatMap((each) =>
      Array.isArray(each) ? [each.at(-1)] : depth < deepest ? postsIn(each, depth + 1) : [each],
    );
  if (typeof value !== 'object' || value === null || depth >= deepest) return [value];
  const record = value as Record<string, unknown>;
  const list = lists.map((name) => record[name]).find((each) => Array.isArray(each) && each.every(isObject));
  if (list !== undefined) return postsIn(list, depth + 1);
  const wrapped = wraps.map((name) => record[name]).find(isObject);
  return wrapped === undefined ? [value] : postsIn(wrapped, depth + 1);
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null;
}

function hasWords(post: unknown): boolean {
  const { desc, description, text, caption, title } = Object(post) as Record<string, unknown>;
  return [desc, description, text, caption, title].some((said) => typeof said === 'string' && said !== '');
}

function isWordless(post: unknown): boolean {
  const { desc, description } = Object(post) as { desc?: unknown; description?: unknown };
  return [desc, description].some((said) => said != null && typeof said !== 'string');
}
