/** A small grey picture of a frame: one byte a pixel, 0 black to 255 white, row by row. */
export interface Sample {
  /** Seconds from the start of the video. */
  readonly at: number;
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8Array;
}

/** What can be told of a frame from its sample. */
export interface Look {
  readonly at: number;
  /** Share of pixels that are not as good as black, 0 to 1. */
  readonly lit: number;
  /** Average brightness, 0 to 255. */
  readonly brightness: number;
  /** Standard deviation of brightness: 0 for a single colour, 127 for half black and half white. */
  readonly contrast: number;
  /** Share of pixels in which nothing can be made out any more, since they are full black or full white, 0 to 1. */
  readonly clipped: number;
  /** Shannon entropy of the brightness, 0 to 8 bits: how much there is to see. */
  readonly entropy: number;
  /** Variance of the Laplacian in the sharpest quarter of the frame. Blurred frames have single digits. */
  readonly sharpness: number;
  /** Average brightness of 8 x 8 tiles, by which look-alikes are known. */
  readonly print: readonly number[];
}

const grid = 8;
/** Brighter than what compression leaves of black. */
const litFrom = 40;

export function lookAt({ at, width, height, pixels }: Sample): Look {
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

/** How many pixels there are of each brightness. */
function levelsOf(pixels: Uint8Array): Uint32Array {
  // A hundred thousand pixels a frame, and two dozen frames: plain loops over typed arrays, which take a third of the time.
  const counts = new Uint32Array(256);
  for (let at = 0; at < pixels.length; at++) (counts[pixels[at] as number] as number)++;
  return counts;
}

/** How unlike two frames are: the average difference of their tiles, 0 to 255. */
export function difference(a: Look, b: Look): number {
  return average(a.print.map((value, index) => Math.abs(value - (b.print[index] ?? 0))));
}

interface Tile {
  readonly brightness: number;
  /** Variance of the Laplacian: the differences of each pixel and its four neighbours. */
  readonly laplacian: number;
}

/** By tiles, so that a sharp face before a soft background counts as sharp. */
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
