import { UsageError } from '../errors.ts';

/** The versions that must be equal on all machines of a run, so that they make the same renditions. */
export interface CompatibilityStamp {
  /** Of this program. */
  readonly version: string;
  /** The major version of ffmpeg's libavcodec: 58 is ffmpeg 4, 59 is 5, 60 is 6. */
  readonly libavcodec: number;
}

/**
 * Checks that another machine or run has the same versions.
 * @param whose a name for the other in the message, such as `the run`
 * @param hint a further sentence about what the user can do
 * @throws UsageError if they differ
 */
export function assertCompatible(other: CompatibilityStamp, own: CompatibilityStamp, whose: string, hint = ''): void {
  const differs = [
    ...(other.version === own.version ? [] : [`port ${other.version} and here it is ${own.version}`]),
    ...(other.libavcodec === own.libavcodec
      ? []
      : [`an ffmpeg of libavcodec ${other.libavcodec} and here it is ${own.libavcodec}`]),
  ];
  if (differs.length === 0) return;
  throw new UsageError(
    `${whose[0]?.toUpperCase()}${whose.slice(1)} has ${differs.join(', ')}: what they make would differ. Use the same on all machines (port doctor tells; PORT_FFMPEG and PORT_FFPROBE choose).${hint && ` ${hint}`}`,
  );
}
