import { Bits, payloadOf } from './bits.ts';
import { readAspect, readSignal, type Sequence } from './sequence.ts';

/** The parameter sets of an H.264 track. */
export interface AvcConfig {
  /** Bytes of the length before each NAL unit. */
  readonly lengthSize: number;
  readonly sps: Buffer;
  readonly pps: readonly Buffer[];
}

/**
 * Parses `avcC` (ISO/IEC 14496-15, 5.3.3.1).
 * @returns null unless it has one sequence parameter set and at least one picture parameter set
 */
export function readAvcConfig(box: Buffer): AvcConfig | null {
  if (box.length < 7 || box[0] !== 1) return null;
  let at = 5;
  const sets = (count: number): Buffer[] | null => {
    const found: Buffer[] = [];
    for (let each = 0; each < count; each++) {
      const length = at + 2 <= box.length ? box.readUInt16BE(at) : 0;
      if (length === 0 || at + 2 + length > box.length) return null;
      found.push(box.subarray(at + 2, at + 2 + length));
      at += 2 + length;
    }
    return found;
  };
  const sps = sets((box[at++] ?? 0) & 31);
  const pps = sps && sets(box[at++] ?? 0);
  const [only] = sps ?? [];
  if (!only || sps?.length !== 1 || !pps || pps.length === 0) return null;
  if (unitType(only) !== 7 || pps.some((each) => unitType(each) !== 8)) return null;
  const lengthSize = ((box[4] ?? 0) & 3) + 1;
  return { lengthSize, sps: only, pps };
}

export function unitType(unit: Uint8Array): number {
  return (unit[0] ?? 0) & 0x9f;
}

/** Profiles with pictures of 8 bits and 4:2:0; ffprobe's names (libavcodec 58 to 61). */
function profileOf(idc: number, constraints: number): string | null {
  if (idc === 66) return constraints & 0x40 ? 'Constrained Baseline' : 'Baseline';
  if (idc === 77) return 'Main';
  return idc === 100 ? 'High' : null;
}

/**
 * Parses a sequence parameter set (ISO/IEC 14496-10, 7.3.2.1.1).
 * @returns null for everything but progressive pictures of 8 bits and 4:2:0, and if it does not say whether frames are
 * reordered
 */
export function readAvcSequence(
  unit: Buffer,
): (Sequence & { readonly id: number; readonly frameNumberBits: number }) | null {
  const bits = new Bits(payloadOf(unit, 1));
  const idc = bits.u(8);
  const constraints = bits.u(8);
  const profile = profileOf(idc, constraints);
  if (profile === null) return null;
  bits.skip(8);
  const id = bits.ue();
  if (id > 31) return null;
  if (idc === 100) {
    // 4:2:0, 8 bits, no lossless coding.
    if (bits.ue() !== 1 || bits.ue() !== 0 || bits.ue() !== 0 || bits.flag()) return null;
    if (bits.flag()) skipScalingLists(bits);
  }
  const frameNumberBits = bits.ue() + 4;
  const order = bits.ue();
  if (frameNumberBits > 16 || order > 2) return null;
  if (order === 0 && bits.ue() > 12) return null;
  if (order === 1) skipCycle(bits);
  const references = bits.ue();
  bits.skip(1);
  const columns = bits.ue() + 1;
  const rows = bits.ue() + 1;
  const isProgressive = bits.flag();
  if (references > 16 || columns > 1024 || rows > 1024 || !isProgressive) return null;
  bits.skip(1);
  const [left, right, top, bottom] = bits.flag() ? [bits.ue(), bits.ue(), bits.ue(), bits.ue()] : [0, 0, 0, 0];
  const width = columns * 16 - 2 * (left + right);
  const height = rows * 16 - 2 * (top + bottom);
  if (width <= 0 || height <= 0) return null;
  const common = { profile, width, height, bitDepth: 8, id, frameNumberBits } as const;
  if (!bits.flag()) {
    const isPlain = order === 2 && bits.isAtEnd();
    return isPlain ? { ...common, reordered: false, sampleAspect: null, signal: null } : null;
  }
  const sampleAspect = readAspect(bits);
  if (bits.flag()) bits.skip(1);
  const signal = readSignal(bits);
  const reordered = readReordering(bits);
  return reordered === null || !bits.isAtEnd() ? null : { ...common, sampleAspect, signal, reordered };
}

/**
 * Whether a picture parameter set (ISO/IEC 14496-10, 7.3.2.2) belongs to this sequence and decoders accept it: with a set
 * that they refuse, nothing is known of the picture.
 */
export function isPlainAvcPps(unit: Buffer, { id }: { readonly id: number }): boolean {
  const bits = new Bits(payloadOf(unit, 1));
  if (bits.ue() > 255 || bits.ue() !== id) return false;
  bits.skip(1);
  // Fields that are ordered by themselves.
  if (bits.flag()) return false;
  // Slice groups.
  if (bits.ue() !== 0) return false;
  if (bits.ue() > 31 || bits.ue() > 31) return false;
  bits.skip(3);
  const [quantizer, switching, chroma] = [bits.se(), bits.se(), bits.se()];
  if (Math.abs(quantizer) > 26 || Math.abs(switching) > 26 || Math.abs(chroma) > 12) return false;
  bits.skip(2);
  // Redundant pictures.
  if (bits.flag()) return false;
  if (bits.isAtEnd()) return true;
  bits.skip(1);
  if (bits.flag()) return false;
  return Math.abs(bits.se()) <= 12 && bits.isAtEnd();
}

function skipScalingLists(bits: Bits): void {
  for (let list = 0; list < 8; list++) {
    if (!bits.flag()) continue;
    let scale = 8;
    for (let each = 0; each < (list < 6 ? 16 : 64) && scale !== 0; each++) scale = (scale + bits.se() + 256) % 256;
  }
}

/** `pic_order_cnt_type` 1. */
function skipCycle(bits: Bits): void {
  bits.skip(1);
  bits.se();
  bits.se();
  const frames = bits.ue();
  if (frames > 255) throw new RangeError('a cycle is too long');
  for (let each = 0; each < frames; each++) bits.se();
}

/** Whether frames are reordered, by the end of the usability information; null if it does not say. */
function readReordering(bits: Bits): boolean | null {
  if (bits.flag()) {
    bits.ue();
    bits.ue();
  }
  if (bits.flag()) bits.skip(65);
  const hasNal = bits.flag();
  if (hasNal) skipBuffering(bits);
  const hasVcl = bits.flag();
  if (hasVcl) skipBuffering(bits);
  if (hasNal || hasVcl) bits.skip(1);
  // With this flag each picture may call itself a pair of fields.
  const hasStructures = bits.flag();
  if (hasStructures || !bits.flag()) return null;
  bits.skip(1);
  for (let each = 0; each < 4; each++) bits.ue();
  const frames = bits.ue();
  const buffered = bits.ue();
  // libavcodec ignores impossible numbers.
  return frames > 16 || buffered > 16 || frames > buffered ? null : frames > 0;
}

function skipBuffering(bits: Bits): void {
  const count = bits.ue() + 1;
  if (count > 32) throw new RangeError('too many schedules');
  bits.skip(8);
  for (let each = 0; each < count; each++) {
    bits.ue();
    bits.ue();
    bits.skip(1);
  }
  bits.skip(20);
}

/**
 * Whether a slice is the first one of a picture that is decoded alone and belongs to these parameter sets: its header
 * would be accepted.
 */
export function beginsAvcPicture(
  slice: Buffer,
  { pps }: AvcConfig,
  sequence: { readonly frameNumberBits: number },
): boolean {
  const bits = new Bits(payloadOf(slice.subarray(0, 64), 1));
  const [first, type, set] = [bits.ue(), bits.ue(), bits.ue()];
  if (first !== 0 || (type !== 2 && type !== 7)) return false;
  // frame_num is 0 in an IDR picture.
  if (bits.u(sequence.frameNumberBits) !== 0) return false;
  return pps.some((each) => new Bits(payloadOf(each, 1)).ue() === set);
}
