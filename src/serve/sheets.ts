import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

const maxFolders = 2000;

/** A contact sheet below the served folder: the steps to its folder, which are account and target as far as they lie below. */
export type FoundSheet = readonly string[];

/** Finds the contact sheets in a folder of accounts, of one account, or of one target. Symbolic links are not followed. */
export async function findSheets(folder: string): Promise<readonly FoundSheet[]> {
  const found: FoundSheet[] = [];
  let looked = 0;
  const look = async (steps: readonly string[]): Promise<void> => {
    if (++looked > maxFolders) return;
    const here = join(folder, ...steps);
    if ((await stat(join(here, 'index.html')).catch(() => null))?.isFile()) {
      found.push(steps);
      return;
    }
    if (steps.length === 2) return;
    const entries = await readdir(here, { withFileTypes: true }).catch(() => []);
    const names = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
    for (const name of names.sort()) {
      if (!name.startsWith('.') && name !== 'originals') await look([...steps, name]);
    }
  };
  await look([]);
  return found;
}
