/** A key frame by the tables of its file. */
export interface ListedKeyFrame {
  /** Seconds from the start of the file. */
  readonly at: number;
  /** Its size in the file. */
  readonly bytes: number;
}

/** A black, empty or blurred frame takes less than this share of the bytes of a detailed one. */
const smallShare = 1 / 4;

/**
 * Chooses the key frames that may become a cover, before any is decoded: the size of a key frame shows how much detail
 * it has. From each of several equal ranges the largest is taken, so that all of the video is represented.
 * @param most how many may be chosen
 * @returns those chosen, in the order of the video; empty if no key frame is in the time range
 */
export function chooseKeyFrames<Frame extends ListedKeyFrame>(
  frames: readonly Frame[],
  { from, to }: { readonly from: number; readonly to: number },
  most: number,
): Frame[] {
  const inside = frames.filter(({ at }) => at >= from && at < to);
  const largest = Math.max(0, ...inside.map(({ bytes }) => bytes));
  const detailed = inside.filter(({ bytes }) => bytes >= largest * smallShare);
  const count = Math.min(most, detailed.length);
  const edge = (number: number) => Math.floor((number * detailed.length) / count);
  return Array.from({ length: count }, (_, index) =>
    detailed.slice(edge(index), edge(index + 1)).reduce((one, other) => (other.bytes > one.bytes ? other : one)),
  );
}
