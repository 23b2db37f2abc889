import { join, resolve } from 'node:path';
import { folderKey, folderName } from '../deliver/folder-name.ts';
import { linkThatLeadsOut } from '../deliver/no-links.ts';
import { type Stuck, sweep } from '../deliver/sweep.ts';
import { isSystemError, OutputError, quoted } from '../errors.ts';
import { type KnownKey, postPath, TIME_LENGTH } from '../exports/keys.ts';
import { accountId } from '../exports/merge.ts';
import { accountOfFolder, knownKeysIn } from '../state/manifest.ts';
import { isQueued, queueFolder } from '../state/queue-paths.ts';
import type { Tools } from '../tools/tools.ts';
import { type Account, free, inFixedOrder } from './read-accounts.ts';

/**
 * The folder's name of each account, whatever the order in which they were named. A folder that is there goes to the account
 * whose name its manifest has, or whose posts it knows: so a client without a name keeps hers though the next export has
 * another file name. Accounts that none of the folders belongs to get new ones; no two names may be one folder on any disk.
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
  // What other accounts have there is not free, though they take no part in this run; an empty folder is.
  const rest = ordered.filter((account) => !folders.has(account));
  for (const folder of there) {
    if (rest.some((account) => isNear(folder, account)) && !(await folder.isEmpty())) taken.add(folderKey(folder.name));
  }
  for (const account of rest) folders.set(account, free(folderName(account.name), taken));
  return await Promise.all(
    accounts.map(async (account) => {
      const folder = folders.get(account) ?? account.folder;
      // The name of a nameless export is that of its file, which is another one each time: the folder's stays.
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

/** A folder below `--out`: what its documents say is read when somebody asks. */
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

/** The folder of just this name, then those with a number behind it, then all others. */
function nearestFirst(account: Account, there: readonly Existing[]): readonly Existing[] {
  const ranks = new Map(there.map((folder) => [folder, distance(folder, account)]));
  const of = (folder: Existing) => ranks.get(folder) ?? 0;
  return [...there].sort((one, other) => (of(one) === of(other) ? 0 : of(one) - of(other)));
}

/** 0 for the account's own name, 1 for one that is the same on some disk, its number for a numbered one, else infinite. */
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
  // Without a manifest the folder's own name is all that tells.
  return name === null ? folder.name === folderName(account.name) : accountId(name) === accountId(account.name);
}

/** How many posts make it sure that a folder is an account's, where a new export has other names for all objects. */
const ENOUGH = 3;

async function hasPosts(folder: Existing, account: Account): Promise<boolean> {
  const near = isNear(folder, account);
  // A named account has its folder by its name; one without a name may have any.
  if (!near && !account.nameless) return false;
  const known = await folder.keys();
  if (known.length === 0) {
    // No manifest, or one that broke: its head may still say whose it was.
    const name = await folder.account();
    return folder.name === account.folder && (name === null || accountId(name) === accountId(account.name));
  }
  const second = (key: string) => key.slice(0, TIME_LENGTH);
  const posts = [...account.export.posts, ...account.export.deleted];
  const own = new Set(posts.map((post) => `${second(post.key)} ${postPath(post)}`));
  if (known.some(({ key, linkPath }) => linkPath !== null && own.has(`${second(key)} ${linkPath}`))) return true;
  // Clients of one agency share full minutes, to which posts are scheduled, but hardly other seconds.
  const seconds = new Set(posts.map(({ key }) => second(key)).filter((key) => !key.endsWith('-00')));
  const shared = new Set(known.map(({ key }) => second(key)).filter((key) => seconds.has(key))).size;
  return near && shared >= ENOUGH && 2 * shared >= Math.min(seconds.size, known.length);
}

async function firstOf<T>(all: readonly T[], is: (one: T) => Promise<boolean>): Promise<T | null> {
  for (const one of all) if (await is(one)) return one;
  return null;
}

/**
 * Makes the folder, takes it for this run, and takes away what a killed run left half-made.
 * @param out as it was asked for, for people
 * @param byQueue workers may be at its posts: what they have half-made stays
 * @returns the lock, and what could not be taken away
 * @throws OutputError where it cannot be written, or another run is at work in it
 */
export async function lockFolder(
  folder: string,
  out: string,
  targets: readonly string[],
  { files, locks }: Tools,
  byQueue: boolean,
): Promise<Awaited<ReturnType<Tools['locks']['take']>> & { readonly stuck: readonly Stuck[] }> {
  try {
    const link = await linkThatLeadsOut(folder, targets, files);
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
