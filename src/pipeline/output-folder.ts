import { join, resolve } from 'node:path';
import { folderKey, folderName } from '../deliver/folder-name.ts';
import { findLinkInside } from '../deliver/no-links.ts';
import { sweep, type UndeletedPath } from '../deliver/sweep.ts';
import { isSystemError, OutputError, quoted } from '../errors.ts';
import { type KnownKey, postPath, TIME_LENGTH } from '../exports/keys.ts';
import { accountId } from '../exports/merge.ts';
import { accountOfFolder, knownKeysIn } from '../state/manifest.ts';
import { isQueued, queueFolder } from '../state/queue-paths.ts';
import type { Tools } from '../tools/tools.ts';
import { type Account, free, inFixedOrder } from './read-accounts.ts';

/**
 * Assigns a folder name to each account, independent of the order of the exports. An existing folder belongs to the account
 * that its manifest names, or whose posts it has; so a client without a name keeps her folder if the file name of the next
 * export differs. Other accounts get new folders, whose names differ on every file system.
 */
export async function foldersOf(
  accounts: readonly Account[],
  out: string,
  tools: Pick<Tools, 'files'>,
): Promise<readonly AccountFolder[]> {
  const there = await existing(out, tools);
  const ordered = inFixedOrder(accounts);
  const folders = new Map<Account, string>();
  const taken = new Set<string>();
  for (const isOwn of [hasName, hasPosts]) {
    for (const account of ordered) {
      if (folders.has(account)) continue;
      const own = await firstOf(
        nearestFirst(account, there),
        async (folder) => !taken.has(folderKey(folder.name)) && isOwn(folder, account),
      );
      if (own === null) continue;
      folders.set(account, own.name);
      taken.add(folderKey(own.name));
    }
  }
  // Folders of accounts outside this run are not free; empty folders are.
  const rest = ordered.filter((account) => !folders.has(account));
  for (const folder of there) {
    if (rest.some((account) => isNear(folder, account)) && !(await folder.isEmpty())) taken.add(folderKey(folder.name));
  }
  for (const account of rest) folders.set(account, free(folderName(account.name), taken));
  return await Promise.all(
    accounts.map(async (account) => {
      const folder = folders.get(account) ?? account.folder;
      // A nameless export is named by its file, which may differ each time, so the name of its folder is kept.
      const known = account.nameless ? await there.find(({ name }) => name === folder)?.account() : null;
      return { folder, account: known == null ? account : { ...account, name: known } };
    }),
  );
}

interface AccountFolder {
  /** Its name below `--out`. */
  readonly folder: string;
  readonly account: Account;
}

/** A folder below `--out`, whose documents are read on first use. */
interface Existing {
  readonly name: string;
  account(): Promise<string | null>;
  keys(): Promise<readonly KnownKey[]>;
  /** No account has posts in it. */
  isEmpty(): Promise<boolean>;
}

async function existing(out: string, { files }: Pick<Tools, 'files'>): Promise<readonly Existing[]> {
  const listed = await files.list(resolve(out));
  return listed
    .filter(({ name, folder }) => folder && !name.startsWith('.'))
    .map(({ name }): Existing => {
      const path = resolve(out, name);
      const account = lazily(() => accountOfFolder(path, files));
      const keys = lazily(() => knownKeysIn(path, files));
      return { name, account, keys, isEmpty: async () => (await account()) === null && (await keys()).length === 0 };
    });
}

function lazily<T>(read: () => Promise<T>): () => Promise<T> {
  let reading: Promise<T> | null = null;
  return async () => {
    reading ??= read();
    return await reading;
  };
}

/** Sorts folders: first the one with exactly this name, then those with a number added, then all others. */
function nearestFirst(account: Account, there: readonly Existing[]): readonly Existing[] {
  const ranks = new Map(there.map((folder) => [folder, distance(folder, account)]));
  const of = (folder: Existing) => ranks.get(folder) ?? 0;
  return [...there].sort((one, other) => (of(one) === of(other) ? 0 : of(one) - of(other)));
}

/** 0: the account's name; 1: a name that is equal on some file systems; n: the name with number n; else infinite. */
function distance({ name }: Existing, account: Account): number {
  const own = folderName(account.name);
  if (name === own) return 0;
  const key = folderKey(name);
  if (key === folderKey(own)) return 1;
  const number = key.startsWith(`${folderKey(own)}-`) ? key.slice(folderKey(own).length + 1) : '';
  return /^\d{1,6}$/.test(number) ? Number(number) : Number.POSITIVE_INFINITY;
}

function isNear(folder: Existing, account: Account): boolean {
  return Number.isFinite(distance(folder, account));
}

async function hasName(folder: Existing, account: Account): Promise<boolean> {
  if (account.nameless || !isNear(folder, account)) return false;
  const name = await folder.account();
  // Without a manifest only the folder's name can be compared.
  return name === null ? folder.name === folderName(account.name) : accountId(name) === accountId(account.name);
}

/** This many equal posts prove that a folder belongs to an account, even if the export has new names for all files. */
const ENOUGH = 3;

async function hasPosts(folder: Existing, account: Account): Promise<boolean> {
  const near = isNear(folder, account);
  // A named account has a folder of its name; a nameless one may have any.
  if (!near && !account.nameless) return false;
  const known = await folder.keys();
  if (known.length === 0) {
    // The manifest is missing or damaged; its head may still have the account's name.
    const name = await folder.account();
    return folder.name === account.folder && (name === null || accountId(name) === accountId(account.name));
  }
  const second = (key: string) => key.slice(0, TIME_LENGTH);
  const posts = [...account.export.posts, ...account.export.deleted];
  const own = new Set(posts.map((post) => `${second(post.key)} ${postPath(post)}`));
  if (known.some(({ key, linkPath }) => linkPath !== null && own.has(`${second(key)} ${linkPath}`))) return true;
  // Posts of several clients are often scheduled to the same full minute, but rarely to the same other second.
  const seconds = new Set(posts.map(({ key }) => second(key)).filter((key) => !key.endsWith('-00')));
  const shared = new Set(known.map(({ key }) => second(key)).filter((key) => seconds.has(key))).size;
  return near && shared >= ENOUGH && 2 * shared >= Math.min(seconds.size, known.length);
}

async function firstOf<T>(all: readonly T[], is: (one: T) => Promise<boolean>): Promise<T | null> {
  for (const one of all) if (await is(one)) return one;
  return null;
}

/**
 * Creates the folder, locks it for this run, and removes unfinished files of killed runs.
 * @param out the path as given, for messages
 * @param byQueue workers may be processing its posts, so unfinished files stay
 * @returns the lock, and the paths that could not be removed
 * @throws OutputError if it is not writable, or another run uses it
 */
export async function lockFolder(
  folder: string,
  out: string,
  targets: readonly string[],
  { files, locks }: Tools,
  byQueue: boolean,
): Promise<Awaited<ReturnType<Tools['locks']['take']>> & { readonly stuck: readonly UndeletedPath[] }> {
  try {
    const link = await findLinkInside(folder, targets, files);
    if (link !== null) {
      throw new OutputError(
        `${quoted(link)} is a symbolic link, and port writes nowhere but in the folder it was given: take the link away, or name the folder where it leads with --out.`,
      );
    }
    const lock = await locks.take(join(folder, '.port', 'lock'));
    if (!(await isQueued(folder, files)))
      return { ...lock, stuck: await sweep(folder, targets, lock.brokeDead, files) };
    if (!byQueue) {
      await lock.release();
      throw new OutputError(
        `Posts of ${quoted(folder)} are still in a queue, where workers go on with them. Run the command with --queue again to see it through; if there is no such queue any more, delete ${queueFolder(folder)}.`,
      );
    }
    return { ...lock, stuck: [] };
  } catch (error) {
    if (!isSystemError(error)) throw error;
    throw new OutputError(`port cannot write into ${out} (${error.message}). Choose another folder with --out.`);
  }
}
