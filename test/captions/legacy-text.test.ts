import { describe, expect, it } from 'vitest';
import { loadLegacyText, withoutControls } from '../../src/captions/legacy-text.ts';

describe('bytes in an old encoding', () => {
  it.each<[string, string, number[], string | null]>([
    ['letters', 'windows-1252', [0x4d, 0xf6, 0x77, 0x65], 'Möwe'],
    ['tabs and line ends', 'windows-1252', [0x61, 9, 0x62, 13, 10], 'a\tb\r\n'],
    ['a letter and its tone: one character', 'windows-1258', [0x65, 0xec], 'é'],
    ['a NUL', 'windows-1252', [0x61, 0], null],
    ['a backspace', 'windows-1252', [0x61, 8], null],
    ['a vertical tab', 'windows-1252', [0x61, 11], null],
    ['a page break', 'windows-1252', [0x61, 12], null],
    ['a shift', 'windows-1252', [0x61, 14], null],
    ['an escape', 'windows-1252', [0x61, 0x1b], null],
    ['a separator of units', 'windows-1252', [0x61, 0x1f], null],
    ['a delete', 'windows-1252', [0x61, 0x7f], null],
    ['a byte that means nothing', 'windows-1252', [0x61, 0x81], null],
    ['a control character of Latin-1', 'iso-8859-15', [0x61, 0x9f], null],
    ['a soft hyphen', 'windows-1252', [0x61, 0xad], null],
    ['half a character', 'gb18030', [0x61, 0xc4], null],
    ['a character of private use', 'macintosh', [0x61, 0xf0], null],
  ])('%s', async (_name, encoding, bytes, text) => {
    expect((await loadLegacyText()).decode(Uint8Array.from(bytes), encoding)).toBe(text);
  });

  it('are read loosely without what means nothing', async () => {
    const { decodeLoosely } = await loadLegacyText();
    expect(decodeLoosely(Uint8Array.from([0x61, 0x81, 0x62]), 'windows-1252')).toBe('ab');
    expect(decodeLoosely(Uint8Array.from([0x65, 0xec]), 'windows-1258')).toBe('é');
  });

  it('have question marks for what the encoding lacks', async () => {
    const { encode } = await loadLegacyText();
    expect([...encode('aя', 'windows-1252')]).toEqual([0x61, 0x3f]);
  });

  it.each([
    ['a\u0080b\u009fc\ufffdd', 'abcd'],
    ['a\u007f\u00a0\n', 'a\u007f\u00a0\n'],
    ['e\u0301', 'é'],
  ])('%j without controls is %j', (text, expected) => expect(withoutControls(text)).toBe(expected));
});
