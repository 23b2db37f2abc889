import type { JoinedCaption } from '../model/caption.ts';
import type { Post } from '../model/post.ts';
import type { Fit } from './match.ts';

/**
 * The words of a post out of all that was joined to it. Of text, title and hashtags each is taken from the most trusted note
 * that tells it; the title in the export comes last.
 * @param fits the most trusted first
 * @returns null if nobody has words
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
