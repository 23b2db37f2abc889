import { describe, expect, it } from 'vitest';
import { decodeTable, decodeUnicode } from '../../src/captions/decode.ts';

const utf16 = (text: string) => Buffer.from(text, 'utf16le');
const bytes = (text: string) => Buffer.from(text, 'latin1');
const read = (of: Uint8Array) => {
  const decoded = decodeUnicode(of);
  return decoded === null || typeof decoded === 'string' ? decoded : decoded.text;
};

describe('bytes that may be Unicode', () => {
  it.each<[string, Uint8Array, string | null]>([
    ['ASCII', bytes('abc'), 'abc'],
    ['nothing', bytes(''), ''],
    ['UTF-8', Buffer.from('Möwe 🌊 清晨'), 'Möwe 🌊 清晨'],
    ['two letters of UTF-16', utf16('ab'), 'ab'],
    ['two letters of UTF-16, the other way round', utf16('ab').swap16(), 'ab'],
    ['one letter of UTF-16, which may be anything', utf16('a'), null],
    ['UTF-16 with half a letter at its end', bytes('a\0b\0c'), null],
    ['zeros on both sides', bytes(`${'a\0'.repeat(9)}\0a`), null],
    ['UTF-16 with a letter of East Asia in ten', bytes(`${'a\0'.repeat(10)}\0N`), 'aaaaaaaaaa\u4e00'],
    ['zeros on both sides, the other way round', bytes(`${'\0a'.repeat(9)}a\0`), null],
    ['UTF-16 of East Asia, the other way round', bytes(`${'\0a'.repeat(10)}N\0`), 'aaaaaaaaaa\u4e00'],
    ['a zero in UTF-8', bytes('abc\0'), null],
    ['an escape, as of 7-bit Japanese', bytes('a\u001b$B'), null],
    ['an old encoding', bytes('Möwe'), null],
  ])('%s', (_name, of, text) => expect(read(of)).toBe(text));

  it.each<[string, Uint8Array, string]>([
    ['the mark of UTF-16', Buffer.concat([bytes('\xff\xfe'), utf16('ab')]), 'ab'],
    ['the mark of UTF-16, the other way round', Buffer.concat([bytes('\xfe\xff'), utf16('ab').swap16()]), 'ab'],
    ['the mark of UTF-8', Buffer.from('\ufeffab'), 'ab'],
    ['the mark of UTF-8, and letters that may be there by chance', Buffer.from('\ufeffaλ'), 'aλ'],
  ])('%s tells', (_name, of, text) => expect(read(of)).toBe(text));

  it.each<[string, Uint8Array]>([
    ['the beginning of the mark of UTF-16', bytes('\xff\xe4')],
    ['the beginning of the other mark of UTF-16', bytes('\xfe\xe4')],
    ['the beginning of the mark of UTF-8', bytes('\xef\xbbx')],
    ['the beginning and the end of the mark of UTF-8', bytes('\xef\xe4\xbf')],
  ])('%s does not', (_name, of) => expect(read(of)).toBeNull());

  it.each<[string, Uint8Array, string]>([
    ['UTF-8', bytes('\xef\xbb\xbfa\xe4'), 'UTF-8'],
    ['UTF-16', bytes('\xff\xfea'), 'UTF-16'],
    ['UTF-16, the other way round', bytes('\xfe\xffa'), 'UTF-16'],
  ])('%s with its mark that is damaged is reported', (_name, of, encoding) => {
    expect(read(of)).toMatch(new RegExp(`^it is damaged \\(not all of it is ${encoding}\\): .*CSV UTF-8`));
  });

  it('that are neither text nor an old encoding are reported', async () => {
    expect(await decodeTable(bytes('a\0b\xe4'))).toContain('it holds bytes that are no text');
  });
});

describe('two letters of an old encoding that make one of UTF-8', () => {
  it.each<[string, boolean]>([
    ['CՎtait', true],
    ['aλ', true],
    ['λa', true],
    ['aߠ', true],
    ['\u0301a', true],
    ['so \u0301', true],
    ['CՎtait, aλ', true],
    ['λ', false],
    ['λόγος', false],
    ['Aλ and λ', false],
    ['aλ é', false],
    ['aλ 同', false],
    ['aλ“', false],
    ['a🌊', false],
    ['so', false],
  ])('%j by chance: %s', (text, isByChance) => expect(read(Buffer.from(text))).toBe(isByChance ? null : text));
});
