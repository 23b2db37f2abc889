import { legalLabels } from './legal-label-words.ts';

/** Languages with a legal label of their own. */
export const labelledLanguages = Object.keys(legalLabels);

/** Regions that write Chinese in traditional characters. */
const traditional = /^zh-(?:hant|tw|hk|mo)\b/i;

/**
 * The label of a disclosure in a language.
 * @param language BCP 47
 * @returns null if the language has none that is known here
 */
export function legalLabel(kind: 'paid' | 'ai', language: string): string | null {
  const [base = ''] = language.toLowerCase().split('-');
  const found = legalLabels[traditional.test(language) ? 'zh-hant' : base];
  return found === undefined ? null : kind === 'paid' ? found.paid : (found.ai ?? 'AI-generated');
}
