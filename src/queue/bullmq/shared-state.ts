import { isMalformed } from './foreign.ts';
import { redisKey } from './names.ts';
import type { RedisClient } from './redis.ts';

/** A worker that was not heard of for so long is gone. */
const workerSeconds = 30;
/** Characters of what a worker says of itself: more is somebody else's. */
const maxDescriptionLength = 10_000;

/** What all machines can read and write beside the posts: whose turn it is, and who is at work. */
export function openSharedState(connection: RedisClient) {
  return {
    /** A number that all share; 0 where there is none. */
    async turn(): Promise<number> {
      const turn = Number((await connection.get(redisKey('turn'))) ?? 0);
      return Number.isSafeInteger(turn) && turn >= 0 ? turn : 0;
    },
    async setTurn(turn: number): Promise<void> {
      await connection.set(redisKey('turn'), turn);
    },

    /** Says that a worker lives. To be said again before half a minute is over. */
    async announce(id: string, about: object): Promise<void> {
      await connection.set(redisKey(`worker:${id}`), JSON.stringify(about), 'EX', workerSeconds);
      await connection.sadd(redisKey('workers'), id);
    },
    async leave(id: string): Promise<void> {
      await connection.del(redisKey(`worker:${id}`));
      await connection.srem(redisKey('workers'), id);
    },
    /** What the workers that live say of themselves. */
    async workers(): Promise<readonly string[]> {
      const ids = await connection.smembers(redisKey('workers'));
      const descriptions = await Promise.all(ids.map(async (id) => descriptionOf(connection, id)));
      const gone = ids.filter((_, index) => descriptions[index] === '');
      if (gone.length > 0) await connection.srem(redisKey('workers'), ...gone);
      return descriptions.filter((text) => text !== '');
    },
  };
}

/** Empty where there is none, or none of ours. */
async function descriptionOf(connection: RedisClient, id: string): Promise<string> {
  return await connection.getrange(redisKey(`worker:${id}`), 0, maxDescriptionLength).catch((error: unknown) => {
    if (isMalformed(error)) return '';
    throw error;
  });
}
