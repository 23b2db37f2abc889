import { createHash } from 'node:crypto';
import { timeOfId } from '../captions/tiktok-id.ts';
import { type Issue, maxFiles } from '../model/issue.ts';
import { throwIfMachine } from '../model/machine-errors.ts';
import type { MatchedBy } from '../model/original.ts';
import type { Post } from '../model/post.ts';
import { cachedHash } from '../state/file-facts.ts';
import type { ArchiveFile } from '../tools/archive.ts';
import { issueOf, passedOver } from './issues.ts';
import type { LocalFiles } from './layers.ts';
import type { Fit } from './match.ts';
import { type FileVerdict, noVerdict, type SourceContext } from './source.ts';

/** Several candidates for one post, none of which was matched. */
interface Refusal {
  readonly candidates: readonly LocalFiles[];
  /** The number of posts that they match. */
  readonly posts: number;
}

interface Choice {
  readonly fit: Fit<LocalFiles> | null;
  readonly issues: readonly Issue[];
}

export const madeByPort = 'It is what port made of the original, not the original.';
export const namesShown = 4;
/** The most candidates that are inspected; with more, the user has to choose. */
const maxRivals = 8;
/** The durations of TikTok's versions of one video differ by less than this, in seconds. */
const sameLength = 0.25;
const sameShape = 0.02;

/**
 * Chooses among several files that match one post and no other. Unreadable files and files made by port are excluded,
 * and identical copies count once. Of versions of one video the largest is taken, if all were matched by the post's id
 * and have the same duration and aspect ratio. Otherwise none is, because a wrong file would be published.
 */
export async function chooseCandidate(
  post: Post,
  refusal: Refusal,
  context: SourceContext,
  signal: AbortSignal,
): Promise<Choice> {
  const { candidates, posts } = refusal;
  if (posts > 1 || candidates.length > maxRivals) return { fit: null, issues: [refused(post, candidates, posts)] };
  const inspected = await Promise.all(candidates.map(async (each) => inspect(post, each, context, signal)));
  const issues = inspected.flatMap(({ candidate, why }) => (why === null ? [] : [passedOver(nameOf(candidate), why)]));
  const left = distinct(inspected.filter(({ why }) => why === null));
  const [only] = left;
  if (only === undefined) return { fit: null, issues };
  if (left.length === 1) return { fit: fitOf(post, only.candidate), issues };
  const best = bestOf(post, left);
  if (best === null) {
    const those = left.map(({ candidate }) => candidate);
    return { fit: null, issues: [...issues, refused(post, those, posts)] };
  }
  const smaller = left.filter((each) => each !== best).map(({ candidate }) => nameOf(candidate));
  const why = `It is another version of ${nameOf(best.candidate)}, which is better.`;
  const smallerIssues = smaller.map((name): Issue => ({ ...passedOver(name, why), severity: 'info' }));
  return { fit: fitOf(post, best.candidate), issues: [...issues, ...smallerIssues] };
}

interface Inspected {
  readonly candidate: LocalFiles;
  readonly why: string | null;
  readonly seen: FileVerdict;
  /** By the index of the file. */
  readonly hashes: ReadonlyMap<number, string>;
}

async function inspect(
  post: Post,
  candidate: LocalFiles,
  context: SourceContext,
  signal: AbortSignal,
): Promise<Inspected> {
  const { probeCache, diskQueue, inspectFile, isRendition } = context;
  const hashes = new Map<number, string>();
  let seen = noVerdict;
  try {
    for (const [index, file] of candidate.files) {
      const { path } = file;
      if (path !== null) seen = await diskQueue.run('disk', signal, async () => inspectFile(post.kind, path, signal));
      if (seen.why !== null) return { candidate, why: seen.why, seen, hashes };
      const inTurn = async () => diskQueue.run('disk', signal, async () => hashOf(file, signal));
      const hash = path === null ? await inTurn() : await cachedHash(probeCache, path, inTurn);
      if (await isRendition(post, hash)) return { candidate, why: madeByPort, seen, hashes };
      hashes.set(index, hash);
    }
  } catch (error) {
    signal.throwIfAborted();
    throwIfMachine(error);
    return { candidate, why: `It cannot be read (${error instanceof Error ? error.message : error}).`, seen, hashes };
  }
  return { candidate, why: null, seen, hashes };
}

async function hashOf(file: ArchiveFile, signal: AbortSignal): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of file.stream(signal)) hash.update(chunk);
  return hash.digest('hex');
}

/** Removes identical copies: keeps the one with the shortest name, and the first of these. */
function distinct(looked: readonly Inspected[]): Inspected[] {
  const ordered = [...looked].sort((a, b) => b.hashes.size - a.hashes.size || byName(a.candidate, b.candidate));
  const kept: Inspected[] = [];
  for (const each of ordered) {
    const isIn = (other: Inspected) => [...each.hashes].every(([index, hash]) => other.hashes.get(index) === hash);
    if (!kept.some(isIn)) kept.push(each);
  }
  return kept;
}

function byName(a: LocalFiles, b: LocalFiles): number {
  const [one, other] = [nameOf(a), nameOf(b)];
  return one.length - other.length || (one < other ? -1 : 1);
}

/** The best version; null unless all are versions of one video and one of them is clearly the best. */
function bestOf({ kind }: Post, looked: readonly Inspected[]): Inspected | null {
  const areKnown = looked.every(({ candidate }) => candidate.tiktokIds.length > 0 || candidate.sidecar?.tiktokId);
  if (kind !== 'video' || !areKnown) return null;
  const clean = looked.filter(({ candidate }) => !candidate.watermarked);
  const those = clean.length > 0 ? clean : looked;
  const heard = those.filter(({ seen }) => seen.hasSound === true);
  const [first, second] = [...(heard.length > 0 ? heard : those)].sort((a, b) => pixels(b) - pixels(a));
  if (first === undefined || !looked.every((each) => isVersionOf(each, first))) return null;
  return second === undefined || pixels(first) > pixels(second) ? first : null;
}

function isVersionOf({ seen: { size: one } }: Inspected, { seen: { size: other } }: Inspected): boolean {
  if (one === null || other === null) return false;
  const shape = one.width / one.height / (other.width / other.height);
  return Math.abs(one.seconds - other.seconds) <= sameLength && Math.abs(shape - 1) <= sameShape;
}

function pixels({ seen: { size } }: Inspected): number {
  return size === null ? 0 : size.width * size.height;
}

/** The match of the candidate as if it were the only one. */
function fitOf({ key, time }: Post, candidate: LocalFiles): Fit<LocalFiles> {
  const { sidecar, tiktokIds, nameTimes, nameMinutes = [], fileTime } = candidate;
  const ids = tiktokIds.map(timeOfId).filter((each) => each !== null);
  const evidence: readonly (readonly [MatchedBy, readonly number[], boolean])[] = [
    ['sidecar', sidecar?.time == null ? [] : [sidecar.time], sidecar !== null],
    ['id', ids, tiktokIds.length > 0],
    ['name-time', nameTimes, nameTimes.length > 0],
    // A time without seconds matches the whole minute.
    ['name-time', [time], nameMinutes.length > 0],
  ];
  if (candidate.key === key) return { candidate, by: 'key', seconds: null };
  const [by, times] = evidence.find(([, , isThere]) => isThere) ?? [
    'file-time' as const,
    fileTime === null ? [] : [fileTime],
  ];
  const far = times.map((each) => Math.abs(each - time));
  return { candidate, by, seconds: far.length > 0 ? Math.min(...far) : null };
}

function refused({ key }: Post, candidates: readonly LocalFiles[], posts: number): Issue {
  // The file is named by the key of the first of several posts of one second, which may be just a time.
  const [only] = candidates;
  if (only && candidates.length === 1) {
    return issueOf('several-posts-fit', posts, only.key === key ? `${key}-1` : key, 'warning');
  }
  // If a file already has the post's key as its name, renaming does not help.
  const name = candidates.some((candidate) => candidate.key === key) ? null : key;
  return {
    ...issueOf('several-files-fit', `${candidates.length} files (${namesOf(candidates)})`, name, 'warning'),
    files: candidates.slice(0, maxFiles).map(nameOf),
  };
}

/** The name of its first file. */
export function nameOf(candidate: LocalFiles): string {
  return [...candidate.files.values()][0]?.name ?? '';
}

export function namesOf(candidates: readonly LocalFiles[]): string {
  const names = candidates.slice(0, namesShown).map(nameOf);
  return [...names, ...(candidates.length > namesShown ? ['...'] : [])].join(', ');
}
