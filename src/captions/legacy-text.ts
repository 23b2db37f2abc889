/** Characters that do not occur in correctly decoded text: undefined bytes, control and private-use characters. */
const impossible = /[\ufffd\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\ue000-\uf8ff]/u;

export interface LegacyText {
  /** null if the bytes are not valid text in this encoding; else composed (NFC). */
  decode(bytes: Uint8Array, encoding: string): string | null;
  /** The same, but drops undefined bytes and control characters. */
  decodeLoosely(bytes: Uint8Array, encoding: string): string;
  /** Unsupported characters become `?`. */
  encode(text: string, encoding: string): Uint8Array;
}

/** Encodings older than Unicode, by iconv-lite. Loaded only for files that are not UTF-8. */
export async function loadLegacyText(): Promise<LegacyText> {
  const { default: iconv } = await import('iconv-lite');
  return {
    decode: (bytes, encoding) => {
      const text = iconv.decode(bytes, encoding);
      return impossible.test(text) ? null : text.normalize('NFC');
    },
    decodeLoosely: (bytes, encoding) => withoutControls(iconv.decode(bytes, encoding)),
    encode: (text, encoding) => iconv.encode(text, encoding),
  };
}

/** Composes the text and removes C1 control characters and U+FFFD. */
export function withoutControls(text: string): string {
  return text.replace(/[\u0080-\u009f\ufffd]/g, '').normalize('NFC');
}
