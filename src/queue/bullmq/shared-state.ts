import { isMalformed } from './foreign.ts';
import { redisKey } from './names.ts';
import type { RedisClient } from './redis.ts';

/** A worker that has not announced itself for this long is considered gone. */
const workerSeconds = 30;
/** In characters. A longer description was not written by port. */
const maxDescriptionLength = 10_000;

/** The state that all machines share besides the posts: the current turn and the list of workers. */
export function openSharedState(connection: RedisClient) {
  return {
    /** The current turn (turns.ts); 0 if none is set. */
    async turn(): Promise<number> {
      const turn = Number(await connection.get(redisKey('turn')));
      return Number.isSafeInteger(turn) && turn >= 0 ? turn : 0;
    },
    async setTurn(turn: number): Promise<void> {
      await connection.set(redisKey('turn'), turn);
    },

    /** Announces a worker for 30 s; must be repeated before they end. */
    async announce(id: string, about: object): Promise<void> {
      await connection.set(redisKey(`worker:${id}`), JSON.stringify(about), 'EX', workerSeconds);
      await connection.sadd(redisKey('workers'), id);
    },
    async leave(id: string): Promise<void> {
      await connection.del(redisKey(`worker:${id}`));
      await connection.srem(redisKey('workers'), id);
    },
    /** The descriptions of all active workers, as they wrote them. */
    async workers(): Promise<readonly string[]> {
      const ids = await connection.smembers(redisKey('workers'));
      const descriptions = await Promise.all(ids.map(async (id) => descriptionOf(connection, id)));
      const gone = ids.filter((_, index) => descriptions[index] === '');
      if (gone.length > 0) await connection.srem(redisKey('workers'), ...gone);
      return descriptions.filter((text) => text !== '');
    },
  };
}

/** Empty if there is none, or something else is stored under the key. */
async function descriptionOf(connection: RedisClient, id: string): Promise<string> {
  return await connection.getrange(redisKey(`worker:${id}`), 0, maxDescriptionLength).catch((error: unknown) => {
    if (isMalformed(error)) return '';
    throw error;
  });
}
