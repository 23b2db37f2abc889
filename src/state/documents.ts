import * as z from 'zod';
import type { Issue } from '../model/issue.ts';
import type { Files } from '../tools/files.ts';

/**
 * What is written beside the posts, and read again by the next run. Read loosely: a field that a person or another
 * version broke makes its row unknown, never the run fail.
 */
const issueRow = z.object({
  code: z.string(),
  severity: z.enum(['error', 'warning', 'info']),
  actual: z.union([z.string(), z.number(), z.null()]),
  limit: z.union([z.string(), z.number(), z.null()]),
  /** Of a word: where it stands. */
  place: z.object({ part: z.enum(['title', 'body', 'hashtag']), at: z.number() }).optional(),
  /** Of a length of words: what it counts. */
  unit: z.enum(['half-width', 'characters', 'bytes']).optional(),
  message: z.string(),
});

const captionRow = z.object({
  title: z.string().nullable(),
  body: z.string(),
  hashtags: z.array(z.string()),
  source: z.enum(['edited', 'csv', 'sidecar', 'listing', 'export', 'none']),
  /** How they were found to be this post's, and how far their source's time lay from the post's. */
  matchedBy: z.enum(['key', 'id', 'time']).nullable().optional(),
  seconds: z.number().nullable().optional(),
  removed: z.array(z.object({ text: z.string(), reason: z.string() })),
});

/** Of a post, as keys.ts makes them. */
const postKey = /^\d{4}-\d\d-\d\d_\d\d-\d\d-\d\d(?:-\d{1,7})?$/;
const targetName = /^[a-z0-9][a-z0-9-]{0,39}$/;

export function isPostKey(key: string): boolean {
  return postKey.test(key);
}

/** Whether a row's key and platform are names of folders, and nothing else. */
export function isPlace(key: string, target: string): boolean {
  return isPostKey(key) && targetName.test(target);
}

/** No way up, no drive, no separator of another system, no empty step. */
function leadsInside(path: string): boolean {
  return path.split('/').every((step) => step !== '' && step !== '.' && step !== '..' && !/[\\:\0]/.test(step));
}

const fileRow = z.object({
  /** Relative to the account's folder, with `/`; inside the folder of the post (checked by `entry`). */
  path: z.string().max(4000).refine(leadsInside),
  role: z.enum(['video', 'photo', 'cover', 'caption']),
  bytes: z.number(),
  sha256: z.string(),
  /** `own`: a person put the file there in place of ours. */
  action: z.enum(['copy', 'remux', 'transcode', 'slideshow', 'image', 'text', 'own']),
  why: z.array(issueRow),
  /** Names what the file is: hash of `renditionKey`; null for words and for a person's own files. */
  rendition: z.string().nullable(),
  /**
   * The rendition that was planned, which copies packets and which the check found wrong: this one was encoded instead. By
   * it the next run knows that there is nothing to do.
   */
  insteadOf: z.string().optional(),
  /** Words that a person changed, which are never written over. */
  edited: z.literal(true).optional(),
  /** Of an `own` file: the sha256 of what port wrote under this name before, by which that is known again. */
  ours: z.string().optional(),
});

const originalRow = z.object({
  path: z.string(),
  /** null for a photo post, whose photos have one each. */
  sha256: z.string().nullable(),
  photos: z.array(z.object({ path: z.string(), sha256: z.string() })).optional(),
  source: z.enum(['bundled', 'media', 'link', 'page']),
  matchedBy: z.enum(['key', 'sidecar', 'id', 'name-time', 'file-time', 'link', 'page']).catch('key'),
  seconds: z.number().nullable(),
});

/** Fields in the order in which rows are made: a row that was read is written as it was. */
const row = z.object({
  key: z.string(),
  target: z.string(),
  status: z.enum(['delivered', 'held', 'rejected', 'failed']),
  issues: z.array(issueRow),
  original: originalRow.nullable(),
  declarations: z.array(z.string()),
  /** The same in the platform's own form and words, with what it asks of every post: for people. */
  toDeclare: z.array(z.string()).catch([]),
  /** Of the post's first link: by it a post is known again in another export. Without the signed query. */
  linkPath: z.string().nullable().catch(null),
  /** The cover that a person chose: the cell of captions.csv. */
  cover: z.string().optional().catch(undefined),
  caption: captionRow.nullable(),
  files: z.array(fileRow),
  parts: z.array(z.object({ caption: captionRow, files: z.array(z.string()) })).optional(),
});

/** The same, with nothing in it that leads out of the post's own folder: a planted row is unknown, not followed. */
const inItsPlace = ({ key, target, files }: Pick<z.infer<typeof row>, 'key' | 'target' | 'files'>) =>
  isPlace(key, target) && files.every(({ path }) => path.startsWith(`${target}/${key}/`));

export const entry = row.refine(inItsPlace);

/**
 * `post.json`: the post's row of the manifest. Where a later run failed the post, whose finished package still lies there,
 * `before` is what was delivered: by that the next run knows it again.
 */
export const postDocument = row.extend({ before: entry.optional().catch(undefined) }).refine(inItsPlace);

/** One post on one platform: a row of `manifest.json`, and the whole of `post.json`. */
export type Entry = z.infer<typeof entry>;
export type FileRow = z.infer<typeof fileRow>;
export type CaptionRow = z.infer<typeof captionRow>;
export type IssueRow = z.infer<typeof issueRow>;
export type OriginalRow = z.infer<typeof originalRow>;

/** The sentence of an issue; report/ has the words. */
export type Describe = (issue: Issue) => string;

export function issueRows(issues: readonly Issue[], describe: Describe): IssueRow[] {
  return issues.map((issue) => ({ ...issue, message: describe(issue) }));
}

/** The same for a list in which some issues are rows already. */
export function describedRows(issues: readonly (Issue | IssueRow)[], describe: Describe): IssueRow[] {
  return issues.map((issue) => ('message' in issue ? issue : { ...issue, message: describe(issue) }));
}

export function toJson(document: object): string {
  return `${JSON.stringify({ schemaVersion: 1, ...document }, null, 2)}\n`;
}

/** Bytes of a `post.json`: a post of 100 photos with long captions has a tenth. */
const maxPostBytes = 5_000_000;

/** The text of a `post.json`; null where there is none, and where it is far larger than one of ours. */
export async function readPostText(path: string, files: Pick<Files, 'readText'>): Promise<string | null> {
  return await files.readText(path, maxPostBytes).catch(noneIfTooLarge);
}

/** For `catch`: null if a file is far larger than any document of port. */
export function noneIfTooLarge(error: unknown): null {
  if (error instanceof Error && 'code' in error && error.code === 'EFBIG') return null;
  throw error;
}

/** Parses a document of port; null if it is not valid. */
export function fromJson<T>(text: string | null, schema: z.ZodType<T>): T | null {
  if (text === null) return null;
  try {
    return schema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}
