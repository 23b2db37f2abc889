/**
 * Settings of `npm run mutate -- <folder>` (test/mutate.mjs): changes the code of one folder of src in many small ways, and
 * looks whether a test notices. Without a tsconfig, since TypeScript 7 lacks the call that Stryker makes to read one.
 */
export default {
  testRunner: 'vitest',
  vitest: { configFile: 'test/vitest.mutate.config.ts' },
  tsconfigFile: 'none.json',
  checkers: [],
  coverageAnalysis: 'perTest',
  // The tests of src/tools take more than the usual five minutes where the machine has other work.
  dryRunTimeoutMinutes: 30,
  // A mutant that runs out of time counts as noticed: a busy machine alone must not do that.
  timeoutMS: 60_000,
  reporters: ['clear-text', 'progress'],
  ignorePatterns: ['build', 'ported', 'docs', 'test/bench'],
  tempDirName: '.stryker-tmp',
  cleanTempDir: 'always',
  allowEmpty: false,
};
