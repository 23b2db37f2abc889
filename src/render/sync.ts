import type { VideoProbe } from '../model/probe.ts';
import type { Operation } from '../plan/plan.ts';

/** One AAC packet plus one frame at 25 a second. */
const tolerance = 0.06;

/**
 * How far sound and picture of a result have shifted against each other compared with the source, in seconds; 0 if it
 * is not noticeable. An encoded stream may start earlier than in the source, filled with silence or its first frame; a
 * copied stream must start at the same time.
 */
export function outOfStep(
  operation: Operation & { readonly kind: 'remux' | 'transcode' },
  source: VideoProbe,
  result: VideoProbe,
): number {
  const [sound] = result.audio;
  if (!sound || !result.video || !source.video) return 0;
  const from = operation.span?.from ?? 0;
  const soundDue = operation.sound === 'silence' ? 0 : Math.max(0, (source.audio[0]?.startsAt ?? 0) - from);
  const pictureDue = Math.max(0, source.video.startsAt - from);
  const copiesPicture = operation.kind === 'remux' || operation.picture === 'copy';
  const earliest = soundDue - pictureDue - (operation.sound === 'copy' ? 0 : soundDue);
  const latest = soundDue - pictureDue + (copiesPicture ? 0 : pictureDue);
  const offset = sound.startsAt - result.video.startsAt;
  // The first frame of a range may come one frame after its start.
  const allowed = Math.max(tolerance, 1.5 / Math.max(1, result.video.fps));
  const by = Math.max(earliest - offset, offset - latest);
  return by <= allowed ? 0 : Math.round(by * 1000) / 1000;
}
