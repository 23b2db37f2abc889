import { createServer, type Socket } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { connectRedis } from '../../src/queue/bullmq/redis.ts';
import { readRedisAddress } from '../../src/queue/bullmq/redis-address.ts';
import { refusal } from '../../src/queue/bullmq/refusal.ts';
import { addRun, emptyQueue, patience, startWork, until, untilOpen } from './only-queue.ts';
import { hasRedis, startRedis } from './redis.ts';

const at = (address: string) => readRedisAddress(address, {});

/**
 * A server that speaks as Redis, and says of itself what a test wants.
 * @param answers how many connections it answers: it only takes the others
 */
async function redisThatSays(info: string, answers = 2): Promise<string> {
  const sockets: Socket[] = [];
  const server = createServer((socket) => {
    socket.on('error', () => {});
    if (sockets.push(socket) > answers) return;
    socket.on('data', (asked) => {
      for (const command of asked.toString().matchAll(/\r\n(info|client|select|hello|quit)\r\n/gi))
        socket.write(command[1]?.toLowerCase() === 'info' ? `$${info.length}\r\n${info}\r\n` : '+OK\r\n');
    });
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const address = server.address();
  return `redis://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
}

describe('a Redis that cannot hold a queue is refused', patience, () => {
  it.each<[string, string, string | null]>([
    [
      'is too old',
      'redis_version:6.0.16\r\nmaxmemory_policy:noeviction\r\n',
      'is version 6.0. The queue needs 6.2 or newer.',
    ],
    ['is far too old', 'redis_version:5.9.1\r\n', 'is version 5.9. The queue needs 6.2 or newer.'],
    ['is old with a long second number', 'redis_version:5.12.1\r\n', 'is version 5.12. The queue needs 6.2 or newer.'],
    ['does not say what it is', 'server:unknown\r\n', 'is version 0.0. The queue needs 6.2 or newer.'],
    ['is just new enough', 'redis_version:6.2.0\r\n', null],
    ['is new, and a fork of one that was too old', 'base_redis_version:5.0.1\r\nredis_version:7.2.4\r\n', null],
    ['is new', 'redis_version:10.0.1\r\nmaxmemory_policy:noeviction\r\n', null],
    [
      'throws keys away',
      'redis_version:7.0.1\r\nmaxmemory_policy:allkeys-lru\r\n',
      'may throw posts away when its memory is full (maxmemory-policy allkeys-lru). Set that to noeviction.',
    ],
  ])('that %s', async (_, info, reason) => {
    const address = await redisThatSays(info);
    const connected = connectRedis(at(address), () => {});
    if (reason === null) (await connected).disconnect();
    else await expect(connected).rejects.toThrow(`Redis at ${address} ${reason}`);
  });

  it('where nobody listens, the sentence names the address and the reason', async () => {
    await expect(connectRedis(at('redis://127.0.0.1:1'), () => {})).rejects.toThrow(
      /^There is no Redis to be reached at redis:\/\/127\.0\.0\.1:1 \(.*ECONNREFUSED.*\)\. Start it, or correct --queue\.$/,
    );
  });

  it.skipIf(!hasRedis)(
    'with a password: none and a wrong one are told apart from no server, and never shown',
    async () => {
      const redis = await startRedis(['--requirepass', 'geheim', '--appendonly', 'no']);
      onTestFinished(async () => redis.stop());
      const inside = (login: string) => redis.address.replace('//', `//${login}`);
      for (const address of [redis.address, inside(':wrongsecret@'), inside('maya:geheim@')]) {
        const refused: Error = await connectRedis(at(address), () => {}).then(
          () => expect.unreachable(),
          (error: Error) => error,
        );
        expect(refused.message).toMatch(/^Redis at redis:\S+ does not let port in \(.*PORT_REDIS_PASSWORD\.$/);
        expect(refused.message).not.toMatch(/geheim|wrongsecret|maya/);
      }
      const client = await connectRedis(at(inside(':geheim@')), () => {});
      expect(await client.ping()).toBe('PONG');
      client.disconnect();
      const named = await connectRedis(readRedisAddress(redis.address, { PORT_REDIS_PASSWORD: 'geheim' }), () => {});
      named.disconnect();
    },
  );
});

describe.skipIf(!hasRedis)('a Redis that refuses or hangs', patience, () => {
  const server = emptyQueue('refusals');

  it('the database of the address is used', async () => {
    const client = await connectRedis(at(`${server.redis.address}/3`), () => {});
    await client.set('x', '1');
    expect(await server.client.exists('x')).toBe(0);
    client.disconnect();
  });

  it('that is read-only or full: the sentence says so and that the same command continues', async () => {
    const queue = await server.open();
    await server.client.replicaof('127.0.0.1', '1');
    const refused = /^Redis at redis:\S+ refuses \(READONLY .*\)\. Mend that, and run the same command again/;
    await expect(queue.setTurn(1)).rejects.toThrow(refused);
    await expect(addRun(queue, 'a', 1)).rejects.toThrow(/^Redis at redis:\S+ refuses \(/);
    await expect(queue.setTurn(1)).rejects.toMatchObject({ exitCode: 1 });
    await server.client.replicaof('NO', 'ONE');
    await queue.setTurn(1);
  });

  it('a key that is something else is named in place of the refusal, with what to do', async () => {
    const queue = await server.open();
    await server.client.set('{port}:workers', 'x');
    const sentence =
      `Redis at ${server.redis.address} has something else where port keeps its queue ({port}:workers is a text). ` +
      'If nobody needs that, port queue drop @foreign --queue <address> takes it out; else give port a database of its own (redis://host:6379/1).';
    await expect(queue.workers()).rejects.toThrow(sentence);
    await expect(addRun(queue, 'a', 1)).rejects.toThrow(sentence);
    expect(await queue.find('a')).toBe(null);
    expect(await queue.dropWrongKeys()).toBe(1);
    expect(await queue.dropWrongKeys()).toBe(0);
    expect(await queue.workers()).toEqual([]);
  });

  it.each<[string, string, string]>([
    ['posts:wait', 'set', 'a set'],
    ['posts:active', 'zset', 'a sorted set'],
    ['posts:paused', 'string', 'a text'],
    ['posts:prioritized', 'list', 'a list'],
    ['posts:delayed', 'hash', 'a hash'],
    ['posts:waiting-children', 'list', 'a list'],
    ['posts:completed', 'list', 'a list'],
    ['posts:failed', 'list', 'a list'],
    ['posts:marker', 'list', 'a list'],
    ['posts:stalled', 'list', 'a list'],
    ['posts:stalled-check', 'list', 'a list'],
    ['exports:meta', 'stream', 'a stream'],
    ['posts:events', 'string', 'a text'],
    ['posts:id', 'list', 'a list'],
    ['posts:id', 'string', 'no number'],
    ['exports:pc', 'string', 'no number'],
    ['posts:metrics:completed', 'list', 'a list'],
    ['posts:metrics:failed', 'list', 'a list'],
    ['posts:metrics:completed:data', 'string', 'a text'],
    ['exports:metrics:failed:data', 'string', 'a text'],
    ['turn', 'hash', 'a hash'],
  ])('%s is refused as %s', async (name, type, found) => {
    const key = `{port}:${name}`;
    const queue = await server.open();
    const { client } = server;
    await client.del(key);
    if (type === 'set') await client.sadd(key, 'x');
    if (type === 'zset') await client.zadd(key, 1, 'x');
    if (type === 'list') await client.rpush(key, 'x');
    if (type === 'hash') await client.hset(key, 'x', 'y');
    if (type === 'stream') await client.xadd(key, '*', 'x', 'y');
    if (type === 'string') await client.set(key, 'x');
    await expect(addRun(queue, 'a', 1)).rejects.toThrow(`(${key} is ${found})`);
    expect(await queue.dropWrongKeys()).toBe(1);
    expect(await client.exists(key)).toBe(0);
  });

  it('keys of the right kind are none, in the queue of posts and in that of runs', async () => {
    const queue = await server.open();
    const { client } = server;
    for (const name of ['posts', 'exports'].map((each) => `{port}:${each}`)) {
      for (const list of ['wait', 'paused', 'active', 'metrics:completed:data', 'metrics:failed:data'])
        await client.rpush(`${name}:${list}`, 'x');
      for (const set of ['prioritized', 'delayed', 'waiting-children', 'completed', 'failed', 'marker'])
        await client.zadd(`${name}:${set}`, 1, 'x');
      for (const hash of ['meta', 'metrics:completed', 'metrics:failed'])
        await client.hset(`${name}:${hash}`, 'x', 'y');
      await client.sadd(`${name}:stalled`, 'x');
      await client.set(`${name}:stalled-check`, 'x');
      await client.xadd(`${name}:events`, '*', 'x', 'y');
      for (const count of ['id', 'pc']) await client.set(`${name}:${count}`, '5');
    }
    await client.sadd('{port}:workers', 'x');
    await client.set('{port}:turn', 'soon');
    expect(await queue.dropWrongKeys()).toBe(0);
  });

  it.each(['12', '999999999999999'])('a counter of %s is one', async (value) => {
    const queue = await server.open();
    await server.client.set('{port}:posts:id', value);
    expect(await queue.dropWrongKeys()).toBe(0);
  });

  it.each(['9999999999999999', '-1', '1.5', '12x', ''])('a counter of %j is none', async (value) => {
    const queue = await server.open();
    await server.client.set('{port}:posts:id', value);
    expect(await queue.dropWrongKeys()).toBe(1);
  });

  it('of many wrong keys three are named', async () => {
    const queue = await server.open();
    for (const name of ['wait', 'active', 'paused', 'delayed', 'failed'])
      await server.client.set(`{port}:posts:${name}`, 'x');
    await expect(addRun(queue, 'a', 1)).rejects.toThrow(/\((?:[^,()]* is a text, ){3}and 2 more\)/);
    await server.client.del('{port}:posts:wait', '{port}:posts:active');
    await expect(addRun(queue, 'a', 1)).rejects.toThrow(/\((?:[^,()]* is a text(?:, )?){3}\)\./);
  });

  it('a worker says once what is wrong, waits, and continues when it is mended', async () => {
    const queue = await server.open();
    await server.client.set('{port}:posts:wait', 'x');
    const { said } = startWork(queue, () => ({ kind: 'done', tally: {} }));
    await until(() => said.length > 0);
    expect(said[0]).toMatch(/^Redis at .*\{port\}:posts:wait is a text.* Until then port waits\.$/);
    await server.client.del('{port}:posts:wait');
    await addRun(queue, 'a', 1);
    await untilOpen(queue, 'a', 0);
    expect(said).toHaveLength(1);
  });

  it.each<[string, RegExp, (is: boolean) => Promise<unknown>]>([
    ['full', /OOM/, async (is) => server.client.config('SET', 'maxmemory', is ? '100kb' : '0')],
    [
      'read-only',
      /READONLY/,
      async (is) => server.client.call('REPLICAOF', ...(is ? ['127.0.0.1', '1'] : ['NO', 'ONE'])),
    ],
  ])('a worker tells that Redis is %s, and continues when it no longer is', async (_, reason, set) => {
    const queue = await server.open();
    await addRun(queue, 'a', 1);
    await set(true);
    const { said } = startWork(queue, () => ({ kind: 'done', tally: {} }));
    await until(() => said.length > 0);
    await set(false);
    await untilOpen(queue, 'a', 0);
    expect(said[0]).toMatch(reason);
    expect(said[0]).toMatch(/^Redis at \S+ refuses \(.*\)\. Mend that: port waits for it\.$/);
  });

  it.each<[string, number]>([
    ['before it took the connection', 1],
    ['afterwards', 2],
  ])('a server that hangs %s is left three seconds after the user wants to leave', async (_, answers) => {
    const address = await redisThatSays('redis_version:7.2.4\r\n', answers);
    const stop = new AbortController();
    const hanging = await connectRedis(at(address), () => {}, stop.signal);
    const answering = await connectRedis(at(server.redis.address), () => {}, stop.signal);
    const lost = hanging.get('x');
    await until(() => hanging.status === (answers === 1 ? 'connect' : 'ready'));
    const startedAt = performance.now();
    stop.abort();
    await expect(lost).rejects.toThrow('Connection is closed');
    expect(performance.now() - startedAt).toBeGreaterThan(2900);
    expect(await answering.ping()).toBe('PONG');
    answering.disconnect();
  });
});

it.each<[string, unknown, string | null]>([
  ['a reply', reply('OOM no memory'), 'OOM no memory'],
  ['a transaction: its cause', reply('EXECABORT', [reply('OOM no memory')]), 'OOM no memory'],
  ['a transaction without one', reply('EXECABORT', []), 'EXECABORT'],
  ['a transaction with something else', reply('EXECABORT', ['x']), 'EXECABORT'],
  ['an error of this program', new Error('OOM'), null],
  ['what is no error', 'OOM', null],
])('what Redis refuses, by %s', (_, error, message) => {
  expect(refusal(error)).toBe(message);
});

function reply(message: string, previousErrors?: readonly unknown[]): Error {
  return Object.assign(new Error(message), { name: 'ReplyError' }, previousErrors && { previousErrors });
}
