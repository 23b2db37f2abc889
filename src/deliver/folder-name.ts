/** Names that Windows keeps for devices, with any extension. */
const device = /^(con|prn|aux|nul|conin\$|conout\$|com[\d¹²³]|lpt[\d¹²³])\s*(\.|$)/i;

const maxCharacters = 80;

/** Disks take 255 at most, and an emoji has four; the rest is for a number behind the name. */
const maxBytes = 240;

/**
 * An account's name as the name of one folder on any system: no separators, no control or direction marks, nothing
 * hidden, no device, at most 80 characters and 240 bytes. Never empty.
 */
export function folderName(account: string): string {
  const plain = account
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/gu, '')
    .normalize('NFC')
    .replace(/[<>:"/\\|?*]/g, '_')
    .replace(/^[.\s]+/, '');
  const short = shortened(plain);
  if (short === '') return 'account';
  return device.test(short) ? shortened(`_${short}`) : short;
}

function shortened(name: string): string {
  let short = '';
  let bytes = 0;
  for (const character of [...name].slice(0, maxCharacters)) {
    bytes += new TextEncoder().encode(character).length;
    if (bytes > maxBytes) break;
    short += character;
  }
  return short.replace(/[.\s]+$/, '');
}
