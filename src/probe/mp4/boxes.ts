import { type Mp4Track, parameterSets, tracksOf } from './tracks.ts';

/** Reads at most `bytes` from an offset in a file; fewer at its end. */
export type ReadBytes = (at: number, bytes: number) => Promise<Buffer>;

/** Information in the boxes of an MP4 or MOV that ffprobe does not report, or not in all versions. */
export interface Mp4Boxes {
  /** Types of the top-level boxes in order. */
  readonly order: readonly string[];
  /** The end of the last box according to its header, in bytes. A truncated download ends earlier. */
  readonly end: number;
  /** The last box is followed by data that is neither a box nor zeros. */
  readonly trailer: boolean;
  readonly hasLocation: boolean;
  /** The tracks in `moov`; empty if that is too large to read at once. */
  readonly tracks: readonly Mp4Track[];
  /**
   * For the first video track: its sample descriptions differ in size, or the parameter sets in its key frames differ.
   */
  readonly changes: 'size' | 'parameters' | null;
  /** The whole `moov` box; null if there is none, or it is too large to read at once. */
  readonly moov: Buffer | null;
  /** The major brand in `ftyp`; null without one. */
  readonly brand: string | null;
  /** Where the content of the first `mdat` begins and ends; null without one. */
  readonly media: readonly [number, number] | null;
}

const nothing = { hasLocation: false, tracks: [], changes: null, moov: null, brand: null, media: null } as const;
const none: Mp4Boxes = { order: [], end: 0, trailer: false, ...nothing };

const describing = new Set(['moov', 'uuid', 'meta', 'udta']);
/**
 * A file with an incomplete box of these types is damaged; any other incomplete box may be text that an app appended.
 */
const carrying = new Set(['moov', 'mdat', 'moof']);
const maxDescription = 16_000_000;

/**
 * A location that ffprobe does not report: in Apple's keys, in XMP, and in tracks with one for each moment (GoPro,
 * Google, Sony, Canon, GM, Parrot and DJI; ExifTool's QuickTimeStream.pl, 2026-11). All words are long enough not to
 * occur by chance in binary data.
 */
const place =
  /location\.ISO6709|GPSLatitude|GPSCoordinates|stsd[\s\S]{12}(?:gpmd|camm|rtmd|CTMD|marl|RVMI|mett|djmd|dbgi|gps0)/;

/** Drones write their position into subtitles, several values per line (DJI, Yuneec): `GPS(13.3777,52.5163,18)`. */
const placeInWords = /GPS|GEO ?TAG|latitude|\b[NS] ?\d{1,2}\.\d{3}/i;
const wordHandlers = new Set(['text', 'sbtl', 'subt']);
const wordBytes = 4096;

/** More top-level boxes than any camera or editor writes; limits the work for a file made of a million boxes. */
const maxBoxes = 1000;

/** How many bytes after the last box are checked for zeros. */
const trailerBytes = 65_536;

/**
 * Reads the top-level boxes of an MP4 (ISO/IEC 14496-12, 4.2) and the tracks in `moov`. Empty if the file is not an
 * MP4. Bytes after the last complete box are no damage if index and media are complete: players ignore them.
 */
export async function readBoxes(read: ReadBytes, size: number): Promise<Mp4Boxes> {
  const order: string[] = [];
  let at = 0;
  let hasLocation = false;
  let moov: Buffer | null = null;
  let trailer = false;
  let brand: string | null = null;
  let media: Mp4Boxes['media'] = null;
  while (at + 8 <= size && order.length < maxBoxes) {
    const header = await read(at, 16);
    if (header.length < 8) break;
    const type = header.toString('latin1', 4, 8);
    const first = header.readUInt32BE(0);
    // 0: to the end of the file. 1: a 64-bit size follows.
    const long = first === 1 && header.length === 16 ? Number(header.readBigUInt64BE(8)) : first;
    const length = first === 0 ? size - at : long;
    const isBox = /^[\w ]{4}$/.test(type) && length >= 8;
    const isWhole = order.includes('moov') && (order.includes('mdat') || order.includes('moof'));
    if (!isBox || (isWhole && at + length > size && !carrying.has(type))) {
      trailer = isWhole && (await hasOtherThanZeros(read, at, size));
      break;
    }
    order.push(type);
    if (type === 'ftyp') brand ??= header.toString('latin1', 8, 12);
    if (type === 'mdat') media ??= [at + (first === 1 ? 16 : 8), at + length];
    if (describing.has(type) && length <= maxDescription) {
      const box = await read(at, length);
      hasLocation ||= place.test(box.toString('latin1'));
      if (type === 'moov') moov = box;
    }
    at += length;
  }
  if (at < size && at + 8 > size) trailer ||= await hasOtherThanZeros(read, at, size);
  // Only a file that starts with a known box is an MP4.
  if (!['ftyp', 'moov', 'mdat', 'wide', 'free', 'skip'].includes(order[0] ?? '')) return none;
  const tracks = moov === null ? [] : tracksOf(moov);
  for (const { handler, firstOffset } of tracks) {
    if (hasLocation || firstOffset === null || !wordHandlers.has(handler)) continue;
    hasLocation = placeInWords.test((await read(firstOffset, wordBytes)).toString('latin1'));
  }
  const changes = await changesOf(read, tracks);
  return { order, end: at, trailer, hasLocation, tracks, changes, moov, brand, media };
}

async function hasOtherThanZeros(read: ReadBytes, from: number, to: number): Promise<boolean> {
  const length = Math.min(trailerBytes, to - from);
  return (await read(from, length)).some((byte) => byte !== 0);
}

/** Parameter sets come before the first slice, after at most a delimiter and SEI messages. */
const sampleBytes = 1024;

async function changesOf(read: ReadBytes, tracks: readonly Mp4Track[]): Promise<Mp4Boxes['changes']> {
  const picture = tracks.find(({ handler, samples }) => handler === 'vide' && samples > 0);
  const [entry, ...others] = picture?.entries ?? [];
  if (!picture || !entry) return null;
  if (others.some(({ width, height }) => width !== entry.width || height !== entry.height)) return 'size';
  let first: string | null = null;
  for (const offset of picture.keyOffsets) {
    const sets = parameterSets(await read(offset, sampleBytes), entry);
    if (sets === '') continue;
    first ??= sets;
    if (sets !== first) return 'parameters';
  }
  return null;
}
