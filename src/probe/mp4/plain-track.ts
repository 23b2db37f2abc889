import { readSampleTable, type SampleTable } from './sample-table.ts';
import { boxesOf, isLong, NotPlain, only, u16, u32, u64 } from './strict-boxes.ts';

/** A track with one sample description. Times in units of the track. */
export interface Track {
  readonly handler: 'vide' | 'soun';
  /** The name of its handler, which some programs use as a title. */
  readonly name: string;
  /** ISO 639-2, as ffprobe tells it. */
  readonly language: string;
  /** Units per second. */
  readonly timescale: number;
  readonly duration: number;
  /** The display size in the header, in pixels, before rotation. */
  readonly width: number;
  readonly height: number;
  readonly rotation: 0 | 90 | 180 | 270;
  readonly edit: Edit;
  /** The type of the sample description, with its content. */
  readonly entry: { readonly type: string; readonly body: Buffer };
  readonly table: SampleTable;
}

/** The edit list: the track starts after a delay, with this time of its media. */
export interface Edit {
  /** Seconds. */
  readonly delay: number;
  /** In units of the track; null: there is no edit list. */
  readonly from: number | null;
  /** In units of the track; null: there is no edit list. */
  readonly length: number | null;
}

const inTrack = new Set(['tkhd', 'edts', 'mdia', 'tapt']);
const inMedia = new Set(['mdhd', 'hdlr', 'minf']);
const inInformation = new Set(['vmhd', 'smhd', 'hdlr', 'dinf', 'stbl']);
const inTable = new Set(
  ['stsd', 'stts', 'ctts', 'stsc', 'stsz', 'stco', 'co64', 'stss'].concat(['sdtp', 'sgpd', 'sbgp', 'cslg']),
);
/** Groups of samples describe what decoders find out by themselves. */
const severalInTable = new Set(['sgpd', 'sbgp']);

/**
 * Parses a track.
 * @param trak the content of its box
 * @param movieUnit units per second of the movie
 * @throws NotPlain if it has anything that is not understood
 */
export function readTrack(trak: Buffer, movieUnit: number): Track {
  const boxes = boxesOf(trak, inTrack);
  const media = boxesOf(only(boxes, 'mdia'), inMedia);
  const information = boxesOf(only(media, 'minf'), inInformation);
  const [data] = information.get('dinf') ?? [];
  if (data) checkSameFile(data);
  const handler = only(media, 'hdlr').toString('latin1', 8, 12);
  if (handler !== 'vide' && handler !== 'soun') throw new NotPlain(`a track of ${handler}`);
  const header = mediaHeader(only(media, 'mdhd'));
  const tables = boxesOf(only(information, 'stbl'), inTable, severalInTable);
  const lists = boxes.get('edts')?.[0];
  return {
    handler,
    name: handlerName(only(media, 'hdlr')),
    ...header,
    ...displayOf(only(boxes, 'tkhd'), handler),
    edit: lists ? editOf(lists, movieUnit, header.timescale) : { delay: 0, from: null, length: null },
    entry: entryOf(only(tables, 'stsd')),
    table: readSampleTable(tables),
  };
}

/** @throws NotPlain if the media may be in another file */
function checkSameFile(dinf: Buffer): void {
  const dref = only(boxesOf(dinf, new Set(['dref'])), 'dref');
  const entries = boxesOf(dref.subarray(8), new Set(['url ', 'alis']));
  const [entry, ...others] = [...entries.values()].flat();
  if (u32(dref, 4) !== 1 || entry === undefined || others.length > 0 || u32(entry, 0) !== 1) {
    throw new NotPlain('media of another file');
  }
}

function mediaHeader(mdhd: Buffer): Pick<Track, 'timescale' | 'duration' | 'language'> {
  const long = isLong(mdhd);
  const timescale = u32(mdhd, long ? 20 : 12);
  const duration = long ? u64(mdhd, 24) : u32(mdhd, 16);
  if (timescale === 0 || timescale > 10_000_000) throw new NotPlain('no time scale');
  return { timescale, duration, language: languageOf(u16(mdhd, long ? 32 : 20)) };
}

/** Three letters of five bits each (ISO/IEC 14496-12, 8.4.2.3); 0 is English in QuickTime's older numbers. */
function languageOf(code: number): string {
  if (code === 0) return 'eng';
  if (code < 0x400 || code === 0x7fff) throw new NotPlain('a language by number');
  const letters = String.fromCharCode(...[10, 5, 0].map((shift) => 0x60 + ((code >> shift) & 31)));
  return /^[a-z]{3}$/.test(letters) ? letters : refuse('a language without letters');
}

function refuse(why: string): never {
  throw new NotPlain(why);
}

function handlerName(hdlr: Buffer): string {
  const text = hdlr.toString('latin1', 24);
  const [first = ''] = text.split('\0');
  // QuickTime stores the length first.
  const name = first.charCodeAt(0) === first.length - 1 ? first.slice(1) : first;
  return /^[ -~]*$/.test(name) ? name : refuse('a name with other letters');
}

function displayOf(tkhd: Buffer, handler: Track['handler']): Pick<Track, 'width' | 'height' | 'rotation'> {
  const at = isLong(tkhd) ? 52 : 40;
  const rotation = rotationOf(tkhd.subarray(at, at + 36));
  if (rotation === null) throw new NotPlain('an odd matrix');
  if (handler === 'soun') return { width: 0, height: 0, rotation: 0 };
  return { width: u32(tkhd, at + 36) / 65_536, height: u32(tkhd, at + 40) / 65_536, rotation };
}

/** `a b u c d v x y w` (ISO/IEC 14496-12, 6.2.2): the clockwise rotation; null for any other matrix. */
export function rotationOf(matrix: Buffer): Track['rotation'] | null {
  if (matrix.length < 36) return null;
  const [a, b, u, c, d, v, , , w] = Array.from({ length: 9 }, (_, index) => matrix.readInt32BE(index * 4));
  if (u !== 0 || v !== 0 || w !== 0x4000_0000) return null;
  const found = rotations.findIndex((each) => each.every((value, index) => value * 0x1_0000 === [a, b, c, d][index]));
  return found < 0 ? null : (([0, 90, 180, 270] as const)[found] ?? null);
}

/** `a b c d` for each quarter turn. */
const rotations = [
  [1, 0, 0, 1],
  [0, 1, -1, 0],
  [-1, 0, 0, -1],
  [0, -1, 1, 0],
];

function editOf(edts: Buffer, movieUnit: number, timescale: number): Edit {
  const elst = only(boxesOf(edts, new Set(['elst'])), 'elst');
  const long = isLong(elst);
  const size = long ? 20 : 12;
  const count = u32(elst, 4);
  if (8 + count * size !== elst.length || count === 0 || count > 2) throw new NotPlain('several edits');
  const edits = Array.from({ length: count }, (_, index) => {
    const at = 8 + index * size;
    const length = long ? u64(elst, at) : u32(elst, at);
    const isEmpty = u32(elst, long ? at + 8 : at + 4) === 0xffff_ffff;
    const from = isEmpty ? -1 : long ? u64(elst, at + 8) : u32(elst, at + 4);
    if (u32(elst, at + size - 4) !== 0x1_0000) throw new NotPlain('another speed');
    return { length, from };
  });
  const [edit, before] = [edits.at(-1), edits.length === 2 ? edits[0] : undefined];
  if (!edit || edit.from < 0 || edit.from > 0x7fff_ffff || (before && before.from !== -1))
    throw new NotPlain('odd edits');
  const length = Math.round((edit.length * timescale) / movieUnit);
  const delay = Math.round(((before?.length ?? 0) * timescale) / movieUnit) / timescale;
  return { delay, from: edit.from, length };
}

function entryOf(stsd: Buffer): Track['entry'] {
  const size = u32(stsd, 8);
  if (u32(stsd, 4) !== 1 || 8 + size !== stsd.length || size < 16) throw new NotPlain('several sample descriptions');
  return { type: stsd.toString('latin1', 12, 16), body: stsd.subarray(16) };
}
