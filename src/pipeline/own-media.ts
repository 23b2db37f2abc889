import { join } from 'node:path';
import { inspectPackage, nameInPackage, nothingThere, type PackageMedia } from '../deliver/package-media.ts';
import type { Issue } from '../model/issue.ts';
import type { Post } from '../model/post.ts';
import { whyNotImage, whyNotVideo } from '../plan/accept.ts';
import { adviceOnVideo } from '../plan/video.ts';
import { whyNotSubtitles } from '../probe/subtitles.ts';
import { checkMessage } from '../report/check-message.ts';
import { type Entry, type FileRow, issueRows, noneIfTooLarge } from '../state/documents.ts';
import type { Target } from '../targets/target.ts';
import type { PostRun } from './context.ts';
import { presenceCheckOf } from './make-renditions.ts';
import { probeImage, probeVideo } from './probe-original.ts';

/** The media in the package of a post, with issues for a person's own files. */
export interface JudgedMedia {
  readonly media: PackageMedia;
  readonly issues: readonly Issue[];
}

type Run = Omit<PostRun, 'onProgress'>;

/**
 * Finds a person's own files in the package of a post and checks each against the platform's limits, as `port check`
 * does. The files are always kept. A file that breaks a limit is a warning, because platforms often accept more than
 * documented; a file that cannot be opened is an error, because it cannot be posted.
 */
export async function judgePackage(post: Post, target: Target, previous: Entry | null, run: Run): Promise<JudgedMedia> {
  const seen = await inspectPackage(target.name, post, previous?.files ?? [], presenceCheckOf(run));
  if (seen.own.length === 0) return { media: seen, issues: [] };
  const judged = await Promise.all(seen.own.map(async (row) => judge(row, target, run)));
  const own = judged.map(({ row }) => row);
  return { media: { ...seen, own }, issues: [namedOwn(own), ...judged.flatMap(({ issues }) => issues)] };
}

/** The media of a package without checks against the platform, for a post that is not delivered. */
export async function packageOf(post: Post, target: Target, previous: Entry | null, run: Run): Promise<PackageMedia> {
  if (previous === null || previous.files.length === 0) return nothingThere;
  return await inspectPackage(target.name, post, previous.files, presenceCheckOf(run));
}

/** The issue that lists a person's own files. */
export function namedOwn(own: readonly FileRow[]): Issue {
  const names = own.map(nameInPackage).join(', ');
  return { code: 'own-file', severity: 'info', actual: names, limit: null };
}

async function judge(row: FileRow, target: Target, run: Run): Promise<{ row: FileRow; issues: readonly Issue[] }> {
  const found = await findingsOn(row, target, run);
  const issues = found.filter(({ severity }) => severity !== 'info');
  const why = issueRows(found, checkMessage);
  const said = issues.map(checkMessage).join(' ');
  if (issues.length === 0) return { row: { ...row, why }, issues: [] };
  const isUnreadable = issues.some(({ code }) => unreadable.includes(code));
  const issue: Issue = isUnreadable
    ? { code: 'own-file-damaged', severity: 'error', actual: nameInPackage(row), limit: said }
    : { code: 'own-file-unfit', severity: 'warning', actual: nameInPackage(row), limit: said };
  return { row: { ...row, why }, issues: [issue] };
}

const unreadable: readonly Issue['code'][] = ['damaged', 'image-codec', 'image-pixels', 'no-picture'];

const maxSubtitlesBytes = 5_000_000;
const nothing = new Uint8Array();

async function findingsOn({ role, path }: FileRow, { video, photos }: Target, run: Run): Promise<readonly Issue[]> {
  const { folder, probeCache, tools, signal } = run;
  const file = join(folder, path);
  if (role === 'subtitles')
    return whyNotSubtitles((await tools.files.read(file, maxSubtitlesBytes).catch(noneIfTooLarge)) ?? nothing, null);
  if (role === 'video') {
    const probe = await probeVideo(file, probeCache, tools, signal);
    if ('severity' in probe) return [probe];
    return [...whyNotVideo(probe, video.accept), ...adviceOnVideo(probe.seconds, video)];
  }
  const probe = await probeImage(file, probeCache, tools);
  if ('severity' in probe) return [probe];
  return role === 'cover' || photos === null ? [] : whyNotImage(probe, photos.accept);
}
