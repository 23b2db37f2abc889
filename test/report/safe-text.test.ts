import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { safeText } from '../../src/report/safe-text.ts';

/** All that moves a cursor, ends a line or turns the direction. */
const unsafe = /[\p{Cc}\u061c\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2060\u2066-\u2069\ufeff]/u;

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
    ['a space of no width in a word', 'pay\u200bpal', 'pay�pal'],
    ['a joiner in a Latin word', 'pay\u200dpal', 'pay�pal'],
    ['a joiner at the end', 'x\u200d', 'x�'],
    ['a non-joiner in Persian', 'می\u200cخواهم', 'می\u200cخواهم'],
    ['a joiner in Sinhala', 'ශ්\u200dරී', 'ශ්\u200dරී'],
    ['an emoji of several people, with skin', '👩🏽\u200d❤️\u200d👨🏻', '👩🏽\u200d❤️\u200d👨🏻'],
    [
      'the flag of Scotland',
      '🏴\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f}',
      '🏴\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f}',
    ],
    ['an invisible text of tags', 'a\u{e0041}\u{e0042}', 'a����'],
    ['a soft hyphen', 'pass\u00adword', 'pass�word'],
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
