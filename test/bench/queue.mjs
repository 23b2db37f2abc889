/**
 * What the queue itself costs, with nothing rendered: 1,000 posts (or so many as are named) over 1, 2 and 4 worker
 * processes. First posts that take no time at all: the engine's own cost for each. Then posts that take 50 ms of
 * somebody else's time, two at a time in each worker: how throughput grows with workers.
 *
 *   npm run build && node test/bench/queue.mjs [posts]        needs redis-server
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { createQueue } from '../../build/queue/bullmq/index.js';
import { connectRedis } from '../../build/queue/bullmq/redis.js';
import { readRedisAddress } from '../../build/queue/bullmq/redis-address.js';
import { defaultSettings } from '../../build/queue/default-settings.js';
import { keyOf } from './made-export.mjs';

const open = async (port) => {
  const client = await connectRedis(readRedisAddress(`redis://127.0.0.1:${port}`, {}), () => {});
  return { client, queue: createQueue(client, defaultSettings, 'Redis') };
};
const tally = { delivered: 4, held: 0, rejected: 0 };

async function work(port, milliseconds) {
  const { queue } = await open(port);
  const doPost = async () => {
    if (milliseconds > 0) await wait(milliseconds);
    return { kind: 'done', tally };
  };
  const stop = new AbortController();
  process.on('SIGTERM', () => stop.abort());
  await queue.work(2, 'bench', doPost, console.error, stop.signal);
  await queue.close();
}

const dataOf = (index) => ({
  ...{ schemaVersion: 1, out: 'ported', outId: '0123456789abcdef', folder: 'client name' },
  ...{ run: 'fedcba9876543210', key: keyOf(index) },
});

async function measure(posts) {
  const folder = mkdtempSync(join(tmpdir(), 'port-bench-redis-'));
  const port = await new Promise((done) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port: free } = server.address();
      server.close(() => done(free));
    });
  });
  const args = ['--port', `${port}`, '--bind', '127.0.0.1', '--dir', folder, '--save', '', '--appendonly', 'yes'];
  const server = spawn('redis-server', args, { stdio: 'ignore' });
  await wait(1000);
  try {
    const { client, queue } = await open(port);
    const info = async (what) => Number(new RegExp(`^${what}:(\\d+)`, 'm').exec(await client.info())?.[1]);
    const workers = async (count, milliseconds) => {
      const all = Array.from({ length: count }, () =>
        spawn(process.execPath, [fileURLToPath(import.meta.url), '--worker', `${port}`, `${milliseconds}`]),
      );
      await wait(2500);
      return async () => {
        for (const each of all) each.kill('SIGTERM');
        await Promise.all(all.map((each) => new Promise((done) => each.on('close', done))));
      };
    };
    const before = {
      memory: await info('used_memory'),
      bytes: (await info('total_net_input_bytes')) + (await info('total_net_output_bytes')),
    };
    const from = performance.now();
    const added = Array.from({ length: posts }, (_, index) => ({
      key: keyOf(index),
      data: dataOf(index),
      priority: 100_000 + index,
    }));
    await queue.add({ id: '00000000000000aa', data: dataOf(0) }, added);
    const adding = (performance.now() - from) / posts;
    const waiting = ((await info('used_memory')) - before.memory) / posts;
    console.log(
      `into the queue: ${adding.toFixed(2)} ms a post; Redis holds ${waiting.toFixed(0)} bytes for each that waits`,
    );
    const cpu = await client.info('cpu');
    const used = (text) =>
      Number(/used_cpu_user:([\d.]+)/.exec(text)[1]) + Number(/used_cpu_sys:([\d.]+)/.exec(text)[1]);
    const drained = async (left) => {
      while ((await queue.open()) >= left) await wait(5);
      const start = performance.now();
      while ((await queue.open()) > 0) await wait(5);
      return left / ((performance.now() - start) / 1000);
    };
    /** Posts a second, from when the first of them is taken. */
    const throughput = async (milliseconds, count, id) => {
      if (id !== null) await queue.add({ id, data: dataOf(0) }, added);
      const rate = drained(posts);
      const stop = await workers(count, milliseconds);
      const found = await rate;
      await stop();
      return found;
    };
    const one = await throughput(0, 1, null);
    console.log(`no work at all, 1 worker: ${one.toFixed(0)} posts a second, ${(1000 / one).toFixed(2)} ms for each`);
    const done = ((await info('used_memory')) - before.memory) / posts;
    const traffic =
      ((await info('total_net_input_bytes')) + (await info('total_net_output_bytes')) - before.bytes) / posts;
    const busy = (used(await client.info('cpu')) - used(cpu)) / posts;
    console.log(
      `Redis: ${done.toFixed(0)} bytes for each that is done, ${traffic.toFixed(0)} bytes of traffic a post from beginning to end, ${(busy * 1000).toFixed(2)} ms of CPU`,
    );
    const log = readdirSync(folder, { recursive: true })
      .map((name) => statSync(join(folder, name)))
      .filter((each) => each.isFile());
    console.log(`append-only file: ${(log.reduce((sum, { size }) => sum + size, 0) / posts).toFixed(0)} bytes a post`);
    for (const count of [1, 2, 4]) {
      const rate = await throughput(50, count, `00000000000000b${count}`);
      console.log(
        `50 ms of work, ${count} ${count === 1 ? 'worker' : 'workers'} of two posts at a time: ${rate.toFixed(0)} posts a second of ${count * 40} at best`,
      );
    }
    await queue.close();
  } finally {
    server.kill('SIGTERM');
    rmSync(folder, { recursive: true, force: true });
  }
}

const [what = '1000', ...rest] = process.argv.slice(2);
if (what === '--worker') await work(...rest.map(Number));
else await measure(Number(what));
