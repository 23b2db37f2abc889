import { dryFiles } from './dry-files.ts';
import { makeTemporary } from './temporary.ts';
import type { Tools } from './tools.ts';

export interface DryRunTools {
  readonly tools: Tools;
  /** The only folder in which anything is written, inside the system's temporary one. */
  readonly scratch: string;
  /** Takes the folder away. */
  close(): Promise<void>;
}

/** The world for a dry run: no locks, no network, and no files but in a temporary folder. */
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
