import { availableParallelism } from 'node:os';
import { join, parse } from 'node:path';
import PQueue from 'p-queue';
import { InterruptedError } from '../../../errors.ts';
import type { Issue } from '../../../model/issue.ts';
import type { ImageProbe, VideoProbe } from '../../../model/probe.ts';
import { whyUnusable } from '../../../pipeline/probe-original.ts';
import { whyNotImage, whyNotVideo } from '../../../plan/accept.ts';
import { adviceOnVideo } from '../../../plan/video.ts';
import { whyNotSubtitles } from '../../../probe/subtitles.ts';
import { checkMessage } from '../../../report/check-message.ts';
import type { Target } from '../../../targets/target.ts';
import type { Tools } from '../../../tools/tools.ts';
import { type Subject, subjectsAt } from './subjects.ts';

/** One path against one platform: a row of `port check --json`. */
export interface CheckRow {
  readonly path: string;
  readonly target: string;
  /** No issue of severity `error`. */
  readonly ok: boolean;
  readonly issues: readonly (Issue & { readonly message: string })[];
}

export interface Checked {
  readonly rows: readonly CheckRow[];
  /** 0: all are ok; 1: some are not; 2: nothing could be checked. */
  readonly exitCode: 0 | 1 | 2;
}

type World = Pick<Tools, 'files' | 'ffprobe' | 'images'>;

/** The probe of a subject, or why there is none. */
type Seen =
  | { readonly kind: 'video'; readonly probe: VideoProbe }
  | { readonly kind: 'photo'; readonly probe: ImageProbe }
  | { readonly kind: 'cover' }
  | { readonly kind: 'subtitles'; readonly issues: readonly Issue[] }
  | { readonly kind: 'photo-post'; readonly photos: number }
  | { readonly kind: 'unreadable'; readonly issue: Issue };

/** Checks files and folders against platforms, with the predicates of the main job. Changes nothing. */
export async function check(
  paths: readonly string[],
  targets: readonly Target[],
  tools: World,
  signal: AbortSignal,
): Promise<Checked> {
  const subjects: Subject[] = [];
  for (const path of paths) subjects.push(...(await subjectsAt(path, tools.files)));
  const queue = new PQueue({ concurrency: availableParallelism() });
  const checked = await Promise.all(
    subjects.map(async (subject) =>
      queue.add(async () => {
        signal.throwIfAborted();
        const seen = await probeSubject(subject, tools, signal);
        return targets.map((target) => row(subject.path, target, issuesFor(seen, target)));
      }),
    ),
  );
  const rows = checked.flat();
  if (subjects.every(({ kind }) => kind === 'nothing')) return { rows, exitCode: 2 };
  return { rows, exitCode: rows.every(({ ok }) => ok) ? 0 : 1 };
}

async function probeSubject(subject: Subject, tools: World, signal: AbortSignal): Promise<Seen> {
  try {
    switch (subject.kind) {
      case 'video':
        return { kind: 'video', probe: await tools.ffprobe.probe(subject.path, signal) };
      case 'photo':
        return { kind: 'photo', probe: await tools.images.probe(subject.path) };
      case 'cover':
        await tools.images.probe(subject.path);
        return { kind: 'cover' };
      case 'subtitles':
        return { kind: 'subtitles', issues: await issuesOfSubtitles(subject.path, tools, signal) };
      case 'photo-post':
        return subject;
      case 'nothing':
        return {
          kind: 'unreadable',
          issue: { code: 'nothing-to-check', severity: 'error', actual: subject.why, limit: null },
        };
    }
  } catch (error) {
    if (signal.aborted) throw new InterruptedError('Interrupted');
    return { kind: 'unreadable', issue: whyUnusable(error) };
  }
}

const maxSubtitlesBytes = 5_000_000;

/** Compares subtitles with the video of the same name next to them, if there is one. */
async function issuesOfSubtitles(path: string, { files, ffprobe }: World, signal: AbortSignal): Promise<Issue[]> {
  const bytes = await files.readStart(path, maxSubtitlesBytes);
  const { dir, name } = parse(path);
  for (const ending of ['mp4', 'mov', 'MP4', 'MOV']) {
    const video = join(dir, `${name}.${ending}`);
    if ((await files.facts(video)) === null) continue;
    const probe = await ffprobe.probe(video, signal).catch(() => null);
    signal.throwIfAborted();
    if (probe !== null) return whyNotSubtitles(bytes, probe.seconds);
  }
  return whyNotSubtitles(bytes, null);
}

function issuesFor(seen: Seen, { video, photos }: Target): Issue[] {
  const noPhotos: Issue = { code: 'photos-unsupported', severity: 'error', actual: null, limit: 0 };
  switch (seen.kind) {
    case 'video':
      return [...whyNotVideo(seen.probe, video.accept), ...adviceOnVideo(seen.probe.seconds, video)];
    case 'photo':
      return photos === null ? [noPhotos] : whyNotImage(seen.probe, photos.accept);
    case 'cover':
      return [];
    case 'photo-post': {
      if (photos === null) return [{ ...noPhotos, actual: seen.photos }];
      const { value } = photos.maxCount;
      return seen.photos > value ? [{ code: 'photo-count', severity: 'error', actual: seen.photos, limit: value }] : [];
    }
    case 'subtitles':
      return [...seen.issues];
    case 'unreadable':
      return [seen.issue];
  }
}

function row(path: string, target: Target, issues: readonly Issue[]): CheckRow {
  const ok = issues.every(({ severity }) => severity !== 'error');
  return { path, target: target.name, ok, issues: issues.map((issue) => ({ ...issue, message: checkMessage(issue) })) };
}
