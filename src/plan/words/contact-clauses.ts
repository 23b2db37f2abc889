import { firstWord, sentencesOf } from './boundaries.ts';
import { clausesOf } from './clauses.ts';
import { tidy } from './clean.ts';
import { closeGaps, gap } from './gaps.ts';
import { contactGap } from './labels.ts';
import { isPointing, leadsTo } from './pointing.ts';

/** A clause that contains a contact, or from which one was removed, as it is in the text now. */
export interface ContactClause {
  readonly text: string;
  /** The range that may be a title, in code units; empty for a fragment. */
  readonly from: number;
  readonly to: number;
  /** Only a contact: never a title. */
  readonly isContact: boolean;
}

/** Marks a gap that a contact left. Cleaned text never contains this character. */
const gapSign = '\u0002';
/** Marks a contact that stays. Cleaned text never contains this character. */
const contactSign = '\u0003';
/** Slightly more than the 2000 characters in which titles are searched. */
const searchedCharacters = 3000;

export function markContact(contact: string): string {
  return contactSign + contact + contactSign;
}

export function unmarkContacts(text: string): string {
  return text.replaceAll(contactSign, '');
}

/**
 * Finds the clauses with contacts.
 * @param bare the text with `contactGap` at removed contacts and marks around contacts that stay
 */
export function contactClauses(bare: string): readonly ContactClause[] {
  const start = bare.slice(0, searchedCharacters);
  if (!(start.includes(contactGap) || start.includes(contactSign))) return [];
  return closeGaps(start.replaceAll(contactGap, gap + gapSign), [])
    .split('\n')
    .filter((line) => /[\u0002\u0003]/.test(line))
    .flatMap(sentencesOf)
    .flatMap(clausesOf)
    .flatMap(contactClause);
}

const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}]/u;
const hangul = /\p{Script=Hangul}/u;
/** Japanese and Korean particles, which follow their noun. */
const particles = new Set(
  'で でも では に には を は が の と も へ から まで より にて として 에서 에서는 에서도 으로 으로만 로 로만 에 에는 에도 에게 은 는 이 가 을 를 의 도 와 과 랑 이랑 하고 까지 부터 님 님의 님이 님께'.split(
    ' ',
  ),
);

const endsWithParticle = /(?:[はがをにでのとへもや]|[은는이가을를의로과와]|으로|에서|ที่|ทาง|กับ|จาก|ใน)[:：]?$/u;

function contactClause(clause: string): ContactClause[] {
  const text = tidy(clause.replace(/[\u0002\u0003]/g, ''));
  if (text === '') return [];
  const part = (from: number, to: number, isContact = false): ContactClause[] => [{ text, from, to, isContact }];
  if (clause.includes(contactSign)) {
    const beside = clause.replace(/\u0003[^\u0003]*(?:\u0003|$)/g, ' ').replaceAll(gapSign, ' ');
    if (wordsIn(beside) <= 4) return part(0, 0, (beside.match(/[\p{L}\p{M}]+/gu) ?? []).every(isPointing));
  }
  if (!clause.includes(gapSign)) return [];
  const [before = '', ...behind] = clause.replaceAll(contactSign, '').split(gapSign).map(tidy);
  if (unspaced.test(text) || hangul.test(text)) {
    const last = behind.at(-1) ?? '';
    const particle = firstWord(last);
    // `新作は … で販売中` is broken. The text before a contact, or after its particle, is meaningful by itself.
    const isBroken = behind.some((each) => particles.has(firstWord(each)));
    if (!isBroken && wordsIn(last) === 0 && wordsIn(before) > 3) return [];
    const whole = withoutPointing(before);
    if (wordsIn(whole) >= 3 && !endsWithParticle.test(whole)) return part(0, whole.length);
    const rest = particles.has(particle) ? last.slice(particle.length).trimStart() : last;
    return wordsIn(rest) >= 3 ? part(text.length - rest.length, text.length) : part(0, 0);
  }
  if (before === '') return wordsIn(text) <= 6 || leadsTo(firstWord(text)) ? part(0, 0) : [];
  const endsTorn = wordsIn(behind.at(-1) ?? '') === 0;
  return wordsIn(text) <= (endsTorn ? 3 : 6) ? part(0, 0) : [];
}

/** `신상 가디건 입어봤는데요 링크는` without the word that introduces the link. */
function withoutPointing(before: string): string {
  let kept = before;
  for (;;) {
    const last = /\s*(\S+)$/.exec(kept);
    if (!isPointing(last?.[1] ?? '')) return kept;
    kept = kept.slice(0, last?.index);
  }
}

/** An approximate word count that also works for scripts without spaces. */
function wordsIn(text: string): number {
  const spaced = text.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word) && !unspaced.test(word)).length;
  const eastern = text.match(/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/gu)?.length ?? 0;
  const southern = text.match(/(?=\p{L})[\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}]/gu)?.length ?? 0;
  return spaced + eastern / 1.5 + southern / 3;
}
