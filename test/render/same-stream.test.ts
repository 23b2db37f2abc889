import { describe, expect, it } from 'vitest';
import { packetsOf } from '../../src/render/same-stream.ts';

/** A list as ffmpeg prints it, of packets that are shown at these tenths of a second. */
function hashOf(stretch: { from: number; to: number | null }, ...tenths: number[]): string | null {
  const packets = packetsOf(stretch);
  const lines = tenths.map((at) => `0, ${at}, ${at}, 1, 100, hash-of-${at + stretch.from * 10}`);
  for (const line of ['#format: frame checksums', '#tb 0: 1/10', '#stream#, dts, pts', ...lines, ''])
    packets.take(line);
  return packets.hash();
}

describe('hash of the packets of a range', () => {
  const middle = hashOf({ from: 4, to: 6 }, 0, 5, 10, 15);
  it.each([
    ['more before it is left out', [-5, 0, 5, 10, 15]],
    ['those of the next stretch are left out', [0, 5, 10, 15, 20, 25]],
    ['even where they are shown out of order', [0, 5, 10, 15, 20, 17]],
  ])('%s', (_name, packets) => expect(hashOf({ from: 4, to: 6 }, ...packets)).toBe(middle));
  it.each([
    ['one is missing at the end', [0, 5, 10]],
    ['one is missing in the middle', [0, 10, 15]],
    ['one is doubled', [0, 5, 5, 10, 15]],
    ['two have changed places', [0, 10, 5, 15]],
  ])('%s: the hash differs', (_name, packets) => expect(hashOf({ from: 4, to: 6 }, ...packets)).not.toBe(middle));
  it('at the start of the source, earlier packets count', () =>
    expect(hashOf({ from: 0, to: null }, -1, 0)).not.toBe(hashOf({ from: 0, to: null }, 0)));
  it('no packets give no hash', () => expect(hashOf({ from: 4, to: 6 }, -5, -1)).toBeNull());
});
