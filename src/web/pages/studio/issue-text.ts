import type { Issue } from '../../../model/issue.ts';
import { issueSentence } from '../../../report/issue-sentences.ts';
import type { RunProblem, Sentence } from '../../studio/api.ts';
import { formatDay, formatNumber } from './format.ts';
import { plainSentence } from './plain-sentence.ts';
import type { Sentences } from './sentences/en.ts';

const writing = {
  number: (value: string | number) => (typeof value === 'number' ? formatNumber(value, 2) : value),
  day: (day: string | number) =>
    /^\d{4}-\d\d-\d\d$/.test(String(day)) ? formatDay(String(day), { dateStyle: 'long' }) : String(day),
};

/** The sentence of an issue in the language of the page; that of the server where the code is of another version. */
export function issueText(
  issue: Issue & Partial<Pick<Sentence, 'message'>>,
  { issues }: Pick<Sentences, 'issues'>,
): string {
  return Object.hasOwn(issues, issue.code) ? issueSentence(issue, issues, writing) : plainSentence(issue.message ?? '');
}

/** A message of a run, in the language of the page as far as possible. */
export function problemText({ issue, message }: RunProblem, sentences: Sentences): string {
  if (issue !== null) return issueText({ ...issue, message }, sentences);
  const own = sentences.programText(message);
  return own === message ? plainSentence(message) : own;
}
