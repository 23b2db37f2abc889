import { redrawSheets } from '../../../src/pipeline/redraw-sheets.ts';
import { createFiles } from '../../../src/tools/disk-files.ts';
import { createLocks } from '../../../src/tools/locks.ts';
import type { PostingStoreTools } from '../../../src/web/server/posting-store.ts';

/** The tools of `port serve`. */
export function storeTools(): PostingStoreTools {
  const tools = { files: createFiles(), locks: createLocks(), now: () => Math.floor(Date.now() / 1000) };
  return { ...tools, redraw: async (folder) => redrawSheets(folder, tools) };
}
