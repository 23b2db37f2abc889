import type { ContactKind } from '../../targets/target.ts';
import { keepLatest } from '../../text/keep-latest.ts';
import { type ContactClause, contactClauses, markContact, unmarkContacts } from './contact-clauses.ts';
import { languageOf } from './disclosures.ts';
import { closeGaps, gap } from './gaps.ts';
import { contactGap, withoutLabels } from './labels.ts';
import { type Part, parseWords } from './parse.ts';
import type { Removed } from './removed.ts';
import { betweenTags, tagsInSentences } from './sentence-tags.ts';

/** A caption without hashtags, handles and forbidden contacts. */
export interface PlainWords {
  readonly text: string;
  /** In order, without `#`, as written, with duplicates. */
  readonly hashtags: readonly string[];
  /** Those of them that are words of a sentence, where they stay without `#`. */
  readonly inSentences: readonly string[];
  /** Clauses from which a contact was removed. Fragments are poor titles. */
  readonly torn: readonly ContactClause[];
}

/** The platform's rules for reading a caption. */
export interface Reading {
  /** Contacts that the platform forbids. */
  readonly forbidden: readonly ContactKind[];
  /** The platform's own names, in lower case: a handle on it keeps its `@`. */
  readonly ownNetworks?: readonly string[];
}

/** The result of reading a caption, for all platforms with the same rules. */
interface ReadWords {
  readonly words: PlainWords;
  readonly removed: readonly Removed[];
}

/** Cache of the last captions by content and rules: most contain no contact and are the same on every platform. */
const waysToRead = keepLatest(() => new Map<string, ReadWords>(), 4);

/**
 * Reads a caption.
 * @param caption cleaned
 */
export function plainWords(caption: string, { forbidden, ownNetworks = [] }: Reading, removed: Removed[]): PlainWords {
  if (caption === '') return { text: '', hashtags: [], inSentences: [], torn: [] };
  const parts = parseWords(caption);
  const kinds = new Set<Part['kind']>(parts.map(({ kind }) => kind));
  const there = forbidden.filter((kind) => kinds.has(kind));
  const hasHandles = kinds.has('handle') || kinds.has('messenger');
  const own = hasHandles ? ownNetworks : [];
  const alike = `${there.join(' ')}/${own.join(' ')}`;
  const ways = waysToRead(caption);
  const read = ways.get(alike) ?? readWords(caption, parts, there, own);
  ways.set(alike, read);
  for (const each of read.removed) removed.push(each);
  return read.words;
}

function readWords(
  caption: string,
  parts: readonly Part[],
  forbidden: readonly ContactKind[],
  ownNetworks: readonly string[],
): ReadWords {
  const removed: Removed[] = [];
  const hashtags: string[] = [];
  const inSentences: string[] = [];
  const words = tagsInSentences(parts, () => languageOf(caption));
  let keepsContacts = false;
  const pieces = parts.map((part, index) => {
    switch (part.kind) {
      case 'text':
        if (isSeparator(parts, index, words)) return separator(part.text, removed);
        return isBehindTags(parts, index, words) ? withoutSignBefore(part.text, removed) : part.text;
      case 'hashtag':
        hashtags.push(part.name);
        // `##one` is the hashtag `#one` with one `#` too many.
        for (let more = part.text.length - part.name.length - 1; more > 0; more--)
          removed.push({ text: '#', reason: 'hashtag-separator' });
        if (!words.has(index)) return gap;
        inSentences.push(part.name);
        return part.name;
      case 'mention':
        removed.push({ text: part.text, reason: 'mention' });
        return part.name;
      case 'stitch':
      case 'reply':
        removed.push({ text: part.text.trim(), reason: 'platform-tag' });
        return part.kind === 'reply' ? gap : contactGap;
      default:
        if (!forbidden.includes(part.kind)) {
          keepsContacts = true;
          return markContact(withoutSign(part, ownNetworks, removed));
        }
        removed.push({ text: part.text, reason: part.kind });
        return contactGap;
    }
  });
  const joined = pieces.join('');
  const bare = withoutLabels(unmarkContacts(joined), removed);
  const plain = closeGaps(bare.replaceAll(contactGap, gap), removed);
  return {
    words: {
      text: plain,
      hashtags,
      inSentences,
      torn: contactClauses(keepsContacts ? withoutLabels(joined, []) : bare),
    },
    removed,
  };
}

/** A contact that stays. A handle on another platform loses its `@`, because somebody else may own that handle here. */
function withoutSign({ kind, text }: Part, ownNetworks: readonly string[], removed: Removed[]): string {
  const sign = kind === 'handle' || kind === 'messenger' ? /[@＠]\s?[\w.-]+/.exec(text) : null;
  if (!sign || isOwn(text.replace(sign[0], ''), ownNetworks)) return text;
  removed.push({ text: sign[0], reason: 'mention' });
  return text.replace(sign[0], sign[0].slice(1).trim());
}

function isOwn(about: string, ownNetworks: readonly string[]): boolean {
  const words: readonly string[] = about.toLowerCase().match(/\p{L}+/gu) ?? [];
  return words.some((word) => ownNetworks.includes(word));
}

function isSeparator(parts: readonly Part[], index: number, words: ReadonlySet<number>): boolean {
  if (parts[index - 1]?.kind !== 'hashtag' || parts[index + 1]?.kind !== 'hashtag') return false;
  return !(words.has(index - 1) || words.has(index + 1)) && betweenTags(parts[index]?.text ?? '');
}

/** Whether there are only hashtags before a text on its line, and none of them is a word of a sentence. */
function isBehindTags(parts: readonly Part[], index: number, words: ReadonlySet<number>): boolean {
  let at = index - 1;
  while ((parts[at]?.kind === 'hashtag' && !words.has(at)) || isSeparator(parts, at, words)) at--;
  return at < index - 1 && (at < 0 || /\n[^\S\n]*$/.test(parts[at]?.text ?? ''));
}

const signBefore = /^[^\S\n]*(?:[,;:·•|/.!–—-](?=\s)|[,|](?=[\p{L}\p{N}])|[，、；：｜。！])/u;

/** `#ad | my mop` without the sign between them. */
function withoutSignBefore(text: string, removed: Removed[]): string {
  const sign = signBefore.exec(text)?.[0] ?? '';
  if (sign !== '') removed.push({ text: sign.trim(), reason: 'hashtag-separator' });
  return text.slice(sign.length);
}

function separator(text: string, removed: Removed[]): string {
  const sign = text.trim();
  if (sign !== '') removed.push({ text: sign, reason: 'hashtag-separator' });
  return ' ';
}
