import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Those that start programs take a minute, all others a second: begun last, one of them would keep a single core busy. */
const startPrograms = /\/test\/(?:e2e|queue|render|torture)\//;

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isLong = ({ moduleId }: TestSpecification) => startPrograms.test(moduleId);
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))];
  }
}

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    sequence: { sequencer: LongestFirst },
    // Real programs on real media, on machines with two cores.
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // Whatever a test starts, it reaches no network through yt-dlp: a test that wants one names it.
    env: { PORT_YTDLP: resolve(import.meta.dirname, 'test/stand-ins/yt-dlp-offline.mjs') },
    // vitest leaves a core free for watching, which on two cores is half of them.
    maxWorkers: availableParallelism(),
    reporters: ['default'],
  },
});
