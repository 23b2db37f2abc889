import { tidy } from './clean.ts';
import type { Removed } from './removed.ts';

/** Placeholder for removed text until the gaps are closed. Cleaned text never contains this character. */
export const gap = '\u0000';

const pairs = ['()', '[]', '{}', '（）', '［］', '【】', '「」', '『』', '《》', '“”', '‘’', '«»', '‹›', '""'];
const hollow = new RegExp(pairs.map(([open, close]) => `\\${open}[\\s,，、;|/&+·•${gap}]*\\${close}`).join('|'), 'g');
/** The deepest nesting of brackets that is handled. */
const deepest = 3;

/**
 * Removes the placeholders, and lists brackets and quotation marks that became empty. Those that a creator wrote empty
 * (`main()`) stay.
 */
export function closeGaps(text: string, removed: Removed[]): string {
  if (!text.includes(gap)) return tidy(text);
  let closed = text;
  for (let depth = 0; depth < deepest; depth++) {
    closed = closed.replace(hollow, (brackets) => {
      if (!brackets.includes(gap)) return brackets;
      removed.push({ text: brackets.replaceAll(gap, '').replace(/\s+/g, ''), reason: 'empty-brackets' });
      return gap;
    });
  }
  return tidy(
    tidy(closed).replace(/ ?\0[\0 ]*/g, (run, at: number, all: string) => between(run, all, at + run.length)),
  );
}

/**
 * The white space for a gap: `It is at x.com.` leaves no space before its full stop; `see x.com :)` does, as does a
 * French exclamation mark.
 */
function between(run: string, all: string, end: number): string {
  const leadsToSign =
    run.endsWith(gap) && /^(?:[.,;:!?…。，！？；：、]+(?:\s|$)|[)\]}）】」』”»])/.test(all.slice(end, end + 8));
  return run.includes(' ') && !leadsToSign ? ' ' : '';
}
