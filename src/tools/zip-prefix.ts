import type { FileHandle } from 'node:fs/promises';

/** From `start` to before `end`. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

const END_SIGNATURE = Buffer.from('PK\u0005\u0006', 'latin1');
const END_BYTES = 22;
/** The end record is followed by a comment of at most this length. */
const SEARCHED = 65_535 + END_BYTES;
const IN_ZIP64 = 0xffffffff;

/**
 * Finds the start of the ZIP in a range of a file, after anything that a download or program put before it. The end
 * record (APPNOTE.TXT 4.3.16) contains the length of the central directory and its nominal offset.
 * @returns the unchanged range if there is no end record, or nothing before the ZIP
 */
export async function withoutPrefix(handle: FileHandle, { start, end }: ByteRange): Promise<ByteRange> {
  const from = Math.max(start, end - SEARCHED);
  const tail = Buffer.alloc(end - from);
  let bytes = 0;
  while (bytes < tail.length) {
    const { bytesRead } = await handle.read(tail, bytes, tail.length - bytes, from + bytes);
    if (bytesRead === 0) return { start, end };
    bytes += bytesRead;
  }
  for (
    let at = tail.lastIndexOf(END_SIGNATURE);
    at >= 0;
    at = at === 0 ? -1 : tail.lastIndexOf(END_SIGNATURE, at - 1)
  ) {
    if (at + END_BYTES > tail.length) continue;
    const listBytes = tail.readUInt32LE(at + 12);
    const listAt = tail.readUInt32LE(at + 16);
    if (at + END_BYTES + tail.readUInt16LE(at + 20) !== tail.length) continue;
    if (listBytes === IN_ZIP64 || listAt === IN_ZIP64) return { start, end };
    // Offsets may also count from the start of the file, as in self-extracting ZIPs.
    const before = from + at - listBytes - listAt - start;
    return { start: before > 0 ? start + before : start, end };
  }
  return { start, end };
}
