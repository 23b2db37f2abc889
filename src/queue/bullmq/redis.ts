import { setTimeout as wait } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { UsageError } from '../../errors.ts';
import type { RedisAddress } from './redis-address.ts';

export type RedisClient = Redis;

/** BullMQ's own advice: https://docs.bullmq.io/guide/going-to-production, 2026-11. */
const minVersion = [6, 2] as const;
/** Milliseconds between two attempts to reconnect. */
const maxRetryDelay = 2000;
/** Milliseconds to wait for an answer after the signal is aborted. */
const pingTimeout = 3000;

/**
 * Connects to a Redis server that can hold a queue. After the first connection, commands wait while the server is away.
 * @param tell called with a sentence when the connection is lost or restored
 * @param signal after it is aborted, commands to a server that does not answer fail instead of waiting
 * @throws UsageError if the server cannot be reached, refuses the login, is too old, or may evict keys
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
  signal?.addEventListener('abort', () => void disconnectIfUnresponsive(client));
  return client;
}

/**
 * Disconnects if a connected server does not answer, be it to the first question of the connection (status `connect`). A
 * lost connection needs nothing: the next retry ends it, whereas `disconnect` between two retries would leave all commands
 * pending.
 */
async function disconnectIfUnresponsive(client: Redis): Promise<void> {
  if (client.status !== 'ready' && client.status !== 'connect') return;
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

/** Checks the server over a separate connection without retries. */
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

/** @param reason the message of Redis or the system; it contains neither user nor password */
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
