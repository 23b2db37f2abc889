import type { Translation } from '../../model/caption.ts';
import type { Issue } from '../../model/issue.ts';
import { type Room, roomBeside } from '../counting.ts';
import { type Cut, cut } from '../cut.ts';
import type { CaptionDisclosures } from './caption-disclosures.ts';
import { type Disclosure, disclosuresIn } from './disclosures.ts';
import { legalLabel } from './legal-labels.ts';
import type { PlainWords } from './plain.ts';
import type { Removed } from './removed.ts';

/** The original of a translation in the body. */
export interface Beside {
  readonly text: string;
  readonly place: 'above' | 'below';
}

/** A translation, read as a platform takes it. */
export interface TranslatedWords extends Pick<PlainWords, 'hashtags' | 'inSentences' | 'torn'> {
  readonly language: string;
  /** Its own title; empty: one is found in the text. */
  readonly given: string;
  readonly text: string;
  /** null: the translation stands alone. */
  readonly beside: Beside | null;
}

/** The issue about a translation that was not made, or of other words; none if it is as it should be. */
export function troubleWith(translation: Translation | undefined): Issue[] {
  if (translation?.trouble === undefined) return [];
  const { kind, reason } = translation.trouble;
  return [{ code: `translation-${kind}`, severity: 'warning', actual: reason, limit: translation.language }];
}

/**
 * Reads a translation.
 * @param original the original as it was read; of a title or a text that has no translation, the original's is used
 * @param readInto returns a function that reads a text, and adds what it removes to a list
 * @param removed gets what is removed from the translation and not from the original, and an original that is left out
 * @returns null if there are no words, so that the original goes out
 */
export function readTranslation(
  translation: Translation | undefined,
  original: { readonly given: PlainWords; readonly said: PlainWords },
  readInto: (into: Removed[]) => (foreign: string) => PlainWords,
  removed: Removed[],
): TranslatedWords | null {
  if (translation === undefined || (translation.text === '' && translation.title === null)) return null;
  const there: Removed[] = [];
  const read = readInto(there);
  const given = read(translation.title ?? '');
  const said = translation.text === '' ? original.said : read(translation.text);
  const known = new Set(removed.map(nameOf));
  removed.push(...there.filter((each) => !known.has(nameOf(each))));
  const whole = withTitle(original.given.text, original.said.text);
  const isAlone = translation.layout === 'only' || translation.text === '' || whole === '';
  if (isAlone && translation.text !== '' && whole !== '') removed.push({ text: whole, reason: 'translated' });
  if (translation.text === '' && given.text !== '' && original.given.text !== '')
    removed.push({ text: original.given.text, reason: 'translated' });
  return {
    language: translation.language,
    given: given.text,
    text: said.text,
    hashtags: [...given.hashtags, ...said.hashtags],
    inSentences: [...given.inSentences, ...said.inSentences],
    torn: said.torn,
    beside: isAlone ? null : { text: whole, place: translation.layout === 'first' ? 'below' : 'above' },
  };
}

function nameOf({ text, reason }: Removed): string {
  return `${reason} ${text}`;
}

/** A title above its text, unless the text begins with it. */
function withTitle(given: string, text: string): string {
  return text.startsWith(given) ? text : [given, text].filter(Boolean).join('\n\n');
}

/**
 * The disclosures of a translated post: each kind that the original discloses, in the legal words of the language, and
 * what the translation itself and the footer say. A language without such words keeps the creator's.
 * @param tags all hashtags of the post
 */
export function translatedDisclosures(
  original: CaptionDisclosures,
  { language, given, text }: Pick<TranslatedWords, 'language' | 'given' | 'text'>,
  tags: readonly string[],
  footer: string,
): CaptionDisclosures {
  const kinds = new Set([...original.phrases.map(({ kind }) => kind), ...tags.map((tag) => original.discloses(tag))]);
  const own = [given, text].flatMap(disclosuresIn);
  const labels = (['paid', 'ai'] as const).flatMap((kind): Disclosure[] => {
    if (!kinds.has(kind) || own.some((each) => each.kind === kind)) return [];
    const label = legalLabel(kind, language);
    const creators = original.phrases.filter((each) => each.kind === kind);
    // In brackets, because the word alone may be said of something else.
    return label === null ? creators : [{ kind, text: `[${label}]`, at: 0, end: 0 }];
  });
  return { ...original, phrases: [...labels, ...own, ...disclosuresIn(footer)] };
}

/** Less of the original than this is of no use to a reader. */
const minOriginal = 20;

const between = '\n\n';

/** Cuts a translation and its original to one room. The original is cut first; its rest is the rest of both. */
export function fitBeside(lead: string, text: string, { text: original, place }: Beside, rooms: readonly Room[]): Cut {
  const main = cut(lead + text, rooms);
  const left = roomBeside(main.text + between, rooms);
  const isOfNoUse = main.rest !== '' || left.some(({ max }) => max < minOriginal);
  const second = isOfNoUse ? { text: '', rest: original } : cut(original, left);
  const rest = [main.rest, second.rest].filter(Boolean).join(between);
  if (second.text === '') return { text: main.text, rest };
  if (place === 'below') return { text: main.text + between + second.text, rest };
  return { text: lead + second.text + between + main.text.slice(lead.length), rest };
}

/** A translation and its original, uncut. */
export function bothWhole(text: string, { text: original, place }: Beside): string {
  return place === 'below' ? text + between + original : original + between + text;
}
