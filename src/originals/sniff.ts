import * as z from 'zod';
import type { PostKind } from '../model/post.ts';

/** The type of a file by its first bytes, with the extension of this type. */
export interface Sniffed {
  readonly kind: PostKind;
  readonly extension: string;
}

/** Enough bytes to recognise a type, even of a page that begins with empty lines. */
export const sniffedBytes = 512;

/** The form in the cache. */
export const sniffed = z.union([
  z.object({ kind: z.enum(['video', 'photos']) satisfies z.ZodType<PostKind>, extension: z.string() }),
  z.enum(['empty', 'text', 'unknown']),
]);

/**
 * Detects the type by content, because extensions may be wrong (WebP named `.jpeg`, an error page named `.mp4`).
 * @param head the first bytes of the file, at least `sniffedBytes` unless it is shorter
 * @returns `empty`; `text`: HTML, XML, JSON, a playlist or other text, which is never media; `unknown`: anything else
 */
export function sniff(head: Uint8Array): Sniffed | 'empty' | 'text' | 'unknown' {
  if (head.length === 0) return 'empty';
  const text = String.fromCharCode(...head.subarray(0, sniffedBytes));
  if (text.startsWith('\u00ff\u00d8\u00ff')) return { kind: 'photos', extension: 'jpg' };
  if (text.startsWith('\u0089PNG\r\n')) return { kind: 'photos', extension: 'png' };
  if (/^GIF8[79]a/.test(text)) return { kind: 'photos', extension: 'gif' };
  if (/^(?:II\*\0|MM\0\*)/.test(text)) return { kind: 'photos', extension: 'tif' };
  if (text.startsWith('RIFF') && text.slice(8, 12) === 'WEBP') return { kind: 'photos', extension: 'webp' };
  if (text.startsWith('RIFF') && text.slice(8, 12) === 'AVI ') return { kind: 'video', extension: 'avi' };
  if (text.slice(4, 8) === 'ftyp') return ofBrand(text.slice(8, 12), text.slice(16, 64));
  // Old QuickTime files have no `ftyp`.
  if (['moov', 'mdat', 'wide', 'free', 'skip'].includes(text.slice(4, 8))) return { kind: 'video', extension: 'mov' };
  if (text.startsWith('\u001aE\u00df\u00a3')) {
    return { kind: 'video', extension: text.slice(0, 64).includes('webm') ? 'webm' : 'mkv' };
  }
  if (text.startsWith('OggS')) return { kind: 'video', extension: 'ogv' };
  // A transport stream: packets of 188 bytes, or of 192 bytes with a timestamp before each, as in camcorder files.
  if (text[0] === 'G' && text[188] === 'G') return { kind: 'video', extension: 'ts' };
  if (text[4] === 'G' && text[196] === 'G') return { kind: 'video', extension: 'mts' };
  if (text.startsWith('BM') && text.slice(6, 10) === '\0\0\0\0') return { kind: 'photos', extension: 'bmp' };
  if (text.startsWith('\u00ff\u000a') || text.slice(4, 8) === 'JXL ') return { kind: 'photos', extension: 'jxl' };
  if (text.startsWith('FLV\u0001')) return { kind: 'video', extension: 'flv' };
  return isText(text) ? 'text' : 'unknown';
}

/** @param brand four characters @param compatible the brands that follow it */
function ofBrand(brand: string, compatible: string): Sniffed {
  if (/avi[fs]/.test(brand) || (/mif1|msf1/.test(brand) && /avi[fs]/.test(compatible))) {
    return { kind: 'photos', extension: 'avif' };
  }
  if (/hei[cxms]|hev[cxms]|mif1|msf1/.test(brand)) return { kind: 'photos', extension: 'heic' };
  return { kind: 'video', extension: brand === 'qt  ' ? 'mov' : 'mp4' };
}

/** Text has no control characters except white space (UTF-8, Latin-1); UTF-16 is recognised by its byte order mark. */
function isText(text: string): boolean {
  return /^(?:\u00ff\u00fe|\u00fe\u00ff)/.test(text) || !/[\u0000-\u0008\u000e-\u001a\u001c-\u001f]/.test(text);
}
