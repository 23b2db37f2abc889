import { randomBytes } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';

/** Runs a Lua script in Redis, atomically. */
type RunScript = (script: string, key: string, ...values: (string | number)[]) => Promise<unknown>;

/** A slot is free again after this time unless it is renewed, as after a crash. Measured by the clock of Redis only. */
const leaseMilliseconds = 30_000;

const acquire = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now)
if redis.call('ZCARD', KEYS[1]) >= tonumber(ARGV[2]) then return 0 end
redis.call('ZADD', KEYS[1], now + ARGV[3], ARGV[1])
redis.call('PEXPIRE', KEYS[1], ARGV[3] * 2)
return 1`;
const renew = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
redis.call('ZADD', KEYS[1], 'XX', now + ARGV[2], ARGV[1])
redis.call('PEXPIRE', KEYS[1], ARGV[2] * 2)
return 1`;
const release = `return redis.call('ZREM', KEYS[1], ARGV[1])`;

/**
 * Runs `task` as soon as fewer than `atOnce` tasks run under this key on all machines together.
 * @throws what `task` throws, or the signal's reason if it is aborted first
 */
export async function inSlot<T>(
  runScript: RunScript,
  key: string,
  atOnce: number,
  signal: AbortSignal,
  task: () => Promise<T>,
): Promise<T> {
  const token = randomBytes(8).toString('hex');
  while ((await runScript(acquire, key, token, atOnce, leaseMilliseconds)) !== 1) {
    // Random, so that machines do not retry at the same moment.
    await wait(150 + Math.random() * 250, undefined, { signal }).catch(() => signal.throwIfAborted());
  }
  const timer = setInterval(() => {
    runScript(renew, key, token, leaseMilliseconds).catch(() => {});
  }, leaseMilliseconds / 3);
  try {
    signal.throwIfAborted();
    return await task();
  } finally {
    clearInterval(timer);
    await runScript(release, key, token).catch(() => {});
  }
}
