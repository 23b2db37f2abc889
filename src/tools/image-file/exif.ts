import { latin1, viewOf } from './segment.ts';

const gpsDirectory = 0x8825;
const exifDirectory = 0x8769;

/** Tags that lead to one camera or one person (EXIF 2.32, 4.6.5; DNG 1.4): a maker's note holds serial numbers in its own way. */
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

/** Directories that are walked at most; EXIF has five. */
const maxDirectories = 16;
const maxEntries = 2000;

/** @param tiff the block without `Exif\0\0`: a TIFF header and directories. Broken ones are read as far as they go */
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
      // Cameras without a fix write a directory that holds its version only. One that cannot be read may hold anything.
      if (tag === gpsDirectory) {
        const gps = directory(view, value, little);
        if (gps.broken || gps.entries.some((entry) => entry.tag !== 0)) location = true;
      }
    }
  }
  return { location, serial };
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
