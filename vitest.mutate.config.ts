import { resolve } from 'node:path';
import usual from './vitest.config.ts';

const fewCases = resolve(import.meta.dirname, 'test/few-cases.ts');

/**
 * `npm run mutate`: the tests of one room of src, which test/mutate.mjs names. Without those that only look at time and
 * memory with very large input, and with few cases for each property: each mutant runs the tests that reach it.
 */
export default {
  ...usual,
  plugins: [
    {
      name: 'few-cases',
      enforce: 'pre' as const,
      resolveId: (id: string, importer?: string) => (id === 'fast-check' && importer !== fewCases ? fewCases : null),
    },
  ],
  test: {
    ...usual.test,
    // Modules are loaded anew for each mutant of a constant at the top of a module.
    isolate: true,
    include: [`test/${process.env['PORT_MUTATED'] ?? ''}/**/*.test.ts`],
    exclude: ['test/**/hostile.test.ts', 'test/exports/mutate.test.ts'],
  },
};
