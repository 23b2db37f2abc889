import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { JoinedCaption } from '../model/caption.ts';
import type { Post } from '../model/post.ts';
import type { PlannedFile, PlannedPart } from '../plan/plan.ts';
import type { CaptionRow, Entry } from '../state/documents.ts';
import type { Judge } from './own-words.ts';
import type { PackageMedia } from './package-media.ts';

/** The folder of a post on one platform: its planned content, and the files of an earlier run. */
export interface PackageJob {
  /** The account's folder, absolute. */
  readonly folder: string;
  readonly target: string;
  readonly post: Post;
  readonly parts: readonly PlannedPart[];
  readonly hasTitle: boolean;
  /** A text can go on in replies. */
  readonly hasThreads: boolean;
  /** Each hashtag has a line of its own in caption.txt. */
  readonly pickedTags: boolean;
  /** Checks texts that a person wrote. */
  readonly judge: Judge;
  /** Returns the declarations for a post with these texts. */
  readonly declare: Declare;
  readonly words: JoinedCaption | null;
  /** A better caption may exist that cannot be read now: the delivered texts stay. */
  readonly keepsWords: boolean;
  readonly previous: Entry | null;
  /** The existing media, with issues for a person's own files. */
  readonly media: PackageMedia;
  /** Returns the name of a rendition (render/rendition-name.ts). */
  readonly nameOf: (key: string) => string;
}

/** Returns what a creator has to declare, given the texts of each part. */
export type Declare = (captions: readonly CaptionRow[]) => Pick<Entry, 'declarations' | 'toDeclare'>;

/** The path of a file relative to the account's folder. */
export function pathOf(job: PackageJob, part: Pick<PlannedPart, 'folder'>, name: string): string {
  return [job.target, job.post.key, part.folder, name].filter(Boolean).join('/');
}

/** An ffmpeg whose run was killed may still be writing, so a run never reuses temporary names of an earlier one. */
export const ofThisRun = randomBytes(4).toString('hex');

/** The temporary folder of a package, next to its final one. Its name marks it as unfinished. */
export function stageOf(job: PackageJob): string {
  return join(job.folder, job.target, `.${job.post.key}.part.${ofThisRun}`);
}

export function stagedPath(job: PackageJob, part: PlannedPart, name: string): string {
  return join(stageOf(job), part.folder, name);
}

/** The files to make. A file is not needed where a person put their own. */
export function wantedFiles(job: PackageJob): { readonly part: PlannedPart; readonly file: PlannedFile }[] {
  const own = new Set(job.media.own.map(({ path }) => path));
  return job.parts
    .flatMap((part) => part.files.map((file) => ({ part, file })))
    .filter(({ part, file }) => !own.has(pathOf(job, part, file.name)));
}

export function finalOf(job: PackageJob): string {
  return join(job.folder, job.target, job.post.key);
}
