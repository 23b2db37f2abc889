import { fitsInto, type Room, roomBeside } from '../counting.ts';
import { cut } from '../cut.ts';
import type { SizedCaption } from '../plan.ts';

/** A text in several posts. */
export interface Thread {
  /** The first post and its replies, each with its number. */
  readonly posts: readonly string[];
  /** What does not fit into the longest thread; empty if all does. */
  readonly rest: string;
}

export interface ThreadRules {
  /** The room of a post. */
  readonly rooms: readonly Room[];
  readonly maxPosts: number;
  /** What the first post needs besides its text. */
  readonly first: string;
  /** A paragraph for the end of the last post; empty for none. */
  readonly last: string;
}

/**
 * Divides a text into posts that fit, at the ends of sentences or words, never inside a grapheme, a link or a hashtag.
 * Each ends with its number, `2/3`.
 */
export function intoThread(text: string, { rooms, maxPosts, first, last }: ThreadRules): Thread {
  const number = ` ${maxPosts}/${maxPosts}`;
  const room = roomBeside(number, rooms);
  const texts: string[] = [];
  let rest = text;
  while (rest !== '' && texts.length < maxPosts) {
    const isFirst = texts.length === 0;
    const ending = texts.length + 1 === maxPosts ? last : '';
    const beside = isFirst ? first + ending : ending;
    const piece = cut(rest, roomBeside(beside, room), '');
    // A link can fit only without a number.
    if (piece.text === '' && fitsInto(rest, roomBeside(beside, rooms))) {
      texts.push(rest);
      rest = '';
      break;
    }
    // No post has room for what comes next, such as a link that is longer than a post. The first post may be short of
    // room because of its hashtags, so the text goes on in the second.
    if (piece.text === '' && !isFirst) break;
    texts.push(piece.text);
    rest = piece.rest;
  }
  if (last !== '') {
    const end = texts.at(-1) ?? '';
    const fits = fitsInto(end + last, texts.length > 1 ? room : roomBeside(first, room));
    if (fits) texts[texts.length - 1] = end + last;
    else texts.push(last.trim());
  }
  const numbered = (each: string, index: number) => {
    const whole = `${each} ${index + 1}/${texts.length}`.trim();
    return texts.length > 1 && fitsInto(whole, rooms) ? whole : each;
  };
  return { posts: texts.map(numbered), rest };
}

/** The posts of a thread as one text, to look for words in it. */
export function wholeText({ body, thread = [] }: Pick<SizedCaption, 'body' | 'thread'>): string {
  return [body, ...thread].join('\n\n');
}

/** The line before the second post of a thread in caption.txt, and those before the later ones. */
export function separator(index: number, posts: number): string {
  return `--- reply: ${index} of ${posts} ---`;
}

/** The lines of a caption.txt that separate posts, also those that a person wrote. */
export const separators = /^-{3,}[^\S\n]*repl(?:y|ies)\b[^\n]*-{3,}[^\S\n]*$/gimu;
