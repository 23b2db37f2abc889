import type { PostKind } from '../model.ts';

/** What a file is by its first bytes, with the extension that fits; null for what is neither video nor image. */
export interface Sniffed {
  readonly kind: PostKind;
  readonly extension: string;
}

/** So many bytes are enough. */
export const sniffedBytes = 16;

/** Extensions lie (`.jpeg` may deliver WebP, an error page calls itself `.mp4`): only the content counts. */
export function sniff(head: Uint8Array): Sniffed | null {
  const text = String.fromCharCode(...head.subarray(0, sniffedBytes));
  if (text.startsWith('\u00ff\u00d8\u00ff')) return { kind: 'photos', extension: 'jpg' };
  if (text.startsWith('\u0089PNG\r\n')) return { kind: 'photos', extension: 'png' };
  if (text.startsWith('GIF8')) return { kind: 'photos', extension: 'gif' };
  if (text.startsWith('RIFF') && text.slice(8, 12) === 'WEBP') return { kind: 'photos', extension: 'webp' };
  if (text.startsWith('RIFF') && text.slice(8, 12) === 'AVI ') return { kind: 'video', extension: 'avi' };
  if (text.slice(4, 8) === 'ftyp') return isoBrand(text.slice(8, 12));
  // QuickTime files of old have no `ftyp`.
  if (['moov', 'mdat', 'wide', 'free'].includes(text.slice(4, 8))) return { kind: 'video', extension: 'mov' };
  if (text.startsWith('\u001aE\u00df\u00a3')) return { kind: 'video', extension: 'mkv' };
  if (text.startsWith('FLV\u0001')) return { kind: 'video', extension: 'flv' };
  return null;
}

function isoBrand(brand: string): Sniffed {
  if (['heic', 'heix', 'mif1', 'msf1', 'heim', 'heis'].includes(brand)) return { kind: 'photos', extension: 'heic' };
  if (brand === 'avif' || brand === 'avis') return { kind: 'photos', extension: 'avif' };
  return { kind: 'video', extension: brand === 'qt  ' ? 'mov' : 'mp4' };
}
