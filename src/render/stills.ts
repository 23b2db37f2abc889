import { ProgramError } from '../errors.ts';
import type { Frame } from '../model/render-job.ts';
import { readPpm } from '../plan/cover-frame.ts';
import { stillArgs } from '../plan/ffmpeg-args.ts';
import type { Stored } from '../plan/plan.ts';
import { spareBuffers } from '../tools/spare-buffers.ts';
import type { Tools } from '../tools/tools.ts';

/** Frames of a post's video for covers. Each is decoded once, even if several covers are cropped from it. */
export interface Stills {
  /**
   * The frame at a time, upright and no larger than the largest cover.
   * @param stream index of the picture among all streams
   * @throws ProgramError if there is no frame
   */
  at(input: string, stream: number, seconds: number, stored: Stored): Promise<Frame>;
  /** Whether a frame is kept. */
  has(input: string, stream: number, seconds: number): boolean;
  /** Keeps a frame that was decoded when the best one was looked for. */
  hold(input: string, stream: number, seconds: number, frame: Frame): void;
  /** Ends the use of all frames, so that their memory is used again. */
  close(): Promise<void>;
}

/** A frame of the most pixels that are decoded, which a panorama may have at its full size, with its header. */
const maxBytes = 36_000_000 * 3 + 100;

/** The most frames that are kept: each takes up to 6 MB, and each part of a post has its own. */
const maxKept = 2;

export function openStills({ ffmpeg }: Pick<Tools, 'ffmpeg'>, signal: AbortSignal): Stills {
  /** The oldest entry first. */
  const kept = new Map<string, Promise<Frame>>();
  const take = async (input: string, stream: number, seconds: number, stored: Stored): Promise<Frame> => {
    // There may be no frame between the last one and the end, which can be far apart because of the sound or a variable
    // frame rate.
    const earlier = [seconds, seconds - 0.2, seconds - 1, seconds - 5].filter((each) => each > 0);
    for (const at of [...earlier, 0]) {
      const frame = readPpm(await ffmpeg.capture(stillArgs(input, stream, at, stored), maxBytes, signal));
      if (frame !== null) return frame;
    }
    throw new ProgramError('it has no frame that can be decoded', `ffmpeg -i ${input}`, '');
  };
  const keep = async (name: string, frame: Promise<Frame>): Promise<Frame> => {
    for (const oldest of kept.keys()) {
      if (kept.size < maxKept) break;
      kept.delete(oldest);
    }
    kept.set(name, frame);
    return await frame;
  };
  return {
    async at(input, stream, seconds, stored) {
      const name = nameOf(input, stream, seconds);
      return await (kept.get(name) ?? keep(name, take(input, stream, seconds, stored)));
    },
    has: (input, stream, seconds) => kept.has(nameOf(input, stream, seconds)),
    hold(input, stream, seconds, frame) {
      void keep(nameOf(input, stream, seconds), Promise.resolve(frame));
    },
    async close() {
      const frames = await Promise.allSettled(kept.values());
      kept.clear();
      for (const each of frames) if (each.status === 'fulfilled') spareBuffers.give(each.value.pixels);
    },
  };
}

/** How a picture is stored follows from its file. */
function nameOf(input: string, stream: number, seconds: number): string {
  return JSON.stringify([input, stream, seconds]);
}
