import { postsName, redisKey } from './names.ts';
import type { RedisClient } from './redis.ts';

/** In characters. The data of port's jobs has a few hundred; longer data was not written by port and is not parsed. */
export const maxDataLength = 20_000;

/** Fields of a job's hash that BullMQ parses, with the replacement for a damaged one. */
const parsed: readonly (readonly [field: string, substitute: string, isValid: (value: unknown) => boolean])[] = [
  ['data', 'null', isJson],
  ['opts', '{}', isObject],
  ['progress', '0', isJson],
];
/** Fields that BullMQ's scripts increment. */
const counters = ['ats', 'atm', 'stc'] as const;

/**
 * Repairs active jobs that BullMQ cannot read. BullMQ takes such a job, throws, and leaves it active forever; damaged
 * counters also stop its scripts from putting back the posts of lost workers. A repaired job is taken again and then
 * fails because its data is invalid. An id without a job is removed.
 */
export async function repairActiveJobs(connection: RedisClient): Promise<void> {
  const active = redisKey(`${postsName}:active`);
  for (const id of await connection.lrange(active, 0, -1)) {
    const key = redisKey(`${postsName}:${id}`);
    const type = await connection.type(key);
    if (type !== 'hash') {
      await connection.lrem(active, 0, id);
      await connection.srem(redisKey(`${postsName}:stalled`), id);
      continue;
    }
    // A lock that is no longer renewed would block the next worker.
    if (await repairJob(connection, key)) await connection.del(`${key}:lock`);
  }
}

/** @returns whether something was repaired */
async function repairJob(connection: RedisClient, key: string): Promise<boolean> {
  const names = parsed.map(([name]) => name);
  const values = await connection.hmget(key, ...names, 'parent', ...counters);
  let isRepaired = false;
  for (const [index, [name, substitute, isValid]] of parsed.entries()) {
    const value = values[index] ?? null;
    if (value === null || (value.length <= maxDataLength && isValid(jsonOf(value)))) continue;
    await connection.hset(key, name, substitute);
    isRepaired = true;
  }
  const [parent = null, ...counted] = values.slice(parsed.length);
  if (parent !== null && !isObject(jsonOf(parent))) {
    await connection.hdel(key, 'parent', 'parentKey');
    isRepaired = true;
  }
  for (const [index, value] of counted.entries()) {
    if (value === null || /^\d{1,9}$/.test(value)) continue;
    await connection.hdel(key, counters[index] as string);
    isRepaired = true;
  }
  return isRepaired;
}

/** undefined if it is not JSON. */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isJson(value: unknown): boolean {
  return value !== undefined;
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * Redis itself refuses to write, whatever the jobs are. Messages of scripts end with `on @user_script:12.` in Redis 7, and
 * begin with it in Redis 6.
 */
const refused = /(?:^|: -?)(?:OOM|READONLY|MISCONF|NOREPLICAS|NOPERM|NOAUTH|LOADING|MASTERDOWN|CLUSTERDOWN) /;

/** Whether an error of BullMQ or Redis is caused by a job that port did not write. */
export function isMalformed(error: unknown): boolean {
  if (error instanceof SyntaxError || error instanceof TypeError || error instanceof RangeError) return true;
  if (!(error instanceof Error) || error.name !== 'ReplyError') return false;
  return (
    !refused.test(error.message) &&
    /WRONGTYPE|not an integer|not a valid float|user_script|cjson|number/.test(error.message)
  );
}
