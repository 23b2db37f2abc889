import type { CountingUnit } from '../model/caption.ts';
import type { Issue, IssueCode } from '../model/issue.ts';

/** What a sentence is made of. Empty texts stand for values that the issue does not have. */
export interface IssueFacts {
  readonly actual: string | number;
  readonly limit: string | number;
  readonly place: Issue['place'];
  readonly unit: CountingUnit;
  readonly number: Writing['number'];
  readonly day: Writing['day'];
}

/** How a language writes numbers, and days such as `2026-12-01`. */
export interface Writing {
  readonly number: (value: string | number) => string;
  readonly day: (day: string | number) => string;
}

/** The sentences of a language: does not compile while a code lacks one. */
export type IssueSentences = Readonly<Record<IssueCode, (facts: IssueFacts) => string>>;

const asItIs: Writing = { number: String, day: String };

/** The sentence of an issue in a language. */
export function issueSentence(
  { code, actual, limit, place, unit }: Issue,
  sentences: IssueSentences,
  { number, day }: Writing = asItIs,
): string {
  return sentences[code]({
    actual: actual ?? '',
    limit: limit ?? '',
    place,
    unit: unit ?? 'characters',
    number,
    day,
  });
}

/** For values that can be too small or too large. */
export function isTooLow({ actual, limit }: IssueFacts): boolean {
  return Number(actual) < Number(limit);
}

/** By how much a value is over its limit. */
export function excess({ actual, limit }: IssueFacts): number {
  return Number(actual) - Number(limit);
}

/** Compares widths such as that of `1080x1920`. */
export function isTooNarrow({ actual, limit }: IssueFacts): boolean {
  const [width = 0, height = 0] = String(actual).split('x').map(Number);
  return width / height < Number(limit);
}

/** Rounded up, so that a size one byte above a limit does not look equal to it. */
export function megabytes(bytes: string | number): number {
  return Math.ceil(Number(bytes) / 100_000) / 10;
}

/** Formats a duration: `1 h 30 min`, `37 s`. @param units what stands behind hours, minutes and seconds */
export function span(
  seconds: string | number,
  units: readonly [string, string, string] = [' h', ' min', ' s'],
): string {
  const all = Math.round(Math.abs(Number(seconds)));
  const counts = [Math.floor(all / 3600), Math.floor((all % 3600) / 60), all % 60];
  const told = counts.flatMap((count, index) => (count > 0 ? [`${count}${units[index]}`] : []));
  return told.join(' ') || `0${units[2]}`;
}
