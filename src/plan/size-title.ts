import type { Post } from '../model/post.ts';
import type { TextRule } from '../targets/target.ts';
import { count } from './counting.ts';
import { cutIssue, ending, type Sizing } from './sizing.ts';
import { replaceForbidden } from './words/forbidden.ts';
import { madeTitles } from './words/made-title.ts';
import { titleOfDisclosures, titleOfTags } from './words/tag-title.ts';
import { type ChosenTitle, fittedTitle, foundTitle, givenTitle } from './words/title.ts';

/**
 * Chooses the title.
 * @returns the title with the number of the part, null where the platform has none; and the text that is left for the
 * body
 */
export function sizeTitle(
  post: Post,
  { given, text }: { readonly given: string; readonly text: string },
  sizing: Sizing,
): { readonly title: string | null; readonly text: string } {
  const { rules, end, disclosures, removed, issues } = sizing;
  const whole = given === '' || text.startsWith(given) ? text : [given, text].filter(Boolean).join('\n\n');
  if (rules.title === null) return { title: null, text: whole };
  const rule = lessRoom(rules.title, ending(end.place));
  const search = { torn: sizing.torn, discloses: disclosures.phrases.length > 0 };
  const found = given === '' ? foundTitle(text, rule, search) : givenTitle(given, text, rule);
  const chosen = found ?? fallback(post, whole, rule, sizing);
  if (chosen.cutFrom !== null) issues.push(cutIssue('title-cut', chosen.cutFrom, rule.max.value));
  if (chosen.trimmed.trim() !== '') removed.push({ text: chosen.trimmed.trim(), reason: 'title-punctuation' });
  for (const letters of chosen.styled) removed.push({ text: letters, reason: 'letter-font' });
  return { title: chosen.title + ending(end.place), text: chosen.rest };
}

/** A title for a post whose text has no suitable sentence: from a hashtag, a hook, the place or the date. */
function fallback(post: Post, text: string, rule: TextRule, sizing: Sizing): ChosenTitle {
  const { rules, disclosures, found, torn, issues } = sizing;
  const fitted = (made: string) => fittedTitle(replaceForbidden(made, rules.forbidden?.value ?? '', []), rule);
  const ofTag = fitted(titleOfTags(found, rules.ownTags ?? [], disclosures.language));
  const discloses = disclosures.phrases.length > 0;
  const any = ofTag === '' ? foundTitle(text, rule, { torn, discloses, takesAny: true }) : null;
  if (any !== null) return any;
  const ofBrand = ofTag === '' ? fitted(titleOfDisclosures(found, disclosures.phrases, disclosures.language)) : '';
  // A disclosure is a poor title, but better than a date.
  const said = ofTag + ofBrand === '' ? foundTitle(text, rule, { torn, takesAny: true }) : null;
  if (said !== null) {
    issues.push({ code: 'title-made', severity: 'info', actual: said.title, limit: null });
    return said;
  }
  // The sentence may contain nothing but a link, and then nothing is left.
  const title =
    ofTag ||
    ofBrand ||
    (madeTitles(post, text)
      .map(fitted)
      .find((each) => each !== '') ??
      '');
  issues.push({ code: 'title-made', severity: 'info', actual: title, limit: null });
  return { title, rest: text, trimmed: '', styled: [], cutFrom: null };
}

/** The rule of a title that leaves room for the number of a part. */
function lessRoom(rule: TextRule, end: string): TextRule {
  const taken = count(end, rule.unit);
  const less = (limit: TextRule['max']) => ({ ...limit, value: limit.value - taken });
  return { ...rule, max: less(rule.max), ...(rule.aim && { aim: less(rule.aim) }) };
}
