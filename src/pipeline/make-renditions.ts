import { join } from 'node:path';
import { type PackageJob, pathOf, stagedPath, wantedFiles } from '../deliver/package-job.ts';
import type { MadeFile } from '../deliver/package-row.ts';
import { isIntact, type PresenceCheck } from '../deliver/present.ts';
import type { Issue } from '../model/issue.ts';
import type { Post } from '../model/post.ts';
import type { PlannedFile } from '../plan/plan.ts';
import { render } from '../render/index.ts';
import { renditionName } from '../render/rendition-name.ts';
import type { Stills } from '../render/stills.ts';
import type { FileRow } from '../state/documents.ts';
import { cachedHash } from '../state/file-facts.ts';
import type { Target } from '../targets/target.ts';
import type { PostRun } from './context.ts';
import { cachedVideoProbe } from './probe-original.ts';

/** A package that is being made. */
export interface OpenPackage {
  readonly job: PackageJob;
  readonly delivery: { readonly target: Target };
}

/** A rendition with all places where it is needed. It is made at the first place; the others are links to it. */
export interface Wanted {
  readonly file: PlannedFile;
  readonly places: Place[];
}

interface Place {
  readonly job: PackageJob;
  readonly target: Target;
  readonly path: string;
  readonly row: string;
  /** As planned for this target. */
  readonly file: PlannedFile;
}

/** A rendition that failed for some of its places. */
export interface Failure {
  readonly places: readonly Place[];
  readonly wrong: readonly Issue[];
}

export type Media = Map<string, MadeFile>;

/** The renditions that these packages need, each once. */
export function distinct(open: readonly OpenPackage[]): Wanted[] {
  const wanted = new Map<string, Wanted>();
  for (const { delivery, job } of open) {
    for (const { part, file } of wantedFiles(job)) {
      const entry = wanted.get(file.key) ?? { file, places: [] };
      const path = stagedPath(job, part, file.name);
      entry.places.push({ job, target: delivery.target, path, row: pathOf(job, part, file.name), file });
      wanted.set(file.key, entry);
    }
  }
  return [...wanted.values()];
}

/**
 * Makes a rendition available at all its places. If it copies packets and its check fails, makes the fallback of the
 * plan, once for all targets with the same fallback; a later run uses the fallback directly.
 */
export async function obtain(
  wanted: Wanted,
  post: Post,
  media: Media,
  stills: Stills,
  run: PostRun,
): Promise<readonly Failure[]> {
  const { file, places } = wanted;
  const isKnown = isKnownToFail(file, post, run);
  const wrong = isKnown ? [] : await bring(wanted, post, media, stills, run);
  if (!isKnown && wrong.length === 0) return [];
  const groups = new Map<string, Wanted>();
  for (const place of places) {
    const { instead } = place.file;
    if (instead === undefined) continue;
    const group = groups.get(instead.key) ?? { file: instead, places: [] };
    group.places.push(place);
    groups.set(instead.key, group);
  }
  if (groups.size === 0 || !wrong.every((issue) => isOfCopy(issue, file))) return [{ places, wrong }];
  const failures: Failure[] = [];
  for (const group of groups.values()) {
    const still = await bring(group, post, media, stills, run);
    if (still.length > 0) failures.push({ places: group.places, wrong: still });
  }
  return failures;
}

/** Whether the issue may be caused by copied packets, so that encoding may help. */
function isOfCopy({ code }: Issue, { operation }: PlannedFile): boolean {
  const copiesPicture = operation.kind === 'remux' || (operation.kind === 'transcode' && operation.picture === 'copy');
  return code === 'check-failed' || (code === 'render-failed' && copiesPicture);
}

/** Whether an earlier run used the fallback for this post because this rendition failed its check. */
function isKnownToFail({ key, instead }: PlannedFile, post: Post, run: PostRun): boolean {
  if (instead === undefined) return false;
  const name = renditionName(key);
  const rows = run.manifest.rowsOf(post.key).flatMap(({ files }) => files);
  return rows.some(({ insteadOf }) => insteadOf === name);
}

/** Finds a rendition in an earlier delivery of this post, or makes it; then links it to all its places. */
async function bring(
  { file, places }: Wanted,
  post: Post,
  media: Media,
  stills: Stills,
  run: PostRun,
): Promise<readonly Issue[]> {
  const { files } = run.tools;
  const [first, ...others] = places;
  if (!first) return [];
  const earlier = await findEarlier(file, post, run);
  if (earlier) {
    await files.link(join(run.folder, earlier.path), first.path);
  } else {
    await files.makeFolder(join(first.path, '..'));
    const making = {
      time: post.time,
      threads: run.threads,
      stills,
      probeSource: async (path: string) => cachedVideoProbe(path, run.probeCache, run.tools, run.signal),
      owned: file.source.path.startsWith(join(run.folder, 'originals')),
      signal: run.signal,
      onProgress: (share: number) => run.onProgress(post.key, share),
    };
    const targets = [...new Set(places.map(({ target }) => target))];
    const wrong = await render(file, first.path, targets, making, run.tools, run.encoders);
    if (wrong.length > 0) {
      await run.probeCache.invalidate(file.source.path);
      return wrong;
    }
    await files.setModified(first.path, post.time);
  }
  const facts = await files.facts(first.path);
  const known = file.operation.kind === 'copy' ? file.source.sha256 : earlier?.sha256;
  const sha256 = known ?? (await files.sha256(first.path, run.signal));
  for (const { path } of others) await files.link(first.path, path);
  for (const { row, file: asPlanned } of places) {
    const instead = asPlanned.key === file.key ? {} : { instead: file };
    media.set(row, { bytes: facts?.bytes ?? 0, sha256, ...instead });
  }
  return [];
}

async function findEarlier({ key }: PlannedFile, post: Post, run: PostRun): Promise<FileRow | null> {
  const name = renditionName(key);
  for (const row of run.manifest.rowsOf(post.key).flatMap(({ files }) => files)) {
    if (row.rendition === name && (await isIntact(row, post, presenceCheckOf(run)))) return row;
  }
  return null;
}

/** How this run checks the files of earlier deliveries. */
export function presenceCheckOf({
  folder,
  tools,
  options,
  probeCache,
  signal,
}: Omit<PostRun, 'onProgress'>): PresenceCheck {
  const { files } = tools;
  const hashOf: PresenceCheck['hashOf'] = async (path, facts) =>
    cachedHash(probeCache, path, async () => files.sha256(path, signal), facts);
  return { folder, files, verify: options.verify, hashOf, signal };
}
