import type { Link, Post } from '../model/post.ts';
import { strictestSeen } from './audience.ts';
import { postPath } from './keys.ts';

/**
 * Rows with the same second and link path are one post: the strictest visibility and the newest link win.
 * @param posts sorted by time; posts of one second in the order of their rows
 */
export function withoutDuplicates(posts: readonly Post[]): readonly Post[] {
  if (!posts.some((post, index) => post.time === posts[index - 1]?.time)) return posts;
  return bySecond(posts).flatMap((group) => {
    if (group.length === 1) return group;
    const unique = new Map<string | null, Post>();
    for (const post of group) {
      const path = postPath(post);
      const before = unique.get(path);
      unique.set(path, before === undefined ? post : joinRows(before, post));
    }
    return [...unique.values()];
  });
}

/** Groups sorted posts by second. */
export function bySecond(posts: readonly Post[]): readonly (readonly Post[])[] {
  const groups: Post[][] = [];
  for (const post of posts) {
    const group = groups.at(-1);
    if (group?.[0]?.time === post.time) group.push(post);
    else groups.push([post]);
  }
  return groups;
}

/** Merges two rows about one post: values of `newer` win, `older` fills the gaps. */
export function joinRows(newer: Post, older: Post): Post {
  const from = rank(newer.links) >= rank(older.links) ? newer : older;
  return {
    key: newer.key,
    time: newer.time,
    kind: from.kind,
    ...strictestSeen(newer, older),
    ...(from.leftOut && { leftOut: from.leftOut }),
    links: from.links,
    coverLink: newest(newer.coverLink, older.coverLink),
    title: newer.title ?? older.title,
    sound: newer.sound ?? older.sound,
    location: newer.location ?? older.location,
    likes: newer.likes ?? older.likes,
    aiGenerated: newer.aiGenerated || older.aiGenerated,
    disclosure: newer.disclosure.length > 0 ? newer.disclosure : older.disclosure,
    ...unreadOf(newer, older),
  };
}

/** Uses the older row's unread disclosures only if the newer row has no known disclosure. */
function unreadOf(newer: Post, older: Post): Pick<Post, 'unreadDisclosure'> {
  const unread =
    newer.unreadDisclosure ?? (newer.disclosure.length > 0 || newer.aiGenerated ? undefined : older.unreadDisclosure);
  return unread ? { unreadDisclosure: unread } : {};
}

function newest(one: Link | null, other: Link | null): Link | null {
  if (one === null || other === null) return one ?? other;
  return rank([one]) >= rank([other]) ? one : other;
}

/** The details of a post that tell it from others of its second. */
export const LIKENED_FACTS = ['title', 'sound', 'location'] as const;

/** How many details two posts share. */
export function likeness(one: Post, other: Post): number {
  return LIKENED_FACTS.filter((fact) => one[fact] !== null && one[fact] === other[fact]).length;
}

const KINDS: Readonly<Record<Link['kind'], number>> = { login: 1, page: 2, media: 3 };

/** Ranks links for fetching: media addresses before pages, then the link that expires last. */
function rank(links: readonly Link[]): number {
  const [first] = links;
  return first === undefined ? 0 : KINDS[first.kind] * 1e12 + (first.expiresAt ?? 0);
}
