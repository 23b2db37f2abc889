import { postsName, redisKey, runsName } from './names.ts';
import type { RedisClient } from './redis.ts';

/** A key of the queue whose value has another type than BullMQ or port would write. */
export interface WrongKey {
  readonly key: string;
  /** The type of the value in words: `a list`. */
  readonly found: string;
}

type Kind = 'list' | 'zset' | 'set' | 'hash' | 'stream' | 'string' | 'number';

/** The keys of a queue in BullMQ 5 besides its jobs (from its QueueKeys and Lua scripts, 2026-11). */
const kinds: Readonly<Record<string, Kind>> = {
  wait: 'list',
  paused: 'list',
  active: 'list',
  prioritized: 'zset',
  delayed: 'zset',
  'waiting-children': 'zset',
  completed: 'zset',
  failed: 'zset',
  marker: 'zset',
  stalled: 'set',
  'stalled-check': 'string',
  meta: 'hash',
  events: 'stream',
  id: 'number',
  pc: 'number',
  'metrics:completed': 'hash',
  'metrics:failed': 'hash',
  'metrics:completed:data': 'list',
  'metrics:failed:data': 'list',
};

const all: readonly (readonly [key: string, kind: Kind])[] = [
  ...[postsName, runsName].flatMap((queue) =>
    Object.entries(kinds).map(([name, kind]) => [redisKey(`${queue}:${name}`), kind] as const),
  ),
  [redisKey('workers'), 'set'],
  [redisKey('turn'), 'string'],
];

/** Finds keys with a wrong type: every command that uses one fails, so messages name them and a user can remove them. */
export async function wrongKeys(connection: RedisClient): Promise<readonly WrongKey[]> {
  const found = await Promise.all(all.map(async ([key, kind]) => checkKey(connection, key, kind)));
  return found.flatMap((each) => each ?? []);
}

async function checkKey(connection: RedisClient, key: string, kind: Kind): Promise<WrongKey | null> {
  const type = await connection.type(key);
  if (type === 'none') return null;
  if (type !== (kind === 'number' ? 'string' : kind)) return { key, found: typeNames[type] ?? type };
  // BullMQ increments it, which fails if it is not a number or nearly too large.
  if (kind !== 'number' || /^\d{1,15}$/.test(await connection.getrange(key, 0, 20))) return null;
  return { key, found: 'no number' };
}

const typeNames: Readonly<Record<string, string>> = {
  string: 'a text',
  list: 'a list',
  set: 'a set',
  zset: 'a sorted set',
  hash: 'a hash',
  stream: 'a stream',
};

/** Thrown before posts are added: with wrong keys, BullMQ would add only some of them without an error. */
export class WrongKeysError extends Error {
  readonly wrong: readonly WrongKey[];

  constructor(wrong: readonly WrongKey[]) {
    super('something else stands in place of keys of the queue');
    this.wrong = wrong;
  }
}

const maxNamed = 3;

/** A sentence that names the wrong keys and says what to do. @param shown the address of Redis */
export function wrongKeysSentence(wrong: readonly WrongKey[], shown: string): string {
  const named = wrong.slice(0, maxNamed).map(({ key, found }) => `${key} is ${found}`);
  const more = wrong.length - named.length;
  return `Redis at ${shown} has something else where port keeps its queue (${named.join(', ')}${more > 0 ? `, and ${more} more` : ''}). If nobody needs that, port queue drop @foreign --queue <address> takes it out; else give port a database of its own (redis://host:6379/1).`;
}
