import { emoji } from './calm.ts';

const emojiRun = new RegExp(`${emoji}(?:[^\\S\\n]*${emoji})*[^\\S\\n]*`, 'gu');

/** Where emoji end in a sentence, with the space behind them, in code units: people part with them what they say. */
export function clauseEnds(sentence: string): number[] {
  return [...sentence.matchAll(emojiRun)].map(({ 0: run, index }) => index + run.length);
}

/** The clauses of a sentence, each with the emoji behind it. Put together again, they are the sentence. */
export function clausesOf(sentence: string): string[] {
  const ends = new Set([...clauseEnds(sentence), sentence.length]);
  let start = 0;
  return [...ends].map((end) => {
    const clause = sentence.slice(start, end);
    start = end;
    return clause;
  });
}
