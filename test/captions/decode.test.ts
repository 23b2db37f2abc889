import fc from 'fast-check';
import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { decodeTable } from '../../src/captions/decode.ts';
import { sheetOf, typed } from './typed.ts';

/** The tones of Vietnamese stand after their vowel in windows-1258. */
function stored(text: string, encoding: string): Uint8Array {
  if (encoding !== 'windows-1258') return iconv.encode(text, encoding);
  const parted = [...text].map((each) => {
    if (each === '?' || iconv.decode(iconv.encode(each, encoding), encoding) === each) return each;
    const marks = each.normalize('NFD');
    const tone = [...marks].filter((mark) => '\u0300\u0301\u0303\u0309\u0323'.includes(mark)).join('');
    return (
      [...marks]
        .filter((mark) => !tone.includes(mark))
        .join('')
        .normalize('NFC') + tone
    );
  });
  return iconv.encode(parted.join(''), encoding);
}

const cases = typed.flatMap(([language, encodings, captions]) =>
  encodings.map((encoding) => [language, encoding, captions] as const),
);

describe('a sheet in the encoding of a country', () => {
  it.each(cases)('%s in %s: the letters that were typed, or none', async (_language, encoding, captions) => {
    for (const rows of [1, 3, 5, 30])
      for (let first = 0; first < (rows < 5 ? captions.length : 1); first++) {
        const sheet = sheetOf(captions, rows, first);
        const read = await decodeTable(stored(sheet, encoding));
        if (typeof read === 'string') expect(read).toContain('CSV UTF-8');
        else expect(read.text).toBe(sheet);
      }
  });

  // jschardet does not know Catalan: few captions may be refused.
  it.each(cases.filter(([language]) => language !== 'Catalan'))(
    '%s in %s: five captions are read',
    async (_language, encoding, captions) => {
      const sheet = sheetOf(captions, 5);
      expect(await decodeTable(stored(sheet, encoding))).toMatchObject({ text: sheet, legacy: true });
    },
  );

  it.each(cases)('%s in %s: one caption is read beside words that are known', async (_language, encoding, captions) => {
    const sheet = sheetOf(captions, 2);
    const read = await decodeTable(stored(sheet, encoding), captions.slice(0, 2));
    expect(read).toMatchObject({ text: sheet });
  });

  it('any captions of a language in any of its encodings: the letters that were typed, or none', async () => {
    const sheets = fc.constantFrom(...cases).chain(([, encoding, captions]) =>
      fc.record({
        encoding: fc.constant(encoding),
        words: fc.array(fc.constantFrom(...captions.flatMap((caption) => caption.split(' '))), {
          minLength: 4,
          maxLength: 30,
        }),
      }),
    );
    await fc.assert(
      fc.asyncProperty(sheets, async ({ encoding, words }) => {
        const sheet = sheetOf([words.join(' ').replaceAll('"', '')], 1);
        const read = await decodeTable(stored(sheet, encoding));
        if (typeof read !== 'string') expect(read.text).toBe(sheet);
      }),
      { numRuns: 150 },
    );
  });
});

describe('a table in Unicode', () => {
  const text = sheetOf(['Möwen 🌊 清晨'], 2);
  const utf16 = Buffer.from(text, 'utf16le');
  it.each<[string, Uint8Array]>([
    ['UTF-8', Buffer.from(text)],
    ['UTF-8 with its mark', Buffer.from(`\ufeff${text}`)],
    ['UTF-16 with its mark', Buffer.from(`\ufeff${text}`, 'utf16le')],
    ['UTF-16 without it', utf16],
    ['UTF-16, the other way round', Buffer.from(`\ufeff${text}`, 'utf16le').swap16()],
    ['UTF-16, the other way round, without its mark', Buffer.from(utf16).swap16()],
  ])('%s is read', async (_name, bytes) => {
    expect(await decodeTable(bytes)).toEqual({ text, narrow: false, legacy: false });
  });

  it.each<[string, Uint8Array, RegExp]>([
    [
      'UTF-8 with its mark, cut within a letter',
      Buffer.from('\ufeffkey,caption\nx,Möwen').subarray(0, -4),
      /not all of it is UTF-8/,
    ],
    ['UTF-16 with its mark, cut within a letter', Buffer.from('\ufeffkey,x', 'utf16le').subarray(0, -1), /UTF-16/],
    ['a workbook of Excel', Buffer.from('PK\u0003\u0004....xl/workbook.xml'), /Excel \(xlsx\)/],
    [
      'a file of LibreOffice',
      Buffer.from('PK\u0003\u0004mimetypeapplication/vnd.oasis.opendocument.spreadsheet'),
      /LibreOffice/,
    ],
    ['a file of Numbers', Buffer.from('PK\u0003\u0004Index/Document.iwa'), /Numbers/],
    ['an old workbook', Buffer.from('d0cf11e0a1b11ae1', 'hex'), /Excel \(xls\)/],
    ['a page', Buffer.from('<!DOCTYPE html><html>'), /HTML/],
    ['7-bit Japanese', Buffer.from('key,caption\nx,\u001b$B3$\u001b(B\n'), /letters/],
  ])('%s is refused', async (_name, bytes, why) => {
    const read = await decodeTable(bytes);
    expect(read).toMatch(why);
    expect(read).toContain('CSV UTF-8');
  });
});
