import { latin1, viewOf } from './segment.ts';

/**
 * The name of an embedded ICC profile if its colours differ from sRGB; null if they are those of sRGB, whatever its
 * name. Judged by its primaries and the middle of its tone curve. Profiles based on lookup tables have neither and are
 * judged by name (ICC.1:2022, 7 and 10).
 */
export function foreignProfile(icc: Uint8Array): string | null {
  const tags = tagsOf(icc);
  const space = latin1(icc, 16, 20);
  const name = nameOf(icc, tags) || 'of an unreadable profile';
  if (tags === null) return name;
  if (space === 'GRAY') return isLikeSrgb(middleOf(tags.get('kTRC'))) ? null : name;
  if (space !== 'RGB ') return name;
  const primaries = ['rXYZ', 'gXYZ', 'bXYZ'].map((tag) => xyzOf(tags.get(tag)));
  if (primaries.every((each) => each === null)) return /sRGB/i.test(name) ? null : name;
  const near = primaries.every((found, row) =>
    found?.every((value, column) => Math.abs(value - (srgb[row]?.[column] ?? 0)) < primaryTolerance),
  );
  const middles = ['rTRC', 'gTRC', 'bTRC'].map((tag) => middleOf(tags.get(tag)));
  return near && middles.every(isLikeSrgb) ? null : name;
}

/** X, Y, Z of red, green and blue, adapted to D50 (IEC 61966-2-1). */
const srgb = [
  [0.4361, 0.2225, 0.0139],
  [0.3851, 0.7169, 0.0971],
  [0.1431, 0.0606, 0.7141],
] as const;
/** Old profiles round and adapt differently; Display P3 differs by 0.08. */
const primaryTolerance = 0.01;

/**
 * Half of full scale is 0.214 in sRGB and 0.218 with a gamma of 2.2, which many profiles use for the same; a gamma of
 * 1.8 gives 0.287.
 */
function isLikeSrgb(middle: number | null): boolean {
  return middle !== null && Math.abs(middle - 0.214) < 0.012;
}

/** Twice as many as real profiles have. */
const maxTags = 200;

function tagsOf(icc: Uint8Array): ReadonlyMap<string, Uint8Array> | null {
  if (icc.length < 132 || latin1(icc, 36, 40) !== 'acsp') return null;
  const view = viewOf(icc);
  const tags = new Map<string, Uint8Array>();
  const count = Math.min(view.getUint32(128), maxTags);
  for (let at = 132; at < 132 + count * 12; at += 12) {
    if (at + 12 > icc.length) return null;
    const start = view.getUint32(at + 4);
    const end = start + view.getUint32(at + 8);
    if (end > icc.length) return null;
    tags.set(latin1(icc, at, at + 4), icc.subarray(start, end));
  }
  return tags;
}

/** At most 60 characters, without terminal control characters. */
function nameOf(icc: Uint8Array, tags: ReadonlyMap<string, Uint8Array> | null): string {
  const text = descriptionOf(tags?.get('desc')) || latin1(icc, 16, 20);
  const characters = [...text.replace(/[^\p{L}\p{N}\p{P}\p{S} ]/gu, '')];
  return characters.slice(0, 60).join('').trim();
}

function descriptionOf(desc: Uint8Array | undefined): string {
  if (desc === undefined || desc.length < 12) return '';
  const view = viewOf(desc);
  if (latin1(desc, 0, 4) === 'desc') return latin1(desc, 12, Math.min(desc.length, 12 + view.getUint32(8)));
  if (latin1(desc, 0, 4) !== 'mluc' || desc.length < 28) return '';
  const start = view.getUint32(24);
  const end = Math.min(desc.length, start + view.getUint32(20));
  // UTF-16 big-endian.
  let text = '';
  for (let at = start; at + 2 <= end && text.length < 200; at += 2) text += String.fromCharCode(view.getUint16(at));
  return text;
}

function xyzOf(tag: Uint8Array | undefined): readonly number[] | null {
  if (tag === undefined || tag.length < 20 || latin1(tag, 0, 4) !== 'XYZ ') return null;
  return [8, 12, 16].map((at) => fixed(viewOf(tag), at));
}

/** The value of a tone curve at one half; null if it cannot be parsed. */
function middleOf(tag: Uint8Array | undefined): number | null {
  if (tag === undefined || tag.length < 12) return null;
  const view = viewOf(tag);
  const type = latin1(tag, 0, 4);
  if (type === 'curv') {
    const count = view.getUint32(8);
    if (count === 0) return 0.5;
    if (12 + count * 2 > tag.length) return null;
    if (count === 1) return 0.5 ** (view.getUint16(12) / 256);
    const low = view.getUint16(12 + Math.floor((count - 1) / 2) * 2);
    const high = view.getUint16(12 + Math.ceil((count - 1) / 2) * 2);
    return (low + high) / 2 / 65_535;
  }
  // Formula 0 is a power; 1 to 4 have a slope and an offset inside: (ax + b)^g.
  if (type !== 'para' || tag.length < 16) return null;
  const [g = 1, a = 1, b = 0] = [12, 16, 20].filter((at) => at + 4 <= tag.length).map((at) => fixed(view, at));
  return view.getUint16(8) === 0 ? 0.5 ** g : (a * 0.5 + b) ** g;
}

/** A fixed-point number with 16 bits before and after the point. */
function fixed(view: DataView, at: number): number {
  return view.getInt32(at) / 65_536;
}
