import type { Operation, PlannedFile } from '../plan/plan.ts';
import type { Target } from '../targets/target.ts';

/** A second attempt aims this far below the limit, because bit rates vary. */
const aim = 0.93;

/**
 * An encoder keeps its cap averaged over its buffer, whose size it may exceed the cap by once (`-bufsize` in
 * plan/encoder-args.ts).
 */
const bufferSeconds = 2;

/** Upper bound for AAC sound, kb/s. */
const maxSound = 512;

/** Below this bit rate a picture is useless. */
const minKbps = 100;

/**
 * Plans the same file with a lower bit rate if the result is too large for a platform and a lower rate can help.
 * @param bytes size of the result
 * @returns null if it fits, or nothing is encoded
 */
export function lighter(file: PlannedFile, bytes: number, targets: readonly Target[]): PlannedFile | null {
  const limit = Math.min(...targets.map(({ video }) => video.accept.maxBytes?.value ?? Number.POSITIVE_INFINITY));
  const { operation, seconds } = file;
  if (bytes <= limit || seconds === null || operation.kind !== 'transcode' || operation.picture === 'copy') return null;
  const kbps = (size: number) => (size * 8) / 1000 / seconds;
  const buffered = (seconds + bufferSeconds) / seconds;
  const sound = soundKbps(operation.sound, kbps(bytes) - operation.picture.maxKbps);
  // Some hardware encoders exceed their cap, and will do so again.
  const obeyed = Math.min(1, (operation.picture.maxKbps * buffered) / (kbps(bytes) - sound));
  const room = ((kbps(limit) * aim - sound) / buffered) * obeyed;
  const maxKbps = Math.max(minKbps, Math.min(operation.picture.maxKbps, Math.floor(room)));
  return { ...file, operation: { ...operation, picture: { ...operation.picture, maxKbps } } };
}

/**
 * The bit rate of the sound.
 * @param overCap the part of the total bit rate above the picture's cap: the only information about copied sound here
 */
function soundKbps(sound: Extract<Operation, { readonly kind: 'transcode' }>['sound'], overCap: number): number {
  if (typeof sound === 'object') return sound.kbps;
  return sound === 'silence' ? 0 : Math.min(maxSound, Math.max(0, overCap));
}
