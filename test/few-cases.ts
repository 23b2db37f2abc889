import fc from 'fast-check';

export * from 'fast-check';

/** At most so many cases of a property for each mutant: a thousand would take minutes for what twenty mostly find. */
const most = 20;

/** `npm run mutate` takes this in place of fast-check (vitest.mutate.config.ts): its properties with few cases of a fixed seed. */
const fewCases: typeof fc = {
  ...fc,
  assert: ((property: fc.IRawProperty<unknown>, params: fc.Parameters<unknown> = {}) =>
    fc.assert(property, {
      ...params,
      seed: 27,
      numRuns: Math.min(params.numRuns ?? most, most),
      endOnFailure: true,
    })) as typeof fc.assert,
};

export default fewCases;
