import type { Visibility } from '../model/post.ts';
import { audienceWords } from './audience-words.ts';

const RANK: Readonly<Record<Visibility, number>> = { unknown: 0, everyone: 1, friends: 2, private: 3, deleted: 4 };

const COLUMNS = ['everyone', 'friends', 'private'] as const;

/** Marks that turn the direction of writing: exports in Arabic or Hebrew may have them around every value. */
const DIRECTION_MARKS = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g;

const words = new Map<string, Visibility>();
for (const row of audienceWords) {
  // The stricter column wins where two languages use one word: a slip must not publish.
  for (const [column, text] of row.entries()) {
    const visibility = COLUMNS[column];
    if (visibility === undefined) continue;
    for (const word of text.split('|')) {
      const plain = plainWords(word);
      words.set(plain, strictest(words.get(plain) ?? 'unknown', visibility));
    }
  }
}

/** Text without marks that turn the direction of writing. */
export function withoutDirectionMarks(text: string): string {
  return text.replace(DIRECTION_MARKS, '');
}

/** The audience that these words name, in any of the languages that are known; null where they are not known. */
export function parseAudience(text: string): Visibility | null {
  return text.length > MAX_WORDS ? null : (words.get(plainWords(text)) ?? null);
}

const MAX_WORDS = 200;

/** Without what does not change the meaning: case, width, direction marks, quotation marks, spaces, a full stop. */
function plainWords(text: string): string {
  return (
    withoutDirectionMarks(text)
      .normalize('NFKC')
      .replace(/[\u2018\u2019\u02bb\u02bc`\u00b4]/g, "'")
      .replace(/["\u201c\u201d\u201e\u00ab\u00bb]/g, '')
      .toLowerCase()
      // Turkish has an i with a dot and one without, and a capital of each.
      .replaceAll('i\u0307', 'i')
      .replaceAll('\u0131', 'i')
      .replace(/[.\u3002\u06d4]+\s*$/, '')
      .replace(/[\s\u200b]+/g, ' ')
      .trim()
  );
}

/** Of two rows about one post, the stricter. A row that does not say gives way to one that does. */
export function strictest(one: Visibility, other: Visibility): Visibility {
  return RANK[one] >= RANK[other] ? one : other;
}

/** Who could see a post: `audience` is there only where the export uses words that are not known. */
export interface Seen {
  readonly visibility: Visibility;
  /** As the export has it; such a post counts as `private`, and is released only with all that it could be. */
  readonly audience?: string;
}

/** `strictest` of two rows, either of which may use unknown words; these give way only to a known `private` or `deleted`. */
export function strictestSeen(one: Seen, other: Seen): Seen {
  const visibility = strictest(one.visibility, other.visibility);
  if (visibility !== 'private') return { visibility };
  const isKnown = [one, other].some((seen) => seen.visibility === 'private' && seen.audience === undefined);
  const audience = isKnown ? undefined : (one.audience ?? other.audience);
  return audience === undefined ? { visibility } : { visibility, audience };
}
