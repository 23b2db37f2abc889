import { stillArgs } from '../plan/ffmpeg-args.ts';
import type { Colours } from '../plan/plan.ts';
import type { Tools } from '../tools/tools.ts';

/** Frames of a post's video. Each is decoded once, however many covers are cut from it. */
export interface Stills {
  /**
   * The frame at a moment, upright, as a PNG.
   * @throws ProgramError where there is none
   */
  at(input: string, seconds: number, colours: Colours): Promise<Uint8Array>;
}

/** No frame is larger: an uncompressed PNG of 8K. */
const maxBytes = 150_000_000;

/** Parts of a post have a still each, and platforms come one after the other: so many are kept at hand. */
const kept = 8;

export function openStills({ ffmpeg }: Pick<Tools, 'ffmpeg'>, signal: AbortSignal): Stills {
  const taken = new Map<string, Promise<Uint8Array>>();
  return {
    async at(input, seconds, colours) {
      const name = JSON.stringify([input, seconds, colours]);
      const frame = taken.get(name) ?? ffmpeg.capture(stillArgs(input, seconds, colours), maxBytes, signal);
      taken.set(name, frame);
      const [oldest] = taken.keys();
      if (taken.size > kept && oldest !== undefined) taken.delete(oldest);
      return await frame;
    },
  };
}
