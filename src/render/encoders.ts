import { UsageError } from '../errors.ts';
import { encoderTrialArgs, hardwareEncoders } from '../plan/encoder-args.ts';
import type { Operation } from '../plan/plan.ts';
import type { Tools } from '../tools/tools.ts';

/** Selects the picture encoder in this run. */
export interface Encoders {
  /** The encoder for an operation's picture: `software`, or ffmpeg's name of an encoder that has worked so far. */
  choose(operation: Operation, signal: AbortSignal): Promise<string>;
  /** Reports that an encoder failed where software succeeded. The rest of the run uses software. */
  giveUp(encoder: string, reason: string): void;
}

/** Uses libx264 for everything. */
export const softwareOnly: Encoders = { choose: async () => 'software', giveUp: () => {} };

/**
 * Tries hardware encoders on demand.
 * @param tell called once with a sentence when an encoder fails
 */
export function openEncoders({ ffmpeg }: Pick<Tools, 'ffmpeg'>, tell: (sentence: string) => void): Encoders {
  const chosen = new Map<string, Promise<string>>();
  const failed = new Set<string>();
  const chooseAnew = async (wanted: string, signal: AbortSignal) => {
    if (wanted === 'libx264') return 'software';
    if (wanted !== 'auto') return wanted;
    for await (const { encoder, works } of hardwareTrials(ffmpeg, signal)) if (works) return encoder;
    return 'software';
  };
  return {
    async choose(operation, signal) {
      if (operation.kind !== 'transcode' || operation.picture === 'copy') return 'software';
      const wanted = operation.picture.encoder;
      const choice = chosen.get(wanted) ?? chooseAnew(wanted, signal);
      chosen.set(wanted, choice);
      const encoder = await choice;
      return failed.has(encoder) ? 'software' : encoder;
    },
    giveUp(encoder, reason) {
      if (failed.has(encoder)) return;
      failed.add(encoder);
      tell(`The encoder ${encoder} failed (${reason}), so libx264 makes this video and those that follow.`);
    },
  };
}

/**
 * Checks before a run that the encoder requested by the user works.
 * @throws UsageError with one sentence
 */
export async function checkEncoder(encoder: string, { ffmpeg }: Pick<Tools, 'ffmpeg'>, signal: AbortSignal) {
  if (encoder === 'auto' || encoder === 'software') return;
  const known = await ffmpeg.h264Encoders();
  if (!known.has(encoder)) {
    const names = [...known].join(', ') || 'none at all';
    throw new UsageError(`This ffmpeg has no H.264 encoder “${encoder}”: it has ${names}. See port --help.`);
  }
  const failure = await trial(encoder, ffmpeg, signal);
  if (failure !== null) {
    throw new UsageError(`The encoder ${encoder} does not work on this machine (${failure}). See port --help.`);
  }
}

/** Tries each hardware encoder that this ffmpeg lists, on demand; yields nothing if it lists none. */
export async function* hardwareTrials(
  ffmpeg: Tools['ffmpeg'],
  signal: AbortSignal,
): AsyncGenerator<{ readonly encoder: string; readonly works: boolean }> {
  const known = await ffmpeg.h264Encoders().catch(() => new Set<string>());
  for (const encoder of hardwareEncoders) {
    if (known.has(encoder)) yield { encoder, works: (await trial(encoder, ffmpeg, signal)) === null };
  }
}

/** Timeout in milliseconds, since drivers can hang. */
const trialMilliseconds = 20_000;

/** Encodes one frame. null: it works; else the reason why not. */
async function trial(encoder: string, ffmpeg: Tools['ffmpeg'], signal: AbortSignal): Promise<string | null> {
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(), trialMilliseconds);
  try {
    await ffmpeg.capture(encoderTrialArgs(encoder), 1000, AbortSignal.any([signal, limit.signal]));
    return null;
  } catch (error) {
    signal.throwIfAborted();
    return error instanceof Error ? error.message : String(error);
  } finally {
    clearTimeout(timer);
  }
}
