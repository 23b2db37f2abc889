import type { RedisClient } from './redis.ts';

export const postsName = 'posts';
export const runsName = 'exports';
/** The braces put all keys into one hash slot of a Redis cluster. */
const prefix = '{port}';

/** The options that all BullMQ classes get. */
export function connectionOptions(connection: RedisClient) {
  return { connection, prefix };
}

/** The name of a key in Redis. */
export function redisKey(what: string): string {
  return `${prefix}:${what}`;
}

/** The id of a post's job. */
export function jobId(run: string, key: string): string {
  return `${run}-${key}`;
}

/** @param id the id of a post's job, or the name that its parent has for it; of an invalid id both parts are empty */
export function splitJobId(id: unknown): readonly [run: string, key: string] {
  // An event that port did not cause may have none.
  if (typeof id !== 'string' || !id.includes('-')) return ['', ''];
  const own = id.slice(id.lastIndexOf(':') + 1);
  return [own.slice(0, own.indexOf('-')), own.slice(own.indexOf('-') + 1)];
}

/** For BullMQ's error events: each object reports a lost connection, which redis.ts already reports once. */
export function ignoreError(): void {}
