import type { Issue } from '../model/issue.ts';
import type { Music, OriginalFile } from '../model/original.ts';
import type { Post } from '../model/post.ts';
import type { ImageProbe } from '../model/probe.ts';
import type { Target } from '../targets/target.ts';
import { isSameShape } from './accept.ts';
import { placed } from './enlarge.ts';
import type { Size } from './geometry.ts';
import { chunks } from './photos.ts';
import type { Fit, PlannedFile, Slide, Slideshow } from './plan.ts';
import { affordableKbps } from './rate.ts';
import { renditionKey } from './rendition-key.ts';
import { type Slides, slidesFor } from './slide-lengths.ts';

export interface SlideshowOptions {
  /** How photo posts are delivered if a platform accepts both. */
  readonly photos: 'images' | 'video';
  /** How long each photo is shown, within the platform's limits. */
  readonly slideSeconds: number;
  /** Looped to the end, where it fades out; null: silence. */
  readonly music: Music | null;
}

interface Photo {
  readonly file: OriginalFile;
  readonly probe: ImageProbe;
}

export interface SlideshowDecision {
  /** The uploads: the photos of each video, and the video. */
  readonly parts: readonly { readonly photos: readonly Photo[]; readonly video: PlannedFile }[];
  readonly issues: readonly Issue[];
}

const fps = 30;

/**
 * Plans a video of a post's photos, or several if the platform's limit is too short for all of them. All platforms
 * share one encoding: portrait, each photo whole over its blurred copy unless another fit is requested.
 * @param why the reason why the post is not delivered as photos
 */
export function decideSlideshow(
  post: Post,
  photos: readonly Photo[],
  rules: Target['video'],
  options: SlideshowOptions & { readonly fit: Fit },
  why: Issue,
): SlideshowDecision {
  const slides = slidesFor(photos.length, options.slideSeconds, rules.accept, fps);
  const parts = chunks(photos, slides.perPart).map((chunk) => ({
    photos: chunk,
    video: slideshowFile(post, chunk, slides, rules, options, why),
  }));
  return { parts, issues: [...shortened(slides, options, rules), ...split(photos.length, slides)] };
}

function slideshowFile(
  post: Post,
  photos: readonly Photo[],
  { lengthOf, fade }: Slides,
  rules: Target['video'],
  { fit, music }: SlideshowOptions & { readonly fit: Fit },
  why: Issue,
): PlannedFile {
  const { shortSide: width, longSide: height, crf, audioKbps } = rules.encode;
  const slide = lengthOf(photos.length);
  const seconds = Math.round(slide * photos.length * fps) / fps;
  const show: Slideshow = {
    slides: photos.map(({ file, probe }): Slide => ({ photo: file, ...inFrame(probe, { width, height }, fit) })),
    ...{ slide, fade, seconds, music, width, height, fps, crf, audioKbps },
    maxKbps: affordableKbps(seconds, rules),
  };
  const name = 'video.mp4';
  // Paths are left out of the key: they do not affect the result.
  const named = {
    ...show,
    kind: 'slideshow',
    slides: show.slides.map((each) => [each.photo.sha256, each.fit, ...sizeOf(each)].join(' ')).join(', '),
    music: music && (music.stream === undefined ? music.sha256 : `${music.sha256} ${music.stream}`),
  };
  const [first] = photos;
  if (!first) throw new Error('a slideshow without photos');
  const key = renditionKey(post.key, first.file.sha256, named);
  const operation = { kind: 'slideshow', show } as const;
  return { name, role: 'video', source: first.file, streams: null, operation, seconds, why: [why], key };
}

/** `keep` forbids cropping and padding of accepted files, but a video of photos needs one aspect ratio. */
function inFrame(photo: Size, frame: Size, fit: Fit): Omit<Slide, 'photo'> {
  if (isSameShape(photo.width / photo.height, frame.width / frame.height)) return placed(photo, frame, 'scale');
  return placed(photo, frame, fit === 'keep' ? 'blur' : fit);
}

function sizeOf({ within }: Slide): string[] {
  return within ? [`${within.width}x${within.height}`] : [];
}

function shortened({ perPart, lengthOf }: Slides, { slideSeconds }: SlideshowOptions, rules: Target['video']): Issue[] {
  const length = lengthOf(perPart);
  if (length > slideSeconds - 1 / fps || !rules.accept.maxSeconds) return [];
  const actual = Math.round(length * 100) / 100;
  return [{ code: 'slides-shortened', severity: 'info', actual, limit: rules.accept.maxSeconds.value }];
}

function split(count: number, { perPart }: Slides): Issue[] {
  return count > perPart ? [{ code: 'photo-count', severity: 'info', actual: count, limit: perPart }] : [];
}
