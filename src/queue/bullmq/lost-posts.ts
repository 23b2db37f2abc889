import { jobId, postsName, redisKey, runsName, splitJobId } from './names.ts';
import type { RedisClient } from './redis.ts';

/** How many open posts are looked at each time, at random: tens of thousands would block Redis for all other clients. */
const maxPosts = 1000;

/**
 * BullMQ moves a post from one list to another within one script, so a post that is in none of them will not get into one.
 * The list of failed posts does not count, since no worker takes a post from there. A lock means that a worker still has
 * the post.
 */
const dropLost = `
local waiting = {}
for list = 2, 4 do
  for _, id in ipairs(redis.call('LRANGE', KEYS[list], 0, -1)) do waiting[id] = true end
end
local lost = {}
for _, job in ipairs(redis.call('SRANDMEMBER', KEYS[1], ARGV[1])) do
  local id = string.sub(job, #ARGV[2] + 1)
  local isPost = string.sub(job, 1, #ARGV[3]) == ARGV[3]
  local isThere = isPost and (waiting[id] or redis.call('ZSCORE', KEYS[5], id) or redis.call('ZSCORE', KEYS[6], id)
    or redis.call('EXISTS', job .. ':lock') == 1)
  if not isThere then
    redis.call('SREM', KEYS[1], job)
    if isPost then
      redis.call('ZREM', KEYS[7], id)
      redis.call('DEL', job)
    end
    table.insert(lost, job)
  end
end
return lost`;

/**
 * Removes posts of a run that count as open and that no worker would find: their job was deleted, or is in none of
 * BullMQ's lists.
 * @returns their keys
 */
export async function dropLostPosts(connection: RedisClient, run: string): Promise<readonly string[]> {
  const of = (name: string) => redisKey(`${postsName}:${name}`);
  const lists = ['wait', 'paused', 'active', 'prioritized', 'delayed', 'failed'].map(of);
  const keys = [redisKey(`${runsName}:${run}:dependencies`), ...lists];
  const found = await connection.eval(dropLost, keys.length, ...keys, maxPosts, of(''), of(jobId(run, '')));
  return (found as readonly string[]).map((job) => splitJobId(job)[1]);
}
