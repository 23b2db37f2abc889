import * as z from 'zod';

/** Facts about a video file that are read without a program. */
export interface ContainerFacts {
  /** Why it cannot be used, as a sentence; null if no reason was found. */
  readonly why: string | null;
  /** null if the tracks of this container are not read here. */
  readonly hasSound: boolean | null;
  /** The sample entry of the picture in MP4 and MOV: `avc1`, `hvc1` ... */
  readonly codec: string | null;
  /** Whether its tracks were read; otherwise only ffprobe can identify it. */
  readonly isRead: boolean;
}

/** The form in the cache. */
export const containerFacts: z.ZodType<ContainerFacts> = z.object({
  why: z.string().nullable(),
  hasSound: z.boolean().nullable(),
  codec: z.string().nullable(),
  isRead: z.boolean(),
});

/** Reads `bytes` bytes of a file from the offset `at`; fewer at the end of the file. */
export type ReadAt = (at: number, bytes: number) => Promise<Uint8Array>;

/** A MOV may begin without `ftyp`. */
const firstBoxes = new Set(['ftyp', 'moov', 'mdat', 'wide', 'free', 'skip']);
const noPicture = 'It has sound but no picture.';
const noIndex = 'Its index (moov) is missing: the download was not finished.';

/**
 * Reads the containers that TikTok and downloaders write: boxes of MP4 and MOV (ISO/IEC 14496-12), track types of
 * Matroska and WebM (RFC 9559), the header of FLV. The number of bytes read is bounded, whatever the file declares.
 * @param size of the file, in bytes
 */
export async function readContainer(readAt: ReadAt, size: number): Promise<ContainerFacts> {
  const read = buffered(readAt);
  const head = Buffer.from(await read(0, 64));
  const text = head.toString('latin1');
  if (firstBoxes.has(text.slice(4, 8))) return await readMp4(read, size);
  if (text.startsWith('\u001aE\u00df\u00a3')) return await readMatroska(read);
  if (text.startsWith('FLV\u0001')) {
    const flags = head[4] ?? 0;
    return factsOf({ picture: (flags & 1) !== 0, sound: (flags & 4) !== 0 });
  }
  return { why: null, hasSound: null, codec: null, isRead: false };
}

/** Many boxes have a few bytes only, so one read serves dozens of them. */
const windowBytes = 64 * 1024;

function buffered(readAt: ReadAt): ReadAt {
  let from = 0;
  let buffer: Uint8Array = new Uint8Array();
  return async (at, bytes) => {
    const isBuffered = at >= from && at + bytes <= from + buffer.length;
    if (isBuffered) return buffer.subarray(at - from, at - from + bytes);
    const found = await readAt(at, Math.max(bytes, windowBytes));
    [from, buffer] = [at, found];
    return found.subarray(0, bytes);
  };
}

function factsOf({ picture, sound }: { readonly picture: boolean; readonly sound: boolean }): ContainerFacts {
  return { why: picture ? null : sound ? noPicture : 'It has no picture.', hasSound: sound, codec: null, isRead: true };
}

// ── MP4 ──────────────────────────────────────────────────────────────────────────────────────────────────────────

interface Box {
  readonly type: string;
  /** The start of its content, and its declared end. */
  readonly from: number;
  readonly to: number;
}

/** Cover art is a video track as well. */
const stills = new Set(['jpeg', 'mjp2', 'png ']);
/** More than any camera or editor writes on one level. */
const maxBoxes = 2000;
/** A wrong length of one of these boxes means a truncated download; after the last of them any bytes may follow. */
const essential = new Set(['moov', 'mdat', 'moof']);

async function readMp4(read: ReadAt, size: number): Promise<ContainerFacts> {
  const top = await boxesIn(read, 0, size);
  const cut = top.find(({ type, to }) => essential.has(type) && to > size);
  if (cut !== undefined) {
    const missing = cut.to - size;
    return unusable(`It breaks off: ${missing} of its bytes ${missing === 1 ? 'is' : 'are'} missing.`);
  }
  const moov = top.find(({ type }) => type === 'moov');
  if (moov === undefined) return unusable(noIndex);
  const inside = await boxesIn(read, moov.from, moov.to);
  const isFragmented = inside.some(({ type }) => type === 'mvex');
  const tracks = await Promise.all(inside.filter(({ type }) => type === 'trak').map(async (box) => track(read, box)));
  const isFilled = ({ samples }: Track) => isFragmented || samples > 0;
  const pictures = tracks.filter(({ kind }) => kind === 'vide');
  const facts = factsOf({
    picture: pictures.some(isFilled),
    sound: tracks.some((each) => each.kind === 'soun' && isFilled(each)),
  });
  const picture = pictures.find((each) => isFilled(each) && !stills.has(each.codec));
  return { ...facts, codec: picture?.codec ?? null };
}

function unusable(why: string): ContainerFacts {
  return { why, hasSound: null, codec: null, isRead: true };
}

interface Track {
  /** `vide`, `soun` and others. */
  readonly kind: string | undefined;
  /** The type of the first sample entry. */
  readonly codec: string;
  readonly samples: number;
}

async function track(read: ReadAt, box: Box): Promise<Track> {
  const media = await childOf(read, box, 'mdia');
  const handler = media && (await childOf(read, media, 'hdlr'));
  const information = media && (await childOf(read, media, 'minf'));
  const table = information && (await childOf(read, information, 'stbl'));
  const description = table && (await childOf(read, table, 'stsd'));
  const sizes = table && ((await childOf(read, table, 'stsz')) ?? (await childOf(read, table, 'stz2')));
  const fourCc = async (at: number) => Buffer.from(await read(at, 4)).toString('latin1');
  return {
    kind: handler && (await fourCc(handler.from + 8)),
    // Skips version, flags and number of entries, and the length of the first entry.
    codec: description ? await fourCc(description.from + 12) : '',
    samples: sizes ? uint32(await read(sizes.from + 8, 4)) : 0,
  };
}

async function childOf(read: ReadAt, { from, to }: Box, type: string): Promise<Box | undefined> {
  return (await boxesIn(read, from, to)).find((box) => box.type === type);
}

async function boxesIn(read: ReadAt, from: number, to: number): Promise<Box[]> {
  const boxes: Box[] = [];
  for (let at = from; at + 8 <= to && boxes.length < maxBoxes; ) {
    const header = Buffer.from(await read(at, 16));
    const type = header.toString('latin1', 4, 8);
    if (!/[\w \u00a9]{4}/.test(type)) break;
    const first = header.readUInt32BE(0);
    // 0: up to the end. 1: the length follows as 64 bits.
    const isLong = first === 1 && header.length === 16;
    const length = first === 0 ? to - at : isLong ? Number(header.readBigUInt64BE(8)) : first;
    if (length < 8) break;
    boxes.push({ type, from: at + (isLong ? 16 : 8), to: at + length });
    at += length;
  }
  return boxes;
}

function uint32(bytes: Uint8Array): number {
  return bytes.length < 4 ? 0 : Buffer.from(bytes).readUInt32BE(0);
}

// ── Matroska ─────────────────────────────────────────────────────────────────────────────────────────────────────

/** In files that can be streamed, the tracks are before the media. If they are not in this range, nothing is decided. */
const matroskaBytes = 1 << 20;
const tracksId = Buffer.from([0x16, 0x54, 0xae, 0x6b]);

async function readMatroska(read: ReadAt): Promise<ContainerFacts> {
  const start = Buffer.from(await read(0, matroskaBytes));
  const at = start.indexOf(tracksId);
  // TrackType, one byte long: 1 is a picture, 2 is sound. Without a list `at` is -1, the last byte: no track is found.
  const has = (kind: number) => start.includes(Buffer.from([0x83, 0x81, kind]), at);
  if (!has(1) && !has(2)) return { why: null, hasSound: null, codec: null, isRead: false };
  return factsOf({ picture: has(1), sound: has(2) });
}
