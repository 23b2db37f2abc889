import type { Caption } from '../../model/caption.ts';
import { cleanText } from './clean.ts';
import {
  type Disclosed,
  type Disclosure,
  disclosedByTag,
  disclosuresIn,
  type Language,
  languageOf,
} from './disclosures.ts';
import { parseWords } from './parse.ts';

/** Disclosures in the text of a post, and its language. */
export interface CaptionDisclosures {
  readonly language: () => Language;
  /** Disclosures in title, text and footer. Of hashtags only those in the footer, where they stay words. */
  readonly phrases: readonly Disclosure[];
  readonly discloses: (hashtag: string) => Disclosed | null;
}

const known = new WeakMap<Caption, { readonly footer: string; readonly disclosures: CaptionDisclosures }>();

/** Finds the disclosures in a caption and its footer; cached for all platforms. */
export function captionDisclosures(caption: Caption | null, footer: string): CaptionDisclosures {
  const before = caption && known.get(caption);
  if (before?.footer === footer) return before.disclosures;
  const texts = [caption?.title ?? '', caption?.text ?? '', footer];
  const language = () => languageOf([...texts, ...(caption?.hashtags ?? [])].join(' '));
  const seen = new Map<string, Disclosed | null>();
  const discloses = (hashtag: string) => {
    if (!seen.has(hashtag)) seen.set(hashtag, disclosedByTag(hashtag, language));
    return seen.get(hashtag) ?? null;
  };
  const ofFooter = tagsIn(footer).flatMap((text): Disclosure[] => {
    const kind = discloses(text);
    return kind === null ? [] : [{ kind, text, at: 0, end: 0 }];
  });
  const disclosures = { language, phrases: [...texts.flatMap(disclosuresIn), ...ofFooter], discloses };
  if (caption) known.set(caption, { footer, disclosures });
  return disclosures;
}

/**
 * All kinds of disclosures in title, text and hashtags, each once; `asked` kinds only if nothing certain is disclosed.
 */
export function disclosedBy(
  caption: Pick<Caption, 'title' | 'text' | 'hashtags'> | null,
  added: readonly string[],
  footer: string,
): Disclosed[] {
  const texts = [caption?.title ?? '', caption?.text ?? '', footer];
  const tags = [
    ...texts.flatMap(tagsIn),
    ...(caption?.hashtags ?? []).map((tag) => tag.replace(/^[#＃]+/, '')),
    ...added,
  ];
  const language = () => languageOf([...texts, ...tags].join(' '));
  const kinds = new Set<Disclosed>();
  for (const { kind } of texts.flatMap(disclosuresIn)) kinds.add(kind);
  for (const tag of tags) {
    const kind = disclosedByTag(tag, language);
    if (kind) kinds.add(kind);
  }
  if (kinds.has('paid')) kinds.delete('asked-paid');
  if (kinds.has('ai')) kinds.delete('asked-ai');
  return [...kinds];
}

function tagsIn(text: string): string[] {
  return parseWords(cleanText(text, [])).flatMap((part) => (part.kind === 'hashtag' ? [part.name] : []));
}
