import { execFileSync } from 'node:child_process';
import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Queue } from 'bullmq';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runPort } from '../e2e/run-port.ts';
import { startWorker } from './fleet.ts';
import { hasOpenssl, hasRedis, startRedis } from './redis.ts';

describe.skipIf(!hasRedis)('who may do what', { timeout: 120_000 }, () => {
  let folder: string;
  beforeAll(async () => {
    folder = await realpath(await mkdtemp(join(tmpdir(), 'port-safe-')));
  });
  afterAll(async () => rm(folder, { recursive: true, force: true }));

  it('jobs that nobody of us wrote fail, each with a reason, and the worker continues', async () => {
    const redis = await startRedis();
    const connection = new Redis(redis.port, '127.0.0.1', { maxRetriesPerRequest: null });
    const queue = new Queue('posts', { connection, prefix: '{port}' });
    const job = {
      ...{ schemaVersion: 1, out: 'ported', outId: '0123456789abcdef', folder: 'maya' },
      ...{ run: 'fedcba9876543210', key: '2025-03-02_09-15-04' },
    };
    const forged = [{}, 'text', { ...job, out: '../../etc' }, { ...job, folder: '../x' }, { ...job, key: '../../x' }];
    await queue.addBulk(forged.map((data) => ({ name: 'post', data })));
    const worker = startWorker(redis.address, folder);
    for (let tries = 0; tries < 400 && (await queue.getFailedCount()) < forged.length; tries++) {
      await new Promise((done) => setTimeout(done, 50));
    }
    const failed = await queue.getFailed();
    expect(failed).toHaveLength(forged.length);
    for (const { failedReason } of failed) expect(failedReason).toMatch(/^It is no post of ours/);
    // One that is well-formed and leads nowhere does not end the worker (foreign.test.ts): it is left to others first.
    await queue.add('post', job);
    await worker.says(/shared folder .* is not the one of the run/);
    for (let tries = 0; tries < 400 && (await queue.getDelayedCount()) < 1; tries++) {
      await new Promise((done) => setTimeout(done, 50));
    }
    expect(await queue.getDelayedCount()).toBe(1);
    worker.kill('SIGINT');
    expect(await worker.ended, worker.said().stderr).toBe(0);
    await queue.close();
    connection.disconnect();
    await redis.stop();
  });

  it.skipIf(!hasOpenssl)('TLS, a user and a password, of which nothing is ever shown', async () => {
    const [key, certificate] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')];
    const request = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=localhost'];
    const names = ['-addext', 'subjectAltName=IP:127.0.0.1,DNS:localhost'];
    execFileSync('openssl', [...request, ...names, '-keyout', key, '-out', certificate], { stdio: 'ignore' });
    const files = ['--tls-cert-file', certificate, '--tls-key-file', key, '--tls-ca-cert-file', certificate];
    const user = ['--user', 'agency', 'on', '>geheim', '~*', '&*', '+@all', '--user', 'default', 'off'];
    const redis = await startRedis(['--tls-auth-clients', 'no', ...files, ...user], { tls: true });
    const address = `rediss://127.0.0.1:${redis.port}`;
    const trusted = { NODE_EXTRA_CA_CERTS: certificate };
    const status = async (queue: string, environment: NodeJS.ProcessEnv) =>
      runPort(['queue', 'status', '--queue', queue], folder, environment);

    const told = { ...trusted, PORT_REDIS_USERNAME: 'agency', PORT_REDIS_PASSWORD: 'geheim' };
    expect(await status(address, told)).toMatchObject({ code: 0, stderr: '' });
    const inside = address.replace('//', '//agency:geheim@');
    expect(await status(inside, trusted)).toMatchObject({ code: 0, stderr: '' });
    const wrong = await status(inside.replace('geheim', 'wrongsecret'), trusted);
    const without = await status(address, trusted);
    const untrusted = await status(inside, {});
    for (const { code, stdout, stderr } of [wrong, without, untrusted]) {
      expect(code).toBe(2);
      expect(stderr).toMatch(new RegExp(`^port: .*rediss://127\\.0\\.0\\.1:${redis.port}.*\n$`));
      expect(stdout + stderr).not.toMatch(/geheim|wrongsecret|agency/);
    }
    expect(wrong.stderr).toContain('PORT_REDIS_PASSWORD');
    await redis.stop();
  });
});
