import { describe, expect, it, onTestFinished } from 'vitest';
import { createQueue } from '../../src/queue/bullmq/index.ts';
import { connectRedis } from '../../src/queue/bullmq/redis.ts';
import { readRedisAddress } from '../../src/queue/bullmq/redis-address.ts';
import { addRun, patience, soon, startWork, until } from './only-queue.ts';
import { hasRedis, startRedis } from './redis.ts';

const at = (address: string) => readRedisAddress(address, {});

describe.skipIf(!hasRedis)('a Redis that is away', patience, () => {
  it('a lost connection is told of once, and that it is there again; commands wait for it', async () => {
    const redis = await startRedis();
    onTestFinished(async () => redis.stop());
    const said: string[] = [];
    const client = await connectRedis(at(redis.address), (sentence) => said.push(sentence));
    await client.set('x', '1');
    await redis.end();
    await until(() => said.length > 0);
    const waiting = client.get('x');
    await redis.restart(300);
    expect(await waiting).toBe('1');
    await until(() => said.length > 1);
    expect(said).toEqual([
      expect.stringMatching(/^Redis at redis:\S+ does not answer \(.+\)\. What it knows stays; port waits for it\.$/),
      `Redis at ${redis.address} answers again.`,
    ]);
    client.disconnect();
  });

  it('commands to a server that is away fail once the user wants to leave', async () => {
    const redis = await startRedis();
    onTestFinished(async () => redis.stop());
    const stop = new AbortController();
    const said: string[] = [];
    const client = await connectRedis(at(redis.address), (sentence) => said.push(sentence), stop.signal);
    const queue = createQueue(client, soon, at(redis.address).shown);
    await addRun(queue, 'a', 1);
    await redis.end();
    await until(() => said.length > 0);
    stop.abort();
    await expect(client.get('x')).rejects.toThrow('Connection is closed');
    // A run that cannot be read now is not taken for a damaged one.
    await expect(queue.find('a')).rejects.toThrow('Connection is closed');
  });

  it('a worker that has nothing to do can be stopped while the server is away', async () => {
    const redis = await startRedis();
    onTestFinished(async () => redis.stop());
    const { shown } = at(redis.address);
    const client = await connectRedis(at(redis.address), () => {});
    const { ended, stop } = startWork(createQueue(client, soon, shown), () => expect.unreachable());
    await until(async () => (await redis.client().hlen('{port}:posts:meta')) > 0);
    await redis.end();
    stop();
    await ended;
    client.disconnect();
  });
});
