import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { CaptionSource } from '../model/caption.ts';
import type { Issue } from '../model/issue.ts';
import type { PlannedPart } from '../plan/plan.ts';
import { captionText } from '../plan/written-caption.ts';
import type { CaptionRow, Entry } from '../state/documents.ts';
import type { Files } from '../tools/files.ts';
import { readCaptionText } from './caption-text.ts';
import { captionFile } from './foreign.ts';
import { issuesOfWords } from './own-words.ts';
import { type PackageJob, pathOf } from './package-job.ts';

/**
 * The issues of a package if it were written now, since a person may have changed its texts after planning.
 * @param planned all issues of the post and its plan
 */
export function issuesNow(
  { judge }: PackageJob,
  planned: readonly Issue[],
  words: readonly PartWords[],
): readonly Issue[] {
  return issuesOfWords(
    planned,
    words.map(({ caption }) => caption),
    judge,
  );
}

/** The words of a part: those on disk where a person wrote them, else ours. */
export interface PartWords {
  readonly part: PlannedPart;
  readonly path: string;
  readonly text: string;
  readonly onDisk: string | null;
  readonly caption: CaptionRow;
}

const maxCaptionBytes = 1_000_000;

/**
 * Decides which text each part has. Text that differs from what port last wrote is the creator's and is never
 * overwritten.
 */
export async function readWords(job: PackageJob, files: Files): Promise<PartWords[]> {
  const resolved: PartWords[] = [];
  for (const part of job.parts) {
    const path = pathOf(job, part, captionFile);
    const ours = captionText(part.caption, job.pickedTags);
    const onDisk = await files.readText(join(job.folder, path), maxCaptionBytes);
    const recorded = job.previous?.files.find((row) => row.path === path);
    const before = job.keepsWords ? captionOf(job.previous, path) : null;
    if (before && onDisk !== null && recorded && !recorded.edited && sha256(onDisk) === recorded.sha256) {
      resolved.push({ part, path, text: onDisk, onDisk, caption: before });
      continue;
    }
    const theirs =
      onDisk !== null && onDisk !== ours && (!recorded || recorded.edited || sha256(onDisk) !== recorded.sha256);
    const source: CaptionSource = theirs ? 'edited' : (job.words?.source ?? 'none');
    const said = theirs ? readCaptionText(onDisk, job) : part.caption;
    const caption = {
      title: said.title,
      body: said.body,
      hashtags: [...said.hashtags],
      ...(said.thread && { thread: [...said.thread] }),
      source,
      matchedBy: theirs ? null : (job.words?.matchedBy ?? null),
      seconds: theirs ? null : (job.words?.seconds ?? null),
      removed: theirs ? [] : part.caption.removed.map((each) => ({ ...each })),
      ...(!theirs && part.caption.language !== undefined && { language: part.caption.language }),
    };
    resolved.push({ part, path, text: theirs ? onDisk : ours, onDisk, caption });
  }
  return resolved;
}

/** The text that an earlier run wrote to this caption.txt. */
export function captionOf(previous: Entry | null, path: string): CaptionRow | null {
  if (!previous?.parts) return previous?.caption ?? null;
  return previous.parts.find(({ files }) => files.includes(path))?.caption ?? null;
}

export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
