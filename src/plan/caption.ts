import type { Caption, Translation } from '../model/caption.ts';
import type { Issue } from '../model/issue.ts';
import type { Post } from '../model/post.ts';
import type { Words } from '../targets/target.ts';
import { foldTag } from '../targets/tiktok-jargon.ts';
import type { SizedCaption } from './plan.ts';
import { sizeBody } from './size-body.ts';
import { sizeHashtags } from './size-hashtags.ts';
import { sizeTitle } from './size-title.ts';
import { ending } from './sizing.ts';
import { captionDisclosures } from './words/caption-disclosures.ts';
import { cleanText } from './words/clean.ts';
import { footerFor } from './words/footer.ts';
import { refusedCharacters, replaceForbidden } from './words/forbidden.ts';
import { lintWords } from './words/lint.ts';
import { plainWords } from './words/plain.ts';
import type { Removed } from './words/removed.ts';
import { wholeText } from './words/thread.ts';
import { readTranslation, translatedDisclosures, troubleWith } from './words/translation.ts';

export interface CaptionDecision {
  readonly caption: SizedCaption;
  readonly issues: readonly Issue[];
}

/** What goes out beside the words of the post itself. */
export interface Additions {
  /** The creator's own hashtags for every post, without `#`. */
  readonly tags?: readonly string[] | undefined;
  /** The creator's own text under every post: a separate paragraph that is never cut. */
  readonly footer?: string | undefined;
  /**
   * Words in the language of the platform's readers, which take the place of the original or stand beside it. Hashtags
   * and disclosures come from the original all the same.
   */
  readonly translation?: Translation | undefined;
  /** A text that is too long goes on in replies, where the platform has threads. */
  readonly asThread?: boolean | undefined;
}

/**
 * Fits a post's texts to a platform. What does not fit the title starts the body; what does not fit the body or the
 * number of hashtags is listed under `removed`. Every letter of the original is in title, body or hashtags, or is
 * listed there with a reason (white space is normalised). Text never rejects a post. A disclosure of paid or AI-made
 * content is never removed and always ends up where it is visible.
 * @param place `1/2` for a part of a post, appended to its title and body; null: the post has one part
 */
export function sizeCaption(
  post: Post,
  caption: Caption | null,
  rules: Words,
  place: string | null,
  { tags = [], footer = '', translation, asThread = false }: Additions = {},
): CaptionDecision {
  const issues: Issue[] = troubleWith(translation);
  const removed: Removed[] = [];
  const readInto = (into: Removed[]) => (foreign: string) => {
    const reading = { forbidden: rules.noContacts?.value ?? [], ownNetworks: rules.ownNetworks ?? [] };
    const words = plainWords(cleanText(foreign, into), reading, into);
    return { ...words, text: replaceForbidden(words.text, rules.forbidden?.value ?? '', into) };
  };
  const read = readInto(removed);
  const given = read(caption?.title ?? '');
  const said = read(caption?.text ?? '');
  const translated = readTranslation(translation, { given, said }, readInto, removed);
  if (`${given.text}${said.text}`.trim() === '' && isEmpty(caption) && translated === null)
    issues.push({ code: 'no-words', severity: 'warning', actual: null, limit: null });
  issues.push(...contactIssue(removed));

  const foot = footerFor(footer, rules, ending(place), removed);
  issues.push(...foot.issues);
  const original = captionDisclosures(caption, footer);
  const own = [...given.hashtags, ...said.hashtags];
  const known = new Set(own.map(foldTag));
  const found = [...own, ...(translated?.hashtags ?? []).filter((tag) => !known.has(foldTag(tag)))];
  const disclosures =
    translated === null
      ? original
      : translatedDisclosures(original, translated, [...found, ...(caption?.hashtags ?? []), ...tags], footer);
  const { torn } = translated ?? said;
  const inSentences = translated?.inSentences ?? [...given.inSentences, ...said.inSentences];
  const end = { place, footer: foot.text };
  const sizing = { rules, end, disclosures, found, torn, inSentences, asThread, removed, issues };
  const hashtags = sizeHashtags(found, caption, tags, sizing);
  const words = translated ?? { given: given.text, text: said.text };
  const { title, text } = sizeTitle(post, words, sizing);
  const texts = sizeBody(title, text, hashtags, { ...sizing, beside: translated?.beside ?? null });
  const sized = { ...texts, removed, ...(translated && { language: translated.language }) };
  const allowed = (tag: string) => disclosures.discloses(tag) !== null;
  const phrases = translated === null ? disclosures.phrases : [...disclosures.phrases, ...original.phrases];
  return {
    caption: sized,
    issues: [
      ...issues,
      ...refusedCharacters(sized),
      ...lintWords({ ...sized, body: wholeText(sized) }, rules, phrases, allowed),
    ],
  };
}

export type SizeCaption = typeof sizeCaption;

/** A `sizeCaption` with a cache for one post, so that repeated planning sizes each part for each platform only once. */
export function sizeOnce(): SizeCaption {
  const known = new Map<Words, Map<string | null, CaptionDecision>>();
  return (post, caption, rules, place, additions) => {
    const ofRules = known.get(rules) ?? new Map<string | null, CaptionDecision>();
    known.set(rules, ofRules);
    const sized = ofRules.get(place) ?? sizeCaption(post, caption, rules, place, additions);
    ofRules.set(place, sized);
    return sized;
  };
}

function isEmpty(caption: Caption | null): boolean {
  return caption === null || `${caption.text}${caption.title ?? ''}`.trim() === '';
}

/** Contacts were removed because of the platform's rules: tell the creator to place them elsewhere. */
function contactIssue(removed: readonly Removed[]): Issue[] {
  const contacts = removed.filter(({ reason }) => ['link', 'email', 'phone', 'messenger', 'handle'].includes(reason));
  if (contacts.length === 0) return [];
  return [{ code: 'contacts-removed', severity: 'warning', actual: contacts.length, limit: null }];
}
