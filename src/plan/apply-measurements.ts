import type { Issue } from '../model/issue.ts';
import type { VideoProbe } from '../model/probe.ts';
import type { Measurements } from './measure.ts';
import type { Operation, Stored } from './plan.ts';

/** What a decision about a picture leaves open, since no probe of the file tells it. */
export interface MeasuredOperation {
  readonly operation: Operation;
  readonly issues: readonly Issue[];
}

/**
 * Where a picture is cut, what converts its light, and what encodes it.
 * @param encoder as the user wants it: `auto`, `software` or the name of one
 */
export function applyMeasurements(
  operation: Operation,
  { video }: VideoProbe,
  encoder: string,
  measurements: Measurements,
): MeasuredOperation {
  if (operation.kind !== 'transcode' || operation.picture === 'copy' || video === null)
    return { operation, issues: [] };
  const { picture } = operation;
  const { width, height } = picture;
  const attention = picture.fit === 'crop' ? measurements.ask({ kind: 'attention', width, height }) : undefined;
  const lit = withLight(picture, measurements);
  const plain: Issue = { code: 'light-plain', severity: 'warning', actual: null, limit: null };
  return {
    operation: { ...operation, picture: { ...lit, encoder, centre: attention ?? picture.centre } },
    issues: lit.light === 'curves' ? [plain] : [],
  };
}

/** Only HDR and wide gamuts need to know whether this machine's ffmpeg can compute with light. */
export function withLight<S extends Stored>(stored: S, measurements: Measurements): S {
  if (stored.transfer === 'sdr' && stored.primaries === 'bt709') return stored;
  return measurements.ask({ kind: 'zscale' }) === false ? { ...stored, light: 'curves' } : stored;
}
