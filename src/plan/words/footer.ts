import type { Issue } from '../../model/issue.ts';
import type { Words } from '../../targets/target.ts';
import { exceeded } from '../counting.ts';
import { cleanText, tidy } from './clean.ts';
import { replaceForbidden } from './forbidden.ts';
import { parseWords } from './parse.ts';
import type { Removed } from './removed.ts';

/** The creator's own text under every post. */
export interface Footer {
  /** Empty if there is none, or if it does not fit. */
  readonly text: string;
  readonly issues: readonly Issue[];
}

/**
 * The footer for a platform: whole or not at all. A footer that contains something forbidden is left out, because half
 * of “write to …” is useless.
 * @param ending what follows the footer in the body and needs room too
 */
export function footerFor(written: string, rules: Words, ending: string, removed: Removed[]): Footer {
  const text = replaceForbidden(tidy(cleanText(written, removed)), rules.forbidden?.value ?? '', removed);
  if (text === '') return { text, issues: [] };
  const forbidden: readonly string[] = rules.noContacts?.value ?? [];
  const contact = parseWords(text).find(({ kind }) => forbidden.includes(kind));
  if (contact) return leftOut({ code: 'footer-contact', severity: 'warning', actual: contact.text, limit: null });
  const over = exceeded(text + ending, rules.body);
  if (over) return leftOut({ code: 'footer-too-long', severity: 'warning', actual: over.actual, limit: over.max });
  return { text, issues: [] };
}

function leftOut(issue: Issue): Footer {
  return { text: '', issues: [issue] };
}
