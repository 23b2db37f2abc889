/** Names that Windows keeps for devices, with any extension. */
const device = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;

/**
 * An account's name as the name of one folder on any system: no separators, no control or direction marks, nothing
 * hidden, no device, at most 80 characters. Never empty.
 */
export function folderName(account: string): string {
  const plain = account
    .normalize('NFC')
    .replace(/[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2066-\u2069]/g, '')
    .replace(/[<>:"/\\|?*]/g, '_')
    .replace(/^[.\s]+|[.\s]+$/g, '');
  const short = [...plain].slice(0, 80).join('').trim();
  if (short === '') return 'account';
  return device.test(short) ? `_${short}` : short;
}
