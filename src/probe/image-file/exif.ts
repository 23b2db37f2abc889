import { latin1, viewOf } from './segment.ts';

const gpsDirectory = 0x8825;
const exifDirectory = 0x8769;

/**
 * Tags that identify a camera or person (EXIF 2.32, 4.6.5; DNG 1.4). A maker note contains serial numbers in a
 * proprietary format.
 */
const personal = new Set([
  0x927c, // MakerNote
  0xa430, // CameraOwnerName
  0xa431, // BodySerialNumber
  0xa435, // LensSerialNumber
  0xc62f, // CameraSerialNumber
]);

export interface ExifFindings {
  readonly location: boolean;
  readonly serial: boolean;
}

/** The maximum number of directories to read; EXIF has five. */
const maxDirectories = 16;
const maxEntries = 2000;

/**
 * Finds personal data. Damaged blocks are read as far as possible.
 * @param tiff the block without `Exif\0\0`: a TIFF header and directories
 */
export function readExif(tiff: Uint8Array): ExifFindings {
  const order = latin1(tiff, 0, 2);
  if (tiff.length < 8 || (order !== 'II' && order !== 'MM')) return { location: false, serial: false };
  const view = viewOf(tiff);
  const little = order === 'II';
  let location = false;
  let serial = false;
  const open = [view.getUint32(4, little)];
  const seen = new Set<number>();
  while (open.length > 0 && seen.size < maxDirectories) {
    const start = open.pop() ?? 0;
    if (seen.has(start) || start === 0) continue;
    seen.add(start);
    const { entries, next } = directory(view, start, little);
    if (next !== 0) open.push(next);
    for (const { tag, value } of entries) {
      if (tag === exifDirectory) open.push(value);
      if (personal.has(tag)) serial = true;
      // Cameras without a GPS fix write a directory with only its version. An unreadable one may contain anything.
      if (tag === gpsDirectory) {
        const gps = directory(view, value, little);
        if (gps.broken || gps.entries.some((entry) => entry.tag !== 0)) location = true;
      }
    }
  }
  return { location, serial };
}

const interoperabilityDirectory = 0xa005;
const colourSpace = 0xa001;

/**
 * Whether EXIF declares Adobe RGB: an uncalibrated colour space with the interoperability index R03 (DCF 2.0, 2010), as
 * most cameras write, or 2 where EXIF defines 1 as sRGB, as some do.
 * @param tiff as for `readExif`
 */
export function isAdobeRgb(tiff: Uint8Array): boolean {
  const order = latin1(tiff, 0, 2);
  if (tiff.length < 8 || (order !== 'II' && order !== 'MM')) return false;
  const little = order === 'II';
  const view = viewOf(tiff);
  const valueIn = (start: number, wanted: number) =>
    directory(view, start, little).entries.find(({ tag }) => tag === wanted)?.value;
  const exif = valueIn(view.getUint32(4, little), exifDirectory);
  if (exif === undefined) return false;
  // A 16-bit value is in the first half of its field.
  const field = valueIn(exif, colourSpace) ?? 0;
  const space = little ? field & 0xffff : field >>> 16;
  if (space === 2) return true;
  const other = valueIn(exif, interoperabilityDirectory);
  const index = other === undefined ? undefined : valueIn(other, 1);
  const letters = Buffer.alloc(4);
  if (little) letters.writeUInt32LE(index ?? 0);
  else letters.writeUInt32BE(index ?? 0);
  return space === 0xffff && letters.toString('latin1', 0, 3) === 'R03';
}

function directory(view: DataView, start: number, little: boolean) {
  const entries: { readonly tag: number; readonly value: number }[] = [];
  if (start < 8 || start + 2 > view.byteLength) return { entries, next: 0, broken: true };
  const count = view.getUint16(start, little);
  for (let index = 0; index < Math.min(count, maxEntries); index++) {
    const at = start + 2 + index * 12;
    if (at + 12 > view.byteLength) return { entries, next: 0, broken: true };
    entries.push({ tag: view.getUint16(at, little), value: view.getUint32(at + 8, little) });
  }
  const end = start + 2 + count * 12;
  return { entries, next: end + 4 <= view.byteLength ? view.getUint32(end, little) : 0, broken: false };
}
