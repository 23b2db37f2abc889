import { emoji } from './calm.ts';

const emojiRun = new RegExp(`${emoji}(?:[^\\S\\n]*${emoji})*[^\\S\\n]*`, 'gu');

/** Positions in a sentence after a run of emoji and its space, in code units. People use emoji as separators. */
export function clauseEnds(sentence: string): number[] {
  return [...sentence.matchAll(emojiRun)].map(({ 0: run, index }) => index + run.length);
}

/** Splits a sentence into clauses, each with the emoji after it. Joined, they are the sentence. */
export function clausesOf(sentence: string): string[] {
  const ends = new Set([...clauseEnds(sentence), sentence.length]);
  let start = 0;
  return [...ends].map((end) => {
    const clause = sentence.slice(start, end);
    start = end;
    return clause;
  });
}
