/** What a sequence parameter set of H.264 or HEVC says of the pictures. `null` in a field: not said. */
export interface Sequence {
  /** ffprobe's name: `High`, `Constrained Baseline`, `Main 10`. */
  readonly profile: string;
  /** Size in pixels after cropping. */
  readonly width: number;
  readonly height: number;
  readonly bitDepth: 8 | 10;
  /** Whether frames may be stored in another order than they are displayed in. */
  readonly reordered: boolean;
  readonly sampleAspect: { readonly width: number; readonly height: number } | null;
  readonly signal: Signal | null;
}

/** The video signal of a parameter set or of a `colr` box, with code points of ISO/IEC 23091-2. 2: unspecified. */
export interface Signal {
  readonly full: boolean;
  readonly primaries: number;
  readonly transfer: number;
  readonly matrix: number;
}

/** ISO/IEC 14496-10, table E-1, and the same in ISO/IEC 23008-2. */
const aspects: readonly (readonly [number, number])[] = [
  ...([
    [0, 0],
    [1, 1],
    [12, 11],
    [10, 11],
    [16, 11],
    [40, 33],
    [24, 11],
    [20, 11],
    [32, 11],
  ] as const),
  ...([
    [80, 33],
    [18, 11],
    [15, 11],
    [64, 33],
    [160, 99],
    [4, 3],
    [3, 2],
    [2, 1],
  ] as const),
];

interface Reader {
  readonly u: (bits: number) => number;
  readonly flag: () => boolean;
}

/** The aspect ratio at the start of the usability information. @throws RangeError if it has none of the known numbers */
export function readAspect(bits: Reader): Sequence['sampleAspect'] {
  if (!bits.flag()) return null;
  const name = bits.u(8);
  const [width, height] = name === 255 ? [bits.u(16), bits.u(16)] : (aspects[name] ?? []);
  if (width === undefined || height === undefined) throw new RangeError('an unknown aspect ratio');
  return width === 0 || height === 0 ? null : { width, height };
}

/** The signal type, from `video_signal_type_present_flag` on. */
export function readSignal(bits: Reader): Signal | null {
  if (!bits.flag()) return null;
  bits.u(3);
  const full = bits.flag();
  if (!bits.flag()) return { full, primaries: 2, transfer: 2, matrix: 2 };
  return { full, primaries: bits.u(8), transfer: bits.u(8), matrix: bits.u(8) };
}
