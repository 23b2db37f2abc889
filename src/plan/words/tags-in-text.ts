import { plainLetters } from './letters.ts';

/** A text with hashtags in its sentences, and those that are left for its end. */
export interface TaggedText {
  readonly text: string;
  readonly hashtags: readonly string[];
}

const ofName = String.raw`\p{L}\p{N}\p{M}_`;

/**
 * Writes the `#` before words of a text that were hashtags there. A text with a `#` more is never longer than the same
 * text with the hashtag at its end.
 * @param hashtags those that the post gets
 * @param inSentences hashtags of the caption that became words of the text
 */
export function tagWords(text: string, hashtags: readonly string[], inSentences: readonly string[]): TaggedText {
  const words = new Set(inSentences.map((name) => plainLetters(name).text));
  let tagged = text;
  const rest = hashtags.filter((name) => {
    if (!words.has(name)) return true;
    // Not inside an address, nor at the start of one: `Lisbon.example.com`.
    const word = new RegExp(String.raw`(?<![${ofName}#＃@＠&/.-])${name}(?![${ofName}@＠]|[.-][${ofName}])`, 'u');
    const found = word.exec(tagged);
    if (found === null) return true;
    tagged = `${tagged.slice(0, found.index)}#${tagged.slice(found.index)}`;
    return false;
  });
  return { text: tagged, hashtags: rest };
}
