/**
 * Decodes text: UTF-8 as TikTok writes it, and UTF-16 with or without a byte order mark, as editors and spreadsheets
 * save it. The mark is removed. Invalid sequences become U+FFFD, so that a damaged title does not cost a post.
 */
export function decodeText(bytes: Uint8Array): string {
  return new TextDecoder(encodingOf(bytes)).decode(bytes);
}

function encodingOf(bytes: Uint8Array): string {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  // Both JSON and TXT exports begin with an ASCII character, so one zero byte of the first two means UTF-16.
  if (first !== undefined && second !== undefined && (first === 0) !== (second === 0))
    return first === 0 ? 'utf-16be' : 'utf-16le';
  return 'utf-8';
}
