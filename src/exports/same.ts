import type { Link } from '../model.ts';
import { strictest } from './audience.ts';
import { type Draft, postPath } from './keys.ts';

/** Rows with the same second and the same link path are one post: the strictest visibility wins, the newest link too. */
export function withoutDuplicates(posts: readonly Draft[]): Draft[] {
  const unique = new Map<string, Draft>();
  for (const post of posts) {
    const identity = `${post.time} ${postPath(post) ?? ''}`;
    const before = unique.get(identity);
    unique.set(identity, before === undefined ? post : joinRows(before, post));
  }
  return unique.size === posts.length ? [...posts] : [...unique.values()];
}

/** One post out of two rows about it: `newer` speaks, `older` fills what it leaves out. */
export function joinRows(newer: Draft, older: Draft): Draft {
  const from = rank(newer.links) >= rank(older.links) ? newer : older;
  return {
    time: newer.time,
    kind: from.kind,
    visibility: strictest(newer.visibility, older.visibility),
    links: from.links,
    coverLink: newest(newer.coverLink, older.coverLink),
    title: newer.title ?? older.title,
    sound: newer.sound ?? older.sound,
    location: newer.location ?? older.location,
    likes: newer.likes ?? older.likes,
    aiGenerated: newer.aiGenerated || older.aiGenerated,
    disclosure: newer.disclosure.length > 0 ? newer.disclosure : older.disclosure,
  };
}

function newest(one: Link | null, other: Link | null): Link | null {
  if (one === null || other === null) return one ?? other;
  return rank([one]) >= rank([other]) ? one : other;
}

const KINDS: Readonly<Record<Link['kind'], number>> = { login: 1, page: 2, media: 3 };

/** What is worth more to whoever fetches: the media itself before a page, then what lives longest. */
function rank(links: readonly Link[]): number {
  const [first] = links;
  return first === undefined ? 0 : KINDS[first.kind] * 1e12 + (first.expiresAt ?? 0);
}
