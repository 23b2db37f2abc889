import type { RedisClient } from './redis.ts';

export const postsName = 'posts';
export const runsName = 'exports';
/** One slot of a Redis cluster. */
const prefix = '{port}';

/** What BullMQ's classes are told. */
export function connectionOptions(connection: RedisClient) {
  return { connection, prefix };
}

/** Of what is in Redis beside BullMQ. */
export function redisKey(what: string): string {
  return `${prefix}:${what}`;
}

/** The id of a post's job. */
export function jobId(run: string, key: string): string {
  return `${run}-${key}`;
}

/** @param id of a post's job, or the name by which its parent has it */
export function splitJobId(id: unknown): readonly [run: string, key: string] {
  // An event that somebody else wrote may have none.
  if (typeof id !== 'string' || !id.includes('-')) return ['', ''];
  const own = id.slice(id.lastIndexOf(':') + 1);
  return [own.slice(0, own.indexOf('-')), own.slice(own.indexOf('-') + 1)];
}

/** Each of BullMQ's parts reports on its own that the connection is gone; one voice is enough (redis.ts). */
export function ignoreError(): void {}
