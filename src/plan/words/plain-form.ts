import { plainLetters } from './letters.ts';
import { inOneAlphabet } from './one-alphabet.ts';

/** A normalised text in which words that look equal are equal. */
export interface PlainForm {
  readonly text: string;
  /** Maps a position in `text` to the original text, both in code units. */
  readonly written: (at: number) => number;
}

/** Invisible characters. Joiners are visible between Persian or Hindi letters and in emoji, but not between these. */
const unseen = String.raw`[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]+|(?<=[\p{Script=Latin}\p{Script=Cyrillic}])[\u200c\u200d]+(?=[\p{Script=Latin}\p{Script=Cyrillic}])`;
/** Decorative elongation (`إعـــلان`) and vowel marks in Arabic. */
const ofArabic = String.raw`[\u0640\u064b-\u0652]+`;
const composed = String.raw`[^\p{M}\n][\u0300-\u036f\u0653-\u0655\u3099\u309a]+|[\u1100-\u11ff]+`;
const fonts = String.raw`[\u{1D400}-\u{1D7FF}\u2102\u210A-\u2113\u2115\u2119-\u211D\u2124\u212C\u212D\u212F-\u2131\u2133\u2134\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]|[\u24B6-\u24E9]\uFE0F?`;
/** Letters in squares, circles and brackets, also as emoji. NFKC does not convert most of them. */
const enclosed = String.raw`[\u249C-\u24B5]|[\u{1F110}-\u{1F129}\u{1F130}-\u{1F149}\u{1F150}-\u{1F169}\u{1F170}-\u{1F189}]\uFE0F?`;
/** The first letter of each row of 26. */
const enclosedRows = [0x249c, 0x1f110, 0x1f130, 0x1f150, 0x1f170];
/** Superscript and subscript letters, used for small text (`ᵃᵈ`), and Roman numerals. */
const raised = String.raw`[\u02B0-\u02B8\u02E0-\u02E3\u1D2C-\u1D6A\u2071\u207F\u2090-\u209C\u2160-\u217F]`;
const smallCapitals = 'ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘꞯʀꜱᴛᴜᴠᴡ\0ʏᴢ';
/** Rare letters that look like common ones. */
const twins: ReadonlyMap<string, string> = new Map(
  [...'ɑaɡgԁdԛqԝwԀDԚQԜW'.matchAll(/(.)(.)/gu)].map(([, from = '', to = '']) => [from, to]),
);
const others = String.raw`[ıİɑɡԁԛԝԀԚԜ]|\r(?!\n)|[\u0085\u2028\u2029]|[ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘꞯʀꜱᴛᴜᴠᴡʏᴢ]`;

const special = new RegExp([unseen, ofArabic, composed, fonts, enclosed, raised, others].join('|'), 'gu');
const hint =
  /[\u0300-\u036f]|[\u064b-\u0655]|[\u3099\u309a]|[\r\u0085\u00ad\u0130\u0131\u0251\u0261\u0280\u0299\u029c\u029f\u028f\u0262\u026a\u0274\u02b0-\u02e3\u0500\u0501\u051a-\u051d\u0640\u1100-\u11ff\u1d00-\u1d6a\u200b-\u200f\u2028-\u202e\u2060\u2066-\u2069\u2071-\u209c\u2102-\u217f\u249c-\u24e9\ua730\ua731\ua7af\ufeff\uff10-\uff5a\ud835]|\ud83c[\udd10-\udd89]/;

/**
 * Normalises a text: composed letters, no fonts, width variants or invisible characters, no distinction between the
 * Turkish letters i, one alphabet per word. Only for finding words; the delivered text is the original.
 */
export function plainForm(text: string): PlainForm {
  if (!hint.test(text)) return { text: inOneAlphabet(text), written: (at) => at };
  /** Ends of replacements, in both texts. */
  const ends: { readonly plain: number; readonly written: number }[] = [];
  let shift = 0;
  const plain = text.replace(special, (found, at: number) => {
    const instead = plainSign(found);
    shift += instead.length - found.length;
    if (instead.length !== found.length) ends.push({ plain: at + found.length + shift, written: at + found.length });
    return instead;
  });
  return { text: inOneAlphabet(plain), written: (at) => writtenPlace(ends, at) };
}

function plainSign(found: string): string {
  const small = smallCapitals.indexOf(found);
  if (small >= 0) return String.fromCharCode(97 + small);
  if (/^[ıİ]$/u.test(found)) return 'i';
  const twin = twins.get(found);
  if (twin !== undefined) return twin;
  if (/^[\r\u0085\u2028\u2029]$/.test(found)) return '\n';
  const code = found.codePointAt(0) ?? 0;
  for (const first of enclosedRows) {
    if (code >= first && code < first + 26) return String.fromCharCode(97 + code - first);
  }
  if (/^[\u02b0-\u02e3\u1d2c-\u1d6a\u2071-\u209c\u2160-\u217f]$/.test(found)) return found.normalize('NFKC');
  if (/^[\uff10-\uff5a]$/.test(found)) return found.normalize('NFKC');
  if (/^(?:\p{M}|\p{Cf}|\u0640)/u.test(found)) return '';
  // Combining strokes through or under a letter do not compose with it.
  return plainLetters(found)
    .text.normalize('NFC')
    .replace(/[\u0305\u0332-\u0338\ufe0f]/g, '');
}

function writtenPlace(ends: readonly { readonly plain: number; readonly written: number }[], at: number): number {
  let low = 0;
  let high = ends.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ends[middle]?.plain ?? 0) <= at) low = middle + 1;
    else high = middle;
  }
  const last = ends[low - 1];
  return last === undefined ? at : last.written + (at - last.plain);
}
