import { chmodSync, readdirSync, readFileSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import usual from '../vitest.config.ts';

const fewCases = resolve(import.meta.dirname, 'few-cases.ts');

/**
 * Tests that noticed the mutant before this one, then the quickest: a run ends with the first test that fails, and tests
 * that start programs or servers take a hundred times as long as others.
 */
class QuickestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ project, moduleId }: TestSpecification) => {
      const last = this.ctx.cache.getFileTestResults(`${project.name}:${relative(this.ctx.config.root, moduleId)}`);
      return last === undefined ? 0 : last.failed ? -1 : last.duration;
    };
    return [...files].sort((one, other) => rank(one) - rank(other));
  }
}

/**
 * Tests of the queue that start programs (test/queue/fleet.ts): what they start is built, without mutants, so that they
 * take minutes and notice none.
 */
const queueTests = resolve(import.meta.dirname, 'queue');
const ofPrograms = readdirSync(queueTests)
  .filter(
    (name) => name.endsWith('.test.ts') && readFileSync(resolve(queueTests, name), 'utf8').includes("'./fleet.ts'"),
  )
  .map((name) => `test/queue/${name}`);

// Stryker's copy of the folder has no run bits.
chmodSync(resolve(import.meta.dirname, 'stand-ins/yt-dlp-offline.mjs'), 0o755);

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
    sequence: { sequencer: QuickestFirst },
    include: [`test/${process.env['PORT_MUTATED'] ?? ''}/**/*.test.ts`],
    exclude: ['test/**/hostile.test.ts', 'test/exports/mutate.test.ts', ...ofPrograms],
  },
};
