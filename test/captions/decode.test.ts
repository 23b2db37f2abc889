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

/** Other encodings in which a spreadsheet can save the language. */
const others: Readonly<Record<string, readonly string[]>> = {
  Russian: ['iso-8859-5'],
  Ukrainian: ['maccyrillic', 'koi8-u'],
  Greek: ['macgreek', 'cp737', 'iso-8859-7'],
  Hebrew: ['cp862'],
  Japanese: ['euc-jp'],
  Polish: ['iso-8859-2'],
  Czech: ['cp852', 'iso-8859-2'],
  Hungarian: ['maccenteuro', 'cp852'],
  Romanian: ['cp852'],
  Croatian: ['cp852'],
  Turkish: ['cp857', 'iso-8859-9'],
  Lithuanian: ['cp775', 'maccenteuro'],
  Latvian: ['cp775', 'maccenteuro'],
  Estonian: ['cp775', 'windows-1252'],
  German: ['cp437', 'iso-8859-15'],
  French: ['cp850', 'cp437', 'iso-8859-15'],
  Spanish: ['cp850', 'cp437'],
  Portuguese: ['macintosh', 'cp850'],
  Italian: ['macintosh', 'cp850'],
  Catalan: ['macintosh', 'cp850'],
  Dutch: ['macintosh', 'cp850'],
  Swedish: ['cp850', 'cp437'],
  Danish: ['macintosh', 'cp850'],
  Norwegian: ['macintosh', 'cp850'],
  Finnish: ['macintosh', 'cp850', 'cp437'],
  Icelandic: ['cp850'],
  Albanian: ['macintosh', 'cp850'],
};
const rarer = typed.flatMap(([language, , captions]) =>
  (others[language.split(',')[0] ?? ''] ?? []).map((encoding) => {
    const kept = captions.filter((each) => iconv.decode(Buffer.from(stored(each, encoding)), encoding) === each);
    return [language, encoding, kept] as const;
  }),
);

/** Whether the sheet is refused, or read as it was typed. */
async function expectLetters(captions: readonly string[], encoding: string): Promise<void> {
  const sheet = sheetOf(captions, captions.length);
  const read = await decodeTable(stored(sheet, encoding));
  if (typeof read === 'string') expect(read).toContain('CSV UTF-8');
  else expect(read.text).toBe(sheet);
}

describe('a sheet in an 8-bit or East Asian encoding', () => {
  it.each(cases)('%s in %s: decoded correctly or refused', async (_language, encoding, captions) => {
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

  it.each(cases)(
    '%s in %s: one caption is decoded with the help of known words',
    async (_language, encoding, captions) => {
      const sheet = sheetOf(captions, 2);
      const read = await decodeTable(stored(sheet, encoding), captions.slice(0, 2));
      expect(read).toMatchObject({ text: sheet });
    },
  );

  it.each(rarer.filter(([, , captions]) => captions.length > 2))(
    '%s in %s, which is rarer: the letters that were typed, or none',
    async (_language, encoding, captions) => {
      await expectLetters(captions, encoding);
      await expectLetters(captions.slice(0, 2), encoding);
    },
  );

  it.each<[string, string, string[]]>([
    ['Japanese', 'shift_jis', ['今日は海へ行きました、夏休み～海へ', '楽しかった～！また行きたいです']],
    ['Chinese', 'gb18030', ['今天去海边了～很开心', '早上好～新的一天']],
    ['Taiwanese', 'big5', ['今天去海邊了～很開心', '早安～新的一天']],
    ['Korean', 'cp949', ['바다에 갔어요～ 너무 좋았어요', '오늘 아침～ 커피 한 잔']],
    ['German', 'windows-1252', ['Schöne Grüße aus Köln, Format 9×16', 'Für alle, die früh aufstehen']],
  ])('%s with signs between letters or digits is read', async (_language, encoding, captions) => {
    const sheet = sheetOf(captions, captions.length);
    expect(await decodeTable(stored(sheet, encoding))).toMatchObject({ text: sheet });
  });

  it.each<[string, string, string[]]>([
    ['quotation marks for umlauts', 'cp850', ['großartige nächste Heute schöner Heute']],
    ['one á for ß', 'cp850', ['Wochenende: gemacht, Heute großartige See']],
    ['quotation marks for umlauts, in Finnish', 'cp437', ['Käytä tätä, enintään yksi', 'liian pitkä']],
    ['apostrophes for í', 'macintosh', ['la playa ese día rica por de churros el día']],
    ['a single Chinese character within a word', 'cp850', ['Libërshënues', 'E gjelbër:']],
    ['capital İ, which only Turkish has', 'windows-1254', ['kahve günü İlk Günaydın deniyorum daha kahve ve']],
    ['capital İ alone', 'windows-1254', ['Ekmek ve Herkese ve İlk']],
    ['angle quotation marks for ı and İ', 'macturkish', ['için çay çok güzel mantı İlk gece']],
    ['Hebrew that Cyrillic has letters for', 'windows-1255', ['מדגסקר']],
    ['Cyrillic that Hebrew has letters for', 'windows-1251', ['Баъд аз']],
    ['capitals of Cyrillic', 'windows-1251', ['ИМЕ ШАБЛОН']],
    ['a short word of Persian', 'windows-1256', ['کاغذ']],
    ['a short word of Chinese', 'gb18030', ['Nautilus 链接']],
    ['kana that Thai has letters for', 'euc-jp', ['dpkg について']],
    ['one word of French', 'cp437', ['système d’exploitation'.replace('’', "'")]],
    ['one word beside common ones', 'cp437', ['La Mon du Noël Noël On On']],
    ['one name of Albania', 'windows-1252', ['Durrës']],
    ['Gaelic, which few programs know', 'windows-1252', ['leòr', 'Seall na h-ìomhaigheagan']],
    ['Friulian', 'windows-1252', ['Gravitât', 'cifris arabis orientâls']],
    ['two letters that are one of UTF-8', 'macintosh', ['C’était la']],
    ['one Chinese character that is one of UTF-8', 'gb18030', ['同']],
    ['bullets for ē', 'maccenteuro', ['Kļūda', 'Izvēlieties datni']],
  ])('%s: decoded correctly or refused', async (_name, encoding, captions) => {
    await expectLetters(captions, encoding);
  });

  it('any captions of a language in any of its encodings: decoded correctly or refused', async () => {
    const sheets = fc
      .constantFrom(...cases, ...rarer.filter(([, , captions]) => captions.length > 0))
      .chain(([, encoding, captions]) =>
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
        await expectLetters([words.join(' ').replaceAll('"', '')], encoding);
      }),
      { numRuns: Number(process.env['PORT_LETTER_CASES'] ?? 150) },
    );
  });
});

describe('a Unicode table', () => {
  const text = sheetOf(['Möwen 🌊 清晨'], 2);
  const utf16 = Buffer.from(text, 'utf16le');
  it.each<[string, Uint8Array]>([
    ['UTF-8', Buffer.from(text)],
    ['UTF-8 with its mark', Buffer.from(`\ufeff${text}`)],
    ['UTF-16 with its mark', Buffer.from(`\ufeff${text}`, 'utf16le')],
    ['UTF-16 without it', utf16],
    ['UTF-16, the other way round', Buffer.from(`\ufeff${text}`, 'utf16le').swap16()],
    ['UTF-16, the other way round, without its mark', Buffer.from(utf16).swap16()],
  ])('reads %s', async (_name, bytes) => {
    expect(await decodeTable(bytes)).toEqual({ text, narrow: false, legacy: false });
  });

  it('reads a word of a hundred thousand letters at once', async () => {
    const before = performance.now();
    expect(await decodeTable(Buffer.from('x'.repeat(100_000)))).toMatchObject({ legacy: false });
    expect(performance.now() - before).toBeLessThan(2000);
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
    ['a file of Word', Buffer.from('PK\u0003\u0004....word/document.xml'), /Word \(docx\)/],
    ['a ZIP of other files', Buffer.from('PK\u0003\u0004....videos/1.mp4'), /it is a ZIP/],
    ['a PDF', Buffer.from('%PDF-1.7'), /it is a PDF/],
    ['a document', Buffer.from('{\\rtf1 key'), /it is a document \(rtf\)/],
    ['a file of Numbers', Buffer.from('PK\u0003\u0004Index/Document.iwa'), /Numbers/],
    ['an old workbook', Buffer.from('d0cf11e0a1b11ae1', 'hex'), /Excel \(xls\)/],
    ['a page', Buffer.from('<!DOCTYPE html><html>'), /HTML/],
    ['7-bit Japanese', Buffer.from('key,caption\nx,\u001b$B3$\u001b(B\n'), /letters/],
  ])('refuses %s', async (_name, bytes, why) => {
    const read = await decodeTable(bytes);
    expect(read).toMatch(why);
    expect(read).toContain('CSV UTF-8');
  });
});
