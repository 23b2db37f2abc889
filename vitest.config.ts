import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { configDefaults, defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { findProgram } from './src/tools/programs.ts';

/** Those that start programs take a minute, all others a second: begun last, one of them would keep a single core busy. */
const startPrograms = /\/test\/(?:e2e|queue|render|torture)\//;

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isLong = ({ moduleId }: TestSpecification) => startPrograms.test(moduleId);
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))];
  }
}

/**
 * What a test starts uses the programs that come with npm: they start in a sixth of the time, and everybody has them. Tests
 * of ffmpeg's own work run with both pairs (test/programs.ts).
 */
const [ffmpeg, ffprobe] = await Promise.all([
  findProgram('ffmpeg', { PATH: '' }),
  findProgram('ffprobe', { PATH: '' }),
]);

const all = 'test/**/*.test.ts';
/** Of functions that know no world: a process of its own for each file would cost more than its tests. */
const pure = 'test/{captions,deliver,exports,plan,report,targets}/**/*.test.ts';

export default defineConfig({
  test: {
    projects: [
      { extends: true, test: { name: 'world', include: [all], exclude: [...configDefaults.exclude, pure] } },
      { extends: true, test: { name: 'pure', include: [pure], isolate: false } },
    ],
    sequence: { sequencer: LongestFirst },
    // Real programs on real media, on machines with two cores.
    testTimeout: 120_000,
    hookTimeout: 240_000,
    // Whatever a test starts, it reaches no network through yt-dlp: a test that wants one names it.
    env: {
      PORT_YTDLP: resolve(import.meta.dirname, 'test/stand-ins/yt-dlp-offline.mjs'),
      PORT_FFMPEG: ffmpeg.path,
      PORT_FFPROBE: ffprobe.path,
    },
    // vitest leaves a core free for watching, which on two cores is half of them; and tests of queues and networks wait.
    maxWorkers: availableParallelism() + 1,
    reporters: ['default'],
  },
});
