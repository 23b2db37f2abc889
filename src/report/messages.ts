import type { Issue } from '../model/issue.ts';
import { issueSentence } from './issue-sentences.ts';
import { english } from './messages-en.ts';

/** The sentence of an issue in English, as documents, the command line and contact sheets have it. */
export function message(issue: Issue): string {
  return issueSentence(issue, english);
}
