import type { InspectedPost, Inspection, LinkState } from '../model/inspection.ts';
import type { Issue } from '../model/issue.ts';
import type { Export, Link, Post, Visibility } from '../model/post.ts';

/**
 * Counts what an export holds.
 * @param now Unix seconds, used to decide which links have expired
 * @param setAside issues of files that were skipped when the archive was opened
 */
export function inspectExport(one: Export, setAside: readonly Issue[], now: number): Inspection {
  const issues = [...setAside, ...one.setAside];
  const posts = one.posts.map((post) => inspectPost(post, now));
  const visibility: Record<Visibility, number> = {
    everyone: 0,
    friends: 0,
    private: 0,
    deleted: one.deleted.length,
    unknown: 0,
  };
  const links: Record<LinkState | 'none', number> = { alive: 0, expired: 0, unknown: 0, none: 0 };
  let first: number | null = null;
  let photos = 0;
  let photoPosts = 0;
  for (const post of one.posts) {
    visibility[post.visibility]++;
    if (post.kind === 'photos') {
      photoPosts++;
      photos += post.links.length;
    }
    if (post.links.length === 0) links.none++;
    for (const link of post.links) {
      links[stateOf(link, now)]++;
      if (link.expiresAt !== null && (first === null || link.expiresAt < first)) first = link.expiresAt;
    }
  }
  return {
    schemaVersion: 1,
    format: one.format,
    generation: one.generation,
    account: one.account,
    counts: {
      posts: posts.length,
      videos: posts.length - photoPosts,
      photoPosts,
      photos,
      deleted: one.deleted.length,
      unreadable: issues.reduce((sum, issue) => sum + unreadableRows(issue), 0),
    },
    visibility,
    links: { ...links, firstExpiry: first === null ? null : iso(first) },
    posts,
    deleted: one.deleted.map((post) => inspectPost(post, now)),
    issues,
  };
}

function inspectPost(post: Post, now: number): InspectedPost {
  const {
    key,
    kind,
    visibility,
    audience,
    leftOut,
    title,
    sound,
    location,
    likes,
    aiGenerated,
    disclosure,
    unreadDisclosure,
  } = post;
  const links = post.links.map((link) => ({
    host: link.host,
    kind: link.kind,
    state: stateOf(link, now),
    expiresAt: link.expiresAt === null ? null : iso(link.expiresAt),
  }));
  const photos = kind === 'photos' ? links.length : 0;
  return {
    key,
    createdAt: createdAt(key),
    kind,
    photos,
    visibility,
    ...(audience !== undefined && { audience }),
    ...(leftOut !== undefined && { leftOut }),
    links,
    title,
    sound,
    location,
    likes,
    aiGenerated,
    disclosure,
    ...(unreadDisclosure !== undefined && { unreadDisclosure }),
  };
}

/** The creation time of a post, taken from its key. */
function createdAt(key: string): string {
  return `${key.slice(0, 10)}T${key.slice(11, 19).replaceAll('-', ':')}Z`;
}

function stateOf({ expiresAt }: Link, now: number): LinkState {
  if (expiresAt === null) return 'unknown';
  return expiresAt > now ? 'alive' : 'expired';
}

function unreadableRows({ code, actual }: Issue): number {
  if (code === 'rows-unreadable') return Number(actual);
  return code === 'row-unreadable' ? 1 : 0;
}

/** Links of an export expire together, so the same time is formatted many times in a row: the last result is cached. */
let last = { seconds: 0, text: '1970-01-01T00:00:00Z' };

function iso(seconds: number): string {
  if (seconds !== last.seconds) last = { seconds, text: `${new Date(seconds * 1000).toISOString().slice(0, 19)}Z` };
  return last.text;
}
