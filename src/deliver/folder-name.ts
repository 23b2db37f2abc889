/** Device names that Windows reserves, with any extension. */
const device = /^(con|prn|aux|nul|conin\$|conout\$|com[\d¹²³]|lpt[\d¹²³])\s*(\.|$)/i;

const maxCharacters = 80;

/** YouTube's limit for a title: https://developers.google.com/youtube/v3/docs/videos, 2026-10. */
const maxTitleCharacters = 100;

/** File systems allow 255 bytes, and an emoji has four. The rest is reserved for a number after the name. */
const maxBytes = 240;

/**
 * Converts an account name to a folder name that is valid on any system: no separators, no control or direction
 * characters, no leading dot, no device name, at most 80 characters and 240 bytes. Never empty.
 */
export function folderName(account: string): string {
  return portableName(account.replace(/[<>:"/\\|?*]/g, '_'), maxCharacters) || 'account';
}

/**
 * A key that is equal for names which may be the same folder on some file system: those of Windows, macOS and phones do
 * not distinguish `Maya` from `maya`, composed from decomposed letters, or `stra\u00dfe` from `STRASSE`. In doubt the
 * keys are equal.
 */
export function folderKey(name: string): string {
  return name
    .normalize('NFKD')
    .toUpperCase()
    .toLowerCase()
    .normalize('NFKD')
    .replace(/\p{Cf}/gu, '')
    .replaceAll('\u03c2', '\u03c3')
    .replace(/[.\s]+$/, '');
}

/** Full-width look-alikes of characters that file systems refuse. Source: yt-dlp uses them, 2026. */
const twins: Readonly<Record<string, string>> = {
  '<': '＜',
  '>': '＞',
  ':': '：',
  '"': '＂',
  '/': '⧸',
  '\\': '⧹',
  '|': '｜',
  '?': '？',
  '*': '＊',
};

/**
 * Converts a title to a file name without extension that reads like the title, because a platform that titles by file
 * name turns it into the title again. Empty if no character can be used.
 */
export function titleName(title: string): string {
  return portableName(
    title.replace(/[<>:"/\\|?*]/g, (character) => twins[character] ?? '_').replace(/\s+/g, ' '),
    maxTitleCharacters,
  );
}

/** Removes invisible characters and what Windows reserves; keeps whole graphemes within the limit. May be empty. */
function portableName(text: string, max: number): string {
  const plain = text
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/gu, '')
    .normalize('NFC')
    .replace(/^[.\s]+/, '');
  const short = shortened(plain, max);
  return device.test(short) ? shortened(`_${short}`, max) : short;
}

function shortened(name: string, max: number): string {
  let short = '';
  let bytes = 0;
  // By grapheme: a part of a family emoji is a different emoji.
  for (const { segment } of new Intl.Segmenter('en').segment([...name].slice(0, max).join(''))) {
    bytes += new TextEncoder().encode(segment).length;
    if (bytes > maxBytes) break;
    short += segment;
  }
  return short.replace(/[.\s]+$/, '');
}
