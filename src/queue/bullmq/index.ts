import { closedOrTimeout } from './close-timeout.ts';
import type { PostEnd, QueueListener, QueueSettings, TakenPost } from './contract.ts';
import { inSlot } from './host-slots.ts';
import { redisKey } from './names.ts';
import type { RedisClient } from './redis.ts';
import { errorSentence, withSentences } from './refusal.ts';
import { openRuns } from './runs.ts';
import { openSharedState } from './shared-state.ts';
import { watch } from './watch.ts';
import { work } from './work.ts';

export type PostQueue = ReturnType<typeof createQueue>;

/**
 * The queue of posts in BullMQ: each post is a child of its export's job, which is done when all children are.
 * @param shown the address of Redis for messages
 */
export function createQueue(connection: RedisClient, settings: QueueSettings, shown: string) {
  const runs = openRuns(connection);
  const methods = {
    ...runs,
    ...openSharedState(connection),

    /** @returns a function that stops watching */
    watch: async (listener: QueueListener) => watch(connection, listener),

    /**
     * Processes posts, `atOnce` at a time, until the signal is aborted; then waits for those being processed.
     * @param tell called once for each error that Redis reports, with a sentence
     */
    async work(
      atOnce: number,
      name: string,
      doPost: (post: TakenPost) => Promise<PostEnd>,
      tell: (sentence: string) => void,
      signal: AbortSignal,
    ): Promise<void> {
      const reported = new Set<string>();
      const onError = async (error: Error) => {
        const sentence = await errorSentence(error, connection, shown);
        if (sentence === null || reported.has(sentence)) return;
        reported.add(sentence);
        tell(sentence);
      };
      await work(connection, settings, atOnce, name, doPost, onError, signal);
    },

    /** Runs `task` as soon as fewer than `atOnce` tasks of all workers run for the host. */
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
