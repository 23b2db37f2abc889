import type { SizedCaption } from '../plan/plan.ts';

/**
 * Reads a `caption.txt` that a person changed back into its parts: title, empty line, body, empty line, hashtags. What
 * does not look like a title or a line of hashtags is body.
 */
export function readCaptionText(text: string, hasTitle: boolean): Omit<SizedCaption, 'removed'> {
  const blocks = text
    .replace(/\r\n?/g, '\n')
    .trim()
    .split(/\n(?:[^\S\n]*\n)+/);
  const last = blocks.at(-1) ?? '';
  const tagged = /^(?:[#＃][^\s#＃]+\s*)+$/u.test(last);
  const hashtags = tagged ? last.split(/[\s#＃]+/u).filter(Boolean) : [];
  const rest = tagged ? blocks.slice(0, -1) : blocks;
  const title = hasTitle ? (rest[0] ?? '') : null;
  return { title, body: rest.slice(hasTitle ? 1 : 0).join('\n\n'), hashtags };
}
