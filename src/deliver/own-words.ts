import type { Issue } from '../model/issue.ts';
import type { SizedCaption } from '../plan/plan.ts';
import type { CaptionRow } from '../state/documents.ts';

/** What a platform has to say of words that a person wrote (plan/words/own.ts). */
export type Judge = (caption: Omit<SizedCaption, 'removed'>) => readonly Issue[];

const ofWatchedWords = /^(?:word|own)-/;
/** Words that a person wrote are there. */
const edited: Issue = { code: 'caption-edited', severity: 'info', actual: null, limit: null };
const ofSizing =
  /^(?:no-words|title-cut|title-made|body-cut|hashtags-cut|contacts-removed|character-refused|footer-contact|footer-too-long)$/;

/**
 * The issues of a post where a person wrote the words of some of its parts: those of the words that were planned give way
 * to those of the words that are there, each said once. Where nobody did, they stay as they are.
 * @param planned of the first part, as all that is said of words
 */
export function issuesOfWords<Planned extends { readonly code: string }>(
  planned: readonly Planned[],
  captions: readonly CaptionRow[],
  judge: Judge,
): readonly (Planned | Issue)[] {
  if (!captions.some(({ source }) => source === 'edited')) return planned;
  const isOwn = captions[0]?.source === 'edited';
  const kept = planned.filter(
    ({ code }) => !ofWatchedWords.test(code) && code !== edited.code && !(isOwn && ofSizing.test(code)),
  );
  const found = new Map<string, Issue>();
  for (const issue of captions.flatMap(judge)) {
    const word = `${issue.code} ${issue.actual} ${issue.place?.part}`;
    if (!found.has(word)) found.set(word, issue);
  }
  return [...kept, ...found.values(), edited];
}
