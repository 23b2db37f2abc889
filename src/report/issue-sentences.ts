import type { CountingUnit } from '../model/caption.ts';
import type { Issue, IssueCode } from '../model/issue.ts';

/** What a sentence is made of. Empty texts stand for values that the issue does not have. */
export interface IssueFacts {
  readonly actual: string | number;
  readonly limit: string | number;
  readonly place: Issue['place'];
  readonly unit: CountingUnit;
}

/** The sentences of a language: does not compile while a code lacks one. */
export type IssueSentences = Readonly<Record<IssueCode, (facts: IssueFacts) => string>>;

/** The sentence of an issue in a language. */
export function issueSentence({ code, actual, limit, place, unit }: Issue, sentences: IssueSentences): string {
  return sentences[code]({ actual: actual ?? '', limit: limit ?? '', place, unit: unit ?? 'characters' });
}
