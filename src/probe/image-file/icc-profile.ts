/** Chromaticities (CIE 1931 x, y) of a display's red, green, blue and white. */
export interface Primaries {
  readonly red: Point;
  readonly green: Point;
  readonly blue: Point;
  readonly white: Point;
}
export type Point = readonly [x: number, y: number];

/** The transfer curve from stored values to light: an exponent, or light (0 to 1) for evenly spaced values. */
export type Curve = number | readonly number[];

/**
 * Creates an ICC profile of version 2 (ICC.1:2001-04): three primaries, adapted to D50 as the format requires, and one
 * curve for all channels.
 * @param name ASCII
 */
export function iccProfile(name: string, primaries: Primaries, curve: Curve): Buffer {
  const [red, green, blue] = adapted(primaries);
  const tags: readonly (readonly [string, Buffer])[] = [
    ['desc', described(name)],
    ['wtpt', xyz(d50)],
    ['rXYZ', xyz(red)],
    ['gXYZ', xyz(green)],
    ['bXYZ', xyz(blue)],
    ['rTRC', curved(curve)],
    ['gTRC', curved(curve)],
    ['bTRC', curved(curve)],
  ];
  const table = Buffer.alloc(4 + tags.length * 12);
  table.writeUInt32BE(tags.length, 0);
  let at = 128 + table.length;
  const bodies: Buffer[] = [];
  for (const [index, [type, body]] of tags.entries()) {
    const padded = Buffer.concat([body, Buffer.alloc((4 - (body.length % 4)) % 4)]);
    table.write(type, 4 + index * 12, 'latin1');
    table.writeUInt32BE(at, 8 + index * 12);
    table.writeUInt32BE(body.length, 12 + index * 12);
    bodies.push(padded);
    at += padded.length;
  }
  return Buffer.concat([header(at), table, ...bodies]);
}

type Vector = readonly [number, number, number];
type Matrix = readonly [Vector, Vector, Vector];

/** The white point of all ICC profiles. */
const d50: Vector = [0.9642, 1, 0.8249];

function header(size: number): Buffer {
  const bytes = Buffer.alloc(128);
  bytes.writeUInt32BE(size, 0);
  bytes.writeUInt32BE(0x02400000, 8);
  bytes.write('mntrRGB XYZ ', 12, 'latin1');
  bytes.write('acsp', 36, 'latin1');
  bytes.set(xyz(d50).subarray(8), 68);
  return bytes;
}

function described(name: string): Buffer {
  const bytes = Buffer.alloc(12 + name.length + 1 + 78);
  bytes.write('desc', 0, 'latin1');
  bytes.writeUInt32BE(name.length + 1, 8);
  bytes.write(name, 12, 'latin1');
  return bytes;
}

function xyz(value: Vector): Buffer {
  const bytes = Buffer.alloc(20);
  bytes.write('XYZ ', 0, 'latin1');
  for (const [index, each] of value.entries()) bytes.writeInt32BE(Math.round(each * 65_536), 8 + index * 4);
  return bytes;
}

function curved(curve: Curve): Buffer {
  const values = typeof curve === 'number' ? [curve * 256] : curve.map((light) => light * 65_535);
  const bytes = Buffer.alloc(12 + values.length * 2);
  bytes.write('curv', 0, 'latin1');
  bytes.writeUInt32BE(values.length, 8);
  for (const [index, value] of values.entries()) {
    bytes.writeUInt16BE(Math.max(0, Math.min(65_535, Math.round(value))), 12 + index * 2);
  }
  return bytes;
}

/** X, Y, Z of each primary at full intensity, adapted to D50 (Bradford transform, ICC.1:2022, annex E). */
function adapted({ red, green, blue, white }: Primaries): readonly [Vector, Vector, Vector] {
  const columns = [red, green, blue].map(lightOf) as unknown as Matrix;
  const target = lightOf(white);
  const shares = times(inverse(transposed(columns)), target);
  const scale = (index: 0 | 1 | 2) => columns[index].map((value) => value * shares[index]) as unknown as Vector;
  const from = times(bradford, target);
  const to = times(bradford, d50);
  const under = (light: Vector): Vector => {
    const cones = times(bradford, light).map((cone, index) => (cone * (to[index] ?? 1)) / (from[index] ?? 1));
    return times(inverse(bradford), cones as unknown as Vector);
  };
  return [under(scale(0)), under(scale(1)), under(scale(2))];
}

const bradford: Matrix = [
  [0.8951, 0.2664, -0.1614],
  [-0.7502, 1.7135, 0.0367],
  [0.0389, -0.0685, 1.0296],
];

function lightOf([x, y]: Point): Vector {
  return [x / y, 1, (1 - x - y) / y];
}

function times(matrix: Matrix, [a, b, c]: Vector): Vector {
  return matrix.map((row) => row[0] * a + row[1] * b + row[2] * c) as unknown as Vector;
}

function transposed([a, b, c]: Matrix): Matrix {
  return [
    [a[0], b[0], c[0]],
    [a[1], b[1], c[1]],
    [a[2], b[2], c[2]],
  ];
}

function inverse([[a, b, c], [d, e, f], [g, h, i]]: Matrix): Matrix {
  const whole = a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g);
  const part = (value: number) => value / whole;
  return [
    [part(e * i - f * h), part(c * h - b * i), part(b * f - c * e)],
    [part(f * g - d * i), part(a * i - c * g), part(c * d - a * f)],
    [part(d * h - e * g), part(b * g - a * h), part(a * e - b * d)],
  ];
}
