import { latin1, viewOf } from './segment.ts';

/** Data sets of record 2 that name a place (IPTC-IIM 4.2): content location, city, sublocation, state, country. */
const places = new Set([26, 27, 90, 92, 95, 100, 101]);

/**
 * Whether IPTC data names a place.
 * @param block Photoshop's resources, which contain IPTC data, or plain IPTC data
 */
export function namesPlace(block: Uint8Array): boolean {
  if (block[0] === 0x1c) return hasPlace(block);
  const view = viewOf(block);
  let at = 0;
  while (at + 12 <= block.length && latin1(block, at, at + 4) === '8BIM') {
    const id = view.getUint16(at + 4);
    // A name prefixed by its length; together padded to an even number of bytes.
    const nameBytes = ((block[at + 6] ?? 0) + 2) & ~1;
    const start = at + 6 + nameBytes + 4;
    if (start > block.length) return false;
    const length = view.getUint32(start - 4);
    if (id === 0x0404 && hasPlace(block.subarray(start, start + length))) return true;
    at = start + length + (length % 2);
  }
  return false;
}

function hasPlace(sets: Uint8Array): boolean {
  const view = viewOf(sets);
  let at = 0;
  while (at + 5 <= sets.length && sets[at] === 0x1c) {
    if (sets[at + 1] === 2 && places.has(sets[at + 2] ?? 0)) return true;
    const length = view.getUint16(at + 3);
    // The highest bit marks an extended length; no place is that long.
    if (length > 0x7fff) return false;
    at += 5 + length;
  }
  return false;
}
