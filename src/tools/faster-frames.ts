import { ProgramError } from '../errors.ts';
import { MachineError } from '../model/machine-errors.ts';
import { createFfmpeg, type Ffmpeg } from './ffmpeg.ts';
import { once } from './once.ts';
import { askProgram, findBundled, type Program } from './programs.ts';

/**
 * An ffmpeg whose `frames` are decoded by npm's build if that starts faster. A system's build loads a hundred libraries
 * at each start (0.06 s; npm's static one takes 0.01 s; Debian 12, 2026-11), which is most of the time for a look at a
 * few frames. What npm's build cannot decode is decoded by the own one.
 */
export function withFasterFrames(program: Program, own: Ffmpeg): Ffmpeg {
  // A program that was named is the only one that is started.
  if (program.from === 'environment' || program.from === 'npm') return own;
  const faster = once(async () => {
    const bundled = await findBundled('ffmpeg');
    if (bundled === null || typeof bundled === 'string') return null;
    const [ofBundled, ofOwn] = [await startOf(bundled), await startOf(program)];
    return ofBundled < ofOwn ? createFfmpeg(bundled.path, bundled.libavcodec) : null;
  });
  return {
    ...own,
    async frames(job, frameBytes, signal, onFrame) {
      const other = await faster();
      if (other === null) return await own.frames(job, frameBytes, signal, onFrame);
      let hasFrames = false;
      try {
        await other.frames(job, frameBytes, signal, (frame) => {
          hasFrames = true;
          return onFrame(frame);
        });
      } catch (error) {
        // What was passed on cannot be taken back: then it is the caller's to look in another way.
        if (!(error instanceof ProgramError) || error instanceof MachineError || hasFrames) throw error;
        await own.frames(job, frameBytes, signal, onFrame);
      }
    },
  };
}

/** How long a program takes to start and to tell its version, in milliseconds. */
async function startOf({ name, path, from }: Program): Promise<number> {
  const begin = performance.now();
  await askProgram(name, path, from);
  return performance.now() - begin;
}
