import { closedOrTimeout } from './close-timeout.ts';
import type { PostEnd, QueueListener, QueueSettings, TakenPost } from './contract.ts';
import { inSlot } from './host-slots.ts';
import { redisKey } from './names.ts';
import type { RedisClient } from './redis.ts';
import { troubleSentence, withSentences } from './refusal.ts';
import { openRuns } from './runs.ts';
import { openSharedState } from './shared-state.ts';
import { watch } from './watch.ts';
import { work } from './work.ts';

export type PostQueue = ReturnType<typeof createQueue>;

/**
 * Posts in BullMQ: each a child of its export's job, which is done when all of them are.
 * @param shown where Redis is, for people
 */
export function createQueue(connection: RedisClient, settings: QueueSettings, shown: string) {
  const runs = openRuns(connection);
  const methods = {
    ...runs,
    ...openSharedState(connection),

    /** @returns how to stop */
    watch: async (listener: QueueListener) => watch(connection, listener),

    /**
     * Takes posts and does them, so many at a time, until the signal comes; those that are under way come to an end.
     * @param tell hears in a sentence what Redis refuses, once
     */
    async work(
      atOnce: number,
      name: string,
      doPost: (post: TakenPost) => Promise<PostEnd>,
      tell: (sentence: string) => void,
      signal: AbortSignal,
    ): Promise<void> {
      const told = new Set<string>();
      const onTrouble = async (error: Error) => {
        const sentence = await troubleSentence(error, connection, shown);
        if (sentence === null || told.has(sentence)) return;
        told.add(sentence);
        tell(sentence);
      };
      await work(connection, settings, atOnce, name, doPost, onTrouble, signal);
    },

    /** Lets `task` run when fewer than `atOnce` run for the host, over all workers. */
    async run<T>(host: string, atOnce: number, signal: AbortSignal, task: () => Promise<T>): Promise<T> {
      const runScript = async (script: string, name: string, ...values: (string | number)[]) =>
        connection.eval(script, 1, name, ...values);
      return await inSlot(runScript, redisKey(`host:${host}`), atOnce, signal, task);
    },

    async close(): Promise<void> {
      await closedOrTimeout(runs.close());
      connection.disconnect();
    },
  };
  return withSentences(methods, connection, shown);
}
