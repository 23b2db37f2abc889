import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { safeText } from '../../src/report/safe-text.ts';

/** All that moves a cursor, ends a line or turns the direction. */
const unsafe = /[\p{Cc}\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]/u;

describe('safeText', () => {
  it.each([
    ['plain words', 'Harbour', 'Harbour'],
    ['other scripts and emoji', '旅行 👨‍👩‍👧 عربي', '旅行 👨‍👩‍👧 عربي'],
    ['a colour', '\u001b[31mred', '�[31mred'],
    ['a title of the window', '\u001b]0;mine\u0007', '�]0;mine�'],
    ['the same in one byte', '\u009b2J', '�2J'],
    ['a line break', 'one\ntwo\r\nthree', 'one�two��three'],
    ['line breaks of Unicode', 'one\u2028two\u2029three\u0085', 'one�two�three�'],
    ['a tab and a backspace', 'a\tb\bc', 'a�b�c'],
    ['the right-to-left override', 'gnp.\u202egpj', 'gnp.�gpj'],
    ['an isolate', '\u2067x\u2069', '�x�'],
    ['the Arabic mark', 'a\u061cb', 'a�b'],
  ])('%s', (_odd, text, expected) => {
    expect(safeText(text)).toBe(expected);
  });

  it('lets nothing through, and is as long as it was', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(safeText(text)).not.toMatch(unsafe);
        expect(safeText(text)).toHaveLength(text.length);
        expect(safeText(safeText(text))).toBe(safeText(text));
      }),
    );
  });
});
