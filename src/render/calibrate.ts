import { join } from 'node:path';
import { encodedMegapixels } from '../plan/estimate.ts';
import type { PlannedFile } from '../plan/plan.ts';
import type { Tools } from '../tools/tools.ts';
import { make } from './make.ts';
import { openStills } from './stills.ts';

/** So much of a video is encoded to try; the start of the program is a good part of less. */
const triedSeconds = 2;

/**
 * What encoding takes on this machine, in seconds for a million pixels: tried on the middle of a video that will have to
 * be encoded, with the very settings.
 * @param scratch a folder for what is made, which is taken away again
 * @returns null where the trial failed: then nothing is known
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
  const output = join(scratch, 'calibration.mp4');
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
