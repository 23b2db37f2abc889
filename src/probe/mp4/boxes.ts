import { type Mp4Track, parameterSets, tracksOf } from './tracks.ts';

/** Reads at most so many bytes from a place of a file; fewer where it ends before. */
export type ReadBytes = (at: number, bytes: number) => Promise<Buffer>;

/** What the boxes of an MP4 or MOV say that ffprobe does not, or not in all its versions. */
export interface Mp4Boxes {
  /** Types of the top-level boxes in their order. */
  readonly order: readonly string[];
  /** Where the last of them says that it ends, in bytes. A download that broke off ends before. */
  readonly end: number;
  /** Something that is no box follows the last one, and is not only zeros. */
  readonly trailer: boolean;
  readonly hasLocation: boolean;
  /** Of `moov`; none where that is too large to be read at once. */
  readonly tracks: readonly Mp4Track[];
  /** Of the first picture: its sample descriptions differ in size, or the parameter sets inside its key frames differ. */
  readonly changes: 'size' | 'parameters' | null;
}

const none: Mp4Boxes = { order: [], end: 0, trailer: false, hasLocation: false, tracks: [], changes: null };

const describing = new Set(['moov', 'uuid', 'meta', 'udta']);
/** Without the whole of one of these a file is damaged; what else calls itself a box may be words that an app appended. */
const carrying = new Set(['moov', 'mdat', 'moof']);
const maxDescription = 16_000_000;

/**
 * A place that ffprobe does not tell of: in Apple's keys, in XMP, and tracks that hold one for each moment (of GoPro, Google,
 * Sony, Canon, GM, Parrot and DJI; ExifTool's QuickTimeStream.pl, 2026-11). No word is so short that it comes about by
 * chance among numbers.
 */
const place =
  /location\.ISO6709|GPSLatitude|GPSCoordinates|stsd[\s\S]{12}(?:gpmd|camm|rtmd|CTMD|marl|RVMI|mett|djmd|dbgi|gps0)/;

/** Drones write subtitles that tell where they fly, many of them to one line (DJI, Yuneec): `GPS(13.3777,52.5163,18)`. */
const placeInWords = /GPS|GEO ?TAG|latitude|\b[NS] ?\d{1,2}\.\d{3}/i;
const wordHandlers = new Set(['text', 'sbtl', 'subt']);
const wordBytes = 4096;

/** More boxes than any camera or editor writes at the top level, so a file made of a million of them ends here. */
const maxBoxes = 1000;

/** Looked at to tell zeros from other bytes behind the last box. */
const trailerBytes = 65_536;

/**
 * The top-level boxes of an MP4 (ISO/IEC 14496-12, 4.2), and what `moov` says of the tracks. Nothing if the file does not
 * start like one. Bytes behind the last whole box are no damage once index and media are there: players ignore them.
 */
export async function readBoxes(read: ReadBytes, size: number): Promise<Mp4Boxes> {
  const order: string[] = [];
  let at = 0;
  let hasLocation = false;
  let moov: Buffer | null = null;
  let trailer = false;
  while (at + 8 <= size && order.length < maxBoxes) {
    const header = await read(at, 16);
    if (header.length < 8) break;
    const type = header.toString('latin1', 4, 8);
    const first = header.readUInt32BE(0);
    // 0: to the end of the file. 1: the size does not fit and follows as 64 bits.
    const long = first === 1 && header.length === 16 ? Number(header.readBigUInt64BE(8)) : first;
    const length = first === 0 ? size - at : long;
    const isBox = /^[\w ]{4}$/.test(type) && length >= 8;
    const isWhole = order.includes('moov') && (order.includes('mdat') || order.includes('moof'));
    if (!isBox || (isWhole && at + length > size && !carrying.has(type))) {
      trailer = isWhole && (await hasOtherThanZeros(read, at, size));
      break;
    }
    order.push(type);
    if (describing.has(type) && length <= maxDescription) {
      const box = await read(at, length);
      hasLocation ||= place.test(box.toString('latin1'));
      if (type === 'moov') moov = box;
    }
    at += length;
  }
  if (at < size && at + 8 > size) trailer ||= await hasOtherThanZeros(read, at, size);
  // Only what begins with a known box is an MP4; in other files the first bytes are something else.
  if (!['ftyp', 'moov', 'mdat', 'wide', 'free', 'skip'].includes(order[0] ?? '')) return none;
  const tracks = moov === null ? [] : tracksOf(moov);
  for (const { handler, firstOffset } of tracks) {
    if (hasLocation || firstOffset === null || !wordHandlers.has(handler)) continue;
    hasLocation = placeInWords.test((await read(firstOffset, wordBytes)).toString('latin1'));
  }
  return { order, end: at, trailer, hasLocation, tracks, changes: await changesOf(read, tracks) };
}

async function hasOtherThanZeros(read: ReadBytes, from: number, to: number): Promise<boolean> {
  const length = Math.min(trailerBytes, to - from);
  return (await read(from, length)).some((byte) => byte !== 0);
}

/** Parameter sets stand before the first slice, behind at most a delimiter and some words. */
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
