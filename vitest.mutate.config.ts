import usual from './vitest.config.ts';

/** `npm run mutate`: the tests of one room of src, which test/mutate.mjs names. */
export default {
  ...usual,
  test: { ...usual.test, include: [`test/${process.env['PORT_MUTATED'] ?? ''}/**/*.test.ts`] },
};
