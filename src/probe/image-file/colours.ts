import { crc32, deflateSync } from 'node:zlib';
import { isAdobeRgb } from './exif.ts';
import { type Curve, iccProfile, type Point, type Primaries } from './icc-profile.ts';
import { segmentsOf } from './index.ts';
import { pngChunks } from './png.ts';
import { viewOf } from './segment.ts';

/** Colours other than sRGB that a file declares without an ICC profile. */
export interface TaggedColours {
  /** For messages: `Adobe RGB`, `PQ (HDR)`. */
  readonly name: string;
  /** For HDR, the highest value in the picture determines the tone mapping. */
  readonly isHdr: boolean;
  /**
   * An equivalent ICC profile.
   * @param highest the highest value in the picture, 0 to 1
   */
  profile(highest: number): Buffer;
}

/**
 * The declared colours.
 * @returns null for sRGB, without a declaration, and if an ICC profile takes precedence
 */
export function taggedColours(bytes: Uint8Array): TaggedColours | null {
  const png = pngChunks(bytes);
  if (png !== null) return ofPng(png);
  const isAdobe = segmentsOf(bytes)?.some(({ kind, data }) => kind === 'exif' && isAdobeRgb(data));
  return isAdobe ? asColours('Adobe RGB', adobe, 563 / 256) : null;
}

const white: Point = [0.3127, 0.329];
const srgb: Primaries = { red: [0.64, 0.33], green: [0.3, 0.6], blue: [0.15, 0.06], white };
/** Adobe RGB (1998), 4.3.1: its exponent is 2 + 51/256. */
const adobe: Primaries = { ...srgb, green: [0.21, 0.71] };
const p3: Primaries = { red: [0.68, 0.32], green: [0.265, 0.69], blue: [0.15, 0.06], white };
const bt2020: Primaries = { red: [0.708, 0.292], green: [0.17, 0.797], blue: [0.131, 0.046], white };

function asColours(name: string, primaries: Primaries, curve: Curve): TaggedColours {
  return { name, isHdr: false, profile: () => iccProfile(name, primaries, curve) };
}

function toldHdr(name: string, primaries: Primaries, light: (value: number) => number): TaggedColours {
  return { name, isHdr: true, profile: (highest) => iccProfile(name, primaries, toSdr(light, light(highest))) };
}

/** In the order of the third edition of PNG (W3C, 2025, 4.3): cICP, iCCP, sRGB, then gAMA with cHRM. */
function ofPng(chunks: ReadonlyMap<string, Uint8Array>): TaggedColours | null {
  const code = chunks.get('cICP');
  if (code && code.length >= 4) return ofCodePoints(code[0] ?? 0, code[1] ?? 0);
  const gamma = chunks.get('gAMA');
  if (chunks.has('iCCP') || chunks.has('sRGB') || !gamma || gamma.length < 4) return null;
  const exponent = 100_000 / viewOf(gamma).getUint32(0);
  const primaries = primariesOf(chunks.get('cHRM')) ?? srgb;
  const isSrgb = Math.abs(exponent - 2.2) < 0.05 && isNear(primaries, srgb);
  if (isSrgb || !(exponent > 0.3 && exponent < 5)) return null;
  return asColours(`of gamma ${Math.round(exponent * 100) / 100}`, primaries, exponent);
}

/** ITU-T H.273, tables 2 and 3. */
function ofCodePoints(primary: number, transfer: number): TaggedColours | null {
  const [name, primaries] = {
    9: ['BT.2020', bt2020] as const,
    11: ['P3', p3] as const,
    12: ['Display P3', p3] as const,
  }[primary] ?? ['sRGB', srgb];
  if (transfer === 16) return toldHdr('PQ (HDR)', primaries, pqLight);
  if (transfer === 18) return toldHdr('HLG (HDR)', primaries, hlgLight);
  if (transfer === 8) return asColours('linear light', primaries, 1);
  return primaries === srgb ? null : asColours(name, primaries, transfer === 13 ? srgbCurve : 2.4);
}

/** White, then red, green and blue, in units of 1/100,000. */
function primariesOf(chunk: Uint8Array | undefined): Primaries | null {
  if (!chunk || chunk.length < 32) return null;
  const view = viewOf(chunk);
  const point = (at: number): Point => [view.getUint32(at) / 100_000, view.getUint32(at + 4) / 100_000];
  const found = { white: point(0), red: point(8), green: point(16), blue: point(24) };
  return Object.values(found).every(([x, y]) => x > 0 && x < 1 && y > 0.01 && y < 1) ? found : null;
}

function isNear(a: Primaries, b: Primaries): boolean {
  const points = (each: Primaries) => [...each.red, ...each.green, ...each.blue, ...each.white];
  return points(a).every((value, index) => Math.abs(value - (points(b)[index] ?? 0)) < 0.005);
}

const steps = 4096;
const table = (light: (value: number) => number) =>
  Array.from({ length: steps }, (_, index) => light(index / (steps - 1)));

/** IEC 61966-2-1. */
const srgbCurve = table((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));

/** Luminance of reference white in HDR, cd/m2 (ITU-R BT.2408-7, 2.2, 2023-09). */
const whiteNits = 203;

/** SMPTE ST 2084 (PQ), in multiples of reference white. */
function pqLight(value: number): number {
  const root = value ** (1 / 78.84375);
  return (
    (Math.max(root - 0.8359375, 0) / (18.8515625 - 18.6875 * root)) ** (1 / 0.1593017578125) * (10_000 / whiteNits)
  );
}

/** ITU-R BT.2100 HLG for a display of 1000 cd/m2; its system gamma of 1.2 is applied to each channel separately. */
function hlgLight(value: number): number {
  const scene = value <= 0.5 ? (value * value) / 3 : (Math.exp((value - 0.55991073) / 0.17883277) + 0.28466892) / 12;
  return scene ** 1.2 * (1000 / whiteNits);
}

/**
 * In multiples of reference white: light below is unchanged, light above is compressed so that the brightest point
 * becomes white.
 */
const knee = 0.5;

/**
 * The curve of ffmpeg's `tonemap=mobius`, as for videos. A picture with nothing brighter than reference white is not
 * compressed.
 */
function toSdr(light: (value: number) => number, peak: number): readonly number[] {
  // Rounding to 8 bits puts reference white slightly above 1.
  if (peak <= 1.05) return table((value) => Math.min(1, light(value)));
  const a = (-knee * knee * (peak - 1)) / (knee * knee - 2 * knee + peak);
  const b = (knee * knee - 2 * knee * peak + peak) / (peak - 1);
  const share = (b * b + 2 * b * knee + knee * knee) / (b - a);
  return table((value) => {
    const own = light(value);
    return Math.min(1, own <= knee ? own : (share * (own + a)) / (own + b));
  });
}

/** Adds a profile to a PNG written by sharp. */
export function withProfile(png: Uint8Array, profile: Uint8Array): Buffer {
  const name = Buffer.from('iCCP' + 'told\0\0', 'latin1');
  const body = Buffer.concat([name, deflateSync(profile)]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(body.length - 4, 0);
  frame.writeUInt32BE(crc32(body), 4);
  // After the signature and the header chunk, which have a fixed length.
  const at = 33;
  return Buffer.concat([png.subarray(0, at), frame.subarray(0, 4), body, frame.subarray(4), png.subarray(at)]);
}
