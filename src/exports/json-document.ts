import { quoted } from '../errors.ts';
import type { Export } from '../model/post.ts';
import { parseAudience } from './audience.ts';
import type { Section } from './collect.ts';
import { type Field, type Fields, fieldOf, isBlank, plainName } from './row.ts';

/** The content of one JSON document of TikTok: its account name and its posts (null if posts were not requested). */
export interface Document {
  readonly generation: Export['generation'];
  readonly account: string | null;
  readonly sections: readonly Section[] | null;
  /** Names of the parts that it contains, for messages. */
  readonly holds: string;
  readonly stories: number;
}

type Record = { readonly [key: string]: unknown };

/**
 * Keys of which every export has some. `VideoList` also appears under Activity (watch history) and in lists of likes,
 * so posts are read from `Post.Posts` and `Video.Videos` only and never searched for by that key.
 */
const PARTS = new Set(
  `post video activity youractivity profile profileandsettings directmessage directmessages comment comments appsettings adsanddata adinterests
likesandfavorites tiktoklive tiktokshop tiktokshopping shopping incomewallet incomewallettransactions locationreview offtiktokactivity`.split(
    /\s+/,
  ),
);

/** Reads a parsed document; null if it is not from TikTok. */
export function readDocument(root: unknown): Document | null {
  if (!isRecord(root)) return null;
  const parts = Object.keys(root);
  const plain = parts.filter((part) => part.length < MAX_KEY).map(plainName);
  if (!plain.some((part) => PARTS.has(part))) return null;
  const holds = parts.slice(0, 8).map(quoted).join(', ');
  const account = accountOf(root);

  const post = find(root, 'post');
  if (post !== undefined) {
    const late =
      plain.includes('profileandsettings') || plain.includes('youractivity') || find(post, 'story') !== undefined;
    const sections = [
      ...liveLists(post),
      list(post, ['recentlydeletedposts', 'postlist'], 'Post.Recently Deleted Posts.PostList', true),
    ];
    const stories = countRows(find(post, 'story') ?? find(post, 'stories'));
    return { generation: late ? 'E' : 'D', account, sections, holds, stories };
  }
  const video = find(root, 'video');
  if (video !== undefined) {
    const live = list(video, ['videos', 'videolist'], 'Video.Videos.VideoList', false);
    const deleted = list(video, ['recentlydeletedposts', 'postlist'], 'Video.RecentlyDeletedPosts.PostList', true);
    const generation =
      find(video, 'recentlydeletedposts') !== undefined
        ? 'C'
        : isOldest(path(video, ['videos', 'videolist']))
          ? 'A'
          : 'B';
    return { generation, account, sections: [live, deleted], holds, stories: 0 };
  }
  return { generation: null, account, sections: null, holds, stories: 0 };
}

/**
 * Keys of the part with the posts, and of the list in it: those of 2025 first, then those of older exports and other
 * tools.
 */
const LIVE_PARTS = [
  ['posts', 'Posts'],
  ['post', 'Post'],
  ['postedvideos', 'Posted Videos'],
] as const;
const LIVE_LISTS = [
  ['videolist', 'VideoList'],
  ['postlist', 'PostList'],
  ['photolist', 'PhotoList'],
] as const;

/** All lists of posts that have rows, or the usual list if none has. */
function liveLists(post: unknown): readonly Section[] {
  const filled: Section[] = [];
  for (const [part, partName] of LIVE_PARTS) {
    for (const [name, listName] of LIVE_LISTS) {
      const rows = path(post, [part, name]);
      if (!isEmpty(rows)) filled.push(list(post, [part, name], `Post.${partName}.${listName}`, false));
    }
  }
  return filled.length > 0 ? filled : [list(post, ['posts', 'videolist'], 'Post.Posts.VideoList', false)];
}

function isEmpty(value: unknown): boolean {
  return isBlank(value) || (typeof value === 'object' && value !== null && Object.keys(value).length === 0);
}

const MAX_DEPTH = 6;

/** Counts rows in a part with an undocumented layout: records with a date or an address. */
function countRows(value: unknown, depth = 0): number {
  if (typeof value !== 'object' || value === null || depth > MAX_DEPTH) return 0;
  if (isRecord(value) && ['date', 'link'].some((field) => Object.keys(value).some((key) => fieldOf(key) === field))) {
    return 1;
  }
  return Object.values(value).reduce((sum: number, child) => sum + countRows(child, depth + 1), 0);
}

/** The layout of 2021-22: addresses under `VideoLink`, likes as numbers. */
function isOldest(rows: unknown): boolean {
  const first: unknown = Array.isArray(rows) ? rows.find(isRecord) : undefined;
  return isRecord(first) && (find(first, 'videolink') !== undefined || typeof find(first, 'likes') === 'number');
}

function accountOf(root: Record): string | null {
  const ways = [
    ['profileandsettings', 'profileinfo', 'profilemap', 'username'],
    ['profile', 'profileinfo', 'profilemap', 'username'],
    ['profile', 'profileinformation', 'profilemap', 'username'],
  ];
  for (const way of ways) {
    const name = path(root, way);
    if (typeof name === 'string' && !isBlank(name)) return name.trim();
  }
  return null;
}

function list(part: unknown, way: readonly string[], name: string, deleted: boolean): Section {
  return { name, deleted, rows: rows(path(part, way)) };
}

function* rows(value: unknown): Generator<Fields | null> {
  // An empty list is also written as null, {} or "". These are not errors.
  if (!Array.isArray(value)) {
    if (isRecord(value)) for (const row of Object.values(value)) yield fields(row);
    else if (!isBlank(value)) yield null;
    return;
  }
  for (const row of value) yield fields(row);
}

/**
 * Cache of key names, since they repeat in every row. Bounded, because a hostile file can use new names in each row.
 */
const known = new Map<string, ReturnType<typeof fieldOf>>();
const MAX_KNOWN = 500;
const MAX_KEY = 60;

const NO_FIELDS: { [field in Field]: unknown } = {
  date: undefined,
  link: undefined,
  likes: undefined,
  audience: undefined,
  sound: undefined,
  location: undefined,
  title: undefined,
  aiGenerated: undefined,
  disclosure: undefined,
  cover: undefined,
};

function fields(row: unknown): Fields | null {
  if (!isRecord(row)) return null;
  // Initialises all fields at once, so that V8 gives every row the same hidden class.
  const found: Fields = { ...NO_FIELDS };
  for (const key in row) {
    let field = known.get(key);
    if (field === undefined && !known.has(key)) {
      field = fieldOf(key);
      if (known.size < MAX_KNOWN && key.length < MAX_KEY) known.set(key, field);
    }
    if (field === undefined) continue;
    // `Link` and `VideoLink` can both be present: use the one with a value.
    if (isBlank(found[field])) found[field] = row[key];
    // Two audience fields that disagree count as unknown words, so the post is held.
    else if (field === 'audience' && !isBlank(row[key])) found.audience = both(found.audience, row[key]);
  }
  if (isBlank(found.audience)) found.audience = audienceUnderAnyKey(row) ?? found.audience;
  return found;
}

function both(one: unknown, other: unknown): unknown {
  if (one === other) return one;
  return typeof one === 'string' && typeof other === 'string' ? `${one} / ${other}` : [one, other];
}

/** Permissions can use the same words as an audience: `AllowComments: Friends`. */
const PERMISSION = /^allow/i;

/** TikTok renames keys from one generation to the next, so a known audience word counts under an unknown key too. */
function audienceUnderAnyKey(row: Record): string | undefined {
  for (const key in row) {
    const value = row[key];
    if (typeof value !== 'string' || isBlank(value) || fieldOf(key) !== undefined || PERMISSION.test(key)) continue;
    if (parseAudience(value) !== null) return value;
  }
  return undefined;
}

/** A value by the normalised name of its key; undefined if there is none. */
function find(value: unknown, name: string): unknown {
  if (!isRecord(value)) return undefined;
  for (const key of Object.keys(value)) if (key.length < MAX_KEY && plainName(key) === name) return value[key];
  return undefined;
}

function path(value: unknown, names: readonly string[]): unknown {
  return names.reduce(find, value);
}

function isRecord(value: unknown): value is Record {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
