import { UsageError } from '../errors.ts';
import { encoderTrialArgs, hardwareEncoders } from '../plan/encoder-args.ts';
import type { Operation } from '../plan/plan.ts';
import type { Tools } from '../tools/tools.ts';

/** What encodes pictures in this run. */
export interface Encoders {
  /** The encoder that makes an operation's picture: `software`, or ffmpeg's name of one that worked so far. */
  choose(operation: Operation, signal: AbortSignal): Promise<string>;
  /** It failed at a render that software then made: the rest of the run is software's. */
  giveUp(encoder: string, reason: string): void;
}

/** libx264 for everything. */
export const softwareOnly: Encoders = { choose: async () => 'software', giveUp: () => {} };

/**
 * @param tell hears once, in a sentence, that an encoder failed
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
 * Whether an encoder that a person named can be used, before anything is done.
 * @throws UsageError with one sentence
 */
export async function checkEncoder(encoder: string, { ffmpeg }: Pick<Tools, 'ffmpeg'>, signal: AbortSignal) {
  if (encoder === 'auto' || encoder === 'software') return;
  const known = await ffmpeg.h264Encoders();
  if (!known.has(encoder)) {
    const names = [...known].join(', ') || 'none at all';
    throw new UsageError(`This ffmpeg has no H.264 encoder “${encoder}”: it has ${names}. See port --help.`);
  }
  const trouble = await trial(encoder, ffmpeg, signal);
  if (trouble !== null) {
    throw new UsageError(`The encoder ${encoder} does not work on this machine (${trouble}). See port --help.`);
  }
}

/** The hardware encoders that this ffmpeg lists, each tried when it is asked for; none where it does not list any. */
export async function* hardwareTrials(
  ffmpeg: Tools['ffmpeg'],
  signal: AbortSignal,
): AsyncGenerator<{ readonly encoder: string; readonly works: boolean }> {
  const known = await ffmpeg.h264Encoders().catch(() => new Set<string>());
  for (const encoder of hardwareEncoders) {
    if (known.has(encoder)) yield { encoder, works: (await trial(encoder, ffmpeg, signal)) === null };
  }
}

/** Drivers that hang are as useless as those that are missing: milliseconds. */
const patience = 20_000;

/** One frame through it. null: it works; else why not. */
async function trial(encoder: string, ffmpeg: Tools['ffmpeg'], signal: AbortSignal): Promise<string | null> {
  try {
    await ffmpeg.capture(encoderTrialArgs(encoder), 1000, AbortSignal.any([signal, AbortSignal.timeout(patience)]));
    return null;
  } catch (error) {
    signal.throwIfAborted();
    return error instanceof Error ? error.message : String(error);
  }
}
