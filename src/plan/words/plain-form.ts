import { plainLetters } from './letters.ts';
import { inOneAlphabet } from './one-alphabet.ts';

/** A text in one form for all that a reader sees as the same words. */
export interface PlainForm {
  readonly text: string;
  /** Where in the written text a place of `text` is, both in code units. */
  readonly written: (at: number) => number;
}

/** Signs that nobody sees; joiners are seen between letters of Persian or Hindi and in emoji, not between these. */
const unseen = String.raw`[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]+|(?<=[\p{Script=Latin}\p{Script=Cyrillic}])[\u200c\u200d]+(?=[\p{Script=Latin}\p{Script=Cyrillic}])`;
/** Arabic letters are stretched (`إعـــلان`) and given vowels for their looks. */
const ofArabic = String.raw`[\u0640\u064b-\u0652]+`;
const composed = String.raw`[^\p{M}\n][\u0300-\u036f\u0653-\u0655\u3099\u309a]+|[\u1100-\u11ff]+`;
const fonts = String.raw`[\u{1D400}-\u{1D7FF}\u2102\u210A-\u2113\u2115\u2119-\u211D\u2124\u212C\u212D\u212F-\u2131\u2133\u2134\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]|[\u24B6-\u24E9]\uFE0F?`;
/** In squares, circles and brackets, filled or not; as emoji too. NFKC makes no letters of most of them. */
const enclosed = String.raw`[\u249C-\u24B5]|[\u{1F110}-\u{1F129}\u{1F130}-\u{1F149}\u{1F150}-\u{1F169}\u{1F170}-\u{1F189}]\uFE0F?`;
/** The first letter of each row of 26 of these. */
const enclosedRows = [0x249c, 0x1f110, 0x1f130, 0x1f150, 0x1f170];
/** Raised and lowered letters, with which people write small (`ᵃᵈ`), and Roman numerals. */
const raised = String.raw`[\u02B0-\u02B8\u02E0-\u02E3\u1D2C-\u1D6A\u2071\u207F\u2090-\u209C\u2160-\u217F]`;
const smallCapitals = 'ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘꞯʀꜱᴛᴜᴠᴡ\0ʏᴢ';
/** Letters of rare use that look like everyday ones. */
const twins: ReadonlyMap<string, string> = new Map(
  [...'ɑaɡgԁdԛqԝwԀDԚQԜW'.matchAll(/(.)(.)/gu)].map(([, from = '', to = '']) => [from, to]),
);
const others = String.raw`[ıİɑɡԁԛԝԀԚԜ]|\r(?!\n)|[\u0085\u2028\u2029]|[ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘꞯʀꜱᴛᴜᴠᴡʏᴢ]`;

const special = new RegExp([unseen, ofArabic, composed, fonts, enclosed, raised, others].join('|'), 'gu');
const hint =
  /[\u0300-\u036f]|[\u064b-\u0655]|[\u3099\u309a]|[\r\u0085\u00ad\u0130\u0131\u0251\u0261\u0280\u0299\u029c\u029f\u028f\u0262\u026a\u0274\u02b0-\u02e3\u0500\u0501\u051a-\u051d\u0640\u1100-\u11ff\u1d00-\u1d6a\u200b-\u200f\u2028-\u202e\u2060\u2066-\u2069\u2071-\u209c\u2102-\u217f\u249c-\u24e9\ua730\ua731\ua7af\ufeff\uff10-\uff5a\ud835]|\ud83c[\udd10-\udd89]/;

/**
 * The plain form of a text: letters composed, without fonts, width, invisible signs or the dots that tell Turkish letters i
 * apart, and words of one alphabet. For finding words only; what goes out is what was written.
 */
export function plainForm(text: string): PlainForm {
  if (!hint.test(text)) return { text: inOneAlphabet(text), written: (at) => at };
  /** Ends of what was replaced, in both texts. */
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
  // Lines drawn through or under a letter compose with none.
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
