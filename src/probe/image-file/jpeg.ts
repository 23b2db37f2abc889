import { latin1, maxSegments, pictureSegment, type Segment, viewOf } from './segment.ts';

/**
 * The segments of a JPEG (ITU-T T.81, annex B). The last one is the data after its end.
 * @returns null if it is not a JPEG, or incomplete
 */
export function jpegSegments(bytes: Uint8Array): readonly Segment[] | null {
  if (bytes[0] !== 0xff || bytes[1] !== startOfImage) return null;
  const view = viewOf(bytes);
  const segments = [pictureSegment(bytes.subarray(0, 2))];
  let at = 2;
  while (segments.length < maxSegments) {
    if (bytes[at] !== 0xff) return null;
    // Any number of 0xff fill bytes may precede a marker.
    while (bytes[at + 1] === 0xff) at++;
    const marker = bytes[at + 1] ?? 0;
    if (marker === endOfImage) return [...segments, pictureSegment(bytes.subarray(at, at + 2)), behind(bytes, at + 2)];
    if (at + 4 > bytes.length || marker < 0xc0 || marker === startOfImage || isRestart(marker)) return null;
    const length = view.getUint16(at + 2);
    const end = marker === startOfScan ? endOfScan(bytes, at + 2 + length) : at + 2 + length;
    if (length < 2 || end === null || end > bytes.length) return null;
    segments.push(segmentOf(marker, bytes.subarray(at, end)));
    at = end;
  }
  return null;
}

const startOfImage = 0xd8;
const endOfImage = 0xd9;
const startOfScan = 0xda;
const comment = 0xfe;
const isRestart = (marker: number) => marker >= 0xd0 && marker <= 0xd7;
const isApplication = (marker: number) => marker >= 0xe0 && marker <= 0xef;

function behind(bytes: Uint8Array, at: number): Segment {
  return { kind: 'behind', bytes: bytes.subarray(at), data: bytes.subarray(at) };
}

/** Inside a scan 0xff is followed by 0 or a restart marker; anything else ends it. */
function endOfScan(bytes: Uint8Array, from: number): number | null {
  for (let at = bytes.indexOf(0xff, from); at >= 0 && at + 1 < bytes.length; at = bytes.indexOf(0xff, at)) {
    const next = bytes[at + 1] ?? 0;
    if (next === 0xff) at += 1;
    else if (next === 0 || isRestart(next)) at += 2;
    else return at;
  }
  return null;
}

/** The signatures of application segments, and the lengths of their headers. */
const headers: readonly { marker: number; start: string; kind: Segment['kind']; length: number }[] = [
  { marker: 0xe1, start: 'Exif\0', kind: 'exif', length: 6 },
  { marker: 0xe1, start: 'http://ns.adobe.com/xap/1.0/\0', kind: 'xmp', length: 29 },
  // Long XMP continues in further segments, each after a digest, the total length and its offset.
  { marker: 0xe1, start: 'http://ns.adobe.com/xmp/extension/\0', kind: 'xmp', length: 75 },
  { marker: 0xe2, start: 'ICC_PROFILE\0', kind: 'picture', length: 0 },
  { marker: 0xed, start: 'Photoshop 3.0\0', kind: 'iptc', length: 14 },
  // Defines how the colours are stored: without it red may turn blue.
  { marker: 0xee, start: 'Adobe', kind: 'picture', length: 0 },
];

function segmentOf(marker: number, bytes: Uint8Array): Segment {
  if (!isApplication(marker) && marker !== comment) return pictureSegment(bytes);
  const data = bytes.subarray(4);
  if (marker === 0xe0 && latin1(data, 0, 5) === 'JFIF\0') return pictureSegment(withoutThumbnail(bytes));
  const header = headers.find((each) => each.marker === marker && latin1(data, 0, each.start.length) === each.start);
  if (header?.kind === 'picture') return pictureSegment(bytes);
  return { kind: header?.kind ?? 'text', bytes, data: data.subarray(header?.length ?? 0) };
}

/** JFIF may contain a thumbnail of an earlier version; its first 18 bytes describe the image itself. */
function withoutThumbnail(bytes: Uint8Array): Uint8Array {
  if (bytes.length <= 18) return bytes;
  const short = bytes.slice(0, 18);
  short.set([0, 16], 2);
  short.set([0, 0], 16);
  return short;
}
