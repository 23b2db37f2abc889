import { describe, expect, it } from 'vitest';
import { isMalformed, repairActiveJobs } from '../../src/queue/bullmq/foreign.ts';
import { addRun, emptyQueue, patience, startWork, until, untilOpen } from './only-queue.ts';
import { hasRedis } from './redis.ts';

const long = JSON.stringify({ text: 'x'.repeat(30_000) });

describe.skipIf(!hasRedis)('jobs in Redis that are damaged, or not by port', patience, () => {
  const at = emptyQueue('damaged');

  it.each<[string, Readonly<Record<string, string>>]>([
    ['data that is no JSON', { data: '{"key":' }],
    ['data that is far too long', { data: long }],
    ['options that are no JSON', { opts: 'nonsense' }],
    ['options that are null', { opts: 'null' }],
    ['options that are a list', { opts: '[]' }],
    ['progress that is no JSON', { progress: '{' }],
    ['a parent that is no JSON', { parent: '}{' }],
    ['a parent that is null', { parent: 'null' }],
    ['a parent that is a number', { parent: '5' }],
    ['an attempt that is no number', { ats: 'many' }],
    ['an endless number of attempts', { atm: '9'.repeat(300) }],
    ['a loss that is no number', { stc: 'often' }],
  ])('with %s: it is done or fails, and the worker continues with the next', async (_, fields) => {
    const queue = await at.open();
    await addRun(queue, 'a', 2);
    await at.client.hset('{port}:posts:a-1', fields);
    const taken: unknown[] = [];
    const { said } = startWork(queue, ({ data, attempt }) => {
      taken.push([data === null ? null : (data as { key?: string }).key, attempt]);
      return data === null ? { kind: 'failed', reason: 'It is no post.' } : { kind: 'done', tally: {} };
    });
    await until(async () => (await queue.open()) === 0);
    expect(taken).toContainEqual(['2', 1]);
    expect(taken).toContainEqual(['data' in fields ? null : '1', expect.any(Number)]);
    expect(await queue.underWay()).toEqual([]);
    // Its run waits no longer, unless the job has forgotten which it is of.
    if (!('parent' in fields)) expect((await queue.find('a'))?.counts.open).toBe(0);
    expect(said).toEqual([]);
  });

  const whole = {
    ...{
      name: 'post',
      data: '{"key":"1"}',
      opts: '{"attempts":1}',
      progress: '0.5',
      ats: '12',
      atm: '123456789',
      stc: '1',
    },
    ...{ parent: '{"id":"a"}', parentKey: '{port}:exports:a' },
  };
  const { parent: _, parentKey: __, ...alone } = whole;

  it.each<[string, Record<string, string>, Record<string, string>]>([
    ['nothing', {}, whole],
    ['its data', { data: '{' }, { ...whole, data: 'null' }],
    ['data that is far too long', { data: long }, { ...whole, data: 'null' }],
    ['its options', { opts: '[1]' }, { ...whole, opts: '{}' }],
    ['options of text', { opts: '"x"' }, { ...whole, opts: '{}' }],
    ['its progress', { progress: '' }, { ...whole, progress: '0' }],
    ['its run', { parent: '[]' }, alone],
    ['an attempt that is no number', { ats: '1x' }, { ...whole, ats: '' }],
    ['an attempt below zero', { atm: '-1' }, { ...whole, atm: '' }],
    ['an attempt beyond all', { stc: '1234567890' }, { ...whole, stc: '' }],
  ])('of a job under way of which %s is damaged, the rest stays, and its lock if nothing is', async (_, odd, left) => {
    await at.client.rpush('{port}:posts:active', 'job');
    await at.client.hset('{port}:posts:job', { ...whole, ...odd });
    await at.client.set('{port}:posts:job:lock', 'who has it');
    await repairActiveJobs(at.client);
    const kept = Object.fromEntries(Object.entries(left).filter(([, value]) => value !== ''));
    expect(await at.client.hgetall('{port}:posts:job')).toEqual(kept);
    expect(await at.client.exists('{port}:posts:job:lock')).toBe(left === whole ? 1 : 0);
    expect(await at.client.lrange('{port}:posts:active', 0, -1)).toEqual(['job']);
  });

  it('an id without a job is taken out of the list, a lock of a damaged job broken', async () => {
    const queue = await at.open();
    await addRun(queue, 'a', 2);
    await at.client.rpush('{port}:posts:active', 'nobody', 'text');
    await at.client.set('{port}:posts:text', 'x');
    await at.client.sadd('{port}:posts:stalled', 'nobody');
    await at.client.zrem('{port}:posts:prioritized', 'a-1');
    await at.client.rpush('{port}:posts:active', 'a-1');
    await at.client.hset('{port}:posts:a-1', 'stc', 'often', 'data', 'nonsense');
    await at.client.set('{port}:posts:a-1:lock', 'who died');
    // The next one makes the worker look for what is damaged.
    await at.client.hset('{port}:posts:a-2', 'opts', 'nonsense');
    const taken: unknown[] = [];
    startWork(queue, ({ data }) => {
      taken.push(data);
      return { kind: 'failed', reason: 'no' };
    });
    await untilOpen(queue, 'a', 0);
    expect(taken).toEqual(expect.arrayContaining([null, { key: '2', of: 'a' }]));
    expect(await at.client.lrange('{port}:posts:active', 0, -1)).toEqual([]);
  });

  it('a run with damaged data is counted without it, one with far too long data too', async () => {
    const queue = await at.open();
    for (const id of ['a', 'b', 'c']) await addRun(queue, id, 1, { account: id });
    await at.client.hset('{port}:exports:a', 'data', '{"');
    await at.client.hset('{port}:exports:b', 'data', long);
    await at.client.hset('{port}:exports:c', 'data', `"${'x'.repeat(19_998)}"`);
    const found = await queue.runs();
    expect(new Map(found.map(({ id, data }) => [id, data]))).toEqual(
      new Map([
        ['a', null],
        ['b', null],
        ['c', 'x'.repeat(19_998)],
      ]),
    );
    expect(found.map(({ counts }) => counts.open)).toEqual([1, 1, 1]);
  });

  it('a run whose posts are something else has none, and is forgotten all the same', async () => {
    const queue = await at.open();
    await addRun(queue, 'a', 2, { account: 'maya' });
    for (const name of ['dependencies', 'processed', 'failed', 'unsuccessful', 'lock', 'logs'])
      await at.client.set(`{port}:exports:a:${name}`, 'x');
    const none = { open: 0, done: 0, failed: 0 };
    expect(await queue.find('a')).toEqual({ id: 'a', data: { account: 'maya' }, counts: none });
    const tally = () => expect.unreachable();
    await queue.eachTally('a', tally);
    await queue.dropWaiting('a');
    await queue.forget('a');
    expect(await queue.find('a')).toBe(null);
    expect(await queue.runs()).toEqual([]);
    expect(await at.client.keys('{port}:exports:a*')).toEqual([]);
    // Its posts belong to nobody now.
    expect(await queue.foreign()).toEqual({ waiting: 2, running: 0, failed: 0 });
    expect(await queue.dropForeign()).toBe(2);
    expect(await queue.foreign()).toEqual({ waiting: 0, running: 0, failed: 0 });
    expect(await at.client.keys('{port}:posts:a-*')).toEqual([]);
  });

  it.each(['wait', 'prioritized', 'delayed', 'active', 'waiting-children'])(
    'a forged run in the list %s is listed, and gone when it is forgotten',
    async (list) => {
      const queue = await at.open();
      await at.client.hset('{port}:exports:forged', { data: '{"account":"x"}', opts: '{}', name: 'export' });
      if (['wait', 'active'].includes(list)) await at.client.rpush(`{port}:exports:${list}`, 'forged');
      else await at.client.zadd(`{port}:exports:${list}`, 1, 'forged');
      expect((await queue.runs()).map(({ id, data }) => [id, data])).toEqual([['forged', { account: 'x' }]]);
      await queue.forget('forged');
      expect(await queue.runs()).toEqual([]);
      expect(await at.client.exists(`{port}:exports:${list}`)).toBe(0);
    },
  );

  it('a forged run in every list at once is out of all of them when it is forgotten', async () => {
    const queue = await at.open();
    await at.client.hset('{port}:exports:forged', { data: '{}', opts: '{}', name: 'export' });
    const lists = ['wait', 'paused', 'active'].map((name) => `{port}:exports:${name}`);
    const sets = ['waiting-children', 'prioritized', 'delayed', 'completed', 'failed'];
    for (const list of lists) await at.client.rpush(list, 'forged', 'other', 'forged');
    for (const name of sets) await at.client.zadd(`{port}:exports:${name}`, 1, 'forged', 2, 'other');
    await queue.forget('forged');
    for (const list of lists) expect(await at.client.lrange(list, 0, -1), list).toEqual(['other']);
    for (const name of sets)
      expect(await at.client.zrange(`{port}:exports:${name}`, '0', '-1'), name).toEqual(['other']);
  });

  it.each<[string, string | null, boolean]>([
    ['of a run', '{port}:exports:a', true],
    ['of a run that is gone', '{port}:exports:gone', false],
    ['of something else', '{port}:posts:a-1', false],
    ['of nobody', null, false],
  ])('a waiting job %s', async (_, parentKey, isOurs) => {
    const queue = await at.open();
    await addRun(queue, 'a', 1);
    await at.client.hset('{port}:posts:job', { data: '{}', opts: '{}', name: 'x', ...(parentKey && { parentKey }) });
    await at.client.lpush('{port}:posts:wait', 'job');
    const waiting = isOurs ? 0 : 1;
    expect(await queue.foreign()).toEqual({ waiting, running: 0, failed: 0 });
    expect(await queue.dropForeign()).toBe(waiting);
    expect(await at.client.exists('{port}:posts:job')).toBe(isOurs ? 1 : 0);
    expect(await queue.foreign()).toEqual({ waiting: 0, running: 0, failed: 0 });
    expect((await queue.find('a'))?.counts.open).toBe(1);
  });

  it('ids without a job are counted in every list and taken out, but not those under way', async () => {
    const queue = await at.open();
    await at.client.rpush('{port}:posts:wait', 'w1', 'w2', 'w3');
    await at.client.rpush('{port}:posts:paused', 'w1');
    await at.client.zadd('{port}:posts:prioritized', 1, 'p');
    await at.client.zadd('{port}:posts:delayed', 1, 'd');
    await at.client.zadd('{port}:posts:failed', 1, 'f', 2, 'text');
    await at.client.set('{port}:posts:text', 'x');
    await at.client.rpush('{port}:posts:active', 'r');
    expect(await queue.open()).toBe(6);
    expect(await queue.foreign()).toEqual({ waiting: 5, running: 1, failed: 2 });
    expect(await queue.dropForeign()).toBe(7);
    expect(await at.client.exists('{port}:posts:paused')).toBe(0);
    expect(await queue.foreign()).toEqual({ waiting: 0, running: 1, failed: 0 });
  });

  it('more foreign jobs than are looked at together are all found', async () => {
    const queue = await at.open();
    await at.client.rpush('{port}:posts:wait', ...Array.from({ length: 1500 }, (_, index) => `x${index}`));
    expect(await queue.foreign()).toEqual({ waiting: 1500, running: 0, failed: 0 });
  });
});

it.each<[unknown, boolean]>([
  [new SyntaxError('Unexpected token'), true],
  [new TypeError('x is not iterable'), true],
  [new RangeError('too long'), true],
  [reply('WRONGTYPE Operation against a key holding the wrong kind of value'), true],
  [reply('ERR value is not an integer or out of range'), true],
  [reply('ERR hash value is not a float, value is not a valid float'), true],
  [reply('ERR user_script:12: attempt to index a nil value'), true],
  [reply('OOM command not allowed when used memory > maxmemory'), false],
  [reply("OOM command not allowed when used memory > 'maxmemory'. script: 0a1b, on @user_script:225."), false],
  [
    reply("ERR Error running script (call to f_0a1b): @user_script:12: @user_script: 12: -READONLY You can't write"),
    false,
  ],
  [reply('WRONGTYPE Operation against a key holding the wrong kind of value script: 0a1b, on @user_script:4.'), true],
  [reply('READONLY You can not write against a read only replica.'), false],
  [new Error('WRONGTYPE of nobody'), false],
  ['WRONGTYPE', false],
])('%s is caused by a damaged job: %s', (error, isSo) => {
  expect(isMalformed(error)).toBe(isSo);
});

function reply(message: string): Error {
  return Object.assign(new Error(message), { name: 'ReplyError' });
}
