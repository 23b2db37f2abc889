import type { PortOptions } from '../config/options.ts';
import { postPath } from '../exports/keys.ts';
import type { Issue } from '../model/issue.ts';
import type { Post, Visibility } from '../model/post.ts';
import type { Inclusion } from '../state/inclusions.ts';

export interface Selection {
  /** The posts to port, in the wanted order. */
  readonly selected: readonly Post[];
  /** Held back by a rule of the options. */
  readonly held: readonly { readonly post: Post; readonly issue: Issue }[];
}

type Rules = Pick<PortOptions, 'include' | 'since' | 'until' | 'only' | 'order' | 'limit'>;

/**
 * Marks the posts that a person included one by one. A decision holds for the post that the person saw: with the same
 * audience, and known to the folder or with the same link.
 * @param known keys that earlier runs assigned
 */
export function withInclusions(
  posts: readonly Post[],
  inclusions: ReadonlyMap<string, Inclusion>,
  known: readonly { readonly key: string }[],
): readonly Post[] {
  if (inclusions.size === 0) return posts;
  const keys = new Set(known.map(({ key }) => key));
  return posts.map((post) => {
    const found = inclusions.get(post.key);
    if (found === undefined || found.visibility !== audienceOf(post)) return post;
    return keys.has(post.key) || found.linkPath === postPath(post) ? { ...post, included: found.at } : post;
  });
}

function audienceOf({ audience, visibility }: Post): string {
  return audience ?? visibility;
}

/** Selects the posts to deliver. Deleted posts are ignored unless an option includes them. */
export function selectPosts(posts: readonly Post[], deleted: readonly Post[], rules: Rules): Selection {
  const wanted = new Set(rules.include);
  const known = [...posts, ...deleted.filter(({ key }) => wanted.has('deleted') || wanted.has(key))];
  const held: { post: Post; issue: Issue }[] = [];
  const only = rules.only.length > 0 ? new Set(rules.only) : null;
  const passed = known.filter((post) => {
    const issue = whyHeld(post, rules, only);
    if (issue) held.push({ post, issue });
    return issue === null;
  });
  const ordered = [...passed].sort((a, b) =>
    rules.order === 'likes' ? (b.likes ?? 0) - (a.likes ?? 0) || b.time - a.time : b.time - a.time,
  );
  const selected = ordered.slice(0, rules.limit ?? ordered.length);
  for (const post of ordered.slice(selected.length)) held.push({ post, issue: notSelected });
  return { selected, held };
}

const notSelected: Issue = { code: 'not-selected', severity: 'info', actual: null, limit: null };
const restricted: readonly Visibility[] = ['private', 'friends'];
const open: readonly Visibility[] = ['everyone', 'unknown'];

function whyHeld(post: Post, rules: Rules, only: ReadonlySet<string> | null): Issue | null {
  if (only !== null && !only.has(post.key)) return notSelected;
  if (rules.since !== undefined && post.time < rules.since) return notSelected;
  if (rules.until !== undefined && post.time >= rules.until) return notSelected;
  if (post.included !== undefined || rules.include.includes(post.key)) return null;
  const included: readonly string[] = [...open, ...rules.include];
  if (post.audience !== undefined) {
    // Unknown audience words may mean any restricted audience: delivered only if all of those are included.
    if (restricted.every((each) => included.includes(each))) return null;
    const audiences = rules.include.filter((each) => !/^\d/.test(each));
    const limit = [...new Set([...restricted, ...audiences])].join(',');
    return { code: 'visibility', severity: 'info', actual: post.audience, limit };
  }
  if (included.includes(post.visibility)) return null;
  return { code: 'visibility', severity: 'info', actual: post.visibility, limit: null };
}

/** Posts that a rule holds back, which is reported; the other held posts were just not selected. */
export function heldByRule({ held }: Selection): readonly Post[] {
  return held.filter(({ issue }) => issue.code !== 'not-selected').map(({ post }) => post);
}
