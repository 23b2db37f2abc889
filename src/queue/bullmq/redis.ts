import { setTimeout as wait } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { UsageError } from '../../errors.ts';
import type { RedisAddress } from './redis-address.ts';

export type RedisClient = Redis;

/** BullMQ's own advice: https://docs.bullmq.io/guide/going-to-production, 2026-11. */
const minVersion = [6, 2] as const;
/** Milliseconds between two tries to reach it again. */
const maxRetryDelay = 2000;
/** Milliseconds for an answer when it is time to leave. */
const pingTimeout = 3000;

/**
 * Connects to a Redis server that can hold a queue. Once it was there, it is waited for whenever it goes away.
 * @param tell hears in a sentence that it is gone, and that it is back
 * @param signal once it came, a server that does not answer is waited for no more: what was asked of it fails
 * @throws UsageError where it cannot be reached, does not let us in, is too old, or may throw posts away
 */
export async function connectRedis(
  address: RedisAddress,
  tell: (sentence: string) => void,
  signal?: AbortSignal,
): Promise<RedisClient> {
  const { shown } = address;
  const options = optionsOf(address);
  await checkServer(options, shown);
  const client = new Redis({
    ...options,
    maxRetriesPerRequest: null,
    retryStrategy: (times: number) => (signal?.aborted ? null : Math.min(200 * times, maxRetryDelay)),
  });
  let isGone = false;
  client.on('error', ({ message }: Error) => {
    if (!isGone) tell(`Redis at ${shown} does not answer (${message}). What it knows stays; port waits for it.`);
    isGone = true;
  });
  client.on('ready', () => {
    if (isGone) tell(`Redis at ${shown} answers again.`);
    isGone = false;
  });
  signal?.addEventListener('abort', () => void disconnectIfUnresponsive(client), { once: true });
  return client;
}

/** One that is gone is given up when it is tried the next time: `disconnect` between two tries would leave all unanswered. */
async function disconnectIfUnresponsive(client: Redis): Promise<void> {
  if (client.status !== 'ready') return;
  const answer = await Promise.race([client.ping().catch(() => ''), wait(pingTimeout, null, { ref: false })]);
  if (answer === null) client.disconnect();
}

function optionsOf({ host, port, database, encrypted, username, password }: RedisAddress) {
  return {
    ...{ host, port, db: database, connectTimeout: 10_000 },
    ...(username === null ? {} : { username }),
    ...(password === null ? {} : { password }),
    ...(encrypted ? { tls: {} } : {}),
  };
}

/** With a connection of its own, which does not try again. */
async function checkServer(options: ReturnType<typeof optionsOf>, shown: string): Promise<void> {
  const client = new Redis({ ...options, lazyConnect: true, maxRetriesPerRequest: 0, retryStrategy: () => null });
  let reason = '';
  client.on('error', (error: Error) => {
    reason ||= error.message;
  });
  try {
    await client.connect();
    assertUsable(await client.info(), shown);
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(refusal(reason || (error instanceof Error ? error.message : String(error)), shown));
  } finally {
    client.disconnect();
  }
}

/** @param reason what Redis or the system said: it names neither user nor password */
function refusal(reason: string, shown: string): string {
  if (/NOAUTH|WRONGPASS|NOPERM|invalid password/i.test(reason)) {
    return `Redis at ${shown} does not let port in (${reason}). Set PORT_REDIS_USERNAME and PORT_REDIS_PASSWORD.`;
  }
  return `There is no Redis to be reached at ${shown} (${reason}). Start it, or correct --queue.`;
}

function assertUsable(info: string, shown: string): void {
  const [, major, minor] = /^redis_version:(\d+)\.(\d+)/m.exec(info) ?? [];
  const version = [Number(major ?? 0), Number(minor ?? 0)] as const;
  if (version[0] < minVersion[0] || (version[0] === minVersion[0] && version[1] < minVersion[1])) {
    throw new UsageError(
      `Redis at ${shown} is version ${version.join('.')}. The queue needs ${minVersion.join('.')} or newer.`,
    );
  }
  const policy = /^maxmemory_policy:(\S+)/m.exec(info)?.[1] ?? 'noeviction';
  if (policy !== 'noeviction') {
    throw new UsageError(
      `Redis at ${shown} may throw posts away when its memory is full (maxmemory-policy ${policy}). Set that to noeviction.`,
    );
  }
}
