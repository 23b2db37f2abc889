import type { Issue } from '../../model/issue.ts';
import type { ContactKind, LongText, Words } from '../../targets/target.ts';
import { countTags, exceeded } from '../counting.ts';
import type { SizedCaption } from '../plan.ts';
import { captionText } from '../written-caption.ts';
import { captionDisclosures } from './caption-disclosures.ts';
import { lintWords } from './lint.ts';
import { type Part, parseWords } from './parse.ts';
import { wholeText } from './thread.ts';

type OwnWords = Omit<SizedCaption, 'removed'>;

/**
 * Checks text that a person wrote for this platform. The text is never changed; all results are warnings: what is too
 * long by how much (in the platform's own counting), what is refused or forbidden, what the platform discourages.
 */
export function judgeOwnWords(written: OwnWords, rules: Words): Issue[] {
  const { thread: _thread, ...words } = { ...written, body: wholeText(written) };
  const disclosures = captionDisclosures(
    { title: words.title, text: words.body, hashtags: words.hashtags, source: 'edited' },
    '',
  );
  return [
    ...tooLong(written, rules),
    ...tooManyHashtags(words, rules),
    ...refused(words, rules.forbidden?.value ?? ''),
    ...contacts(words, rules.noContacts?.value ?? []),
    ...lintWords(words, rules, disclosures.phrases, (tag) => disclosures.discloses(tag) !== null),
  ];
}

function tooLong(words: OwnWords, { title, body }: Words): Issue[] {
  // As pasted: hashtags are part of the text.
  const { thread = [], ...first } = words;
  const pasted = captionText({ ...first, title: null }).trim();
  return [
    ...(title ? over('own-title-long', words.title ?? '', title) : []),
    ...[pasted, ...thread].flatMap((text) => over('own-body-long', text, body)),
  ];
}

function over(code: 'own-title-long' | 'own-body-long', text: string, rule: LongText): Issue[] {
  const found = exceeded(text, rule);
  return found ? [{ code, severity: 'warning', actual: found.actual, limit: found.max, unit: found.unit }] : [];
}

function tooManyHashtags({ body, hashtags }: OwnWords, { maxHashtags, maxTagRoom, pickedTags }: Words): Issue[] {
  const inBody = parseWords(body).flatMap((part) => (part.kind === 'hashtag' ? [part.name] : []));
  // If hashtags are picked from a list, one inside the text is only text.
  const all = pickedTags ? hashtags : [...inBody, ...hashtags];
  const limit = maxHashtags.value;
  const room = maxTagRoom?.value ?? Number.POSITIVE_INFINITY;
  const taken = countTags(all);
  return [
    ...(all.length > limit ? [warning('own-hashtags-many', all.length, limit)] : []),
    ...(taken > room ? [warning('own-hashtags-long', taken, room)] : []),
  ];
}

function refused({ title, body }: OwnWords, forbidden: string): Issue[] {
  return [...forbidden].flatMap((character): Issue[] => {
    const part = title?.includes(character) ? 'title' : 'body';
    const text = part === 'title' ? (title ?? '') : body;
    const index = text.indexOf(character);
    if (index < 0) return [];
    return [{ ...warning('own-character-refused', character, null), place: { part, at: placeOf(text, index) } }];
  });
}

function contacts({ title, body }: OwnWords, forbidden: readonly ContactKind[]): Issue[] {
  return (['title', 'body'] as const).flatMap((part) => {
    const text = (part === 'title' ? title : body) ?? '';
    let done = 0;
    return parseWords(text).flatMap((each): Issue[] => {
      const at = placeOf(text, done);
      done += each.text.length;
      return isOneOf(each, forbidden) ? [{ ...warning('own-contact', each.text, null), place: { part, at } }] : [];
    });
  });
}

function isOneOf({ kind }: Part, kinds: readonly string[]): boolean {
  return kinds.includes(kind);
}

function placeOf(text: string, index: number): number {
  return [...text.slice(0, index)].length + 1;
}

function warning(code: Issue['code'], actual: Issue['actual'], limit: Issue['limit']): Issue {
  return { code, severity: 'warning', actual, limit };
}
