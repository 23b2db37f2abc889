import { postsName, redisKey } from './names.ts';
import type { RedisClient } from './redis.ts';

/** Characters of a job's data: ours are a few hundred. More is somebody else's, and is not parsed. */
export const maxDataLength = 20_000;

/** Fields of a job's hash that BullMQ parses, and what stands in for one that is damaged. */
const parsed: readonly (readonly [field: string, substitute: string, isRight: (value: unknown) => boolean])[] = [
  ['data', 'null', isJson],
  ['opts', '{}', isObject],
  ['progress', '0', isJson],
];
/** Fields that BullMQ's scripts count up. */
const counters = ['ats', 'atm', 'stc'] as const;

/**
 * Mends jobs under way that BullMQ cannot read. It takes such a job, throws, and leaves it there for ever, and one whose
 * counters are damaged keeps its scripts from putting back the posts of lost workers. A mended job is taken again, and
 * fails for what it is. An id without a job is taken out.
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
    // A lock that nobody renews any more is in the way of the next worker.
    if (await repairJob(connection, key)) await connection.del(`${key}:lock`);
  }
}

/** @returns whether something had to be mended */
async function repairJob(connection: RedisClient, key: string): Promise<boolean> {
  const names = parsed.map(([name]) => name);
  const values = await connection.hmget(key, ...names, 'parent', ...counters);
  let isRepaired = false;
  for (const [index, [name, substitute, isRight]] of parsed.entries()) {
    const value = values[index] ?? null;
    if (value === null || (value.length <= maxDataLength && isRight(jsonOf(value)))) continue;
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

/** undefined where it is no JSON. */
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

/** Whether BullMQ or Redis stumbled over a job that is not as port writes it. */
export function isMalformed(error: unknown): boolean {
  if (error instanceof SyntaxError || error instanceof TypeError || error instanceof RangeError) return true;
  if (!(error instanceof Error) || error.name !== 'ReplyError') return false;
  return /WRONGTYPE|not an integer|not a valid float|user_script|cjson|number/.test(error.message);
}
