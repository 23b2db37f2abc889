import type { JoinedCaption } from '../model/caption.ts';
import type { Post } from '../model/post.ts';
import type { Fit } from './match.ts';

/**
 * The caption of a post from all its matches. Text, title and hashtags are each taken from the most trusted note that
 * has them; the export's title comes last.
 * @param fits the most trusted first
 * @returns null if no source has a caption
 */
export function wordsOf(post: Pick<Post, 'title'>, fits: readonly Fit[]): JoinedCaption | null {
  const text = fits.find(({ note }) => note.text !== null);
  const titled = fits.find(({ note }) => note.title !== null);
  const tagged = fits.find(({ note }) => note.hashtags !== null);
  const title = (titled ? titled.note.title : post.title)?.trim() || null;
  const hashtags = tagged?.note.hashtags ?? null;
  const words = text?.note.text?.trim() ? text.note.text : '';
  if (words === '' && title === null && hashtags === null) return null;
  const from = words === '' ? (title === null ? tagged : titled) : text;
  if (from === undefined) return { text: words, title, hashtags, source: 'export', matchedBy: null, seconds: null };
  return { text: words, title, hashtags, source: from.note.source, matchedBy: from.by, seconds: from.seconds };
}
