import { inflateSync } from 'node:zlib';
import { latin1, maxSegments, pictureSegment, type Segment, viewOf } from './segment.ts';

const signature = '\u0089PNG\r\n\u001a\n';

/** Optional chunks that affect the appearance. Names of required chunks start with a capital letter. */
const shown = new Set([
  ...['tRNS', 'gAMA', 'cHRM', 'sRGB', 'iCCP', 'cICP', 'sBIT', 'bKGD', 'pHYs', 'mDCV', 'cLLI'],
  ...['acTL', 'fcTL', 'fdAT'],
]);

/**
 * Whether it is a PNG.
 * @param start its first bytes
 */
export function isPng(start: Uint8Array): boolean {
  return latin1(start, 0, 8) === signature;
}

/**
 * The chunks of a PNG (W3C, third edition, 5.3). The last one is the data after its end.
 * @returns null if it is not a PNG, or incomplete
 * @throws Error if its texts unpack to more than the shared limit
 */
export function pngSegments(bytes: Uint8Array): readonly Segment[] | null {
  if (!isPng(bytes)) return null;
  const segments = [pictureSegment(bytes.subarray(0, 8))];
  const budget: Budget = { left: maxTextBytes };
  let at = 8;
  for (const { type, end, whole } of chunks(bytes)) {
    if (!whole || segments.length > maxSegments) return null;
    segments.push(segmentOf(type, bytes.subarray(at, end), budget));
    at = end;
    if (type === 'IEND') {
      const rest = bytes.subarray(at);
      return [...segments, { kind: 'behind', bytes: rest, data: rest }];
    }
  }
  return null;
}

/**
 * The number of frames that an animated PNG declares; 1 for a still. Readers without animation support show the first.
 */
export function pngFrames(bytes: Uint8Array): number {
  if (!isPng(bytes)) return 1;
  for (const { type, start, end, whole } of chunks(bytes)) {
    // The chunk comes before the picture data.
    if (!whole || type === 'IDAT') return 1;
    if (type === 'acTL' && end - start >= 20) return Math.max(1, viewOf(bytes).getUint32(start + 8));
  }
  return 1;
}

/** The chunks before the picture data of a PNG, by type; null for other files. */
export function pngChunks(bytes: Uint8Array): ReadonlyMap<string, Uint8Array> | null {
  if (latin1(bytes, 0, 8) !== signature) return null;
  const found = new Map<string, Uint8Array>();
  for (const { type, start, end, whole } of chunks(bytes)) {
    if (!whole || type === 'IDAT' || found.size > maxSegments) break;
    found.set(type, bytes.subarray(start + 8, end - 4));
  }
  return found;
}

function* chunks(bytes: Uint8Array) {
  const view = viewOf(bytes);
  let start = 8;
  while (start + 12 <= bytes.length) {
    const end = start + 12 + view.getUint32(start);
    yield { type: latin1(bytes, start + 4, start + 8), start, end, whole: end <= bytes.length };
    start = end;
  }
}

function segmentOf(type: string, bytes: Uint8Array, budget: Budget): Segment {
  if (/^[A-Z]/.test(type) || shown.has(type)) return pictureSegment(bytes);
  const data = bytes.subarray(8, -4);
  if (type === 'eXIf') return { kind: 'exif', bytes, data };
  const { keyword, text } = textOf(type, data, budget);
  const profile = /^Raw profile type (\w+)/.exec(keyword)?.[1];
  if (profile !== undefined) {
    const raw = fromHex(text);
    if (profile === 'xmp') return { kind: 'xmp', bytes, data: raw };
    if (profile === 'iptc' || profile === '8bim') return { kind: 'iptc', bytes, data: raw };
    if (latin1(raw, 0, 4) === 'Exif') return { kind: 'exif', bytes, data: raw.subarray(6) };
  }
  return { kind: keyword === 'XML:com.adobe.xmp' ? 'xmp' : 'text', bytes, data: text };
}

/** Reads a text in one of the three text chunk types, decompressed. */
function textOf(
  type: string,
  data: Uint8Array,
  budget: Budget,
): { readonly keyword: string; readonly text: Uint8Array } {
  const afterKeyword = data.indexOf(0) + 1;
  if (afterKeyword === 0) return { keyword: '', text: data };
  const keyword = latin1(data, 0, afterKeyword - 1);
  if (type === 'zTXt') return { keyword, text: unpacked(data.subarray(afterKeyword + 1), budget) };
  if (type !== 'iTXt') return { keyword, text: data.subarray(afterKeyword) };
  const packed = data[afterKeyword] === 1;
  const language = data.indexOf(0, afterKeyword + 2);
  const translated = language < 0 ? -1 : data.indexOf(0, language + 1);
  const text = data.subarray(translated < 0 ? afterKeyword : translated + 1);
  return { keyword, text: packed ? unpacked(text, budget) : text };
}

/** The limit for the texts of a file together, against decompression bombs. */
const maxTextBytes = 16_000_000;

/** How many bytes texts may still unpack to. */
interface Budget {
  left: number;
}

/** Unchanged if it cannot be decompressed. */
function unpacked(data: Uint8Array, budget: Budget): Uint8Array {
  try {
    const text = inflateSync(data, { maxOutputLength: Math.max(1, budget.left) });
    budget.left -= text.length;
    return text;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_BUFFER_TOO_LARGE') return data;
    throw new Error(`its texts unpack to more than ${maxTextBytes / 1_000_000} MB`);
  }
}

/** ImageMagick's form of a metadata block: its name, its length, and lines of hexadecimal digits. */
function fromHex(text: Uint8Array): Uint8Array {
  const digits = latin1(text.subarray(0, maxTextBytes)).replace(/^\n?[^\n]*\n *\d+ *\n/, '');
  return Buffer.from(digits.replace(/[^\da-f]/gi, ''), 'hex');
}
