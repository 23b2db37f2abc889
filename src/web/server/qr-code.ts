import { renderSVG, renderUnicodeCompact } from 'uqr';

/** The QR code of an address, drawn with half blocks: each line of text has two rows of modules. */
export function qrCode(url: string): string {
  return renderUnicodeCompact(url, { border: 2 });
}

/** The QR code of an address as a picture. */
export function qrPicture(url: string): string {
  return renderSVG(url, { border: 4 });
}
