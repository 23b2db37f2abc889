import {
  type AvcConfig,
  unitType as avcType,
  beginsAvcPicture,
  isPlainAvcPps,
  readAvcConfig,
  readAvcSequence,
} from './avc.ts';
import { beginsHevcPicture, type HevcConfig, unitType as hevcType, readHevcConfig, readHevcSequence } from './hevc.ts';
import type { Sequence, Signal } from './sequence.ts';
import { boxesOf, NotPlain, only, u16 } from './strict-boxes.ts';

/** What a sample description says of a picture. */
export interface Picture {
  readonly codec: 'h264' | 'hevc';
  readonly sequence: Sequence;
  /** From `colr`; null: there is none. */
  readonly signal: Signal | null;
  readonly lengthSize: number;
  /** The parameter sets that a decoder needs before the first picture. */
  readonly sets: readonly Buffer[];
  /** Whether a sample is decoded alone, with these parameter sets. */
  readonly begins: (sample: Buffer) => boolean;
}

const common = ['colr', 'pasp', 'btrt', 'fiel'];

/**
 * Parses the sample description of H.264 or HEVC.
 * @param type `avc1`, `hvc1` or `hev1`
 * @throws NotPlain for what is not understood
 */
export function readPicture(type: string, body: Buffer): Picture {
  const isAvc = type === 'avc1';
  if (!isAvc && type !== 'hvc1' && type !== 'hev1') throw new NotPlain(`a codec of its own: ${type}`);
  const hasColourTable = u16(body, 74) !== 24 || u16(body, 76) !== 0xffff;
  if (u16(body, 8) !== 0 || hasColourTable || body.length < 78) throw new NotPlain('an odd picture description');
  const name = isAvc ? 'avcC' : 'hvcC';
  const boxes = boxesOf(body.subarray(78), new Set([...common, name]));
  const [fields] = boxes.get('fiel') ?? [];
  if (fields && fields[0] !== 1) throw new NotPlain('fields');
  const [shape] = boxes.get('pasp') ?? [];
  if (shape && (shape.length < 8 || shape.readUInt32BE(0) !== shape.readUInt32BE(4))) throw new NotPlain('wide pixels');
  const [colours] = boxes.get('colr') ?? [];
  const found = isAvc ? avcOf(only(boxes, name)) : hevcOf(only(boxes, name));
  const { width, height, sampleAspect } = found.sequence;
  if (u16(body, 24) !== width || u16(body, 26) !== height) throw new NotPlain('another size in the description');
  if (sampleAspect && sampleAspect.width !== sampleAspect.height) throw new NotPlain('wide pixels');
  return { ...found, signal: colours ? signalOf(colours) : null };
}

function avcOf(box: Buffer): Omit<Picture, 'signal'> {
  const config = readAvcConfig(box);
  const sequence = config && readAvcSequence(config.sps);
  if (!sequence || !config.pps.every((each) => isPlainAvcPps(each, sequence))) throw new NotPlain('an odd H.264');
  const { lengthSize, sps, pps } = config;
  const begins = (sample: Buffer) => {
    const units = unitsOf(sample, lengthSize);
    const foreign = units.some((unit) => isOther(unit, 7, [sps]) || isOther(unit, 8, pps));
    const first = units.find((unit) => [1, 5].includes(avcType(unit) & 31));
    const isIdr = first !== undefined && (avcType(first) & 0x9f) === 5;
    return !foreign && isIdr && beginsAvcPicture(first, config as AvcConfig, sequence);
  };
  const isOther = (unit: Buffer, type: number, known: readonly Buffer[]) =>
    avcType(unit) === type && !known.some((each) => each.equals(unit));
  return { codec: 'h264', sequence, lengthSize, sets: [sps, ...pps], begins };
}

function hevcOf(box: Buffer): Omit<Picture, 'signal'> {
  const config = readHevcConfig(box);
  const sequence = config && readHevcSequence(config.sps);
  if (!sequence) throw new NotPlain('an odd HEVC');
  const { lengthSize, sets } = config;
  const begins = (sample: Buffer) => {
    const units = unitsOf(sample, lengthSize);
    const isSet = (unit: Buffer) => hevcType(unit) >= 32 && hevcType(unit) <= 34;
    const foreign = units.some((unit) => isSet(unit) && !sets.some((each) => each.equals(unit)));
    const first = units.find((unit) => hevcType(unit) < 32);
    return !foreign && first !== undefined && beginsHevcPicture(first, config as HevcConfig);
  };
  return { codec: 'hevc', sequence, lengthSize, sets, begins };
}

/** The NAL units that fill a sample. @throws NotPlain if they do not */
export function unitsOf(sample: Buffer, lengthSize: number): Buffer[] {
  const units: Buffer[] = [];
  let at = 0;
  while (at < sample.length) {
    const length = at + lengthSize <= sample.length ? sample.readUIntBE(at, lengthSize) : 0;
    at += lengthSize;
    if (length === 0 || at + length > sample.length) throw new NotPlain('a damaged sample');
    units.push(sample.subarray(at, at + length));
    at += length;
  }
  return units;
}

/** `colr` (ISO/IEC 14496-12, 12.1.5); in MOV without the range. */
function signalOf(colr: Buffer): Signal {
  const type = colr.toString('latin1', 0, 4);
  const hasRange = type === 'nclx';
  if ((!hasRange && type !== 'nclc') || colr.length < (hasRange ? 11 : 10)) throw new NotPlain('a colour profile');
  const [primaries, transfer, matrix] = [4, 6, 8].map((at) => u16(colr, at)) as [number, number, number];
  return { full: hasRange && ((colr[10] ?? 0) & 0x80) !== 0, primaries, transfer, matrix };
}

const startCode = Buffer.from([0, 0, 0, 1]);

/**
 * A sample as a part of an elementary stream, with the parameter sets before it (ISO/IEC 14496-10, annex B).
 * @returns null if it is not decoded alone
 */
export function annexB(sample: Buffer, { sets, lengthSize, begins }: Picture): Buffer | null {
  try {
    if (!begins(sample)) return null;
    return Buffer.concat([...sets, ...unitsOf(sample, lengthSize)].flatMap((unit) => [startCode, unit]));
  } catch (error) {
    if (error instanceof NotPlain || error instanceof RangeError) return null;
    throw error;
  }
}
