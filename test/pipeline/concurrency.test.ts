import { expect, it } from 'vitest';
import { concurrencyFor } from '../../src/pipeline/concurrency.ts';

it.each<[string, number | undefined, number, number, number, number]>([
  ['one core', undefined, 1, 1, 1, 1],
  ['two', undefined, 2, 2, 2, 1],
  ['three', undefined, 3, 2, 2, 2],
  ['four', undefined, 4, 2, 2, 2],
  ['eight', undefined, 8, 4, 2, 2],
  ['many', undefined, 32, 16, 2, 2],
  ['one job on eight', 1, 8, 1, 8, 8],
  ['one job on two', 1, 2, 1, 2, 2],
  ['more jobs than cores', 8, 2, 8, 2, 1],
  ['far more jobs than cores', 256, 2, 8, 2, 1],
  ['four for each core', 256, 16, 64, 2, 1],
])('%s: --jobs %s on %d cores is %d at a time, %d threads each', (_odd, asked, cores, jobs, threads, share) => {
  expect(concurrencyFor(asked, cores)).toEqual({ jobs, threads, share });
});
