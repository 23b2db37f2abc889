import { ExportError, quoted } from '../errors.ts';
import type { Issue } from '../model/issue.ts';
import type { Export, Post } from '../model/post.ts';
import { postPath } from './keys.ts';
import { accountId, joinExports, joinParts } from './merge.ts';
import { looseSeriesOf, seriesOf } from './parts.ts';

/** What one file or folder of the archive contained. */
export interface Found {
  /** The file name without folders and extensions. */
  readonly name: string;
  readonly export: Export;
}

/** Sources of an account name beside the export itself. */
export interface AccountHints {
  /** User names in files without posts, such as a profile. */
  readonly profiles: readonly string[];
  /** The value of `--account`; it implies that all files belong to one account. */
  readonly given: string | null;
}

/**
 * Combines everything found in one ZIP or folder into one export: renamed copies, numbered parts, older and newer
 * exports of an account.
 * @throws ExportError if the files belong to different accounts, or if that cannot be decided
 */
export function oneExport(all: readonly Found[], hints: AccountHints, setAside: readonly Issue[]): Export {
  const { filled, empty } = withoutEmpty(all);
  const isNameless = filled.every(({ export: { account } }) => account === null);
  // A name next to posts names their account. A name in another file counts only if the posts have none.
  const names = isNameless ? [...hints.profiles, ...empty.flatMap(({ export: { account } }) => account ?? [])] : [];
  const profiles = [...new Map(names.map((name) => [accountId(name), name])).values()];
  const knownName = profiles.length === 1 ? (profiles[0] ?? null) : null;
  const isLoose = knownName !== null;
  const parts = bySeries(filled, isLoose ? looseSeriesOf : seriesOf);
  const groups = grouped(parts, hints.given);
  const [first, another] = groups;
  if (first === undefined || another !== undefined) {
    const accounts = groups.map((one) => one.account ?? 'one without a name').slice(0, 8);
    const name = groups.some((one) => one.account === null)
      ? ' If they are of one account, name it with --account.'
      : '';
    throw new ExportError(
      `Several exports lie here together (${accounts.join(', ')}): give port each one on its own.${name}`,
    );
  }
  const account = first.account ?? knownName;
  const others = empty.filter(
    (one) => one.export.account !== null && accountId(one.export.account) !== (account && accountId(account)),
  );
  return { ...first, account, setAside: [...first.setAside, ...setAside, ...others.map(leftAlone)] };
}

/**
 * Leaves out exports without rows: an empty one may belong to a second app or account and must not block the others.
 */
function withoutEmpty(all: readonly Found[]): { readonly filled: readonly Found[]; readonly empty: readonly Found[] } {
  const empty = all.filter(({ export: one }) => one.posts.length + one.deleted.length + one.setAside.length === 0);
  if (empty.length === all.length) return { filled: all.slice(0, 1), empty: all.slice(1) };
  return { filled: all.filter((one) => !empty.includes(one)), empty };
}

function leftAlone({ name, export: { account } }: Found): Issue {
  const actual = `${quoted(name)} holds no posts, and is by another account (${account ?? 'without a name'}).`;
  return { code: 'entry-skipped', severity: 'warning', actual, limit: null };
}

/** Joins the files into which one export was split. */
function bySeries(all: readonly Found[], nameOf: (name: string) => string | null): readonly Export[] {
  const series = new Map<string, Export[]>();
  const whole: Export[] = [];
  for (const { name, export: one } of all) {
    const id = nameOf(name);
    if (id === null) whole.push(one);
    else if (!series.get(id)?.push(one)) series.set(id, [one]);
  }
  for (const parts of series.values()) {
    const accounts = new Set(parts.flatMap(({ account }) => (account === null ? [] : [accountId(account)])));
    if (accounts.size > 1) whole.push(...parts);
    else {
      const joined = joinParts(parts);
      if (joined) whole.push(joined);
    }
  }
  return whole;
}

interface Group {
  readonly account: string | null;
  /** Identities of all posts. */
  readonly posts: ReadonlySet<string>;
  readonly exports: readonly Export[];
}

/** Groups exports by account: by user name, and without one by a post that both contain. */
function grouped(exports: readonly Export[], given: string | null): readonly Export[] {
  let groups: readonly Group[] = [];
  for (const one of exports) {
    const account = one.account ?? given;
    const posts = new Set([...one.posts, ...one.deleted].flatMap((post) => identity(post) ?? []));
    const alone: Group = { account, posts, exports: [one] };
    const same = groups.filter((group) => isSame(group, alone));
    const joined = [...same, alone];
    groups = [
      ...groups.filter((group) => !same.includes(group)),
      {
        account: joined.find((group) => group.account !== null)?.account ?? null,
        posts: same.length === 0 ? posts : new Set(joined.flatMap((group) => [...group.posts])),
        exports: joined.flatMap((group) => group.exports),
      },
    ];
  }
  // Do not store the `--account` name in the export: the stored name is used to recognise captions of other accounts.
  return groups.flatMap((group) => joinExports(group.exports) ?? []);
}

function isSame(one: Group, other: Group): boolean {
  if (one.account !== null && other.account !== null) return accountId(one.account) === accountId(other.account);
  for (const post of other.posts) if (one.posts.has(post)) return true;
  return one.exports.some((each) => other.exports.some((copy) => isCopy(each, copy)));
}

/** Whether both list the same posts with the same links: copies of one file, even where no post has an address. */
function isCopy(one: Export, other: Export): boolean {
  const posts = [...one.posts, ...one.deleted];
  const others = [...other.posts, ...other.deleted];
  if (posts.length !== others.length) return false;
  return posts.every(({ key, links }, index) => {
    const copy = others[index];
    return key === copy?.key && links[0]?.url === copy.links[0]?.url;
  });
}

/** Second and link path: two accounts never share both. Null for a post without an address, which is not unique. */
function identity(post: Post): string | null {
  const path = postPath(post);
  return path === null ? null : `${post.time} ${path}`;
}
