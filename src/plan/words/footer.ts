import type { Issue } from '../../model/issue.ts';
import type { Words } from '../../targets/target.ts';
import { count } from '../counting.ts';
import { cleanText, tidy } from './clean.ts';
import { replaceForbidden } from './forbidden.ts';
import { parseWords } from './parse.ts';
import type { Removed } from './removed.ts';

/** What stands under the words of every post: a text of the creator's own. */
export interface Footer {
  /** Empty where there is none, or none that can stand here. */
  readonly text: string;
  readonly issues: readonly Issue[];
}

/**
 * The footer as a platform takes it: whole, or not at all. One that holds what is forbidden here is left out, since half of
 * “write to …” says nothing.
 * @param ending what follows it in the body, which needs room too
 */
export function footerFor(written: string, rules: Words, ending: string, removed: Removed[]): Footer {
  const text = replaceForbidden(tidy(cleanText(written, removed)), rules.forbidden?.value ?? '', removed);
  if (text === '') return { text, issues: [] };
  const forbidden: readonly string[] = rules.noContacts?.value ?? [];
  const contact = parseWords(text).find(({ kind }) => forbidden.includes(kind));
  if (contact) return leftOut({ code: 'footer-contact', severity: 'warning', actual: contact.text, limit: null });
  const { max, unit } = rules.body;
  const length = count(text + ending, unit);
  if (length > max.value)
    return leftOut({ code: 'footer-too-long', severity: 'warning', actual: length, limit: max.value });
  return { text, issues: [] };
}

function leftOut(issue: Issue): Footer {
  return { text: '', issues: [issue] };
}
