/** A small greyscale copy of a frame: one byte a pixel, 0 black to 255 white, row by row. */
export interface Sample {
  /** Seconds from the start of the video. */
  readonly at: number;
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8Array;
}

/** Statistics of a frame, computed from its sample. */
export interface FrameMeasures {
  readonly at: number;
  /** Share of pixels that are brighter than black, 0 to 1. */
  readonly lit: number;
  /** Average brightness, 0 to 255. */
  readonly brightness: number;
  /** Standard deviation of brightness: 0 for a single colour, 127 for half black and half white. */
  readonly contrast: number;
  /** Share of clipped pixels, fully black or fully white, 0 to 1. */
  readonly clipped: number;
  /** Shannon entropy of the brightness, 0 to 8 bits: a measure of detail. */
  readonly entropy: number;
  /** Variance of the Laplacian in the sharpest quarter of the frame. Blurred frames have single digits. */
  readonly sharpness: number;
  /** Mean brightness of 8 x 8 tiles, used to recognise similar frames. */
  readonly print: readonly number[];
}

const grid = 8;
/** Above the brightness to which compression changes black. */
const litFrom = 40;

export function measureFrame({ at, width, height, pixels }: Sample): FrameMeasures {
  const shares = Array.from(levelsOf(pixels), (each) => each / pixels.length);
  const sum = (of: (share: number, level: number) => number) => shares.map(of).reduce((a, b) => a + b, 0);
  const brightness = sum((share, level) => share * level);
  const tiles = tilesOf({ width, height, pixels });
  const sharpest = tiles.map(({ laplacian }) => laplacian).sort((a, b) => b - a);
  return {
    at,
    lit: sum((share, level) => (level >= litFrom ? share : 0)),
    brightness,
    contrast: Math.sqrt(sum((share, level) => share * (level - brightness) ** 2)),
    clipped: sum((share, level) => (level <= 3 || level >= 252 ? share : 0)),
    entropy: sum((share) => (share > 0 ? -share * Math.log2(share) : 0)),
    sharpness: average(sharpest.slice(0, sharpest.length / 4)),
    print: tiles.map(({ brightness: each }) => each),
  };
}

/** Histogram of brightness. */
function levelsOf(pixels: Uint8Array): Uint32Array {
  // Plain loops over typed arrays, for speed: two dozen frames of a hundred thousand pixels each. They take a third of
  // the time.
  const counts = new Uint32Array(256);
  for (let at = 0; at < pixels.length; at++) {
    const value = pixels[at] as number;
    counts[value] = (counts[value] as number) + 1;
  }
  return counts;
}

/** The distance between two frames: the mean difference of their tiles, 0 to 255. */
export function difference(a: FrameMeasures, b: FrameMeasures): number {
  return average(a.print.map((value, index) => Math.abs(value - (b.print[index] ?? 0))));
}

interface Tile {
  readonly brightness: number;
  /** Variance of the Laplacian: the difference between each pixel and its four neighbours. */
  readonly laplacian: number;
}

/** Statistics by tile, so that a sharp face in front of a blurred background counts as sharp. */
function tilesOf(sample: Omit<Sample, 'at'>): Tile[] {
  const { width, height } = sample;
  return Array.from({ length: grid * grid }, (_, index) => {
    const [column, row] = [index % grid, Math.floor(index / grid)];
    const edge = (number: number, length: number) => Math.floor((number * length) / grid);
    return tileOf(
      sample,
      { from: Math.max(1, edge(column, width)), to: Math.min(width - 1, edge(column + 1, width)) },
      { from: Math.max(1, edge(row, height)), to: Math.min(height - 1, edge(row + 1, height)) },
    );
  });
}

interface Span {
  readonly from: number;
  readonly to: number;
}

function tileOf({ width, pixels }: Omit<Sample, 'at'>, columns: Span, rows: Span): Tile {
  const value = (at: number) => pixels[at] as number;
  let brightness = 0;
  let sum = 0;
  let squares = 0;
  for (let y = rows.from; y < rows.to; y++) {
    const end = y * width + columns.to;
    for (let at = y * width + columns.from; at < end; at++) {
      const own = value(at);
      const laplacian = value(at - 1) + value(at + 1) + value(at - width) + value(at + width) - 4 * own;
      brightness += own;
      sum += laplacian;
      squares += laplacian * laplacian;
    }
  }
  const count = Math.max(0, columns.to - columns.from) * Math.max(0, rows.to - rows.from);
  if (count === 0) return { brightness: 0, laplacian: 0 };
  return { brightness: brightness / count, laplacian: squares / count - (sum / count) ** 2 };
}

function average(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((a, b) => a + b, 0) / values.length;
}
