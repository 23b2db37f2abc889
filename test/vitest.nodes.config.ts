import { defineConfig } from 'vitest/config';
import usual from '../vitest.config.ts';

/** `npm run test:nodes`: what differs between lines of Node: installing, starting, streams, sockets, ZIPs, native libraries. */
export default defineConfig({
  ...usual,
  test: {
    ...usual.test,
    include: [
      'test/nodes/installed.nodes.ts',
      'test/e2e/{bad-input,clients,missing-programs,summary-file}.test.ts',
      'test/tools/{files,http}.test.ts',
      // Not the pages in Chromium: what runs there is the browser's.
      'test/web/server/serve.test.ts',
    ],
  },
});
