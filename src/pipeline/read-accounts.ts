import { basename, dirname, extname } from 'node:path';
import { folderKey, folderName } from '../deliver/folder-name.ts';
import { asError, ExportError, InterruptedError, NoPostsError, PortError, quoted } from '../errors.ts';
import { accountId, joinExports, joinParts } from '../exports/merge.ts';
import { seriesOf } from '../exports/parts.ts';
import type { Export } from '../model/post.ts';
import type { Archive } from '../tools/archive.ts';
import type { Tools } from '../tools/tools.ts';
import { readArchive } from './read-archive.ts';

/** An account with its posts, from one or several exports. */
export interface Account {
  readonly name: string;
  /** The account has no name in the export or the options, so the file's name is used. */
  readonly nameless: boolean;
  /** A folder name that is unique in the run. */
  readonly folder: string;
  readonly export: Export;
  /** The files that were read, and their paths as they were given. */
  readonly archives: readonly Archive[];
  readonly paths: readonly string[];
}

export interface ReadAccounts {
  readonly accounts: readonly Account[];
  /** One for each export that could not be read. */
  readonly failures: readonly PortError[];
}

/** Exports that are known to be of one account, in the given order. */
interface Unit {
  account: string | null;
  readonly exports: Export[];
  readonly archives: Archive[];
  readonly paths: string[];
}

/** An export without posts, such as a profile, which may name the account of the posts in another file. */
interface Profile {
  readonly path: string;
  readonly archive: Archive;
  readonly error: NoPostsError;
}

/**
 * Reads exports and joins those of one account: by user name, by the name in a separate profile file, and as numbered
 * parts of one export. Exports without a name stay separate, and all get the name `fallback`.
 * @param fallback the name for exports without one; null: the file's name
 * @throws PortError if none could be read
 */
export async function readAccounts(
  paths: readonly string[],
  fallback: string | null,
  tools: Tools,
): Promise<ReadAccounts> {
  const units: Unit[] = [];
  const profiles: Profile[] = [];
  const failures: PortError[] = [];
  for (const path of paths) {
    try {
      const archive = await tools.archives.open(path);
      try {
        const read = await readArchive(archive, fallback);
        units.push({ account: read.account, exports: [read], archives: [archive], paths: [path] });
      } catch (error) {
        if (error instanceof NoPostsError && error.account !== null) profiles.push({ path, archive, error });
        else {
          await archive.close();
          throw error;
        }
      }
    } catch (error) {
      if (error instanceof InterruptedError) throw error;
      // No error in one client's export may stop the others.
      failures.push(error instanceof PortError ? error : unreadable(path, error));
    }
  }
  const whole = joinSeries(units);
  for (const one of whole) one.account ??= fallback;
  failures.push(...(await nameByProfiles(whole, profiles)));
  const groups = joinAccounts(whole);
  if (groups.length === 0 && failures[0]) throw failures[0];

  const known = groups.flatMap(({ account, exports, archives, paths: files }) => {
    const merged = joinExports(exports);
    const [first] = files;
    if (!merged || first === undefined) return [];
    // A name from the options is not the name in the export.
    const own = merged.account === null && account !== fallback ? { ...merged, account } : merged;
    const name = own.account ?? account ?? basename(first, extname(first));
    return [{ name, nameless: account === null, export: own, archives, paths: files }];
  });
  return { accounts: withFolders(known), failures };
}

function unreadable(path: string, thrown: unknown): ExportError {
  return new ExportError(
    `${quoted(basename(path))} cannot be read (${asError(thrown).message}). Ask TikTok for it again, with "Posts" and "Profile" alone.`,
    { cause: thrown },
  );
}

/** Joins the parts of an export by their file names: `06_posts_p01_of_03.json`, `06_posts_p02_of_03.json` ... */
function joinSeries(units: readonly Unit[]): readonly Unit[] {
  const series = new Map<string, Unit>();
  const whole: Unit[] = [];
  for (const unit of units) {
    const [path = ''] = unit.paths;
    const name = seriesOf(basename(path));
    const id = name === null ? null : `${dirname(path)}/${name}`;
    const before = id === null ? undefined : series.get(id);
    const isSame = before && (before.account ?? unit.account) === (unit.account ?? before.account);
    if (!before || !isSame) {
      whole.push(unit);
      if (id !== null && !before) series.set(id, unit);
      continue;
    }
    before.account ??= unit.account;
    before.exports.push(...unit.exports);
    before.archives.push(...unit.archives);
    before.paths.push(...unit.paths);
  }
  for (const unit of whole) {
    const joined = unit.exports.length > 1 ? joinParts(unit.exports) : null;
    if (joined) unit.exports.splice(0, unit.exports.length, joined);
  }
  return whole;
}

/**
 * Assigns the account name of a profile to the posts without a name, if there is only one of each.
 * @returns the errors of profiles without matching posts
 */
async function nameByProfiles(units: readonly Unit[], profiles: readonly Profile[]): Promise<readonly PortError[]> {
  const nameless = units.filter(({ account }) => account === null);
  const ids = new Set(profiles.map(({ error }) => accountId(error.account ?? '')));
  const failures: PortError[] = [];
  for (const { path, archive, error } of profiles) {
    const account = error.account ?? '';
    const [only, another] = nameless;
    if (ids.size === 1 && only && !another) only.account = account;
    const own = units.find((unit) => unit.account !== null && accountId(unit.account) === accountId(account));
    if (own) {
      own.archives.push(archive);
      own.paths.push(path);
      continue;
    }
    await archive.close();
    failures.push(
      another === undefined
        ? error
        : new ExportError(
            `${quoted(basename(path))} names ${quoted(account)}, and nothing tells which of the exports without a name are of that account. If all are, say so with --account.`,
          ),
    );
  }
  return failures;
}

function joinAccounts(units: readonly Unit[]): readonly Unit[] {
  const groups = new Map<string, Unit>();
  for (const unit of units) {
    const id = unit.account === null ? `nameless ${groups.size}` : `account ${accountId(unit.account)}`;
    const before = groups.get(id);
    if (before === undefined) groups.set(id, unit);
    else {
      before.exports.push(...unit.exports);
      before.archives.push(...unit.archives);
      before.paths.push(...unit.paths);
    }
  }
  return [...groups.values()];
}

/** Assigns folder names independently of the order of the exports: named accounts first. */
function withFolders(accounts: readonly Omit<Account, 'folder'>[]): readonly Account[] {
  const taken = new Set<string>();
  const folders = new Map<object, string>();
  for (const account of inFixedOrder(accounts)) folders.set(account, free(folderName(account.name), taken));
  return accounts.map((account) => ({ ...account, folder: folders.get(account) ?? folderName(account.name) }));
}

/** Sorts accounts by their content: named ones first, then by their oldest posts, which are the same in each export. */
export function inFixedOrder<T extends Omit<Account, 'folder'>>(accounts: readonly T[]): readonly T[] {
  const rank = ({ nameless, name, export: { posts, deleted } }: T) => {
    const oldest = [posts.at(-1), deleted.at(-1)].flatMap((post) =>
      post ? [`${post.key} ${post.links[0]?.url}`] : [],
    );
    return `${nameless ? 1 : 0} ${nameless ? '' : `${accountId(name)} ${name}`} ${oldest.sort().join(' ')}`;
  };
  const ranks = new Map(accounts.map((account) => [account, rank(account)]));
  const of = (account: T) => ranks.get(account) ?? '';
  return [...accounts].sort((one, other) => (of(one) < of(other) ? -1 : of(one) > of(other) ? 1 : 0));
}

/** @param taken `folderKey` of names that are another account's */
export function free(name: string, taken: Set<string>): string {
  let candidate = name;
  for (let number = 2; taken.has(folderKey(candidate)); number++) candidate = `${name}-${number}`;
  taken.add(folderKey(candidate));
  return candidate;
}
