import { join } from 'node:path';
import { encodedMegapixels } from '../plan/estimate.ts';
import type { PlannedFile } from '../plan/plan.ts';
import type { Tools } from '../tools/tools.ts';
import { make } from './make.ts';
import { openStills } from './stills.ts';

/** Seconds of video to encode. Starting the program is a noticeable part of anything shorter. */
const triedSeconds = 2;

/**
 * Measures the encoding speed of this machine, in seconds per million pixels, with the middle of a video that has to be
 * encoded and the settings of its rendition.
 * @param scratch a folder for the output, which is deleted again
 * @returns null if the trial failed
 */
export async function calibrate(
  file: PlannedFile,
  threads: number,
  scratch: string,
  tools: Tools,
  signal: AbortSignal,
): Promise<number | null> {
  const { operation, seconds } = file;
  if (operation.kind !== 'transcode' || operation.picture === 'copy' || seconds === null) return null;
  const length = Math.min(seconds, triedSeconds);
  const start = (operation.span?.from ?? 0) + (seconds - length) / 2;
  const end = start + length;
  const span = { from: start, to: end, decodedTo: end };
  const tried: PlannedFile = { ...file, seconds: length, operation: { ...operation, span } };
  const output = join(scratch, '.calibration.part.mp4');
  const stills = openStills(tools, signal);
  try {
    const began = performance.now();
    await make(tried, output, { time: 0, threads, owned: false, stills, signal, onProgress: () => {} }, tools);
    return (performance.now() - began) / 1000 / encodedMegapixels(tried);
  } catch {
    signal.throwIfAborted();
    return null;
  } finally {
    await tools.files.remove(output);
  }
}
