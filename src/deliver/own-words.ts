import type { Issue } from '../model/issue.ts';
import type { SizedCaption } from '../plan/plan.ts';
import type { CaptionRow } from '../state/documents.ts';

/** A platform's check of texts that a person wrote (plan/words/own.ts). */
export type Judge = (caption: Omit<SizedCaption, 'removed'>) => readonly Issue[];

/** What the check of texts finds. `own-file` and its like are about media. */
const ofWatchedWords = /^(?:word-|own-(?!file))/;
const ofSizing: ReadonlySet<string> = new Set<Issue['code']>([
  ...(['no-words', 'title-cut', 'title-made', 'body-cut', 'body-thread', 'hashtags-cut'] as const),
  ...(['contacts-removed', 'character-refused', 'footer-contact', 'footer-too-long'] as const),
]);

/** Whether an issue is about how the words of a post became those of a platform. */
export function isOfSizing({ code }: { readonly code: string }): boolean {
  return ofSizing.has(code);
}

/** A person edited the texts. */
const edited: Issue = { code: 'caption-edited', severity: 'info', actual: null, limit: null };

/**
 * The issues of a post in which a person edited the texts of some parts: issues of the planned texts are replaced by
 * those of the edited ones, each once. Without edits they stay unchanged.
 * @param planned issues of the first part, like all issues of texts
 */
export function issuesOfWords<Planned extends { readonly code: string }>(
  planned: readonly Planned[],
  captions: readonly CaptionRow[],
  judge: Judge,
): readonly (Planned | Issue)[] {
  if (!captions.some(({ source }) => source === 'edited')) return planned;
  const isOwn = captions[0]?.source === 'edited';
  const kept = planned.filter(
    ({ code }) => !ofWatchedWords.test(code) && code !== edited.code && !(isOwn && ofSizing.has(code)),
  );
  const found = new Map<string, Issue>();
  for (const issue of captions.flatMap(judge)) {
    const word = `${issue.code} ${issue.actual} ${issue.place?.part}`;
    if (!found.has(word)) found.set(word, issue);
  }
  return [...kept, ...found.values(), edited];
}
