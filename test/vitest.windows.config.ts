import { mergeConfig } from 'vitest/config';
import usual from '../vitest.config.ts';

/** `npm run test:windows`: all scenarios, where CI runs a few of them. */
export default mergeConfig(usual, {
  test: { env: { PORT_WINDOWS: 'all' }, testTimeout: 1_200_000, hookTimeout: 1_200_000, maxWorkers: 1 },
});
