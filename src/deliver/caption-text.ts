import type { SizedCaption } from '../plan/plan.ts';
import { parseWords } from '../plan/words/parse.ts';
import { separators } from '../plan/words/thread.ts';

/** What a caption.txt of a platform can have. */
interface CaptionForm {
  readonly hasTitle: boolean;
  /** A text can go on in replies. */
  readonly hasThreads?: boolean;
}

/**
 * Parses a `caption.txt` that a person edited: title, empty line, body, empty line, hashtags (in one line or one per
 * line), and behind lines such as `--- reply: 2 of 3 ---` the replies of a thread. Anything that does not look like a
 * title or a block of hashtags is body.
 */
export function readCaptionText(text: string, { hasTitle, hasThreads }: CaptionForm): Omit<SizedCaption, 'removed'> {
  const lines = text.replace(/\r\n?/g, '\n');
  const [first = '', ...replies] = hasThreads ? lines.split(separators) : [lines];
  const thread = replies.map((reply) => reply.trim()).filter((reply) => reply !== '');
  const blocks = first.trim().split(/\n(?:[^\S\n]*\n)+/);
  const hashtags = hashtagsOf(blocks.at(-1) ?? '');
  const rest = hashtags.length > 0 ? blocks.slice(0, -1) : blocks;
  const title = hasTitle ? (rest[0] ?? '') : null;
  const body = rest.slice(hasTitle ? 1 : 0).join('\n\n');
  return { title, body, hashtags, ...(thread.length > 0 && { thread }) };
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
