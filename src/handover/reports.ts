import * as z from 'zod';
import { readTable } from '../captions/spreadsheet.ts';
import { readUrl } from '../posting/cells.ts';
import { readPackageId } from '../posting/upload.ts';

/** Reports of scripts and tools about posts that are out, for `port posted --from`. */

/** A package that is out. */
export interface Sent {
  /** The key of the post, or `KEY/part-1`. */
  readonly id: string;
  /** null where the report is of a tool for one platform. */
  readonly target: string | null;
  /** When it goes out, in milliseconds since 1970; null: unknown. */
  readonly at: number | null;
  readonly url: string | null;
}

/** The name ending of youtubeuploader's report about a video, which is next to the video's texts. */
export const reportEnding = '.uploaded.json';

const columns = ['post', 'tick', 'target'] as const;

/**
 * Reads the record of a script (memory.ts): the posts that are out according to it. Drafts and private posts are not.
 * @returns null if it is another table; a text says why it cannot be read
 */
export async function readMemory(bytes: Uint8Array): Promise<readonly Sent[] | string | null> {
  const isHeader = (names: readonly string[]) => columns.every((name) => names.includes(name));
  const table = await readTable(bytes, isHeader);
  if (typeof table === 'string' || !isHeader(table.header)) return null;
  const cell = (row: readonly string[], name: string) => row[table.header.indexOf(name)]?.trim() ?? '';
  const last = new Map<string, { readonly tick: string; readonly sent: Sent }>();
  for (const row of table.rows) {
    const [id, target] = [cell(row, 'post'), cell(row, 'target')];
    if (id === '' && target === '') continue;
    if (readPackageId(id) === null) return `“${id.slice(0, 60)}” in it is no post`;
    const at = Date.parse(cell(row, 'at'));
    const sent = { id, target, at: Number.isFinite(at) ? at : null, url: addressIn(cell(row, 'url')) };
    last.set(`${target} ${id}`, { tick: cell(row, 'tick'), sent });
  }
  return [...last.values()].filter(({ tick }) => tick === 'done').map(({ sent }) => sent);
}

function addressIn(cell: string): string | null {
  const read = readUrl(cell);
  return cell !== '' && 'value' in read ? read.value : null;
}

const video = z.object({
  id: z.string().regex(/^[\w-]{5,40}$/),
  status: z.object({ privacyStatus: z.string().optional(), publishAt: z.string().optional() }).optional(),
  snippet: z.object({ publishedAt: z.string().optional() }).optional(),
});

const reportName = /^(\d{4}-\d\d-\d\d_\d\d-\d\d-\d\d(?:-\d{1,7})?)(?:-(part-\d{1,4}))?\.uploaded\.json$/;

/** Whether a file has the name of a report of youtubeuploader. */
export function isReportName(name: string): boolean {
  return reportName.test(name);
}

/**
 * Reads what youtubeuploader wrote about a video (`-metaJSONout`): YouTube's own words of it.
 * @param name of the file, which has the post
 * @returns `private` if nobody but its owner will see it; null if it is no such report
 */
export function readYoutubeReport(name: string, json: string): Sent | 'private' | null {
  const [, key, part] = reportName.exec(name) ?? [];
  if (key === undefined) return null;
  const { status, snippet, id } = parsed(json) ?? {};
  if (id === undefined) return null;
  if (status?.privacyStatus === 'private' && status.publishAt === undefined) return 'private';
  const at = Date.parse(status?.publishAt ?? snippet?.publishedAt ?? '');
  return {
    id: part === undefined ? key : `${key}/${part}`,
    target: null,
    at: Number.isFinite(at) ? at : null,
    url: `https://www.youtube.com/shorts/${id}`,
  };
}

function parsed(json: string): z.infer<typeof video> | null {
  try {
    return video.parse(JSON.parse(json));
  } catch {
    return null;
  }
}
