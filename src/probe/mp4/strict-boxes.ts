/** The content of boxes, by type. */
export type Boxes = ReadonlyMap<string, readonly Buffer[]>;

/** Something in the boxes that this reader does not understand; ffprobe is asked instead. */
export class NotPlain extends Error {}

/**
 * The boxes that fill `bytes` exactly.
 * @param allowed all types that may occur
 * @throws NotPlain if there is another type, an incomplete box, or a second one of a type that is not in `repeated`
 */
export function boxesOf(bytes: Buffer, allowed: ReadonlySet<string>, repeated: ReadonlySet<string> = harmless): Boxes {
  const found = new Map<string, Buffer[]>();
  let at = 0;
  while (at < bytes.length) {
    const size = at + 8 <= bytes.length ? bytes.readUInt32BE(at) : 0;
    const type = bytes.toString('latin1', at + 4, at + 8);
    if (size < 8 || at + size > bytes.length) throw new NotPlain(`a box ends wrongly: ${type}`);
    if (!allowed.has(type) && !harmless.has(type)) throw new NotPlain(`a box of its own: ${type}`);
    const same = found.get(type) ?? [];
    if (same.length > 0 && !repeated.has(type)) throw new NotPlain(`two boxes: ${type}`);
    found.set(type, [...same, bytes.subarray(at + 8, at + size)]);
    at += size;
  }
  return found;
}

const harmless: ReadonlySet<string> = new Set(['free', 'skip', 'wide']);

/** The content of the only box of a type. @throws NotPlain if there is none */
export function only(boxes: Boxes, type: string): Buffer {
  const [box] = boxes.get(type) ?? [];
  if (box === undefined) throw new NotPlain(`no ${type}`);
  return box;
}

/**
 * Whether the numbers of a box are long ones: its version is 1, not 0.
 * @throws NotPlain if it has another version
 */
export function isLong(box: Buffer): boolean {
  if (box[0] !== 0 && box[0] !== 1) throw new NotPlain('a new version of a box');
  return box[0] === 1;
}

/** @throws NotPlain past the end */
export function u32(bytes: Buffer, at: number): number {
  if (at + 4 > bytes.length) throw new NotPlain('a box is short');
  return bytes.readUInt32BE(at);
}

export function u16(bytes: Buffer, at: number): number {
  if (at + 2 > bytes.length) throw new NotPlain('a box is short');
  return bytes.readUInt16BE(at);
}

/** @throws NotPlain past the end, and above 2^53 */
export function u64(bytes: Buffer, at: number): number {
  const value = u32(bytes, at) * 2 ** 32 + u32(bytes, at + 4);
  if (!Number.isSafeInteger(value)) throw new NotPlain('a number is too large');
  return value;
}

/**
 * The rows of a table: a version and flags, a count, and rows of a fixed length that fill the rest.
 * @throws NotPlain if they do not
 */
export function rowsIn(table: Buffer, length: number): { readonly count: number; readonly rows: Buffer } {
  isLong(table);
  const count = u32(table, 4);
  if (8 + count * length !== table.length) throw new NotPlain('a table with another length than it says');
  return { count, rows: table.subarray(8) };
}
