import fc from 'fast-check';
import { expect, it } from 'vitest';
import { assign, type Pairing } from '../../src/captions/assign.ts';

/** As many pairs as can be, then the least cost: by trying everything. */
function best(
  ways: readonly (readonly Pairing[])[],
  taken: ReadonlySet<number> = new Set(),
): readonly [number, number] {
  const [first, ...rest] = ways;
  if (first === undefined) return [0, 0];
  let found = best(rest, taken);
  for (const { note, cost } of first) {
    if (taken.has(note)) continue;
    const [pairs, sum] = best(rest, new Set([...taken, note]));
    if (pairs + 1 > found[0] || (pairs + 1 === found[0] && sum + cost < found[1])) found = [pairs + 1, sum + cost];
  }
  return found;
}

it.each<[string, Pairing[][], number[]]>([
  ['the only note goes from a post to a nearer one', [[{ note: 0, cost: 5 }], [{ note: 0, cost: 1 }]], [-1, 0]],
  ['the only note stays with the nearer post', [[{ note: 0, cost: 1 }], [{ note: 0, cost: 5 }]], [0, -1]],
  [
    'a post gives its note away where it has another',
    [
      [
        { note: 0, cost: 1 },
        { note: 1, cost: 2 },
      ],
      [{ note: 0, cost: 9 }],
    ],
    [1, 0],
  ],
])('%s', (_, ways, noteOf) => {
  expect([...assign(ways, 2)]).toEqual(noteOf);
});

it('finds the assignment with the best total', () => {
  const ways = fc.array(
    fc.uniqueArray(fc.record({ note: fc.integer({ min: 0, max: 5 }), cost: fc.integer({ min: 0, max: 30 }) }), {
      selector: ({ note }) => note,
    }),
    { maxLength: 6 },
  );
  fc.assert(
    fc.property(ways, (each) => {
      const noteOf = assign(each, 6);
      const chosen = each.flatMap((own, post) => own.filter(({ note }) => note === noteOf[post]));
      expect(new Set(chosen.map(({ note }) => note)).size).toBe(chosen.length);
      expect([chosen.length, chosen.reduce((sum, { cost }) => sum + cost, 0)]).toEqual([...best(each)]);
    }),
    { numRuns: 500 },
  );
});
