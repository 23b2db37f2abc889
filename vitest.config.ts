import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
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
