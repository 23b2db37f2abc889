import { open } from 'node:fs/promises';

/** Upper limit for `moov`, which is read completely; that of a day of video is smaller. */
const maxMoovBytes = 64_000_000;

/**
 * Corrects the durations of tracks and movie in an MP4 whose `moov` comes first, by their edit lists (ISO/IEC 14496-12,
 * 8.2.2, 8.3.2 and 8.6.6). ffmpeg before 4.4 counts all samples instead, including those that an edit list hides
 * (encoder delay), so some players show 4.02 s for 4.00. Correct values are not changed.
 */
export async function correctDurations(path: string): Promise<void> {
  const file = await open(path, 'r+');
  try {
    const found = await findMoov(async (at) => {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(16), 0, 16, at);
      return buffer.subarray(0, bytesRead);
    });
    if (found === null || found.size > maxMoovBytes) return;
    const { buffer: moov } = await file.read(Buffer.alloc(found.size), 0, found.size, found.at);
    for (const { at, bytes } of corrections(moov)) await file.write(bytes, 0, bytes.length, found.at + at);
  } finally {
    await file.close();
  }
}

/** Boxes before `moov` in a file that ffmpeg wrote with `+faststart`: `ftyp`, possibly `free`. */
const maxBefore = 8;

async function findMoov(
  headerAt: (at: number) => Promise<Buffer>,
): Promise<{ readonly at: number; readonly size: number } | null> {
  let at = 0;
  for (let box = 0; box < maxBefore; box++) {
    const header = await headerAt(at);
    if (header.length < 8) return null;
    const size = header.readUInt32BE(0);
    if (header.toString('latin1', 4, 8) === 'moov') return { at, size };
    if (size < 8) return null;
    at += size;
  }
  return null;
}

interface Correction {
  /** Byte offset from the start of `moov`. */
  readonly at: number;
  readonly bytes: Buffer;
}

/**
 * Finds the durations to correct.
 * @param moov the whole box
 */
export function corrections(moov: Buffer): readonly Correction[] {
  const fixes: Correction[] = [];
  const lengths: number[] = [];
  for (const trak of boxes(moov, 8, moov.length, 'trak')) {
    const [tkhd] = boxes(moov, trak.body, trak.end, 'tkhd');
    const [edts] = boxes(moov, trak.body, trak.end, 'edts');
    const [elst] = edts ? boxes(moov, edts.body, edts.end, 'elst') : [];
    if (!tkhd) continue;
    const header = durationIn(moov, tkhd, 20, 28);
    const edited = elst ? editedLength(moov, elst) : null;
    lengths.push(edited ?? header.value);
    if (edited !== null) fixes.push(...changed(header, edited));
  }
  const [mvhd] = boxes(moov, 8, moov.length, 'mvhd');
  if (mvhd && lengths.length > 0) fixes.push(...changed(durationIn(moov, mvhd, 16, 24), Math.max(...lengths)));
  return fixes;
}

interface Box {
  readonly body: number;
  readonly end: number;
}

function boxes(bytes: Buffer, from: number, to: number, wanted: string): Box[] {
  const found: Box[] = [];
  for (let at = from; at + 8 <= to; ) {
    const size = bytes.readUInt32BE(at);
    if (size < 8 || at + size > to) break;
    if (bytes.toString('latin1', at + 4, at + 8) === wanted) found.push({ body: at + 8, end: at + size });
    at += size;
  }
  return found;
}

interface Duration {
  readonly at: number;
  readonly long: boolean;
  readonly value: number;
}

/**
 * Reads a duration.
 * @param short offset in version 0 of the box, in bytes of its body; `long` is the offset in version 1, a 64-bit value
 */
function durationIn(bytes: Buffer, { body }: Box, short: number, long: number): Duration {
  const isLong = bytes[body] === 1;
  const at = body + (isLong ? long : short);
  return { at, long: isLong, value: isLong ? Number(bytes.readBigUInt64BE(at)) : bytes.readUInt32BE(at) };
}

/** The total duration of all edits including empty ones, in movie units; null if one is open-ended. */
function editedLength(bytes: Buffer, { body, end }: Box): number | null {
  const long = bytes[body] === 1;
  const count = bytes.readUInt32BE(body + 4);
  const each = long ? 20 : 12;
  if (count === 0 || body + 8 + count * each > end) return null;
  let length = 0;
  for (let index = 0; index < count; index++) {
    const at = body + 8 + index * each;
    const part = long ? Number(bytes.readBigUInt64BE(at)) : bytes.readUInt32BE(at);
    if (part === 0) return null;
    length += part;
  }
  return length;
}

function changed({ at, long, value }: Duration, to: number): Correction[] {
  if (value === to || to > 0xffff_ffff) return [];
  const bytes = Buffer.alloc(long ? 8 : 4);
  if (long) bytes.writeBigUInt64BE(BigInt(to));
  else bytes.writeUInt32BE(to);
  return [{ at, bytes }];
}
