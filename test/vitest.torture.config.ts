import { mergeConfig } from 'vitest/config';
import usual from '../vitest.config.ts';

/** `npm run torture`: the same tests as in CI, with hundreds of cases for each of a few. */
export default mergeConfig(usual, {
  test: { env: { PORT_TORTURE: 'long' }, testTimeout: 7_200_000, hookTimeout: 600_000 },
});
