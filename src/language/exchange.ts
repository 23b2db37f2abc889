import { setTimeout as wait } from 'node:timers/promises';
import { broken, type EngineFailure, type Piece, type Translator } from './contract.ts';

/** The engine's answer to a text; `answer` is null if its reply could not be used. */
export type Outcome = { readonly answer: string | null } | { readonly failed: string };

export interface Exchange {
  /** Asks for one text. Texts that are asked for while a call is under way go together in the next one. */
  ask(piece: Piece): Promise<Outcome>;
}

export interface ExchangeOptions {
  /** Called with each answer before it is used, to store what was paid for. */
  readonly store: (piece: Piece, answer: string | null) => Promise<void>;
  readonly signal: AbortSignal;
  /** Before the second attempt; doubled before each further one. */
  readonly pauseMilliseconds?: number;
}

const attempts = 4;
/** After so many calls in a row that failed in all their attempts, nothing more is sent: the service is down. */
const maxFailures = 2;
/** A longer pause is not waited for: the next run asks again. */
const longestPause = 120_000;

interface Waiting {
  readonly piece: Piece;
  readonly resolve: (outcome: Outcome) => void;
  readonly reject: (error: unknown) => void;
  /** Its batch was answered without it, or not readably: it is asked for alone, once. */
  isAlone: boolean;
}

/**
 * Asks an engine in batches, with a bound on the calls at a time. Pauses that the engine asks for hold for all calls. After
 * a failure that all calls would meet, nothing more is sent.
 */
export function openExchange(translator: Translator, options: ExchangeOptions): Exchange {
  const { store, signal, pauseMilliseconds = 1000 } = options;
  const waiting: Waiting[] = [];
  let underWay = 0;
  let isScheduled = false;
  /** By `performance.now()`. */
  let pausedUntil = 0;
  let final: EngineFailure | null = null;
  let failuresInARow = 0;

  const pump = () => {
    isScheduled = false;
    while (underWay < translator.parallel && waiting.length > 0) {
      const batch = nextBatch();
      underWay++;
      work(batch)
        .catch((error: unknown) => {
          for (const { reject } of batch) reject(error);
        })
        .finally(() => {
          underWay--;
          pump();
        });
    }
  };

  const nextBatch = (): Waiting[] => {
    const batch: Waiting[] = [];
    let characters = 0;
    for (let index = 0; index < waiting.length && batch.length < translator.batch.texts; ) {
      const next = waiting[index];
      const first = batch[0];
      if (next === undefined) break;
      const fits = characters + next.piece.text.length <= translator.batch.characters;
      const isAlike =
        first === undefined ||
        (translator.together(first.piece) === translator.together(next.piece) && !next.isAlone && !first.isAlone);
      if (first !== undefined && !(fits && isAlike)) {
        index++;
        continue;
      }
      characters += next.piece.text.length;
      batch.push(next);
      waiting.splice(index, 1);
    }
    return batch;
  };

  const work = async (batch: readonly Waiting[]) => {
    const open = new Map(batch.map((each) => [each.piece.id, each]));
    const stored: Promise<void>[] = [];
    const onAnswer = (id: string, answer: string) => {
      const asked = open.get(id);
      if (asked === undefined) return;
      open.delete(id);
      stored.push(store(asked.piece, answer).then(() => asked.resolve({ answer }), asked.reject));
    };
    for (let attempt = 1; ; attempt++) {
      if (final !== null) return fail(open, final);
      await pause(pausedUntil - performance.now());
      signal.throwIfAborted();
      const failure = await translator.translate(
        [...open.values()].map(({ piece }) => piece),
        onAnswer,
        signal,
      );
      await Promise.all(stored);
      if (failure === null || failure === broken) failuresInARow = 0;
      if (open.size === 0) return;
      if (failure === null || failure === broken) return await askAlone(open, batch.length === 1);
      if (failure.isFinal) final = failure;
      const asked = failure.waitMilliseconds ?? 0;
      if (!failure.again || attempt >= attempts || asked > longestPause) {
        if (asked > longestPause)
          final = { ...failure, reason: `it asks to wait ${Math.ceil(asked / 60_000)} minutes` };
        else if (failure.again && ++failuresInARow >= maxFailures) final ??= failure;
        return fail(open, final ?? failure);
      }
      const backoff = pauseMilliseconds * 2 ** (attempt - 1) * (0.5 + Math.random() / 2);
      pausedUntil = Math.max(pausedUntil, performance.now() + Math.max(asked, backoff));
    }
  };

  /** Texts without an answer in a reply that came: one more try each, then they count as answered unusably. */
  const askAlone = async (open: ReadonlyMap<string, Waiting>, wasAlone: boolean) => {
    for (const each of open.values()) {
      if (wasAlone) {
        await store(each.piece, null);
        each.resolve({ answer: null });
      } else {
        each.isAlone = true;
        waiting.push(each);
      }
    }
  };

  const fail = (open: ReadonlyMap<string, Waiting>, { reason }: EngineFailure) => {
    for (const { resolve } of open.values()) resolve({ failed: reason });
  };

  const pause = async (milliseconds: number) => {
    if (milliseconds <= 0) return;
    await wait(milliseconds, undefined, { signal }).catch(() => signal.throwIfAborted());
  };

  /** By id, texts that are asked for now: several posts may have the same words. */
  const asked = new Map<string, Promise<Outcome>>();
  const askOnce = async (piece: Piece) =>
    await new Promise<Outcome>((resolve, reject) => {
      waiting.push({ piece, resolve, reject, isAlone: false });
      // Texts that are asked for at the same time go together.
      if (!isScheduled) setImmediate(pump);
      isScheduled = true;
    });
  return {
    async ask(piece) {
      const outcome = asked.get(piece.id) ?? askOnce(piece).finally(() => asked.delete(piece.id));
      asked.set(piece.id, outcome);
      return await outcome;
    },
  };
}
