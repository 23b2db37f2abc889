import type { Visibility } from '../model/post.ts';
import { audienceWords } from './audience-words.ts';

const RANK: Readonly<Record<Visibility, number>> = { unknown: 0, everyone: 1, friends: 2, private: 3, deleted: 4 };

const COLUMNS = ['everyone', 'friends', 'private'] as const;

/** Direction marks (bidirectional control characters). Exports in Arabic or Hebrew may wrap every value in them. */
const DIRECTION_MARKS = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g;

const words = new Map<string, Visibility>();
for (const row of audienceWords) {
  // Where two languages use one word for different audiences, the stricter audience wins, so that no post is published
  // by mistake.
  for (const [column, text] of row.entries()) {
    const visibility = COLUMNS[column];
    if (visibility === undefined) continue;
    for (const word of text.split('|')) {
      const plain = plainWords(word);
      words.set(plain, strictest(words.get(plain) ?? 'unknown', visibility));
    }
  }
}

/** Removes direction marks. */
export function withoutDirectionMarks(text: string): string {
  return text.replace(DIRECTION_MARKS, '');
}

/** The audience that `text` names in any known language, or null for unknown words. */
export function parseAudience(text: string): Visibility | null {
  return text.length > MAX_WORDS ? null : (words.get(plainWords(text)) ?? null);
}

const MAX_WORDS = 200;

/** Normalises what does not change the meaning: case, width, direction marks, quotation marks, spaces, a full stop. */
function plainWords(text: string): string {
  return (
    withoutDirectionMarks(text)
      // NFKC makes it a space and a combining accent.
      .replaceAll('\u00b4', "'")
      .normalize('NFKC')
      .replace(/[\u2018\u2019\u02bb\u02bc`]/g, "'")
      .replace(/["\u201c\u201d\u201e\u00ab\u00bb]/g, '')
      .toLowerCase()
      // Turkish has a dotted and a dotless i, each with its own capital.
      .replaceAll('i\u0307', 'i')
      .replaceAll('\u0131', 'i')
      .replace(/[.\u3002\u06d4]+\s*$/, '')
      .replace(/[\s\u200b]+/g, ' ')
      .trim()
  );
}

/** The stricter visibility of two rows about one post. A row without a visibility yields to one that has it. */
export function strictest(one: Visibility, other: Visibility): Visibility {
  return RANK[one] >= RANK[other] ? one : other;
}

/** Who could see a post. `audience` is set only where the export uses unknown words. */
export interface Seen {
  readonly visibility: Visibility;
  /**
   * The words as written in the export. Such a post counts as `private` and is released only together with all private
   * posts.
   */
  readonly audience?: string;
}

/**
 * Like `strictest`, for rows that may use unknown words. Unknown words yield only to a known `private` or `deleted`.
 */
export function strictestSeen(one: Seen, other: Seen): Seen {
  const visibility = strictest(one.visibility, other.visibility);
  if (visibility !== 'private') return { visibility };
  const isKnown = [one, other].some((seen) => seen.visibility === 'private' && seen.audience === undefined);
  const audience = isKnown ? undefined : (one.audience ?? other.audience);
  return audience === undefined ? { visibility } : { visibility, audience };
}
