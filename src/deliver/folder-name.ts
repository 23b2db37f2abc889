/** Names that Windows keeps for devices, with any extension. */
const device = /^(con|prn|aux|nul|conin\$|conout\$|com[\d¹²³]|lpt[\d¹²³])\s*(\.|$)/i;

const maxCharacters = 80;

/** YouTube's limit of a title: https://developers.google.com/youtube/v3/docs/videos, 2026-10. */
const maxTitleCharacters = 100;

/** Disks take 255 at most, and an emoji has four; the rest is for a number behind the name. */
const maxBytes = 240;

/**
 * An account's name as the name of one folder on any system: no separators, no control or direction marks, nothing
 * hidden, no device, at most 80 characters and 240 bytes. Never empty.
 */
export function folderName(account: string): string {
  return portableName(account.replace(/[<>:"/\\|?*]/g, '_'), maxCharacters) || 'account';
}

/**
 * Equal for names that may be one folder on some disk: disks of Windows, Macs and phones do not tell `Maya` from `maya`,
 * composed letters from decomposed ones, or `stra\u00dfe` from `STRASSE`. Rather too equal than not.
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

/** What no system takes in a name, as the full-width twins that read the same. Source: yt-dlp does so, 2026. */
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
 * A title as the name of a file, without its extension, that reads like the title: it becomes the title again where a
 * platform names by file. Empty where nothing of it can be in a name.
 */
export function titleName(title: string): string {
  return portableName(
    title.replace(/[<>:"/\\|?*]/g, (character) => twins[character] ?? '_').replace(/\s+/g, ' '),
    maxTitleCharacters,
  );
}

/** Without what hides in a name or what Windows keeps for itself; whole characters, as many as fit. May be empty. */
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
  // By what a reader takes for one character: half a family is another emoji.
  for (const { segment } of new Intl.Segmenter('en').segment([...name].slice(0, max).join(''))) {
    bytes += new TextEncoder().encode(segment).length;
    if (bytes > maxBytes) break;
    short += segment;
  }
  return short.replace(/[.\s]+$/, '');
}
