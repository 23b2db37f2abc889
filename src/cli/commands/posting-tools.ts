import { redrawSheets } from '../../pipeline/redraw-sheets.ts';
import type { PostingTools } from '../../posting/folder.ts';
import { createFiles } from '../../tools/disk-files.ts';
import { createLocks } from '../../tools/locks.ts';

/** The tools of the commands that plan and tick posts, and a function that renders an account's contact sheets again. */
export function postingTools(): PostingTools & { readonly redraw: (folder: string) => Promise<void> } {
  const tools = { files: createFiles(), locks: createLocks(), now: () => Math.floor(Date.now() / 1000) };
  return { ...tools, redraw: async (folder) => redrawSheets(folder, tools) };
}
