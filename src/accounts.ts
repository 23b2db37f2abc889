import { basename, extname } from 'node:path';
import { folderName } from './deliver/folder-name.ts';
import { PortError } from './errors.ts';
import { readExport } from './exports/index.ts';
import { mergeExports } from './exports/merge.ts';
import type { Export } from './model.ts';
import type { Archive, Tools } from './tools/tools.ts';

/** What is known of one account: one export, or several that name it. */
export interface Account {
  readonly name: string;
  /** The file's name stands in for a name that nobody gave. */
  readonly nameless: boolean;
  /** One folder name, unlike that of any other account of the run. */
  readonly folder: string;
  readonly export: Export;
  /** The files that were read, and their paths as they were given. */
  readonly archives: readonly Archive[];
  readonly paths: readonly string[];
}

export interface ReadAccounts {
  readonly accounts: readonly Account[];
  /** One for each export that could not be read. */
  readonly troubles: readonly PortError[];
}

/**
 * Reads exports and puts those of one account together. Exports without a name stay apart.
 * @param fallback the name where an export has none; null: the file's
 * @throws PortError if none could be read
 */
export async function readAccounts(
  paths: readonly string[],
  fallback: string | null,
  tools: Tools,
): Promise<ReadAccounts> {
  const groups = new Map<string, { path: string; archive: Archive; export: Export }[]>();
  const troubles: PortError[] = [];
  for (const path of paths) {
    try {
      const archive = await tools.archives.open(path);
      const read = await readExport(archive.files).catch(async (error: unknown) => {
        await archive.close();
        throw error;
      });
      const id = read.account === null ? `nameless ${groups.size}` : `account ${read.account.toLowerCase()}`;
      groups.set(id, [...(groups.get(id) ?? []), { path, archive, export: read }]);
    } catch (error) {
      if (!(error instanceof PortError)) throw error;
      troubles.push(error);
    }
  }
  if (groups.size === 0 && troubles[0]) throw troubles[0];

  const taken = new Set<string>();
  const accounts = [...groups.values()].flatMap((group) => {
    const [merged] = mergeExports(group.map((each) => each.export));
    const [first] = group;
    if (!merged || !first) return [];
    const given = merged.account ?? fallback;
    const name = given ?? basename(first.path, extname(first.path));
    const folder = free(folderName(name), taken);
    const archives = group.map(({ archive }) => archive);
    const paths = group.map(({ path }) => path);
    return [{ name, nameless: given === null, folder, export: merged, archives, paths }];
  });
  return { accounts, troubles };
}

/** File systems of phones, Macs and Windows do not tell `Maya` from `maya`. */
function free(name: string, taken: Set<string>): string {
  let candidate = name;
  for (let number = 2; taken.has(candidate.toLowerCase()); number++) candidate = `${name}-${number}`;
  taken.add(candidate.toLowerCase());
  return candidate;
}
