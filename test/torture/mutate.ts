/** Changes of foreign data that look like chance and are the same every time (xorshift). */
export function mutator(seed: number) {
  let state = seed | 1;
  const next = (below: number): number => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % Math.max(1, below);
  };

  /** A few bytes changed, a stretch doubled or taken out, or the end cut off. */
  const bytes = (whole: Uint8Array, within = whole.length): Buffer => {
    let result: Buffer = Buffer.from(whole);
    for (let count = 1 + next(6); count > 0; count--) {
      const at = next(Math.min(within, result.length));
      const end = Math.min(result.length, at + next(200));
      const kind = next(6);
      if (kind < 3) result[at] = next(256);
      else if (kind === 3)
        result = Buffer.concat([result.subarray(0, at), result.subarray(at, end), result.subarray(at)]);
      else if (kind === 4) result = Buffer.concat([result.subarray(0, at), result.subarray(end)]);
      else if (next(4) === 0) result = result.subarray(0, Math.max(1, at));
    }
    return result;
  };

  const oddValues: unknown[] = [
    ...[null, true, 0, -1, 1e308, 2 ** 53, '', ' ', '0', 'N/A', '\u0000', '\ud800', '__proto__', 'x'.repeat(5000)],
    ...[[], {}, [[]], [null], { toString: 1 }, { length: -1 }, '../..', '9999-99-99', '1e400', '\u202e'],
  ];

  /** JSON that still parses, with a few of its values replaced by odd ones, doubled or gone. */
  const json = (value: unknown, share = 12): unknown => {
    if (next(share * 3) === 0) return oddValues[next(oddValues.length)];
    if (Array.isArray(value)) {
      const items = value.map((item) => json(item, share));
      return next(share) === 0 ? [...items, ...items] : items;
    }
    if (typeof value !== 'object' || value === null) return value;
    const entries = Object.entries(value).filter(() => next(share * 2) !== 0);
    return Object.fromEntries(
      entries.map(([name, item]) => [next(share * 4) === 0 ? '__proto__' : name, json(item, share)]),
    );
  };
  return { next, bytes, json };
}
