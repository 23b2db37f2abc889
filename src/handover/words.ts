import { count } from '../plan/counting.ts';
import { cut, ellipsis } from '../plan/cut.ts';
import { captionText } from '../plan/written-caption.ts';
import type { Package } from './contract.ts';
import { mustDeclare } from './contract.ts';
import type { Remark } from './reasons.ts';

type Words = Pick<Package, 'title' | 'body' | 'hashtags'>;

/** How a tool measures and limits titles. */
export interface TitleRule {
  readonly max: number;
  readonly length: (title: string) => number;
}

export const codePoints = (text: string) => [...text].length;
export const halfWidths = (text: string) => count(text, 'half-width');
export const codeUnits = (text: string) => count(text, 'characters');

export interface TitledWords {
  readonly title: string;
  readonly body: string;
  readonly remarks: readonly Remark[];
}

/**
 * The words of a package for a tool that requires a title and cuts a longer one. Nothing is lost: a title that has to be
 * shorter stands whole in the text.
 * @returns null if there is nothing to make a title of
 */
export function titledWords(from: Package, rule: TitleRule): TitledWords | null {
  const written = (from.title ?? '').trim();
  const source = written || from.body.split('\n').find((line) => line.trim() !== '') || from.hashtags[0] || '';
  const title = shortTitle(source.trim(), rule);
  if (title === '') return null;
  if (written === '') return { title, body: from.body, remarks: [{ code: 'title-made', actual: title }] };
  if (title === written) return { title, body: from.body, remarks: [] };
  return { title, body: withTitle(from, written), remarks: [{ code: 'title-cut', actual: title }] };
}

/** The number of a part, at the end of its title. */
const partNumber = / \(\d+\/\d+\)$/;

/** A title that is short enough, cut between words, with the number of its part. */
export function shortTitle(title: string, { max, length }: TitleRule): string {
  if (length(title) <= max) return title;
  const number = partNumber.exec(title)?.[0] ?? '';
  const own = title.slice(0, title.length - number.length).replace(/…$/, '');
  // The cut counts in code units, of which a tool's unit may be up to two.
  for (let room = 2 * max; room > 0; room--) {
    const short = cut(own, { unit: 'characters', max: room }).text + number;
    if (short !== number && length(short) <= max) return short;
  }
  return '';
}

/** The text with the whole title, which goes first, but after what discloses that a post is paid or made by AI. */
function withTitle(from: Package, title: string): string {
  const whole = title.replace(partNumber, '');
  const { body } = from;
  if (body.includes(whole.replace(new RegExp(`\\s*${ellipsis}$`), ''))) return body;
  const joined = (mustDeclare(from) ? [body, whole] : [whole, body]).filter(Boolean).join('\n\n');
  const { max, unit } = from.target.words.body;
  const { hashtags } = from;
  return count(textWithTags({ body: joined, hashtags }), unit) <= max.value ? joined : body;
}

/** The text and, below it, the hashtags. */
export function textWithTags({ body, hashtags }: Omit<Words, 'title'>): string {
  return captionText({ title: null, body, hashtags }).replace(/\n$/, '');
}

/** A text for a tool that refuses an empty one: else the title, else the first hashtag. */
export function filledBody(
  body: string,
  title: string,
  { hashtags }: Pick<Words, 'hashtags'>,
): { readonly body: string; readonly remarks: readonly Remark[] } {
  if (body.trim() !== '') return { body, remarks: [] };
  const made = title.trim() || (hashtags[0] ?? '');
  return { body: made, remarks: [{ code: 'body-made', actual: made }] };
}

/** Hashtags as one word each, without signs that separate them in a tool's list. */
export function plainTags(hashtags: readonly string[], most: number): readonly string[] {
  const plain = hashtags.map((name) => name.replace(/^[#＃]+/, '').replace(/[\s,，]+/gu, '')).filter(Boolean);
  return [...new Set(plain)].slice(0, most);
}
