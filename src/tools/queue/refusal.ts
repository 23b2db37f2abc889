import { IncompleteError } from '../../errors.ts';

type Methods = Readonly<Record<string, (...given: never[]) => Promise<unknown>>>;

/**
 * The same methods; what Redis itself refuses (its memory is full, it may only be read, somebody else's value stands where
 * one of ours is looked for) is thrown as a sentence.
 * @param shown where Redis is
 */
export function withSentences<T extends Methods>(methods: T, shown: string): T {
  const wrap =
    (method: Methods[string]) =>
    async (...given: never[]): Promise<unknown> => {
      try {
        return await method(...given);
      } catch (error) {
        const reason = refusal(error);
        if (reason === null) throw error;
        throw new IncompleteError(
          `Redis at ${shown} refuses (${reason}). Mend that, and run the same command again: what was finished stays.`,
        );
      }
    };
  return Object.fromEntries(Object.entries(methods).map(([name, method]) => [name, wrap(method)])) as T;
}

/** Why Redis refuses, in its own words; null where it is nothing that Redis said. */
export function refusal(error: unknown): string | null {
  if (!(error instanceof Error) || error.name !== 'ReplyError') return null;
  // Of a transaction, what broke it stands beside it.
  const [first] = (error as { previousErrors?: readonly unknown[] }).previousErrors ?? [];
  return (first instanceof Error ? first : error).message;
}
