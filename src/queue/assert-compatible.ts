import { UsageError } from '../errors.ts';

/** What has to be the same on all machines of a run, or their renditions would differ. */
export interface CompatibilityStamp {
  /** Of this program. */
  readonly version: string;
  /** The major version of ffmpeg's libavcodec: 58 is ffmpeg 4, 59 is 5, 60 is 6. */
  readonly libavcodec: number;
}

/**
 * @param whose who the other is: `the run`
 * @param hint what else can be done, a sentence
 * @throws UsageError with a sentence that says what to do
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
