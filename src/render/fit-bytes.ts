import type { Operation, PlannedFile } from '../plan/plan.ts';
import type { Target } from '../targets/target.ts';

/** So much below the limit a second try aims: rates wander. */
const aim = 0.93;

/** An encoder keeps its cap over its buffer, which it may spend on top of it once (`-bufsize` in plan/encoder-args.ts). */
const bufferSeconds = 2;

/** More than anybody gives to sound in AAC, kb/s. */
const mostSound = 512;

/** Below this no picture is worth a look. */
const leastKbps = 100;

/**
 * The same file at a lower rate, where what was made is too large for a platform and a lower rate can help.
 * @param bytes of what was made
 * @returns null where it fits, or nothing is encoded
 */
export function lighter(file: PlannedFile, bytes: number, targets: readonly Target[]): PlannedFile | null {
  const limit = Math.min(...targets.map(({ video }) => video.accept.maxBytes?.value ?? Number.POSITIVE_INFINITY));
  const { operation, seconds } = file;
  if (bytes <= limit || seconds === null || operation.kind !== 'transcode' || operation.picture === 'copy') return null;
  const kbps = (size: number) => (size * 8) / 1000 / seconds;
  const buffered = (seconds + bufferSeconds) / seconds;
  const sound = soundKbps(operation.sound, kbps(bytes) - operation.picture.maxKbps);
  // Some encoders of graphics cards go above their cap: they will again.
  const obeyed = Math.min(1, (operation.picture.maxKbps * buffered) / (kbps(bytes) - sound));
  const room = ((kbps(limit) * aim - sound) / buffered) * obeyed;
  const maxKbps = Math.max(leastKbps, Math.min(operation.picture.maxKbps, Math.floor(room)));
  return { ...file, operation: { ...operation, picture: { ...operation.picture, maxKbps } } };
}

/** @param overCap what is made beyond the cap of the picture: of copied sound that is all that is known here */
function soundKbps(sound: Extract<Operation, { readonly kind: 'transcode' }>['sound'], overCap: number): number {
  if (typeof sound === 'object') return sound.kbps;
  return sound === 'silence' ? 0 : Math.min(mostSound, Math.max(0, overCap));
}
