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
  /** What photo posts become where a platform takes both. */
  readonly photos: 'images' | 'video';
  /** How long each photo is shown, as far as the platform's limits let it. */
  readonly slideSeconds: number;
  /** Looped to the end and faded out there; null: silence. */
  readonly music: Music | null;
}

interface Photo {
  readonly file: OriginalFile;
  readonly probe: ImageProbe;
}

export interface SlideshowDecision {
  /** What is uploaded in one go: the photos that are shown in it, and the video. */
  readonly parts: readonly { readonly photos: readonly Photo[]; readonly video: PlannedFile }[];
  readonly issues: readonly Issue[];
}

const fps = 30;

/**
 * Makes a video of the photos of a post, or several where the platform's limit is too short for all of them. One encoding
 * for all platforms that take it: upright, each photo whole over its blurred fill unless another fit is asked for.
 * @param why the post does not go out as photos
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
  // Where a file lies does not decide what becomes of it.
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

/** `keep` forbids to cut or pad what a platform takes; a video of photos has to have one shape. */
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
