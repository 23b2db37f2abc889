import * as z from 'zod';
import { postOptions } from '../config/options.ts';
import { type Entry, entry } from '../state/documents.ts';
import { issue, joinedCaption } from '../state/schemas.ts';
import { targets } from '../targets/index.ts';

/**
 * What travels between the coordinator and its workers: through Redis as little as can be, the rest in files beside the
 * posts. Both are read as what a stranger may have written. No link is in any of it: workers read the exports again.
 */

const maxPath = 4000;

/** Below the shared folder, with `/`; `.` is the folder itself. No way up, no drive, no other system's separators. */
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
  /** The output folder, and the number by which it is known again. */
  out: sharedPath,
  outId: id,
  /** Of the account, in `out`. */
  folder: folderName,
  /** What the run is about, as a hash: another command is another run. */
  run: id,
};

/** A post as it lies in Redis. */
export const postJob = z.object({ schemaVersion: z.literal(1), ...place, key });
export type PostJob = z.infer<typeof postJob>;

/** Its export's job, the parent of the posts. */
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

/** What a worker says of itself. */
export const aboutWorker = z.object({
  host: z.string().max(300),
  version: z.string().max(100),
  libavcodec: z.number().int(),
  jobs: z.number().int().positive(),
});
export type AboutWorker = z.infer<typeof aboutWorker>;

const originalFile = z.object({ path: sharedPath, bytes: z.number(), sha256 });

/** What all posts of an account share, and the words of each: a file in the account's folder. */
export const runDocument = z.object({
  schemaVersion: z.literal(1),
  run: id,
  version: z.string().max(100),
  libavcodec: z.number().int(),
  account: z.string(),
  /** The coordinator's own path of the shared folder: files that are used where they lie are written down by it. */
  root: z.string().max(maxPath),
  /** Nobody gave the name: it is the file's. */
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
      /** By it a worker knows that it read the same post out of the export. */
      linkPath: z.string().nullable(),
      caption: joinedCaption.nullable(),
      issues: z.array(issue),
      isUnsure: z.boolean(),
      /** The cell of captions.csv. */
      cover: z.string().max(maxPath),
      /** Why it stays at home; null: it goes out. */
      held: issue.nullable(),
    }),
  ),
});
export type RunDocument = z.infer<typeof runDocument>;

/** A row of a platform that we know, with a reason where the post did not go out. */
function isRow(row: unknown): boolean {
  const { data } = entry.safeParse(row);
  if (!data || !targets.some(({ name }) => name === data.target)) return false;
  return data.status === 'delivered' || data.issues.length > 0;
}

const plan = z.object({ target: z.string(), actions: z.array(z.string()) });

/** What became of a post. */
export const outcome = z.object({
  schemaVersion: z.literal(1),
  run: id,
  key,
  /** How often the post had been begun: a later outcome takes the place of an earlier one. */
  attempt: z.number().int().positive(),
  rows: z.array(
    // As it was written, to the order of its fields: it goes into the manifest.
    z.object({ row: z.custom<Entry>(isRow), unchanged: z.boolean() }),
  ),
  /** By platform: by them the next run knows that nothing changed (state/up-to-date-cache.ts). */
  inputHashes: z.record(z.string(), z.string().max(100)).default({}),
  plans: z.array(plan),
  fetched: z.object({ isNew: z.boolean(), hasOriginal: z.boolean(), issues: z.array(issue) }),
});
export type Outcome = z.infer<typeof outcome>;

/** How far a post is. */
export const progress = z.object({ share: z.number().min(0).max(1), plans: z.array(plan).max(100).optional() });

/** What a done post tells Redis: for `port queue status`. */
export const tally = z.object({
  delivered: z.number().int().nonnegative(),
  held: z.number().int().nonnegative(),
  rejected: z.number().int().nonnegative(),
});
export type Tally = z.infer<typeof tally>;

/** Written once into an output folder. */
export const outDocument = z.object({ schemaVersion: z.literal(1), id });
