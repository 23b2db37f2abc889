import type { Caption } from '../model/caption.ts';
import type { Issue } from '../model/issue.ts';
import type { OriginalFile } from '../model/original.ts';
import type { Post } from '../model/post.ts';
import type { ImageProbe, VideoProbe } from '../model/probe.ts';
import type { Target } from '../targets/target.ts';
import { type Cue, cuesWithin, srtText } from '../text/subtitles.ts';
import { applyMeasurements } from './apply-measurements.ts';
import { type SizeCaption, sizeCaption } from './caption.ts';
import { type CoverOptions, coverOfImage, coverOfVideo, wholePicture } from './cover.ts';
import type { Measurements } from './measure.ts';
import { copyFailed, decideParts } from './parts.ts';
import { decidePhotos } from './photos.ts';
import type { Fit, Plan, PlannedFile, PlannedPart } from './plan.ts';
import { planned } from './planned-file.ts';
import { decideSlideshow, type SlideshowOptions } from './slideshow.ts';
import { streamsOf } from './streams.ts';
import { adviceOnVideo, leftOut } from './video.ts';
import { requestsFor, type VideoOptions } from './video-requests.ts';

/** An original and its probe: the only input about the file that a plan uses. */
export type Material =
  | {
      readonly kind: 'video';
      readonly file: OriginalFile;
      readonly probe: VideoProbe;
      /** The cover that the creator chose on TikTok, if it is available. */
      readonly still: Photo | null;
      /** What is said in it; absent: unknown. */
      readonly subtitles?: readonly Cue[];
    }
  | { readonly kind: 'photos'; readonly photos: readonly Photo[] };

export interface Photo {
  readonly file: OriginalFile;
  readonly probe: ImageProbe;
}

export interface PlanOptions extends CoverOptions, VideoOptions, SlideshowOptions {
  readonly fit: Fit;
  /** `auto`, `software` or an encoder's name. */
  readonly encoder: string;
  /** The creator's own hashtags for every post, without `#`. */
  readonly tags?: readonly string[];
  /** The creator's own text under every post. */
  readonly footer?: string;
  /** A text that is too long goes on in replies, where the platform has threads. */
  readonly thread?: boolean;
}

/**
 * Plans one post for one platform. Pure: the same arguments give the same plan on any machine. If the plan needs a
 * measurement that is missing, `measurements` records the request and the plan is only a forecast: measure, then plan
 * again.
 * @param size sizes the texts of each part; a caller may pass one with cached results
 */
export function planPost(
  post: Post,
  material: Material,
  caption: Caption | null,
  target: Target,
  options: PlanOptions,
  measurements: Measurements,
  size: SizeCaption = sizeCaption,
): Plan {
  const wording = { post, caption, target, options, size };
  return material.kind === 'video' ? planVideo(material, measurements, wording) : planPhotos(material.photos, wording);
}

/** The input for the texts of a part. */
interface Wording {
  readonly post: Post;
  readonly caption: Caption | null;
  readonly target: Target;
  readonly options: PlanOptions;
  readonly size: SizeCaption;
}

function planVideo(material: Material & { kind: 'video' }, measurements: Measurements, wording: Wording): Plan {
  const { file, probe } = material;
  const { post, target, options } = wording;
  const requests = requestsFor(post, probe, target.video.advice, options, measurements);
  const decision = decideParts(probe, target.video, options.fit, requests, measurements);
  if (decision.kind === 'reject') return decision;
  const measured = decision.parts.map((part) => ({
    ...part,
    ...applyMeasurements(part.operation, options.encoder, measurements),
    instead: part.instead && applyMeasurements(part.instead, options.encoder, measurements).operation,
  }));
  const filesOf = ({ operation, instead, from, to }: (typeof measured)[number]) => {
    const extension = operation.kind === 'copy' && probe.container === 'mov' ? 'mov' : 'mp4';
    const name = `video.${extension}`;
    const about = { name, role: 'video', seconds: to - from, why: decision.why, streams: streamsOf(probe) } as const;
    const shownFrom = 'span' in operation ? operation.span?.shownFrom : undefined;
    const seen = { from, to: Math.max(from, Math.min(to, wholePicture(probe).to)), shownFrom };
    return [
      planned(post, file, operation, {
        ...about,
        ...(instead && { instead: planned(post, file, instead, { ...about, why: [...decision.why, copyFailed] }) }),
      }),
      ...coverOfVideo(post, material, seen, target, options, measurements),
      ...subtitlesFile(post, material, { from, to }),
    ];
  };
  const { parts, issues } = inParts(measured, filesOf, wording);
  const longest = Math.max(...measured.map(({ from, to }) => to - from));
  const advice = [...leftOut(probe), ...adviceOnVideo(longest, target.video)];
  return {
    kind: 'deliver',
    parts,
    issues: [...decision.issues, ...(measured[0]?.issues ?? []), ...requests.issues, ...advice, ...issues],
  };
}

/** The subtitles of a part, named like its video, as players and upload forms expect. */
function subtitlesFile(
  post: Post,
  { file, subtitles = [] }: Material & { kind: 'video' },
  part: { readonly from: number; readonly to: number },
): PlannedFile[] {
  const cues = cuesWithin(subtitles, part);
  if (cues.length === 0) return [];
  const operation = { kind: 'subtitles', text: srtText(cues) } as const;
  const about = { name: 'video.srt', role: 'subtitles', seconds: null, why: [], streams: null } as const;
  return [planned(post, file, operation, about)];
}

function planPhotos(photos: readonly Photo[], wording: Wording): Plan {
  const { post, target, options } = wording;
  const rules = target.photos;
  if (rules === null || options.photos === 'video') return planSlideshow(photos, wording);
  const decision = decidePhotos(photos, rules, options.fit);
  if (decision.kind === 'reject') return decision;
  const filesOf = (chunk: (typeof decision.packages)[number]) => [
    ...chunk.map((photo, position) => photoFile(post, photo, position)),
    ...chunk.slice(0, 1).map((photo) => coverOfImage(post, options.coverPicture ?? photo, target)),
  ];
  const { parts, issues } = inParts(decision.packages, filesOf, wording);
  return { kind: 'deliver', parts, issues: [...decision.issues, ...issues] };
}

function planSlideshow(photos: readonly Photo[], wording: Wording): Plan {
  const { post, target, options } = wording;
  const code = target.photos === null ? 'slideshow-needed' : 'slideshow-asked';
  const why: Issue = { code, severity: 'info', actual: photos.length, limit: null };
  const decision = decideSlideshow(post, photos, target.video, options, why);
  const filesOf = ({ video, photos: shown }: (typeof decision.parts)[number]) => [
    video,
    ...shown.slice(0, 1).map((photo) => coverOfImage(post, options.coverPicture ?? photo, target)),
  ];
  const { parts, issues } = inParts(decision.parts, filesOf, wording);
  return { kind: 'deliver', parts, issues: [...decision.issues, ...issues] };
}

/**
 * Creates the parts with their files and texts. A post with one part uses its own folder, several parts use `part-1`,
 * `part-2` ... The issues of the texts are the same for all parts, so only those of the first are returned.
 */
function inParts<Each>(
  all: readonly Each[],
  filesOf: (each: Each) => readonly PlannedFile[],
  { post, caption, target, options, size }: Wording,
): { readonly parts: readonly PlannedPart[]; readonly issues: readonly Issue[] } {
  const made = all.map((each, index, { length }) => {
    const place = length > 1 ? `${index + 1}/${length}` : null;
    const translation = caption?.translations?.[target.name];
    const { tags, footer, thread: asThread } = options;
    const words = size(post, caption, target.words, place, { tags, footer, translation, asThread });
    return { folder: place === null ? '' : `part-${index + 1}`, files: filesOf(each), words };
  });
  return {
    parts: made.map(({ folder, files, words }) => ({ folder, files, caption: words.caption })),
    issues: made[0]?.words.issues ?? [],
  };
}

function photoFile(
  post: Post,
  { file, probe, operation, why }: Photo & Pick<PlannedFile, 'operation' | 'why'>,
  position: number,
): PlannedFile {
  const format = operation.kind === 'image' ? operation.settings.format : probe.format;
  const name = `${String(position + 1).padStart(2, '0')}.${format === 'jpeg' ? 'jpg' : format}`;
  return planned(post, file, operation, { name, role: 'photo', seconds: null, why, streams: null });
}
