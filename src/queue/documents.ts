import * as z from 'zod';
import { forEachChoice } from '../captions/choices.ts';
import { postOptions } from '../config/options.ts';
import { type Entry, entry } from '../state/documents.ts';
import { issue, joinedCaption } from '../state/schemas.ts';
import { targets } from '../targets/index.ts';
import { maxCues } from '../text/subtitles.ts';

/**
 * Schemas of the data exchanged between coordinator and workers: as little as possible through Redis, the rest in files
 * next to the posts. Both are untrusted input. None of it contains links: workers read the exports again.
 */

const maxPath = 4000;

/**
 * A path relative to the shared folder, with `/`; `.` is the folder itself. No `..`, no drive, no separators of other
 * systems.
 */
const sharedPath = z
  .string()
  .min(1)
  .max(maxPath)
  .refine((path) => path === '.' || path.split('/').every(isName), { error: 'leads out of the shared folder' });

const folderName = z.string().max(maxPath).refine(isName, { error: 'is no name of a folder' });

function isName(part: string): boolean {
  return part !== '' && part !== '.' && part !== '..' && !/[/\\:\0]/.test(part);
}

const id = z.string().regex(/^[0-9a-f]{16}$/);
const key = z.string().regex(/^\d{4}-\d\d-\d\d_\d\d-\d\d-\d\d(?:-\d{1,7})?$/);
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

const place = {
  /** The output folder, and the id by which it is recognised. */
  out: sharedPath,
  outId: id,
  /** The account's folder in `out`. */
  folder: folderName,
  /** A hash of the run's arguments: another command is another run. */
  run: id,
};

/** A post's job in Redis. */
export const postJob = z.object({ schemaVersion: z.literal(1), ...place, key });
export type PostJob = z.infer<typeof postJob>;

/** The job of an export, the parent of its posts. */
export const exportJob = z.object({
  schemaVersion: z.literal(1),
  ...place,
  account: z.string().max(1000),
  posts: z.number().int().nonnegative(),
  /** Unix seconds. */
  startedAt: z.number(),
  version: z.string().max(100),
  libavcodec: z.number().int(),
});
export type ExportJob = z.infer<typeof exportJob>;

/** A worker's description of itself. */
export const aboutWorker = z.object({
  host: z.string().max(300),
  version: z.string().max(100),
  libavcodec: z.number().int(),
  jobs: z.number().int().positive(),
});
export type AboutWorker = z.infer<typeof aboutWorker>;

const originalFile = z.object({ path: sharedPath, bytes: z.number(), sha256 });

const cue = z.object({ from: z.number(), to: z.number(), text: z.string() });

/** The data that all posts of an account share, and the caption of each: a file in the account's folder. */
export const runDocument = z.object({
  schemaVersion: z.literal(1),
  run: id,
  version: z.string().max(100),
  libavcodec: z.number().int(),
  account: z.string(),
  /** The coordinator's path of the shared folder; files that are used in place are recorded with it. */
  root: z.string().max(maxPath),
  /** The account name was not given: it is the file's name. */
  nameless: z.boolean(),
  exports: z.array(sharedPath).min(1),
  media: z.array(sharedPath),
  music: originalFile.extend({ stream: z.number().int().nonnegative().optional() }).nullable(),
  /** As a person writes them. */
  options: postOptions,
  tiktokIds: z.record(z.string(), z.string()),
  posts: z.record(
    key,
    z.object({
      /** Lets a worker check that it read the same post from the export. */
      linkPath: z.string().nullable(),
      caption: joinedCaption.nullable(),
      issues: z.array(issue),
      isUnsure: z.boolean(),
      /** The cells of captions.csv that a person filled in for this post. */
      choices: z.object(forEachChoice(() => z.string().max(maxPath))),
      /** The platforms on which it is out, so that it stays as it is there. */
      posted: z.array(z.string().max(40)),
      /** Why it is not delivered; null: it is. */
      held: issue.nullable(),
      subtitles: z.object({ cues: z.array(cue).max(maxCues).readonly(), video: z.string().nullable() }).nullable(),
    }),
  ),
});
export type RunDocument = z.infer<typeof runDocument>;

/** Whether it is a row of a known platform, with a reason if the post was not delivered. */
function isRow(row: unknown): boolean {
  const { data } = entry.safeParse(row);
  if (!data || !targets.some(({ name }) => name === data.target)) return false;
  return data.status === 'delivered' || data.issues.length > 0;
}

const plan = z.object({ target: z.string(), actions: z.array(z.string()) });

/** The outcome of a post. */
export const outcome = z.object({
  schemaVersion: z.literal(1),
  run: id,
  key,
  /** The number of the attempt: a later outcome replaces an earlier one. */
  attempt: z.number().int().positive(),
  rows: z.array(
    // Unchanged, including the order of fields, because it becomes a manifest row.
    z.object({ row: z.custom<Entry>(isRow), unchanged: z.boolean() }),
  ),
  /** By platform: by them the next run knows that nothing changed (state/up-to-date-cache.ts). */
  inputHashes: z.record(z.string(), z.string().max(100)).default({}),
  plans: z.array(plan),
  fetched: z.object({ isNew: z.boolean(), hasOriginal: z.boolean(), issues: z.array(issue) }),
});
export type Outcome = z.infer<typeof outcome>;

/** The progress of a post. */
export const progress = z.object({ share: z.number().min(0).max(1), plans: z.array(plan).max(100).optional() });

/** The result of a done post in Redis, for `port queue status`. */
export const tally = z.object({
  delivered: z.number().int().nonnegative(),
  held: z.number().int().nonnegative(),
  rejected: z.number().int().nonnegative(),
});
export type Tally = z.infer<typeof tally>;

/** Written once into an output folder. */
export const outDocument = z.object({ schemaVersion: z.literal(1), id });
