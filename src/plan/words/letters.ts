/**
 * Mathematical (𝓢𝓸𝓯𝓽, 𝗯𝗼𝗹𝗱, ℒ) and circled (ⓢ) letters of Unicode, which people use as fonts. Search does not find
 * them, and screen readers spell them out. NFKC converts them to letters; it would change the meaning of other
 * characters (℃, ½, ﷺ), so only these are converted.
 */
const styled =
  /[\u{1D400}-\u{1D7FF}\u2102\u210A-\u2113\u2115\u2119-\u211D\u2124\u2128\u212C\u212D\u212F-\u2131\u2133\u2134\u2139\u2145-\u2149\u24B6-\u24E9]+/gu;
const hint = /[\u2102-\u2149\u24B6-\u24E9\uD835]/;

export interface PlainLetters {
  readonly text: string;
  /** The original characters that were converted, in order. */
  readonly styled: readonly string[];
}

/** Converts letters used as fonts to plain letters. */
export function plainLetters(text: string): PlainLetters {
  if (!hint.test(text)) return { text, styled: [] };
  const found = text.match(styled) ?? [];
  return { text: text.replace(styled, (letters) => letters.normalize('NFKC')), styled: found };
}
