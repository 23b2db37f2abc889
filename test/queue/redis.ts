import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { afterAll, beforeAll } from 'vitest';

export const hasRedis = canRun('redis-server');
export const hasOpenssl = canRun('openssl');
if (!hasRedis)
  console.warn(
    'NO redis-server ON THIS MACHINE: the tests of --queue are SKIPPED. Debian: apt-get install redis-server',
  );

function canRun(program: string): boolean {
  try {
    execFileSync(program, [program === 'openssl' ? 'version' : '--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

export interface TestRedis {
  readonly port: number;
  /** `redis://127.0.0.1:<port>` */
  readonly address: string;
  readonly folder: string;
  client(): Redis;
  /** Ends the server and starts it again, on the same port and with what it had written. */
  restart(pause?: number): Promise<void>;
  /** Only ends it. */
  end(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * A server and a folder for the tests of a block, from its first test to its last.
 * @param name in that of the folder
 */
export function redisAndFolder(
  name: string,
  extra: readonly string[] = [],
): { readonly redis: TestRedis; readonly folder: string } {
  let redis: TestRedis | undefined;
  let folder: string | undefined;
  const there = <T>(value: T | undefined): T => {
    if (value === undefined) throw new Error('asked for before the first test');
    return value;
  };
  beforeAll(async () => {
    redis = await startRedis(extra);
    folder = await mkdtemp(join(tmpdir(), `port-${name}-`));
  });
  afterAll(async () => {
    await redis?.stop();
    if (folder !== undefined) await rm(folder, { recursive: true, force: true });
  });
  return {
    get redis() {
      return there(redis);
    },
    get folder() {
      return there(folder);
    },
  };
}

/** A real server on a free loopback port with a folder of its own, which writes down every change before it answers. */
export async function startRedis(extra: readonly string[] = [], { tls = false } = {}): Promise<TestRedis> {
  const folder = await mkdtemp(join(tmpdir(), 'port-redis-'));
  const port = await freePort();
  const persistence = ['--appendonly', 'yes', '--appendfsync', 'always', '--save', ''];
  const listen = tls ? ['--port', '0', '--tls-port', String(port)] : ['--port', String(port)];
  const args = [...listen, '--bind', '127.0.0.1', '--dir', folder, ...persistence, ...extra];
  let child = await start(args, port);
  const clients: Redis[] = [];
  const end = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise((done) => child.on('exit', done));
    child.kill('SIGTERM');
    await gone;
  };
  return {
    port,
    folder,
    address: `redis://127.0.0.1:${port}`,
    client() {
      const client = new Redis(port, '127.0.0.1');
      client.on('error', () => {});
      clients.push(client);
      return client;
    },
    async restart(pause = 500) {
      await end();
      await wait(pause);
      child = await start(args, port);
    },
    end,
    async stop() {
      for (const client of clients) client.disconnect();
      await end();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function start(args: readonly string[], port: number): Promise<ChildProcess> {
  const child = spawn('redis-server', args, { stdio: ['ignore', 'pipe', 'ignore'] });
  let said = '';
  await new Promise<void>((ready, fail) => {
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      if (said.includes('Ready to accept connections')) ready();
    });
    child.on('exit', () => fail(new Error(`redis-server on ${port} ended: ${said}`)));
  });
  child.removeAllListeners('exit');
  return child;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  await new Promise((done) => server.close(done));
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
