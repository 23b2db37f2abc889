/**
 * Bytes to text: UTF-8 as TikTok writes it, and UTF-16 with or without a byte-order mark, as editors and spreadsheets
 * save it again. The mark is taken off. Broken sequences become U+FFFD: a damaged title must not cost a post.
 */
export function decodeText(bytes: Uint8Array): string {
  return new TextDecoder(encodingOf(bytes)).decode(bytes);
}

function encodingOf(bytes: Uint8Array): string {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  // Both forms of an export begin with an ASCII character.
  if (first !== undefined && second !== undefined && (first === 0) !== (second === 0))
    return first === 0 ? 'utf-16be' : 'utf-16le';
  return 'utf-8';
}
