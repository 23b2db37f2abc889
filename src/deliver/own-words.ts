import type { Issue } from '../model.ts';
import type { SizedCaption } from '../plan/plan.ts';
import { type CaptionRow, type Describe, type IssueRow, issueRows } from './documents.ts';

/** The words of a platform that are to be looked at twice (plan/words/lint.ts). */
export type Lint = (caption: Omit<SizedCaption, 'removed'>) => readonly Issue[];

const ofWatchedWords = /^word-/;
const ofSizing =
  /^(?:no-words|title-cut|title-made|body-cut|hashtags-cut|contacts-removed|character-refused|footer-contact|footer-too-long)$/;

/**
 * The issues of a post where a person wrote the words of some of its parts: those of the words that were planned give way
 * to those of the words that are there, each said once.
 * @param planned of the first part, as all that is said of words
 */
export function issuesOfOwnWords(
  planned: readonly IssueRow[],
  captions: readonly CaptionRow[],
  lint: Lint,
  describe: Describe,
): IssueRow[] {
  const isOwn = captions[0]?.source === 'edited';
  const kept = planned.filter(({ code }) => !ofWatchedWords.test(code) && !(isOwn && ofSizing.test(code)));
  const found = new Map<string, Issue>();
  for (const issue of captions.flatMap(lint)) {
    const word = `${issue.code} ${issue.actual} ${issue.place?.part}`;
    if (!found.has(word)) found.set(word, issue);
  }
  return [...kept, ...issueRows([...found.values()], describe)];
}
