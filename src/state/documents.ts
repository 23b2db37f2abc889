import * as z from 'zod';
import { countingUnits } from '../model/caption.ts';
import { type Issue, maxFiles } from '../model/issue.ts';
import type { Files } from '../tools/files.ts';

/**
 * Schemas of the documents that a run writes next to the posts and the next run reads. A field that a person or another
 * version broke invalidates its row, and never fails the run.
 */
const issueRow = z.object({
  code: z.string(),
  severity: z.enum(['error', 'warning', 'info']),
  actual: z.union([z.string(), z.number(), z.null()]),
  limit: z.union([z.string(), z.number(), z.null()]),
  /** For a word: its position. */
  place: z.object({ part: z.enum(['title', 'body', 'hashtag']), at: z.number() }).optional(),
  /** For the length of a text: its unit. */
  unit: z.enum(countingUnits).optional(),
  /** For files between which a person has to choose: their names. */
  files: z.array(z.string().max(4000)).max(maxFiles).readonly().optional().catch(undefined),
  message: z.string(),
});

const captionRow = z.object({
  title: z.string().nullable(),
  body: z.string(),
  hashtags: z.array(z.string()),
  /** The replies in which a text goes on, as they are pasted. */
  thread: z.array(z.string()).optional(),
  source: z.enum(['edited', 'csv', 'sidecar', 'listing', 'export', 'none']),
  /** How they were matched to the post, and by how many seconds the times differ. */
  matchedBy: z.enum(['key', 'id', 'time']).nullable().optional(),
  seconds: z.number().nullable().optional(),
  removed: z.array(z.object({ text: z.string(), reason: z.string() })),
  /** BCP 47, if title and body are a translation. */
  language: z.string().optional(),
});

/** A post's key, as made by keys.ts. */
const postKey = /^\d{4}-\d\d-\d\d_\d\d-\d\d-\d\d(?:-\d{1,7})?$/;
const targetName = /^[a-z0-9][a-z0-9-]{0,39}$/;

export function isPostKey(key: string): boolean {
  return postKey.test(key);
}

/** Whether a row's key and platform are plain folder names. */
export function isPlace(key: string, target: string): boolean {
  return isPostKey(key) && targetName.test(target);
}

/** Whether a path has no `..`, no drive, no separator of another system, and no empty segment. */
function leadsInside(path: string): boolean {
  return path.split('/').every((step) => step !== '' && step !== '.' && step !== '..' && !/[\\:\0]/.test(step));
}

const fileRow = z.object({
  /** Relative to the account's folder, with `/`, and inside the post's folder (checked by `entry`). */
  path: z.string().max(4000).refine(leadsInside),
  role: z.enum(['video', 'photo', 'cover', 'caption', 'subtitles']),
  bytes: z.number(),
  sha256: z.string(),
  /** `own`: a person replaced the file. */
  action: z.enum(['copy', 'remux', 'transcode', 'slideshow', 'image', 'text', 'own']),
  why: z.array(issueRow),
  /** The hash of `renditionKey`; null for texts and for a person's own files. */
  rendition: z.string().nullable(),
  /**
   * The rendition that was planned first: it copies packets, and the check rejected it, so this one was encoded instead.
   * With it the next run knows that there is nothing to do.
   */
  insteadOf: z.string().optional(),
  /** Texts that a person changed, which are never overwritten. */
  edited: z.literal(true).optional(),
  /** For an `own` file: the sha256 of the file that port wrote under this name, to recognise that one. */
  ours: z.string().optional(),
});

const originalRow = z.object({
  path: z.string(),
  /** null for a photo post, because each photo has its own. */
  sha256: z.string().nullable(),
  photos: z.array(z.object({ path: z.string(), sha256: z.string() })).optional(),
  source: z.enum(['bundled', 'media', 'link', 'page']),
  matchedBy: z.enum(['key', 'sidecar', 'id', 'name-time', 'file-time', 'link', 'page']).catch('key'),
  seconds: z.number().nullable(),
});

/** Fields in the order in which rows are made, so that a row that was read is written unchanged. */
const row = z.object({
  key: z.string(),
  target: z.string(),
  status: z.enum(['delivered', 'held', 'rejected', 'failed']),
  issues: z.array(issueRow),
  original: originalRow.nullable(),
  declarations: z.array(z.string()),
  /** The same for people, in the words of the platform's form, with what it requires of every post. */
  toDeclare: z.array(z.string()).catch([]),
  /** The path of the post's first link, without its signed query: identifies the post in another export. */
  linkPath: z.string().nullable().catch(null),
  /** The cover that a person chose, as in the cell of captions.csv. */
  cover: z.string().optional().catch(undefined),
  /** The fit that a person chose for this post, in the same way. */
  fit: z.string().optional().catch(undefined),
  caption: captionRow.nullable(),
  files: z.array(fileRow),
  parts: z.array(z.object({ caption: captionRow, files: z.array(z.string()) })).optional(),
});

/** Whether all paths are inside the post's own folder. A forged row is ignored. */
const inItsPlace = ({ key, target, files }: Pick<z.infer<typeof row>, 'key' | 'target' | 'files'>) =>
  isPlace(key, target) && files.every(({ path }) => path.startsWith(`${target}/${key}/`));

export const entry = row.refine(inItsPlace);

/**
 * `post.json`: the post's row of the manifest. If a later run failed the post while its finished package still exists,
 * `before` is the row of that package, so that the next run recognises it.
 */
export const postDocument = row.extend({ before: entry.optional().catch(undefined) }).refine(inItsPlace);

/** One post on one platform: a row of `manifest.json`, and the whole of `post.json`. */
export type Entry = z.infer<typeof entry>;
export type FileRow = z.infer<typeof fileRow>;
export type CaptionRow = z.infer<typeof captionRow>;
export type IssueRow = z.infer<typeof issueRow>;
export type OriginalRow = z.infer<typeof originalRow>;

/** Returns the sentence of an issue (report/messages.ts). */
export type Describe = (issue: Issue) => string;

export function issueRows(issues: readonly Issue[], describe: Describe): IssueRow[] {
  return issues.map((issue) => ({ ...issue, message: describe(issue) }));
}

/** The same for a list that contains some rows already. */
export function describedRows(issues: readonly (Issue | IssueRow)[], describe: Describe): IssueRow[] {
  return issues.map((issue) => ('message' in issue ? issue : { ...issue, message: describe(issue) }));
}

export function toJson(document: object): string {
  return `${JSON.stringify({ schemaVersion: 1, ...document }, null, 2)}\n`;
}

/** The size limit of a `post.json` in bytes: ten times a post with 100 photos and long captions. */
const maxPostBytes = 5_000_000;

/** The text of a `post.json`; null if there is none, or if it is far too large for one of port's. */
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
