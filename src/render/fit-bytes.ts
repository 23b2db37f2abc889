import type { PlannedFile } from '../plan/plan.ts';
import type { Target } from '../targets/target.ts';

/** So much below the limit a second try aims: rates wander. */
const aim = 0.93;

/**
 * The same file at a lower rate, where what was made is too large for a platform and a lower rate can help.
 * @param bytes of what was made
 * @returns null where it fits, or nothing is encoded
 */
export function lighter(file: PlannedFile, bytes: number, targets: readonly Target[]): PlannedFile | null {
  const limit = Math.min(...targets.map(({ video }) => video.accept.maxBytes?.value ?? Number.POSITIVE_INFINITY));
  const { operation, seconds } = file;
  if (bytes <= limit || seconds === null || operation.kind !== 'transcode' || operation.picture === 'copy') return null;
  const madeKbps = (bytes * 8) / 1000 / seconds;
  const maxKbps = Math.floor(Math.min(operation.picture.maxKbps, madeKbps) * (limit / bytes) * aim);
  return { ...file, operation: { ...operation, picture: { ...operation.picture, maxKbps } } };
}
