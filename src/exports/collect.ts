import { ExportError } from '../errors.ts';
import type { Issue } from '../model/issue.ts';
import type { Export, Post } from '../model/post.ts';
import { assignKeys, type KnownKey } from './keys.ts';
import { type Fields, readRow } from './row.ts';
import { withoutDuplicates } from './same.ts';

/**
 * Above this limit, unreadable rows are only counted, so that a list of a million broken rows does not become a million
 * issues.
 */
const MAX_ISSUES = 1000;
/**
 * Twice the number of posts that port is benchmarked with. Each post takes about 15 kB of memory until the run ends
 * (2026-11).
 */
const MAX_POSTS = 200_000;

/** A list of posts as a file holds it: the fields of each row, or null for a row that is not a record. */
export interface Section {
  /** Name for messages: `Post.Posts.VideoList`, `Posts.txt`. */
  readonly name: string;
  readonly deleted: boolean;
  readonly rows: Iterable<Fields | null>;
}

/** The posts of an export, live and deleted, and the issues of its unreadable rows. */
export type Posts = Pick<Export, 'posts' | 'deleted' | 'setAside'>;

/**
 * Reads all rows of all sections. Each row becomes a post or an issue with the row's number.
 * @throws ExportError if there are more posts than a run has memory for
 */
export function collectPosts(sections: readonly Section[]): Posts {
  const posts: Post[] = [];
  const setAside: Issue[] = [];
  let unreadable = 0;
  /** Unknown audience words: where each was first read, and how many posts use it. */
  const audiences = new Map<string, { where: string; posts: number }>();
  for (const section of sections) {
    const read: Post[] = [];
    let number = 0;
    let firstUnsaid = 0;
    for (const fields of section.rows) {
      number++;
      const where = `row ${number} of ${section.name}`;
      const row = fields === null ? 'it is no record' : readRow(fields, section.deleted);
      if (typeof row === 'string') {
        if (++unreadable <= MAX_ISSUES) setAside.push(warning('row-unreadable', `${where}: ${row}`));
        continue;
      }
      read.push(row.post);
      if (row.post.visibility === 'unknown' && firstUnsaid === 0) firstUnsaid = number;
      if (posts.length + read.length > MAX_POSTS) {
        throw new ExportError(
          `It has more than ${MAX_POSTS} posts, which is more than port reads of one export. Ask TikTok for one with a shorter period.`,
        );
      }
      for (const { code, what } of row.remarks) {
        if (code === 'visibility-unread') countAudience(audiences, what, where);
        else if (setAside.length < 2 * MAX_ISSUES) setAside.push(warning(code, `${where}: ${what}`));
      }
    }
    const { all, unsaid } = heldWhereUnsaid(read);
    if (unsaid > 0) countAudience(audiences, '', `row ${firstUnsaid} of ${section.name}`, unsaid);
    for (const post of newestRowFirst(all)) posts.push(post);
  }
  for (const [words, { where, posts: count }] of audiences) {
    const actual = `${where}: ${words === '' ? 'nothing, though it says so of others' : words}`;
    setAside.push({ ...warning('visibility-unread', actual), limit: count });
  }
  if (unreadable > MAX_ISSUES) setAside.push(warning('rows-unreadable', unreadable - MAX_ISSUES));
  return { ...named(withoutDuplicates(newestFirst(posts))), setAside };
}

/** A language has three audience words. Only a broken file has dozens of unknown ones: the rest is counted together. */
const MAX_AUDIENCES = 50;

function countAudience(
  audiences: Map<string, { where: string; posts: number }>,
  words: string,
  where: string,
  count = 1,
): void {
  const known = audiences.get(words) ?? (audiences.size < MAX_AUDIENCES ? undefined : [...audiences.values()].at(-1));
  if (known) known.posts += count;
  else audiences.set(words, { where, posts: count });
}

/**
 * Holds back rows without a visibility where other rows of the list have one: nobody knows whether such a post was
 * public. Only old layouts have no visibility field at all.
 */
function heldWhereUnsaid(read: Post[]): { readonly all: Post[]; readonly unsaid: number } {
  const unsaid = read.filter(({ visibility }) => visibility === 'unknown').length;
  if (unsaid === 0 || unsaid === read.length) return { all: read, unsaid: 0 };
  const all = read.map(
    (post): Post => (post.visibility === 'unknown' ? { ...post, visibility: 'private', audience: '' } : post),
  );
  return { all, unsaid };
}

/** Sorts newest first. The sort is stable: posts of one second keep the order of their rows. */
export function newestFirst(posts: readonly Post[]): readonly Post[] {
  return [...posts].sort((one, other) => other.time - one.time);
}

/** Assigns keys to sorted posts and separates the deleted ones. */
export function named(sorted: readonly Post[], known: readonly KnownKey[] = []): Pick<Export, 'posts' | 'deleted'> {
  // Live posts get their keys first, so that porting deleted posts does not rename live ones.
  const order = [...sorted.filter(isDeleted), ...sorted.filter((post) => !isDeleted(post))];
  const keys = assignKeys(order, known);
  const posts = order.map((post, index) => withKey(post, keys[index] ?? post.key));
  return { posts: posts.filter((post) => !isDeleted(post)), deleted: posts.filter(isDeleted) };
}

function withKey(post: Post, key: string): Post {
  return post.key === key ? post : { ...post, key };
}

function isDeleted(post: Post): boolean {
  return post.visibility === 'deleted';
}

/** Exports list the newest post first. A list that another program has reversed is reversed back. */
function newestRowFirst(rows: Post[]): Post[] {
  const first = rows[0];
  const last = rows.at(-1);
  return first !== undefined && last !== undefined && first.time < last.time ? rows.reverse() : rows;
}

function warning(code: Issue['code'], actual: string | number): Issue {
  return { code, severity: 'warning', actual, limit: null };
}
