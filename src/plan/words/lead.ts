import type { Words } from '../../targets/target.ts';
import { keepLatest } from '../../text/keep-latest.ts';
import type { SizedCaption } from '../plan.ts';
import type { CaptionDisclosures } from './caption-disclosures.ts';
import type { Disclosed } from './disclosures.ts';
import { plainForm } from './plain-form.ts';

type Sized = Omit<SizedCaption, 'removed'>;

/**
 * What has to be added at the start of the body so that every disclosure is present, and one of each kind is visible
 * without a tap: phrases and hashtags that would be lost or hidden. Uses the creator's own words.
 * @param lost disclosing hashtags that did not fit among the hashtags
 */
export function leadOf(
  sized: Sized,
  disclosures: CaptionDisclosures,
  lost: readonly string[],
  { fold }: Pick<Words, 'fold'>,
): string[] {
  const mayTell =
    lost.length > 0 || disclosures.phrases.length > 0 || sized.hashtags.some((each) => disclosures.discloses(each));
  if (!mayTell) return [];
  // A phrase can start in the title and end in the body, with a space in between or, in Chinese, without.
  const all = [' ', ''].map((between) => folded((sized.title ?? '') + between + sized.body));
  const missing = disclosures.phrases.filter(
    ({ kind, text }) => isSure(kind) && !all.some((each) => holds(each, folded(text))),
  );
  const labels = [...lost, ...missing.map(({ text }) => text)];
  for (const kind of ['paid', 'ai'] as const) {
    const isTold =
      labels.some((label) => disclosures.discloses(label) === kind) || missing.some((each) => each.kind === kind);
    if (isTold) continue;
    const tag = sized.hashtags.find((each) => disclosures.discloses(each) === kind);
    const phrases = disclosures.phrases.filter((each) => each.kind === kind);
    if ((tag === undefined && phrases.length === 0) || isSeen(sized, phrases, tag, fold?.value)) continue;
    labels.push(tag ?? shortLabel(phrases, kind));
  }
  return [...new Map(labels.map((label) => [folded(label), withoutBrackets(label)])).values()].filter(Boolean);
}

/** `[ad · AI] ` */
export function leadText(labels: readonly string[]): string {
  return `[${labels.join(' · ')}] `;
}

function isSure(kind: Disclosed): boolean {
  return kind === 'paid' || kind === 'ai';
}

function isSeen(
  { title, body, hashtags }: Sized,
  phrases: CaptionDisclosures['phrases'],
  tag: string | undefined,
  fold = Number.POSITIVE_INFINITY,
): boolean {
  const seen = folded(`${title ?? ''}\n${body.slice(0, fold)}`);
  if (phrases.some(({ text }) => holds(seen, folded(text)))) return true;
  const before = tag === undefined ? -1 : hashtags.indexOf(tag);
  const line = hashtags.slice(0, before + 1).reduce((length, each) => length + each.length + 2, 0);
  return before >= 0 && body.length + 2 + line <= fold;
}

/** A single word from the creator's text instead of a long disclosing phrase. */
function shortLabel(phrases: CaptionDisclosures['phrases'], kind: 'paid' | 'ai'): string {
  const [shortest = ''] = phrases.map(({ text }) => text).sort((one, other) => one.length - other.length);
  if (!/[\p{Script=Hiragana}\p{Script=Katakana}]/u.test(shortest) || /^[\p{Script=Katakana}ー]+$/u.test(shortest))
    return shortest;
  return kind === 'paid' ? 'PR' : 'AI生成';
}

function withoutBrackets(label: string): string {
  return label.replace(/[@＠]/g, '').replace(/^[[(（【「『<＜*〈《{〔«⟨‹\s]+|[\])）】」』>＞*〉》}〕»⟩›\s]+$/g, '');
}

const folded = keepLatest(
  (text) =>
    plainForm(text)
      .text.toLowerCase()
      .replace(/[@＠#＃<>‹›]+/g, '')
      .replace(/\s+/g, ' ')
      .trim(),
  32,
);

const letterOfWord =
  /(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}])[\p{L}\p{N}]/u;

/** Whether a text contains a phrase as whole words. `bread` does not contain `ad`. */
function holds(text: string, saying: string): boolean {
  const startsWord = letterOfWord.test(saying.slice(0, 1));
  const endsWord = letterOfWord.test(saying.slice(-1));
  for (let at = text.indexOf(saying); at >= 0; at = text.indexOf(saying, at + 1)) {
    const isInside =
      (startsWord && letterOfWord.test(text.charAt(at - 1))) ||
      (endsWord && letterOfWord.test(text.charAt(at + saying.length)));
    if (!isInside) return true;
  }
  return false;
}
