/**
 * One or several tags in a row, not glued to a word before them. A tag is `#` or its full-width twin, then letters of any
 * script, digits, marks, underscores, with a letter among them and no mark first: keycap emoji such as #️⃣ are no tags.
 */
const hashtags = /(?<![\p{L}\p{N}_&/])(?:[#＃](?!\p{M})(?=[\p{N}\p{M}_]*\p{L})[\p{L}\p{N}\p{M}_]+)+/gu;

export interface Tagged {
  /** The text without its hashtags, white space tidied. */
  readonly text: string;
  /** In order, without `#`, each once (case and width folded). */
  readonly hashtags: readonly string[];
}

/** Takes the hashtags out of a caption. */
export function takeHashtags(caption: string): Tagged {
  const found: string[] = [];
  const text = caption.replace(hashtags, (row) => {
    found.push(...row.split(/[#＃]/u).filter(Boolean));
    return '';
  });
  return { text: tidy(text), hashtags: distinct(found) };
}

/** The first of each spelling, whatever its case or width. */
function distinct(names: readonly string[]): string[] {
  const first = new Map<string, string>();
  for (const name of names) {
    const folded = name.normalize('NFKC').toLowerCase();
    if (!first.has(folded)) first.set(folded, name);
  }
  return [...first.values()];
}

function tidy(text: string): string {
  return text
    .split('\n')
    .map((line) => line.replace(/[^\S\n]+/g, ' ').trim())
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}
