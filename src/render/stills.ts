import { stillArgs } from '../plan/ffmpeg-args.ts';
import type { Stored } from '../plan/plan.ts';
import type { Tools } from '../tools/tools.ts';

/** Frames of a post's video. Each is decoded once, even if several covers are cropped from it. */
export interface Stills {
  /**
   * The frame at a time, upright, as a JPEG that is no larger than the largest cover.
   * @param stream index of the picture among all streams
   * @throws ProgramError if there is no frame
   */
  at(input: string, stream: number, seconds: number, stored: Stored): Promise<Uint8Array>;
}

/** More than a JPEG of that size needs, even for noise. */
const maxBytes = 50_000_000;

/** Size of the cache in bytes: each part of a post has a still, and platforms are processed one after the other. */
const keptBytes = 4_000_000;

export function openStills({ ffmpeg }: Pick<Tools, 'ffmpeg'>, signal: AbortSignal): Stills {
  /** The oldest entry first. */
  const taken = new Map<string, { readonly frame: Promise<Uint8Array>; bytes: number }>();
  const take = async (input: string, stream: number, seconds: number, stored: Stored): Promise<Uint8Array> => {
    // There may be no frame between the last one and the end, which can be far apart because of the sound or a variable
    // frame rate.
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
