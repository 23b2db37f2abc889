import type { Caption, ImageProbe, Issue, OriginalFile, Post, VideoProbe } from '../model.ts';
import type { Target } from '../targets/target.ts';
import { sizeCaption } from './caption.ts';
import { type CoverOptions, coverOfImage, coverOfVideo, wholePicture } from './cover.ts';
import type { Measurements } from './measure.ts';
import { decideParts } from './parts.ts';
import { decidePhotos } from './photos.ts';
import type { Fit, Plan, PlannedFile } from './plan.ts';
import { planned } from './planned-file.ts';
import { settle } from './settle.ts';
import { decideSlideshow, type SlideshowOptions } from './slideshow.ts';
import { adviceOnVideo } from './video.ts';
import { type VideoOptions, wishesFor } from './wishes.ts';

/** An original and what is known of it: all that a plan may look at. */
export type Material =
  | {
      readonly kind: 'video';
      readonly file: OriginalFile;
      readonly probe: VideoProbe;
      /** The cover that the creator chose on TikTok, where it could be had. */
      readonly still: Photo | null;
    }
  | { readonly kind: 'photos'; readonly photos: readonly Photo[] };

export interface Photo {
  readonly file: OriginalFile;
  readonly probe: ImageProbe;
}

export interface PlanOptions extends CoverOptions, VideoOptions, SlideshowOptions {
  readonly fit: Fit;
  /** `auto`, `software` or the name of one. */
  readonly encoder: string;
  /** The creator's own hashtags for every post, without `#`. */
  readonly tags?: readonly string[];
}

/**
 * Decides everything about one post for one platform. Pure: the same values give the same plan on any machine. As long as
 * it asks `measurements` for what is not known yet, the plan is only a forecast: measure, and plan again.
 */
export function planPost(
  post: Post,
  material: Material,
  caption: Caption | null,
  target: Target,
  options: PlanOptions,
  measurements: Measurements,
): Plan {
  return material.kind === 'video'
    ? planVideo(post, material, caption, target, options, measurements)
    : planPhotos(post, material.photos, caption, target, options);
}

function planVideo(
  post: Post,
  material: Material & { kind: 'video' },
  caption: Caption | null,
  target: Target,
  options: PlanOptions,
  measurements: Measurements,
): Plan {
  const { file, probe } = material;
  const wishes = wishesFor(post, probe, target.video.advice, options, measurements);
  const decision = decideParts(probe, target.video, options.fit, wishes, measurements);
  if (decision.kind === 'reject') return decision;
  const parts = decision.parts.map(({ operation, from, to }, index, { length }) => {
    const place = length > 1 ? `${index + 1}/${length}` : null;
    const extension = operation.kind === 'copy' && probe.container === 'mov' ? 'mov' : 'mp4';
    const about = { name: `video.${extension}`, role: 'video', seconds: to - from, why: decision.why } as const;
    const settled = settle(operation, probe, options.encoder, measurements);
    const seen = { from, to: Math.max(from, Math.min(to, wholePicture(probe).to)) };
    return {
      folder: place === null ? '' : `part-${index + 1}`,
      files: [
        planned(post, file, settled.operation, about),
        ...coverOfVideo(post, material, seen, target, options, measurements),
      ],
      words: sizeCaption(post, caption, target.words, place, options.tags),
      issues: settled.issues,
    };
  });
  return {
    kind: 'deliver',
    parts: parts.map(({ folder, files, words }) => ({ folder, files, caption: words.caption })),
    issues: [
      ...decision.issues,
      ...(parts[0]?.issues ?? []),
      ...wishes.issues,
      ...adviceOnVideo(probe, target.video),
      ...(parts[0]?.words.issues ?? []),
    ],
  };
}

function planPhotos(
  post: Post,
  photos: readonly Photo[],
  caption: Caption | null,
  target: Target,
  options: PlanOptions,
): Plan {
  const rules = target.photos;
  if (rules === null || options.photos === 'video') return planSlideshow(post, photos, caption, target, options);
  const decision = decidePhotos(photos, rules, options.fit);
  if (decision.kind === 'reject') return decision;

  const { packages } = decision;
  const parts = packages.map((chunk, index) => {
    const place = packages.length > 1 ? `${index + 1}/${packages.length}` : null;
    return {
      folder: place === null ? '' : `part-${index + 1}`,
      files: [
        ...chunk.map((photo, position) => photoFile(post, photo, position)),
        ...chunk.slice(0, 1).map((photo) => coverOfImage(post, photo, target)),
      ],
      words: sizeCaption(post, caption, target.words, place, options.tags),
    };
  });
  return {
    kind: 'deliver',
    parts: parts.map(({ folder, files, words }) => ({ folder, files, caption: words.caption })),
    issues: [...decision.issues, ...(parts[0]?.words.issues ?? [])],
  };
}

function planSlideshow(
  post: Post,
  photos: readonly Photo[],
  caption: Caption | null,
  target: Target,
  options: PlanOptions,
): Plan {
  const code = target.photos === null ? 'slideshow-needed' : 'slideshow-asked';
  const why: Issue = { code, severity: 'info', actual: photos.length, limit: null };
  const decision = decideSlideshow(post, photos, target.video, options, why);
  const parts = decision.parts.map(({ video, photos: shown }, index, { length }) => {
    const place = length > 1 ? `${index + 1}/${length}` : null;
    return {
      folder: place === null ? '' : `part-${index + 1}`,
      files: [video, ...shown.slice(0, 1).map((photo) => coverOfImage(post, photo, target))],
      words: sizeCaption(post, caption, target.words, place, options.tags),
    };
  });
  return {
    kind: 'deliver',
    parts: parts.map(({ folder, files, words }) => ({ folder, files, caption: words.caption })),
    issues: [...decision.issues, ...(parts[0]?.words.issues ?? [])],
  };
}

function photoFile(
  post: Post,
  { file, probe, operation, why }: Photo & Pick<PlannedFile, 'operation' | 'why'>,
  position: number,
): PlannedFile {
  const format = operation.kind === 'image' ? operation.settings.format : probe.format;
  const name = `${String(position + 1).padStart(2, '0')}.${format === 'jpeg' ? 'jpg' : format}`;
  return planned(post, file, operation, { name, role: 'photo', seconds: null, why });
}
