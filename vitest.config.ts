import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { defineConfig } from 'vitest/config';
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
const npmOnly = { PATH: '', XDG_CACHE_HOME: '/nowhere', LOCALAPPDATA: '/nowhere' };
const [ffmpeg, ffprobe] = await Promise.all([findProgram('ffmpeg', npmOnly), findProgram('ffprobe', npmOnly)]);

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // What one file loads the next one has: to load all modules anew for each file took a tenth of the time of all tests.
    isolate: false,
    sequence: { sequencer: LongestFirst },
    // Real programs on real media, on machines with two cores.
    testTimeout: 120_000,
    hookTimeout: 240_000,
    // Whatever a test starts, it reaches no network through yt-dlp: a test that wants one names it.
    env: {
      PORT_YTDLP: resolve(import.meta.dirname, 'test/stand-ins/yt-dlp-offline.mjs'),
      PORT_FFMPEG: ffmpeg.path,
      PORT_FFPROBE: ffprobe.path,
      // Servers of tests are on loopback, where the proxy of a developer's machine does not reach.
      ...{ HTTPS_PROXY: '', https_proxy: '', ALL_PROXY: '', all_proxy: '' },
    },
    // vitest leaves a core free for watching, which on two cores is half of them; and tests of queues and networks wait.
    maxWorkers: availableParallelism() + 1,
    reporters: ['default'],
  },
});
