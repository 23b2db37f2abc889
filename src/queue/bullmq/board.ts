import { isMalformed } from './foreign.ts';
import { nameOf } from './names.ts';
import type { RedisClient } from './redis.ts';

/** A worker that was not heard of for so long is gone. */
const workerSeconds = 30;
/** Characters of what a worker says of itself: more is somebody else's. */
const longestWord = 10_000;

/** What all machines can read and write beside the posts: whose turn it is, and who is at work. */
export function openBoard(connection: RedisClient) {
  return {
    /** A number that all share; 0 where there is none. */
    async turn(): Promise<number> {
      const turn = Number((await connection.get(nameOf('turn'))) ?? 0);
      return Number.isSafeInteger(turn) && turn >= 0 ? turn : 0;
    },
    async setTurn(turn: number): Promise<void> {
      await connection.set(nameOf('turn'), turn);
    },

    /** Says that a worker lives. To be said again before half a minute is over. */
    async announce(id: string, about: object): Promise<void> {
      await connection.set(nameOf(`worker:${id}`), JSON.stringify(about), 'EX', workerSeconds);
      await connection.sadd(nameOf('workers'), id);
    },
    async leave(id: string): Promise<void> {
      await connection.del(nameOf(`worker:${id}`));
      await connection.srem(nameOf('workers'), id);
    },
    /** What the workers that live say of themselves. */
    async workers(): Promise<readonly string[]> {
      const ids = await connection.smembers(nameOf('workers'));
      const said = await Promise.all(ids.map(async (id) => wordOf(connection, id)));
      const gone = ids.filter((_, index) => said[index] === '');
      if (gone.length > 0) await connection.srem(nameOf('workers'), ...gone);
      return said.filter((text) => text !== '');
    },
  };
}

/** Empty where there is none, or none of ours. */
async function wordOf(connection: RedisClient, id: string): Promise<string> {
  return await connection.getrange(nameOf(`worker:${id}`), 0, longestWord).catch((error: unknown) => {
    if (isMalformed(error)) return '';
    throw error;
  });
}
