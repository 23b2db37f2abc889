import { stillArgs } from '../plan/ffmpeg-args.ts';
import type { Stored } from '../plan/plan.ts';
import type { Tools } from '../tools/tools.ts';

/** Frames of a post's video. Each is decoded once, however many covers are cut from it. */
export interface Stills {
  /**
   * The frame at a moment, upright, as a JPEG that is no larger than the largest cover.
   * @param stream the number of its picture among all streams
   * @throws ProgramError where there is none
   */
  at(input: string, stream: number, seconds: number, stored: Stored): Promise<Uint8Array>;
}

/** More than any JPEG of that size takes, even of noise. */
const maxBytes = 50_000_000;

/** Parts of a post have a still each, and platforms come one after the other: so many bytes of them are kept at hand. */
const keptBytes = 4_000_000;

export function openStills({ ffmpeg }: Pick<Tools, 'ffmpeg'>, signal: AbortSignal): Stills {
  /** The oldest first. */
  const taken = new Map<string, { readonly frame: Promise<Uint8Array>; bytes: number }>();
  const take = async (input: string, stream: number, seconds: number, stored: Stored): Promise<Uint8Array> => {
    // Between the last frame and the end, which the sound or a rate that varies can put far apart, there is nothing.
    for (const at of [seconds, seconds - 0.2, seconds - 1, seconds - 5].filter((each) => each > 0)) {
      const frame = await ffmpeg.capture(stillArgs(input, stream, at, stored), maxBytes, signal);
      if (frame.length > 0) return frame;
    }
    return await ffmpeg.capture(stillArgs(input, stream, 0, stored), maxBytes, signal);
  };
  return {
    async at(input, stream, seconds, stored) {
      const name = JSON.stringify([input, stream, seconds, stored]);
      const entry = taken.get(name) ?? { frame: take(input, stream, seconds, stored), bytes: 0 };
      taken.set(name, entry);
      const frame = await entry.frame;
      entry.bytes = frame.length;
      let bytes = [...taken.values()].reduce((sum, each) => sum + each.bytes, 0);
      for (const [oldest, each] of taken) {
        if (bytes <= keptBytes || each === entry) break;
        taken.delete(oldest);
        bytes -= each.bytes;
      }
      return frame;
    },
  };
}
