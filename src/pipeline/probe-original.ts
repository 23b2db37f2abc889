import { availableParallelism } from 'node:os';
import { basename } from 'node:path';
import * as z from 'zod';
import { asError, ImageError, InterruptedError, MediaError, stopsRun } from '../errors.ts';
import type { Issue } from '../model/issue.ts';
import { machineIssue, throwIfMachine } from '../model/machine-errors.ts';
import type { Original, OriginalFile } from '../model/original.ts';
import type { Post } from '../model/post.ts';
import type { ImageProbe, VideoProbe } from '../model/probe.ts';
import type { Material, Photo } from '../plan/post.ts';
import type { ProbeCache } from '../state/probe-cache.ts';
import type { FileFacts } from '../tools/files.ts';
import { mapLimit } from '../tools/map-limit.ts';
import type { Tools } from '../tools/tools.ts';

export interface ProbedOriginal {
  /** null if nothing of the original can be used: `issues` says why. */
  readonly material: Material | null;
  readonly issues: readonly Issue[];
}

/** Probes an original, with a cache. A damaged photo does not affect the others. */
export async function probeOriginal(
  post: Post,
  original: Original,
  probeCache: ProbeCache,
  tools: Tools,
  signal: AbortSignal,
): Promise<ProbedOriginal> {
  if (post.kind === 'photos') return await examinePhotos(original.files, probeCache, tools, signal);
  const [file] = original.files;
  if (!file) return { material: null, issues: [] };
  const found = await probeVideo(file.path, probeCache, tools, signal);
  if (isIssue(found)) return { material: null, issues: [found] };
  const still = await probeCover(original.cover, probeCache, tools);
  return { material: { kind: 'video', file, probe: found, still }, issues: [] };
}

/**
 * ffprobe's result for a video, from the cache if possible.
 * @param seen size and time of the file, if the caller has just read them
 * @throws as `Ffprobe.probe` does
 */
export async function cachedVideoProbe(
  path: string,
  probeCache: ProbeCache,
  { ffprobe }: Pick<Tools, 'ffprobe'>,
  signal: AbortSignal,
  seen?: FileFacts,
): Promise<VideoProbe> {
  return await probeCache.get(path, 'probe', videoProbe, async () => ffprobe.probe(path, signal), seen);
}

/** The same for an image. @throws as `Images.probe` does */
export async function cachedImageProbe(
  path: string,
  probeCache: ProbeCache,
  { images }: Pick<Tools, 'images'>,
): Promise<ImageProbe> {
  return await probeCache.get(path, 'probe', imageProbe, async () => images.probe(path));
}

async function examinePhotos(
  files: readonly OriginalFile[],
  probeCache: ProbeCache,
  tools: Tools,
  signal: AbortSignal,
): Promise<ProbedOriginal> {
  const seen = await mapLimit(files, availableParallelism(), async (file) => {
    if (signal.aborted) throw new InterruptedError('Interrupted');
    return await probeImage(file.path, probeCache, tools);
  });
  const photos: Photo[] = [];
  const issues: Issue[] = [];
  for (const [index, file] of files.entries()) {
    const found = seen[index];
    if (!found) continue;
    if (isIssue(found)) issues.push(...inPlace(found, index + 1, files.length));
    else photos.push({ file, probe: found });
    if (!isIssue(found) && found.flawed) {
      issues.push({
        code: 'photo-flawed',
        severity: 'warning',
        actual: `${index + 1} (${basename(file.path)})`,
        limit: files.length,
      });
    }
  }
  if (photos.length === 0) return { material: null, issues };
  return { material: { kind: 'photos', photos }, issues: issues.map((issue) => ({ ...issue, severity: 'warning' })) };
}

/** Probes a video, with a cache; returns an issue if it cannot be used. */
export async function probeVideo(
  path: string,
  probeCache: ProbeCache,
  tools: Pick<Tools, 'ffprobe'>,
  signal: AbortSignal,
): Promise<VideoProbe | Issue> {
  return await probeOrIssue(path, probeCache, async () => cachedVideoProbe(path, probeCache, tools, signal));
}

/** The same for an image. */
export async function probeImage(
  path: string,
  probeCache: ProbeCache,
  tools: Pick<Tools, 'images'>,
): Promise<ImageProbe | Issue> {
  return await probeOrIssue(path, probeCache, async () => cachedImageProbe(path, probeCache, tools));
}

/** Adds to an issue which of several photos it is about. */
function inPlace(issue: Issue, number: number, of: number): Issue[] {
  return of === 1 ? [issue] : [{ code: 'photo-unusable', severity: 'error', actual: number, limit: of }, issue];
}

/** Why a file cannot be used: it is damaged, its format is not supported, or this machine cannot read it now. */
export function whyUnusable(error: unknown): Issue {
  if (stopsRun(error)) throw error;
  if (error instanceof ImageError || error instanceof MediaError) {
    const { code, actual, limit } = error;
    return { code, severity: 'error', actual, limit };
  }
  return machineIssue(error) ?? { code: 'damaged', severity: 'error', actual: asError(error).message, limit: null };
}

async function probeOrIssue<T>(path: string, probeCache: ProbeCache, make: () => Promise<T>): Promise<T | Issue> {
  try {
    return await make();
  } catch (error) {
    // A cloud placeholder full of zeros may be complete the next time, with the same size and time.
    await probeCache.invalidate(path);
    // A problem of the machine must not remove single photos from a post.
    throwIfMachine(error);
    return whyUnusable(error);
  }
}

function isIssue<T extends object>(found: T | Issue): found is Issue {
  return 'severity' in found;
}

/** The creator's own cover; null if it cannot be read: then a frame of the video is used. */
async function probeCover(file: OriginalFile | null, probeCache: ProbeCache, tools: Tools): Promise<Photo | null> {
  if (file === null) return null;
  const found = await probeImage(file.path, probeCache, tools);
  return isIssue(found) ? null : { file, probe: found };
}

const text = z.string();
const number = z.number();

const videoProbe: z.ZodType<VideoProbe> = z.object({
  container: z.enum(['mp4', 'mov', 'other']),
  format: text,
  moovFirst: z.boolean(),
  fragmented: z.boolean(),
  trailer: z.boolean(),
  seconds: number,
  breaksOff: z.boolean(),
  jumps: z.boolean(),
  severalEdits: z.boolean(),
  clock: number,
  bytes: number,
  video: z
    .object({
      index: number,
      ordinal: number,
      codec: text,
      tag: text,
      profile: text.nullable(),
      width: number,
      height: number,
      rotation: z.literal([0, 90, 180, 270]),
      mirrored: z.boolean(),
      sampleAspect: number,
      seconds: number.nullable(),
      pixelFormat: text,
      bitDepth: number,
      fps: number,
      baseFps: number,
      interlaced: z.boolean(),
      transfer: text.nullable(),
      primaries: text.nullable(),
      matrix: text.nullable(),
      range: z.enum(['limited', 'full']).nullable(),
      bitRate: number.nullable(),
      startsAt: number,
      dolbyVision: number.nullable(),
      changesSize: z.boolean(),
      keyFrameAt: number.nullable(),
      reordered: z.boolean(),
      decodeTimesOnly: z.boolean(),
    })
    .nullable(),
  pictures: number,
  audio: z.array(
    z.object({
      index: number,
      ordinal: number,
      codec: text,
      tag: text,
      profile: text.nullable(),
      channels: number,
      sampleRate: number,
      bitRate: number.nullable(),
      title: text.nullable(),
      language: text.nullable(),
      startsAt: number,
    }),
  ),
  hasLocation: z.boolean(),
});

const imageProbe: z.ZodType<ImageProbe> = z.object({
  format: text,
  width: number,
  height: number,
  bytes: number,
  orientation: number,
  hasAlpha: z.boolean(),
  frames: number,
  space: text,
  profile: text.nullable(),
  flawed: z.boolean(),
  hasLocation: z.boolean(),
  hasSerial: z.boolean(),
  hasAttachment: z.boolean(),
  strippable: z.boolean(),
});
