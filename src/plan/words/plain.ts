import type { ContactKind } from '../../targets/target.ts';
import { closeGaps, gap } from './gaps.ts';
import { foldTag, isTikTokOnly } from './jargon.ts';
import { contactGap, withoutLabels } from './labels.ts';
import { type Part, parseWords } from './parse.ts';
import type { Removed } from './removed.ts';

/** What is left of a caption when hashtags, handles and forbidden contact details are out of it. */
export interface PlainWords {
  readonly text: string;
  /** In order, without `#`, as they are spelled; with doubles. */
  readonly hashtags: readonly string[];
}

/**
 * @param caption cleaned
 * @param forbidden what the platform takes in no post
 */
export function plainWords(caption: string, forbidden: readonly ContactKind[], removed: Removed[]): PlainWords {
  const parts = parseWords(caption);
  const hashtags: string[] = [];
  const text = parts.map((part, index) => {
    switch (part.kind) {
      case 'text':
        return betweenTags(parts, index) ? separator(part.text, removed) : part.text;
      case 'hashtag':
        hashtags.push(part.name);
        // `##one` is one hashtag with a sign too many.
        for (let more = part.text.length - part.name.length - 1; more > 0; more--)
          removed.push({ text: '#', reason: 'hashtag-separator' });
        return isInSentence(parts, index) && !isTikTokOnly(foldTag(part.name)) ? part.name : gap;
      case 'mention':
        removed.push({ text: part.text, reason: 'mention' });
        return part.name;
      case 'stitch':
        removed.push({ text: part.text, reason: 'platform-tag' });
        return contactGap;
      default:
        if (!forbidden.includes(part.kind)) return withoutSign(part, removed);
        removed.push({ text: part.text, reason: part.kind });
        return contactGap;
    }
  });
  return { text: closeGaps(withoutLabels(text.join(''), removed), removed), hashtags };
}

/** A contact that stays; a handle of another platform becomes a name, since somebody else may have it here. */
function withoutSign({ kind, text }: Part, removed: Removed[]): string {
  const sign = kind === 'handle' || kind === 'messenger' ? /[@＠]\s?[\w.-]+/.exec(text) : null;
  if (!sign) return text;
  removed.push({ text: sign[0], reason: 'mention' });
  return text.replace(sign[0], sign[0].slice(1).trim());
}

/**
 * A hashtag inside a sentence is a word of it (`so much #snow today`) and stays there without its sign; one of a row, or
 * at the end of a line, is a label and goes.
 */
function isInSentence(parts: readonly Part[], index: number): boolean {
  if (tagBeside(parts, index, -1) || tagBeside(parts, index, 1)) return false;
  const next = parts[index + 1];
  if (next?.kind === 'mention') return true;
  return next?.kind === 'text' && /^(?:[^\S\n]*[\p{L}\p{N}]|[.,;:!?)\]}'’”»…。，！？；：、」』])/u.test(next.text);
}

/** Is there a hashtag beside this part, with nothing but a comma between, on the same line? */
function tagBeside(parts: readonly Part[], index: number, step: 1 | -1): boolean {
  const beside = parts[index + step];
  if (beside?.kind === 'hashtag' || beside?.kind === 'stitch') return true;
  return beside?.kind === 'text' && betweenWords(beside.text) && parts[index + 2 * step]?.kind === 'hashtag';
}

function betweenTags(parts: readonly Part[], index: number): boolean {
  return (
    parts[index - 1]?.kind === 'hashtag' && parts[index + 1]?.kind === 'hashtag' && betweenWords(textOf(parts, index))
  );
}

function betweenWords(text: string): boolean {
  return text.length < 10 && /^[^\S\n]*[,，、;·•|/&+-]?[^\S\n]*$/.test(text);
}

function textOf(parts: readonly Part[], index: number): string {
  return parts[index]?.text ?? '';
}

function separator(text: string, removed: Removed[]): string {
  const sign = text.trim();
  if (sign !== '') removed.push({ text: sign, reason: 'hashtag-separator' });
  return ' ';
}
