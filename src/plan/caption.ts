import type { Caption, Translation } from '../model/caption.ts';
import type { Issue } from '../model/issue.ts';
import type { Post } from '../model/post.ts';
import type { TextRule, Words } from '../targets/target.ts';
import { foldTag } from '../targets/tiktok-jargon.ts';
import { aboutOf } from '../targets/topic-meaning.ts';
import { count, fitsInto, roomBeside, roomsOf } from './counting.ts';
import { cut } from './cut.ts';
import type { SizedCaption } from './plan.ts';
import { type CaptionDisclosures, captionDisclosures } from './words/caption-disclosures.ts';
import { cleanText } from './words/clean.ts';
import type { ContactClause } from './words/contact-clauses.ts';
import { footerFor } from './words/footer.ts';
import { refusedCharacters, replaceForbidden } from './words/forbidden.ts';
import { leadOf, leadText } from './words/lead.ts';
import { plainLetters } from './words/letters.ts';
import { lintWords } from './words/lint.ts';
import { madeTitles } from './words/made-title.ts';
import { plainWords } from './words/plain.ts';
import type { Removed } from './words/removed.ts';
import { titleOfDisclosures, titleOfTags } from './words/tag-title.ts';
import { chooseTags, keepTags } from './words/tags.ts';
import { tagWords } from './words/tags-in-text.ts';
import { intoThread, wholeText } from './words/thread.ts';
import { type ChosenTitle, fittedTitle, foundTitle, givenTitle } from './words/title.ts';
import {
  type Beside,
  bothWhole,
  fitBeside,
  readTranslation,
  translatedDisclosures,
  troubleWith,
} from './words/translation.ts';
import { hashtagLine } from './written-caption.ts';

export interface CaptionDecision {
  readonly caption: SizedCaption;
  readonly issues: readonly Issue[];
}

/**
 * Fits a post's texts to a platform. What does not fit the title starts the body; what does not fit the body or the
 * number of hashtags is listed under `removed`. Every letter of the original is in title, body or hashtags, or is
 * listed there with a reason (white space is normalised). Text never rejects a post. A disclosure of paid or AI-made
 * content is never removed and always ends up where it is visible.
 * @param place `1/2` for a part of a post, appended to its title and body
 * @param tags the creator's own hashtags for every post, without `#`
 * @param footer the creator's own text under every post: a separate paragraph that is never cut
 * @param translation words in the language of the platform's readers, which take the place of the original or stand
 * beside it; hashtags and disclosures come from the original all the same
 * @param asThread whether a text that is too long goes on in replies, where the platform has threads
 */
export function sizeCaption(
  post: Post,
  caption: Caption | null,
  rules: Words,
  place: string | null,
  tags: readonly string[] = [],
  footer = '',
  translation?: Translation,
  asThread = false,
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
  const texts = sizeTexts(post, words, hashtags, { ...sizing, beside: translated?.beside ?? null });
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
  return (post, caption, rules, place, tags, footer, translation, asThread) => {
    const ofRules = known.get(rules) ?? new Map<string | null, CaptionDecision>();
    known.set(rules, ofRules);
    const sized = ofRules.get(place) ?? sizeCaption(post, caption, rules, place, tags, footer, translation, asThread);
    ofRules.set(place, sized);
    return sized;
  };
}

/** The shared input of all steps, and where they record removals and issues. */
interface Sizing {
  readonly rules: Words;
  readonly end: End;
  readonly disclosures: CaptionDisclosures;
  /** The hashtags in the text. */
  readonly found: readonly string[];
  /** Fragments of sentences from which a contact was removed. */
  readonly torn: readonly ContactClause[];
  /** Hashtags that are words of the text. */
  readonly inSentences: readonly string[];
  readonly asThread: boolean;
  readonly removed: Removed[];
  readonly issues: Issue[];
  /** The original of a translation, which gets what room is left. */
  readonly beside?: Beside | null;
}

/** The end of the body. Its length is reserved before the text is cut. */
interface End {
  readonly place: string | null;
  readonly footer: string;
}

function isEmpty(caption: Caption | null): boolean {
  return caption === null || `${caption.text}${caption.title ?? ''}`.trim() === '';
}

/**
 * Chooses the hashtags.
 * @param found the hashtags in the text. Hashtags that a person wrote for the post replace them, except disclosures.
 */
function sizeHashtags(
  found: readonly string[],
  caption: Caption | null,
  added: readonly string[],
  { rules, end, disclosures, removed, issues }: Sizing,
): readonly string[] {
  const written = caption?.hashtags ?? null;
  const rooms = roomsOf(rules.body);
  const fits = (hashtags: readonly string[]) => fitsInto(under(end) + tail(hashtags), rooms);
  const about = rules.topicsFor && aboutOf([...found, ...added], `${caption?.title ?? ''} ${caption?.text ?? ''}`);
  const place = { rules, fits, discloses: disclosures.discloses, ...(about && { about }) };
  const law = found.filter((name) => ['paid', 'ai'].includes(disclosures.discloses(name) ?? ''));
  const kept = new Set((written ?? []).map((each) => foldTag(each.replace(/^[#＃]+/, ''))));
  const chosen =
    written === null
      ? chooseTags({ written: found, added }, place)
      : keepTags(
          {
            written: [
              ...law.filter((name) => !kept.has(foldTag(name))),
              ...written.map((each) => cleanText(each, removed)),
            ],
            added,
          },
          place,
        );
  removed.push(...chosen.removed);
  if (written !== null) {
    const there = new Set(chosen.hashtags);
    const replaced = found.filter((name) => !there.delete(name));
    if (replaced.length > 0) removed.push({ text: replaced.map((name) => `#${name}`).join(' '), reason: 'replaced' });
  }
  if (chosen.kept < chosen.wanted) issues.push(cutIssue('hashtags-cut', chosen.wanted, chosen.kept));
  return chosen.hashtags;
}

function sizeTexts(
  post: Post,
  { given, text }: { readonly given: string; readonly text: string },
  hashtags: readonly string[],
  sizing: Sizing,
): Omit<SizedCaption, 'removed'> {
  const { rules, end, disclosures, removed, issues } = sizing;
  const whole = given === '' || text.startsWith(given) ? text : [given, text].filter(Boolean).join('\n\n');
  if (rules.title === null) return sizeBody(null, whole, hashtags, sizing);
  const rule = lessRoom(rules.title, ending(end.place));
  const search = { torn: sizing.torn, discloses: disclosures.phrases.length > 0 };
  const found = given === '' ? foundTitle(text, rule, search) : givenTitle(given, text, rule);
  const chosen = found ?? fallback(post, whole, rule, sizing);
  if (chosen.cutFrom !== null) issues.push(cutIssue('title-cut', chosen.cutFrom, rule.max.value));
  if (chosen.trimmed.trim() !== '') removed.push({ text: chosen.trimmed.trim(), reason: 'title-punctuation' });
  for (const letters of chosen.styled) removed.push({ text: letters, reason: 'letter-font' });
  const title = chosen.title + ending(end.place);
  return sizeBody(title, chosen.rest, hashtags, sizing);
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

/**
 * Footer, part number and hashtags are part of the pasted body, so their length is reserved first. Disclosures start
 * the body.
 */
function sizeBody(
  title: string | null,
  written: string,
  chosen: readonly string[],
  sizing: Sizing,
): Omit<SizedCaption, 'removed'> {
  const { rules, end, disclosures, found, removed, issues, beside = null } = sizing;
  // Disclosures have a place of their own, where they are seen.
  const words = sizing.inSentences.filter((name) => disclosures.discloses(name) === null);
  // `#1#x` without its second sign would be a hashtag of its own.
  const parted = written.replace(/(?<=[#＃]\p{N}{1,9})(?=\p{L})/gu, ' ');
  const { text, hashtags } = rules.tagsInText ? tagWords(parted, chosen, words) : { text: parted, hashtags: chosen };
  const rooms = roomsOf(rules.body);
  const room = roomBeside(under(end) + tail(hashtags), rooms);
  const there = new Set(chosen.map(foldTag));
  const isLost = (name: string) =>
    ['paid', 'ai'].includes(disclosures.discloses(name) ?? '') && !there.has(foldTag(plainLetters(name).text));
  const lost = [...new Map(found.filter(isLost).map((name) => [foldTag(name), name])).values()];
  const maxPosts = sizing.asThread ? (rules.thread?.value ?? 1) : 1;
  const fitAfter = (lead: string): Fitted => {
    const single = beside === null ? cut(lead + text, room) : fitBeside(lead, text, beside, room);
    if (single.rest === '' || maxPosts === 1) return { ...single, text: (single.text + under(end)).trim() };
    const [first, last] = [ending(end.place) + tail(hashtags), under({ ...end, place: null })];
    const whole = lead + (beside === null ? text : bothWhole(text, beside));
    const { posts, rest } = intoThread(whole, { rooms, maxPosts, first, last });
    const [body = '', ...thread] = posts;
    return { text: body + ending(end.place), rest, ...(thread.length > 0 && { thread }) };
  };
  let labels: readonly string[] = [];
  let fitted = fitAfter('');
  // A longer beginning can push another disclosure out of the visible part, so this repeats.
  for (let turn = 0; turn < 3; turn++) {
    const more = leadOf({ title, body: fitted.text, hashtags }, disclosures, turn === 0 ? lost : [], rules).filter(
      (each) => !labels.includes(each),
    );
    if (more.length === 0) break;
    labels = [...labels, ...more];
    fitted = fitAfter(leadText(labels));
  }
  const { thread, rest } = fitted;
  if (thread)
    issues.push({ code: 'body-thread', severity: 'info', actual: thread.length + 1, limit: rules.body.max.value });
  if (rest !== '') {
    issues.push(
      cutIssue(
        'body-cut',
        count(beside === null ? text : `${text}\n\n${beside.text}`, rules.body.unit),
        room[0]?.max ?? 0,
      ),
    );
    removed.push({ text: rest, reason: 'too-long' });
  }
  return { title, body: fitted.text, hashtags, ...(thread && { thread }) };
}

/** A body with all that belongs under it, and the replies in which it goes on. */
interface Fitted {
  readonly text: string;
  readonly thread?: readonly string[];
  /** What does not fit. */
  readonly rest: string;
}

function lessRoom(rule: TextRule, end: string): TextRule {
  const taken = count(end, rule.unit);
  const less = (limit: TextRule['max']) => ({ ...limit, value: limit.value - taken });
  return { ...rule, max: less(rule.max), ...(rule.aim && { aim: less(rule.aim) }) };
}

/** Contacts were removed because of the platform's rules: tell the creator to place them elsewhere. */
function contactIssue(removed: readonly Removed[]): Issue[] {
  const contacts = removed.filter(({ reason }) => ['link', 'email', 'phone', 'messenger', 'handle'].includes(reason));
  if (contacts.length === 0) return [];
  return [{ code: 'contacts-removed', severity: 'warning', actual: contacts.length, limit: null }];
}

function ending(place: string | null): string {
  return place === null ? '' : ` (${place})`;
}

function under({ place, footer }: End): string {
  return (footer === '' ? '' : `\n\n${footer}`) + ending(place);
}

function tail(hashtags: readonly string[]): string {
  return hashtags.length > 0 ? `\n\n${hashtagLine(hashtags)}` : '';
}

function cutIssue(code: 'title-cut' | 'body-cut' | 'hashtags-cut', actual: number, limit: number): Issue {
  return { code, severity: 'info', actual, limit };
}
