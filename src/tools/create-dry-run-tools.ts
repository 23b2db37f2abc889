import { dryFiles } from './dry-files.ts';
import { makeTemporary } from './temporary.ts';
import type { Tools } from './tools.ts';

export interface DryRunTools {
  readonly tools: Tools;
  /** The only folder that is written to, inside the system's temporary folder. */
  readonly scratch: string;
  /** Deletes the folder. */
  close(): Promise<void>;
}

/** Creates the tools for a dry run: no locks, no network, and no writes except in a temporary folder. */
export async function createDryRunTools(world: Tools): Promise<DryRunTools> {
  const { path: scratch, remove } = await makeTemporary('content-port-dry-');
  const { signal: lost } = new AbortController();
  const locks = { take: async () => ({ release: async () => {}, brokeDead: false, lost }) };
  return {
    tools: { ...world, files: dryFiles(world.files, scratch), locks, ytDlp: null },
    scratch,
    close: remove,
  };
}
