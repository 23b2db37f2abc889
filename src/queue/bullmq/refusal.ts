import { IncompleteError } from '../../errors.ts';
import { isMalformed } from './foreign.ts';
import type { RedisClient } from './redis.ts';
import { WrongKeysError, wrongKeys, wrongKeysSentence } from './wrong-keys.ts';

type Methods = Readonly<Record<string, (...given: never[]) => Promise<unknown>>>;

/**
 * Wraps methods so that errors of Redis itself (full memory, read-only replica, a key with a value of another type) are
 * thrown as a sentence for the user.
 * @param shown the address of Redis for messages
 */
export function withSentences<T extends Methods>(methods: T, connection: RedisClient, shown: string): T {
  const wrap =
    (method: Methods[string]) =>
    async (...given: never[]): Promise<unknown> => {
      try {
        return await method(...given);
      } catch (error) {
        const sentence = await sentenceOf(error, connection, shown);
        if (sentence === null) throw error;
        throw new IncompleteError(sentence);
      }
    };
  return Object.fromEntries(Object.entries(methods).map(([name, method]) => [name, wrap(method)])) as T;
}

async function sentenceOf(error: unknown, connection: RedisClient, shown: string): Promise<string | null> {
  if (error instanceof WrongKeysError) return wrongKeysSentence(error.wrong, shown);
  const reason = refusal(error);
  const wrongKeys = reason !== null || isMalformed(error) ? await wrongKeysOf(connection) : [];
  if (wrongKeys.length > 0) return wrongKeysSentence(wrongKeys, shown);
  return reason === null
    ? null
    : `Redis at ${shown} refuses (${reason}). Mend that, and run the same command again: what was finished stays.`;
}

/** Empty if Redis does not answer. */
async function wrongKeysOf(connection: RedisClient): ReturnType<typeof wrongKeys> {
  return await wrongKeys(connection).catch(() => []);
}

/** A worker's warning about an error of Redis while it waits for recovery; null for other errors. */
export async function errorSentence(error: unknown, connection: RedisClient, shown: string): Promise<string | null> {
  const reason = refusal(error);
  if (reason === null) return null;
  const strange = await wrongKeysOf(connection);
  if (strange.length > 0) return `${wrongKeysSentence(strange, shown)} Until then port waits.`;
  // A wrong key that was there a moment ago.
  return isMalformed(error) ? null : `Redis at ${shown} refuses (${reason}). Mend that: port waits for it.`;
}

/** The error message of Redis; null for errors that are not from Redis. */
export function refusal(error: unknown): string | null {
  if (!(error instanceof Error) || error.name !== 'ReplyError') return null;
  // For a transaction, the cause is in `previousErrors`.
  const [first] = (error as { previousErrors?: readonly unknown[] }).previousErrors ?? [];
  return (first instanceof Error ? first : error).message;
}
