import leven from 'leven';

/** How much of a word may be mistyped: a third of its letters, and never less than two where it has three. */
const mistyped = (word: string) => Math.max(1, Math.ceil(word.length / 3));

/**
 * Finds the word that somebody most likely meant: the one with the fewest typing errors, or the one that a shortened word
 * begins (`insta`, of three letters or more). Case does not matter.
 * @returns one of `known`; null where none is near
 */
export function nearest(written: string, known: readonly string[]): string | null {
  const word = written.toLowerCase();
  const begun = word.length < 3 ? undefined : known.find((each) => each.toLowerCase().startsWith(word));
  if (begun !== undefined) return begun;
  const [best] = known
    .map((each) => ({ each, errors: leven(word, each.toLowerCase()) }))
    .filter(({ each, errors }) => errors <= mistyped(each) && errors < word.length)
    .sort((one, other) => one.errors - other.errors);
  return best?.each ?? null;
}

/** ` Did you mean “rednote”?`, for the end of a sentence; empty where nothing is near. */
export function didYouMean(written: string, known: readonly string[]): string {
  const found = nearest(written, known);
  return found === null ? '' : ` Did you mean “${found}”?`;
}
