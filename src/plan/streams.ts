import type { AudioStream, VideoProbe } from '../model/probe.ts';
import type { Streams } from './plan.ts';

/** The streams of a video that are used; null where it has no picture. */
export function streamsOf({ video, audio }: Pick<VideoProbe, 'video' | 'audio'>): Streams | null {
  if (video === null) return null;
  const [sound] = audio;
  const areFirst = video.ordinal === 0 && (sound?.ordinal ?? 0) === 0;
  return { picture: video.index, sound: sound?.index ?? null, areFirst };
}

/** Two tracks that begin this close to each other were recorded together: seconds. */
const together = 0.05;

/** Names that tell nothing: what programs write where nobody gave a name. */
const left = /^(?:l|left|ch(?:annel)? ?1|fl)$/i;
const right = /^(?:r|right|ch(?:annel)? ?2|fr)$/i;

/**
 * The two tracks of a sound that a camera recorded as left and right: both are mono and of one kind, begin together, are
 * in one language, and have no names that tell of two different sounds. null where that is not so.
 */
export function monoPair(audio: readonly AudioStream[]): { readonly left: number; readonly right: number } | null {
  const [one, other, ...more] = audio.toSorted((a, b) => a.ordinal - b.ordinal);
  if (!one || !other || more.length > 0 || one.channels !== 1 || other.channels !== 1) return null;
  const sameKind = one.codec === other.codec && one.sampleRate === other.sampleRate;
  const sameTime = Math.abs(one.startsAt - other.startsAt) <= together;
  const sides = left.test(one.title ?? '') && right.test(other.title ?? '');
  const sameName = sides || (one.title === other.title && one.language === other.language);
  return sameKind && sameTime && sameName ? { left: one.index, right: other.index } : null;
}
