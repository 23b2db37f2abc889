import { postsName, redisKey, runsName } from './names.ts';
import type { RedisClient } from './redis.ts';

/** A key of the queue under which something else stands than BullMQ or port puts there. */
export interface WrongKey {
  readonly key: string;
  /** What stands there, as people say it: `a list`. */
  readonly found: string;
}

type Kind = 'list' | 'zset' | 'set' | 'hash' | 'stream' | 'string' | 'number';

/** What BullMQ 5 keeps beside the jobs of a queue (its QueueKeys and Lua scripts, 2026-11). */
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

/** Every command of the queue that meets one of these fails, so they are named and can be taken out. */
export async function wrongKeys(connection: RedisClient): Promise<readonly WrongKey[]> {
  const found = await Promise.all(all.map(async ([key, kind]) => checkKey(connection, key, kind)));
  return found.flatMap((each) => each ?? []);
}

async function checkKey(connection: RedisClient, key: string, kind: Kind): Promise<WrongKey | null> {
  const type = await connection.type(key);
  if (type === 'none') return null;
  if (type !== (kind === 'number' ? 'string' : kind)) return { key, found: typeNames[type] ?? type };
  // It is counted up: what is no number, or nearly too large for one, stops that.
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

/** Before something is put into the queue: BullMQ would put in a part of it, and not say so. */
export class WrongKeysError extends Error {
  readonly wrong: readonly WrongKey[];

  constructor(wrong: readonly WrongKey[]) {
    super('something else stands in place of keys of the queue');
    this.wrong = wrong;
  }
}

const maxNamed = 3;

/** What is there and what to do, for people. @param shown where Redis is */
export function wrongKeysSentence(wrong: readonly WrongKey[], shown: string): string {
  const named = wrong.slice(0, maxNamed).map(({ key, found }) => `${key} is ${found}`);
  const more = wrong.length - named.length;
  return `Redis at ${shown} has something else where port keeps its queue (${named.join(', ')}${more > 0 ? `, and ${more} more` : ''}). If nobody needs that, port queue drop @foreign --queue <address> takes it out; else give port a database of its own (redis://host:6379/1).`;
}
