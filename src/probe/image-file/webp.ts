import { latin1, maxSegments, pictureSegment, type Segment, viewOf } from './segment.ts';

const shown = new Set(['VP8 ', 'VP8L', 'ALPH', 'ICCP', 'ANIM', 'ANMF']);
/** Bits in the first byte of `VP8X`: an EXIF or XMP chunk follows. */
const metadataFlags = 0b0000_1100;

/**
 * The chunks of a WebP (RFC 9649, 2.7) after its header of 12 bytes. The last one is the data after its end.
 * @returns null if it is not a WebP, or incomplete
 */
export function webpSegments(bytes: Uint8Array): readonly Segment[] | null {
  if (bytes.length < 12 || latin1(bytes, 0, 4) !== 'RIFF' || latin1(bytes, 8, 12) !== 'WEBP') return null;
  const view = viewOf(bytes);
  const fileEnd = 8 + view.getUint32(4, true);
  if (fileEnd > bytes.length) return null;
  const segments: Segment[] = [];
  let at = 12;
  while (at + 8 <= fileEnd && segments.length < maxSegments) {
    const length = view.getUint32(at + 4, true);
    const end = at + 8 + length + (length % 2);
    if (end > fileEnd) return null;
    const type = latin1(bytes, at, at + 4);
    segments.push(segmentOf(type, bytes.subarray(at, end), bytes.subarray(at + 8, at + 8 + length)));
    at = end;
  }
  if (at < fileEnd || segments.length === 0) return null;
  const rest = bytes.subarray(fileEnd);
  return [...segments, { kind: 'behind', bytes: rest, data: rest }];
}

/** Creates a file from these chunks. */
export function webpFile(chunks: Uint8Array): Uint8Array {
  const header = Buffer.from('RIFF....WEBP', 'latin1');
  header.writeUInt32LE(chunks.length + 4, 4);
  return Buffer.concat([header, chunks]);
}

function segmentOf(type: string, bytes: Uint8Array, data: Uint8Array): Segment {
  if (type === 'VP8X' && bytes.length > 8) {
    const plain = bytes.slice();
    plain[8] = (plain[8] ?? 0) & ~metadataFlags;
    return pictureSegment(plain);
  }
  if (shown.has(type)) return pictureSegment(bytes);
  if (type === 'XMP ') return { kind: 'xmp', bytes, data };
  if (type !== 'EXIF') return { kind: 'text', bytes, data };
  // Many writers copy the header that JPEG needs.
  return { kind: 'exif', bytes, data: data.subarray(latin1(data, 0, 4) === 'Exif' ? 6 : 0) };
}
