import type { Issue } from '../model/issue.ts';
import { type Cue, readCues } from '../text/subtitles.ts';

/** A player shows the last words for a moment longer. */
const tolerance = 1000;

/**
 * What keeps a file of subtitles from being uploaded, or makes it useless.
 * @param seconds of the video next to it; null if there is none
 */
export function whyNotSubtitles(bytes: Uint8Array, seconds: number | null): Issue[] {
  const text = textOf(bytes);
  const cues = text === null ? [] : readCues(text);
  if (text === null || cues.length === 0) {
    const actual = text === null ? 'it is not in UTF-8' : 'there are no words with their times';
    return [{ code: 'subtitles-unreadable', severity: 'error', actual, limit: null }];
  }
  const end = Math.max(...cues.map(({ to }: Cue) => to));
  if (seconds === null || end <= 1000 * seconds + tolerance) return [];
  return [{ code: 'subtitles-long', severity: 'warning', actual: Math.round(end / 1000), limit: Math.round(seconds) }];
}

function textOf(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}
