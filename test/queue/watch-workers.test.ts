import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { closedOrTimeout } from '../../src/queue/bullmq/close-timeout.ts';
import { pause } from '../../src/queue/pause.ts';
import { watchWorkers } from '../../src/queue/watch-workers.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const seconds = async (count: number) => vi.advanceTimersByTimeAsync(count * 1000);

describe('posts that wait without a worker', () => {
  /** What is said while the workers of each check are as many as here; null: Redis does not answer. */
  function watching(isWaiting = () => true) {
    let count: number | null = 0;
    const said: string[] = [];
    const workers = async () => {
      if (count === null) throw new Error('away');
      return Array<string>(count).fill('');
    };
    const stop = watchWorkers({ workers }, isWaiting, (sentence) => said.push(sentence));
    const set = (next: number | null) => {
      count = next;
    };
    return { said, stop, set };
  }

  it('are told of once, after a moment in which a worker may come', async () => {
    const { said } = watching();
    await seconds(4.9);
    expect(said).toEqual([]);
    await seconds(0.2);
    expect(said).toEqual([
      'No worker is there, so nothing is done yet: start port worker on a machine, with the same --queue.',
    ]);
    await seconds(60);
    expect(said).toHaveLength(1);
  });

  it('are not told of while there are workers, or none of the posts is in the queue', async () => {
    const busy = watching();
    busy.set(2);
    const idle = watching(() => false);
    await seconds(60);
    expect([busy.said, idle.said]).toEqual([[], []]);
  });

  it('are told of again when all workers have left, at the third look', async () => {
    const { said, set } = watching();
    await seconds(5);
    set(1);
    await seconds(5);
    set(0);
    await seconds(10);
    expect(said).toHaveLength(1);
    await seconds(5);
    expect(said).toHaveLength(2);
  });

  it('a look that nobody answers counts as none', async () => {
    const { said, set } = watching();
    set(1);
    await seconds(5);
    set(0);
    await seconds(10);
    set(null);
    await seconds(30);
    expect(said).toEqual([]);
    set(0);
    await seconds(5);
    expect(said).toHaveLength(1);
  });

  it('are not looked for twice at a time, nor after the end', async () => {
    const asked: ((found: readonly string[]) => void)[] = [];
    const workers = vi.fn(async () => new Promise<readonly string[]>((answer) => asked.push(answer)));
    const stop = watchWorkers(
      { workers },
      () => true,
      () => {},
    );
    await seconds(30);
    expect(workers).toHaveBeenCalledTimes(1);
    asked.at(-1)?.(['']);
    await seconds(5);
    expect(workers).toHaveBeenCalledTimes(2);
    asked.at(-1)?.(['']);
    stop();
    await seconds(30);
    expect(workers).toHaveBeenCalledTimes(2);
  });
});

describe('waiting', () => {
  const isOver = (promise: Promise<unknown>) => {
    const over = vi.fn();
    void promise.then(over);
    return over;
  };

  it('for the next poll takes two seconds, and nothing is left of it', async () => {
    const stop = new AbortController();
    const over = isOver(pause(stop.signal));
    await seconds(1.9);
    expect(over).not.toHaveBeenCalled();
    await seconds(0.2);
    expect(over).toHaveBeenCalled();
    expect(vi.getTimerCount()).toBe(0);
  });

  it('for the next poll ends when the run is stopped, and does not begin after that', async () => {
    const stop = new AbortController();
    const over = isOver(pause(stop.signal));
    stop.abort();
    await seconds(0);
    expect(over).toHaveBeenCalled();
    await pause(stop.signal);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('for what is being closed takes at most two seconds, and an error does not matter', async () => {
    const never = isOver(closedOrTimeout(new Promise(() => {})));
    await seconds(1.9);
    expect(never).not.toHaveBeenCalled();
    await seconds(0.2);
    expect(never).toHaveBeenCalled();
    await closedOrTimeout(Promise.resolve());
    await closedOrTimeout(Promise.reject(new Error('gone')));
    expect(vi.getTimerCount()).toBe(0);
  });
});
