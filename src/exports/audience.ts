import type { Visibility } from '../model.ts';

/**
 * Who can view, as exports say it: `Everyone`, `Only You`, `Friends` (JSON of 2024 on, English in every language seen).
 * The words of TXT in other languages are not documented: those below are the app's own menu words.
 */
const WORDS: Readonly<Record<string, Visibility>> = {
  everyone: 'everyone',
  public: 'everyone',
  iedereen: 'everyone',
  tutti: 'everyone',
  alle: 'everyone',
  jeder: 'everyone',
  todos: 'everyone',
  'tout le monde': 'everyone',
  friends: 'friends',
  followers: 'friends',
  vrienden: 'friends',
  volgers: 'friends',
  amici: 'friends',
  follower: 'friends',
  freunde: 'friends',
  amigos: 'friends',
  amis: 'friends',
  'only you': 'private',
  'only me': 'private',
  private: 'private',
  'alleen jij': 'private',
  'alleen ik': 'private',
  'solo tu': 'private',
  'solo io': 'private',
  'nur du': 'private',
  'nur ich': 'private',
  'solo yo': 'private',
  'solo tú': 'private',
  'moi uniquement': 'private',
};

/** Null where the words are not known. */
export function parseAudience(text: string): Visibility | null {
  return WORDS[text.trim().toLowerCase()] ?? null;
}

const RANK: Readonly<Record<Visibility, number>> = { unknown: 0, everyone: 1, friends: 2, private: 3, deleted: 4 };

/** Of two rows about one post, the stricter. A row that does not say gives way to one that does. */
export function strictest(one: Visibility, other: Visibility): Visibility {
  return RANK[one] >= RANK[other] ? one : other;
}
