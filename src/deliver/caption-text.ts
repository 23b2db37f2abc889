import type { SizedCaption } from '../plan/plan.ts';
import { parseWords } from '../plan/words/parse.ts';

/**
 * Parses a `caption.txt` that a person edited: title, empty line, body, empty line, hashtags (in one line or one per
 * line). Anything that does not look like a title or a block of hashtags is body.
 */
export function readCaptionText(text: string, hasTitle: boolean): Omit<SizedCaption, 'removed'> {
  const blocks = text
    .replace(/\r\n?/g, '\n')
    .trim()
    .split(/\n(?:[^\S\n]*\n)+/);
  const hashtags = hashtagsOf(blocks.at(-1) ?? '');
  const rest = hashtags.length > 0 ? blocks.slice(0, -1) : blocks;
  const title = hasTitle ? (rest[0] ?? '') : null;
  return { title, body: rest.slice(hasTitle ? 1 : 0).join('\n\n'), hashtags };
}

/** The hashtags of a block that contains nothing else. `#1` is a number, not a hashtag. */
function hashtagsOf(block: string): string[] {
  const names: string[] = [];
  for (const part of parseWords(block)) {
    if (part.kind === 'hashtag') names.push(part.name);
    else if (part.text.trim() !== '') return [];
  }
  return names;
}
