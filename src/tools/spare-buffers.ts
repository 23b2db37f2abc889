/** Frames of two posts that are made at the same time: one that arrives, the best one, and that one in RGB. */
const maxSpare = 6;

const spare: Uint8Array<ArrayBuffer>[] = [];

/**
 * Large buffers for decoded frames, used again: fresh memory has to be cleared by the system, which takes longer than
 * filling it with a frame.
 */
export const spareBuffers = {
  /** A buffer of exactly this size, with any content. */
  take(bytes: number): Uint8Array<ArrayBuffer> {
    const index = spare.findIndex(({ length }) => length === bytes);
    return (index < 0 ? undefined : spare.splice(index, 1)[0]) ?? new Uint8Array(bytes);
  },
  /** Gives back a buffer that nobody uses any more. */
  give(buffer: Uint8Array<ArrayBuffer>): void {
    spare.push(buffer);
    if (spare.length > maxSpare) spare.shift();
  },
};
