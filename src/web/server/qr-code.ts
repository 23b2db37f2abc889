import { renderUnicodeCompact } from 'uqr';

/** An address for the camera of a phone, in half blocks: two rows of squares a line. */
export function qrCode(url: string): string {
  return renderUnicodeCompact(url, { border: 2 });
}
