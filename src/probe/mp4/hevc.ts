import { Bits, payloadOf } from './bits.ts';
import { readAspect, readSignal, type Sequence } from './sequence.ts';

/** The parameter sets of an HEVC track. */
export interface HevcConfig {
  readonly lengthSize: number;
  readonly sps: Buffer;
  /** All of them in order: VPS, SPS, PPS. */
  readonly sets: readonly Buffer[];
}

/** Types of NAL units (ISO/IEC 23008-2, table 7-1). */
const types = { vps: 32, sps: 33, pps: 34, prefix: 39, suffix: 40 };

/**
 * Parses `hvcC` (ISO/IEC 14496-15, 8.3.3.1).
 * @returns null unless it has one of each kind of parameter set
 */
export function readHevcConfig(box: Buffer): HevcConfig | null {
  if (box.length < 23 || box[0] !== 1) return null;
  const sets: Buffer[] = [];
  let at = 23;
  for (let array = 0; array < (box[22] ?? 0); array++) {
    if (at + 3 > box.length) return null;
    const count = box.readUInt16BE(at + 1);
    at += 3;
    for (let each = 0; each < count; each++) {
      const length = at + 2 <= box.length ? box.readUInt16BE(at) : 0;
      if (length < 2 || at + 2 + length > box.length) return null;
      const unit = box.subarray(at + 2, at + 2 + length);
      if (unitType(unit) <= types.pps) sets.push(unit);
      else if (unitType(unit) !== types.prefix && unitType(unit) !== types.suffix) return null;
      at += 2 + length;
    }
  }
  const [sps, ...others] = sets.filter((each) => unitType(each) === types.sps);
  const hasEach = [types.vps, types.sps, types.pps].every((type) => sets.some((each) => unitType(each) === type));
  if (!sps || others.length > 0 || !hasEach || sets.length !== 3) return null;
  const isPlain = (each: Buffer) =>
    unitType(each) === types.vps ? isPlainVps(each) : unitType(each) === types.sps || isPlainPps(each);
  if (!sets.every(isPlain)) return null;
  return { lengthSize: ((box[21] ?? 0) & 3) + 1, sps, sets };
}

/** 255 if the forbidden bit is set, the unit belongs to another layer, or to no temporal one. */
export function unitType(unit: Uint8Array): number {
  const [first = 0x80, second = 0xff] = unit;
  return first & 0x81 || second & 0xf8 || (second & 7) === 0 ? 255 : first >> 1;
}

/**
 * Parses a sequence parameter set (ISO/IEC 23008-2, 7.3.2.2.1).
 * @returns null for everything but frames of 8 or 10 bits and 4:2:0 in the profiles Main and Main 10
 */
export function readHevcSequence(unit: Buffer): Sequence | null {
  const bits = new Bits(payloadOf(unit, 2));
  if (bits.u(4) !== 0) return null;
  const layers = bits.u(3);
  bits.skip(1);
  const profile = readProfile(bits, layers);
  if (profile === null || layers > 6) return null;
  // The first and only set, in 4:2:0.
  if (bits.ue() !== 0 || bits.ue() !== 1) return null;
  const [codedWidth, codedHeight] = [bits.ue(), bits.ue()];
  const [left, right, top, bottom] = bits.flag() ? [bits.ue(), bits.ue(), bits.ue(), bits.ue()] : [0, 0, 0, 0];
  const width = codedWidth - 2 * (left + right);
  const height = codedHeight - 2 * (top + bottom);
  if (width <= 0 || height <= 0 || codedWidth > 16_384 || codedHeight > 16_384) return null;
  const [luma, chroma] = [bits.ue() + 8, bits.ue() + 8];
  if (luma !== chroma || (luma !== 8 && luma !== 10) || (luma === 10 && profile === 'Main')) return null;
  const orderBits = bits.ue() + 4;
  if (orderBits > 16) return null;
  let reorder = 0;
  for (let layer = bits.flag() ? 0 : layers; layer <= layers; layer++) {
    const buffered = bits.ue();
    reorder = bits.ue();
    if (buffered > 15 || reorder > buffered) return null;
    bits.ue();
  }
  if (!hasPlainBlocks(bits, codedWidth, codedHeight)) return null;
  if (bits.flag() && bits.flag()) skipScalingLists(bits);
  bits.skip(2);
  if (bits.flag()) {
    bits.skip(8);
    bits.ue();
    bits.ue();
    bits.skip(1);
  }
  skipReferenceSets(bits);
  if (bits.flag()) {
    const count = bits.ue();
    if (count > 32) return null;
    bits.skip(count * (orderBits + 1));
  }
  bits.skip(2);
  const common = { profile, width, height, bitDepth: luma, reordered: reorder > 0 } as const;
  if (!bits.flag()) return endsPlainly(bits) ? { ...common, sampleAspect: null, signal: null } : null;
  const sampleAspect = readAspect(bits);
  if (bits.flag()) bits.skip(1);
  const signal = readSignal(bits);
  if (bits.flag()) {
    bits.ue();
    bits.ue();
  }
  bits.skip(1);
  const hasFields = bits.flag();
  bits.skip(1);
  const hasWindow = bits.flag();
  // A default display window may crop further; some versions of libavcodec follow it.
  if (hasFields || hasWindow || !skipTiming(bits)) return null;
  if (bits.flag()) {
    bits.skip(3);
    for (let each = 0; each < 5; each++) bits.ue();
  }
  return endsPlainly(bits) ? { ...common, sampleAspect, signal } : null;
}

/** The sizes of blocks: whether decoders accept them. */
function hasPlainBlocks(bits: Bits, width: number, height: number): boolean {
  const smallest = bits.ue() + 3;
  const largest = smallest + bits.ue();
  const smallestTransform = bits.ue() + 2;
  const largestTransform = smallestTransform + bits.ue();
  const [inter, intra] = [bits.ue(), bits.ue()];
  if (largest < 4 || largest > 6 || smallestTransform >= smallest) return false;
  if (largestTransform > Math.min(largest, 5)) return false;
  if (Math.max(inter, intra) > largest - smallestTransform) return false;
  return width % 2 ** smallest === 0 && height % 2 ** smallest === 0;
}

/** Times of frames, which the container tells as well. @returns false if a buffer model follows, which is not read */
function skipTiming(bits: Bits): boolean {
  if (!bits.flag()) return true;
  bits.skip(64);
  if (bits.flag()) bits.ue();
  return !bits.flag();
}

/** Without extensions, and with nothing behind: a bit that was read wrongly shifts all that follow. */
function endsPlainly(bits: Bits): boolean {
  return !bits.flag() && bits.isAtEnd();
}

/** Whether a video parameter set (7.3.2.1) is one that decoders accept. */
function isPlainVps(unit: Buffer): boolean {
  const bits = new Bits(payloadOf(unit, 2));
  if (bits.u(4) !== 0 || bits.u(2) !== 3) return false;
  const layers = bits.u(6);
  const subLayers = bits.u(3);
  bits.skip(1);
  if (bits.u(16) !== 0xffff || layers !== 0 || subLayers > 6 || readProfile(bits, subLayers) === null) return false;
  for (let layer = bits.flag() ? 0 : subLayers; layer <= subLayers; layer++) {
    if (bits.ue() > 15 || bits.ue() > 15) return false;
    bits.ue();
  }
  if (bits.u(6) !== 0 || bits.ue() !== 0) return false;
  if (bits.flag()) {
    bits.skip(64);
    if (bits.flag()) bits.ue();
    if (bits.ue() !== 0) return false;
  }
  return endsPlainly(bits);
}

/** Whether a picture parameter set (7.3.2.3) is one that decoders accept; tiles and scaling lists are left to ffprobe. */
function isPlainPps(unit: Buffer): boolean {
  const bits = new Bits(payloadOf(unit, 2));
  if (bits.ue() > 63 || bits.ue() !== 0) return false;
  bits.skip(2);
  bits.skip(3 + 2);
  if (bits.ue() > 14 || bits.ue() > 14) return false;
  const quantiser = bits.se();
  if (quantiser < -26 || quantiser > 25) return false;
  bits.skip(2);
  if (bits.flag() && bits.ue() > 3) return false;
  const [blue, red] = [bits.se(), bits.se()];
  if (Math.abs(blue) > 12 || Math.abs(red) > 12) return false;
  bits.skip(4);
  const hasTiles = bits.flag();
  bits.skip(2);
  if (hasTiles) return false;
  if (bits.flag()) {
    bits.skip(1);
    if (!bits.flag() && (Math.abs(bits.se()) > 6 || Math.abs(bits.se()) > 6)) return false;
  }
  if (bits.flag()) return false;
  bits.skip(1);
  if (bits.ue() > 4) return false;
  bits.skip(1);
  return endsPlainly(bits);
}

/** `profile_tier_level`: ffprobe's name of the profile; null for others than Main and Main 10. */
function readProfile(bits: Bits, layers: number): string | null {
  const space = bits.u(2);
  bits.skip(1);
  const idc = bits.u(5);
  bits.skip(32);
  const isProgressive = bits.flag();
  const isInterlaced = bits.flag();
  bits.skip(46 + 8);
  const present: [boolean, boolean][] = [];
  for (let layer = 0; layer < layers; layer++) present.push([bits.flag(), bits.flag()]);
  if (layers > 0) bits.skip(2 * (8 - layers));
  for (const [hasProfile, hasLevel] of present) bits.skip((hasProfile ? 88 : 0) + (hasLevel ? 8 : 0));
  if (space !== 0 || (isInterlaced && !isProgressive)) return null;
  return idc === 1 ? 'Main' : idc === 2 ? 'Main 10' : null;
}

function skipScalingLists(bits: Bits): void {
  for (let size = 0; size < 4; size++) {
    for (let matrix = 0; matrix < 6; matrix += size === 3 ? 3 : 1) {
      if (!bits.flag()) {
        bits.ue();
        continue;
      }
      if (size > 1) bits.se();
      for (let each = 0; each < Math.min(64, 1 << (4 + (size << 1))); each++) bits.se();
    }
  }
}

/** `st_ref_pic_set` (7.3.7), whose lengths depend on the sets before. */
function skipReferenceSets(bits: Bits): void {
  const count = bits.ue();
  if (count > 64) throw new RangeError('too many reference picture sets');
  let before = 0;
  for (let index = 0; index < count; index++) {
    if (index > 0 && bits.flag()) {
      bits.skip(1);
      bits.ue();
      let pictures = 0;
      for (let each = 0; each <= before; each++) {
        const isUsed = bits.flag();
        if (isUsed || bits.flag()) pictures++;
      }
      before = pictures;
    } else {
      const [earlier, later] = [bits.ue(), bits.ue()];
      if (earlier > 16 || later > 16) throw new RangeError('too many reference pictures');
      for (let each = 0; each < earlier + later; each++) {
        bits.ue();
        bits.skip(1);
      }
      before = earlier + later;
    }
  }
}

/** Whether a slice is the first one of a picture that is decoded alone (IRAP) and belongs to these parameter sets. */
export function beginsHevcPicture(slice: Buffer, { sets }: HevcConfig): boolean {
  const type = unitType(slice);
  if (type < 16 || type > 21) return false;
  const bits = new Bits(payloadOf(slice.subarray(0, 64), 2));
  if (!bits.flag()) return false;
  bits.skip(1);
  const set = bits.ue();
  return sets.some((each) => unitType(each) === types.pps && new Bits(payloadOf(each, 2)).ue() === set);
}
