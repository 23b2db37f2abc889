import type { AudioStream, VideoProbe } from '../model/probe.ts';
import type { Streams } from './plan.ts';

/** Selects the streams of a video; null if it has no picture. */
export function streamsOf({ video, audio }: Pick<VideoProbe, 'video' | 'audio'>): Streams | null {
  if (video === null) return null;
  const [sound] = audio;
  const areFirst = video.ordinal === 0 && (sound?.ordinal ?? 0) === 0;
  return { picture: video.index, sound: sound?.index ?? null, areFirst };
}

/** Tracks that start within this many seconds of each other were recorded together. */
const together = 0.05;

/** Default track names that programs write if nobody named the track. */
const left = /^(?:l|left|ch(?:annel)? ?1|fl)$/i;
const right = /^(?:r|right|ch(?:annel)? ?2|fr)$/i;

/**
 * Two mono tracks that a camera recorded as left and right: same codec, same start, same language, and no names that
 * suggest two different sounds. null if there is no such pair.
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
