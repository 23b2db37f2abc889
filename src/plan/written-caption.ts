import type { SizedCaption } from './plan.ts';
import { separator } from './words/thread.ts';

/** `#one #two`, as it is pasted. */
export function hashtagLine(hashtags: readonly string[]): string {
  return hashtags.map((name) => `#${name}`).join(' ');
}

/**
 * Title, empty line, body, empty line, hashtags; the replies of a thread follow, each behind a line that says so. Missing
 * parts leave no gap.
 * @param picked hashtags are picked from a list while typing: each has a line of its own
 */
export function captionText(
  { title, body, hashtags, thread = [] }: Omit<SizedCaption, 'removed'>,
  picked = false,
): string {
  const tags = picked ? hashtags.map((name) => `#${name}`).join('\n') : hashtagLine(hashtags);
  const replies = thread.flatMap((reply, index) => [separator(index + 2, thread.length + 1), reply]);
  const blocks = [title ?? '', body, tags, ...replies].filter((block) => block !== '');
  return blocks.length > 0 ? `${blocks.join('\n\n')}\n` : '';
}
