import type { Link, Post } from '../model/post.ts';
import { strictestSeen } from './audience.ts';
import { postPath } from './keys.ts';

/**
 * Rows with the same second and the same link path are one post: the strictest visibility wins, and the newest link.
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

/** Sorted posts in groups of the same second. */
export function bySecond(posts: readonly Post[]): readonly (readonly Post[])[] {
  const groups: Post[][] = [];
  for (const post of posts) {
    const group = groups.at(-1);
    if (group?.[0]?.time === post.time) group.push(post);
    else groups.push([post]);
  }
  return groups;
}

/** One post out of two rows about it: `newer` speaks, `older` fills what it leaves out. */
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

/** Of the older row only where the newer one discloses nothing that is read. */
function unreadOf(newer: Post, older: Post): Pick<Post, 'unreadDisclosure'> {
  const unread =
    newer.unreadDisclosure ?? (newer.disclosure.length > 0 || newer.aiGenerated ? undefined : older.unreadDisclosure);
  return unread ? { unreadDisclosure: unread } : {};
}

function newest(one: Link | null, other: Link | null): Link | null {
  if (one === null || other === null) return one ?? other;
  return rank([one]) >= rank([other]) ? one : other;
}

/** How much more than that it exists the rows of two posts say alike: title, sound, place. */
export function likeness(one: Post, other: Post): number {
  const facts = ['title', 'sound', 'location'] as const;
  return facts.filter((fact) => one[fact] !== null && one[fact] === other[fact]).length;
}

const KINDS: Readonly<Record<Link['kind'], number>> = { login: 1, page: 2, media: 3 };

/** What is worth more to whoever fetches: the media itself before a page, then what lives longest. */
function rank(links: readonly Link[]): number {
  const [first] = links;
  return first === undefined ? 0 : KINDS[first.kind] * 1e12 + (first.expiresAt ?? 0);
}
