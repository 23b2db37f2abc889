import { basename, dirname, join, resolve } from 'node:path';
import { quoted, UsageError } from '../errors.ts';
import { accountOfFolder, manifestPath } from '../state/manifest.ts';
import type { Files } from '../tools/files.ts';

export interface AccountFolder {
  /** Absolute. */
  readonly folder: string;
  readonly account: string;
  /** The only platform that was named; null: all of them. */
  readonly target: string | null;
}

/**
 * Finds the accounts in an output folder, the folder of an account, or the folder of a platform in one.
 * @param named `--account`: the name of an account or of its folder
 * @throws UsageError if there is none
 */
export async function accountFolders(
  path: string,
  named: string | undefined,
  files: Files,
): Promise<readonly AccountFolder[]> {
  const root = resolve(path);
  const isAccount = async (folder: string) => (await files.facts(manifestPath(folder))) !== null;
  const open = async (folder: string, target: string | null = null): Promise<AccountFolder> => ({
    ...{ folder, target, account: (await accountOfFolder(folder, files)) ?? basename(folder) },
  });
  const found: AccountFolder[] = [];
  if (await isAccount(root)) found.push(await open(root));
  else {
    for (const { name, folder } of await files.list(root)) {
      if (folder && !name.startsWith('.') && (await isAccount(join(root, name))))
        found.push(await open(join(root, name)));
    }
    const isPlatform = found.length === 0 && (await files.list(root)).length > 0 && (await isAccount(dirname(root)));
    if (isPlatform) found.push(await open(dirname(root), basename(root)));
  }
  if (found.length === 0)
    throw new UsageError(`There is nothing of port in ${quoted(path)}. Run port first, or name its output folder.`);
  const wanted = found.filter(
    ({ account, folder }) => named === undefined || [account, basename(folder)].includes(named),
  );
  if (wanted.length > 0) return wanted;
  const names = found.map(({ account }) => quoted(account)).join(', ');
  throw new UsageError(`There is no account ${quoted(named ?? '')} in ${quoted(path)}. There: ${names}.`);
}
