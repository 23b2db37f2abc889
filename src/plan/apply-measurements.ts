import type { Issue } from '../model/issue.ts';
import type { Measurements } from './measure.ts';
import type { Operation, Stored } from './plan.ts';

/** An operation completed by measurements that a probe cannot replace. */
export interface MeasuredOperation {
  readonly operation: Operation;
  readonly issues: readonly Issue[];
}

/**
 * Completes an operation: the position of a crop, the conversion of HDR, and the encoder.
 * @param encoder as requested by the user: `auto`, `software` or an encoder's name
 */
export function applyMeasurements(
  operation: Operation,
  encoder: string,
  measurements: Measurements,
): MeasuredOperation {
  if (operation.kind !== 'transcode' || operation.picture === 'copy') return { operation, issues: [] };
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

/** Only HDR and wide gamuts depend on whether this machine's ffmpeg has `zscale`. */
export function withLight<S extends Stored>(stored: S, measurements: Measurements): S {
  if (stored.transfer === 'sdr' && stored.primaries === 'bt709') return stored;
  return measurements.ask({ kind: 'zscale' }) === false ? { ...stored, light: 'curves' } : stored;
}
