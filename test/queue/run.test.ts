import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { expectConsistentFolder } from '../e2e/accounting.ts';
import { runPort } from '../e2e/run-port.ts';
import { makeSmallMedia, smallExport } from '../torture/small-export.ts';
import { contents, finalFiles, leftovers } from '../torture/tree.ts';
import { eventsOf, startPort, startWorker } from './fleet.ts';
import { keyOf, photoExport } from './photo-export.ts';
import { hasRedis, redisAndFolder } from './redis.ts';

describe.skipIf(!hasRedis)('a run over several workers', { timeout: 240_000 }, () => {
  const at = redisAndFolder('queue');

  it('ends as on one machine: the same books, the same files, nothing left in Redis or half-made', async () => {
    const small = await smallExport(at.folder, await makeSmallMedia(join(at.folder, 'media')));
    const bo = await photoExport(at.folder, 'bo', 3);
    const args = [small.path, bo, '--to', 'rednote,shorts', '--slide-seconds', '1', '--no-listing'];
    const all = [...args, '--allow-host', '127.0.0.1'];
    const alone = runPort([...all, '--out', 'local', '--jobs', '2'], at.folder);
    const workers = [1, 2].map(() => startWorker(at.redis.address, at.folder, { jobs: '2' }));
    const run = startPort([...all, '--out', 'shared', '--queue', at.redis.address, '--json'], at.folder);
    expect(await run.ended, run.said().stderr + run.said().stdout).toBe(0);
    const local = await alone;
    expect(local.code, local.stderr).toBe(0);
    for (const account of ['small', 'bo']) await expectConsistentFolder(join(at.folder, 'shared', account));
    const withoutSeconds = (files: Record<string, string>) => ({ ...files, 'summary.csv': '' });
    const made = contents(await finalFiles(join(at.folder, 'shared')));
    expect(withoutSeconds(made)).toEqual(withoutSeconds(contents(await finalFiles(join(at.folder, 'local')))));
    expect(await leftovers(join(at.folder, 'shared'))).toEqual([]);
    expect(JSON.stringify(eventsOf(run)) + JSON.stringify(made)).not.toContain('verysecret');

    const events = eventsOf(run);
    const told = events
      .filter(({ type }) => type === 'post')
      .map(({ account, key, target }) => `${account} ${key} ${target}`);
    expect(new Set(told).size).toBe(told.length);
    expect(told).toHaveLength((5 + 3) * 2);
    expect(events.at(-1)).toMatchObject({ type: 'summary', exitCode: 0 });
    const did = workers.map((worker) => eventsOf(worker).filter(({ type }) => type === 'post').length);
    expect(Math.min(...did)).toBeGreaterThan(0);

    // What remains are the queue's own settings and counters.
    const names = await at.redis.client().keys('*');
    expect(names.filter((name) => /small|bo|\b\d{4}-\d\d-\d\d|[0-9a-f]{16}/.test(name))).toEqual([]);
    const again = startPort([...all, '--out', 'shared', '--queue', at.redis.address, '--json'], at.folder);
    expect(await again.ended).toBe(0);
    const posts = eventsOf(again).filter(({ type, status }) => type === 'post' && status === 'delivered');
    expect(posts.every(({ unchanged }) => unchanged === true)).toBe(true);
    for (const worker of workers) {
      worker.kill('SIGINT');
      expect(await worker.ended, worker.said().stderr).toBe(0);
    }
  });

  it('is looked into and its failures tried again while it continues', async () => {
    const path = await photoExport(at.folder, 'cleo', 3);
    const args = [path, '--to', 'rednote', '--out', 'looked', '--offline', '--queue', at.redis.address];
    const run = startPort(args, at.folder);
    const status = async () => {
      const { stdout } = await runPort(['queue', 'status', '--queue', at.redis.address, '--json'], at.folder);
      return JSON.parse(stdout) as { clients: Record<string, unknown>[]; workers: unknown[] };
    };
    let seen = await status();
    while (seen.clients.length === 0) seen = await status();
    expect(seen.clients).toMatchObject([{ account: 'cleo', out: 'looked', posts: 3, waiting: 3, running: 0, done: 0 }]);
    expect(seen.workers).toEqual([]);
    const page = await runPort(['queue', 'status', '--queue', at.redis.address], at.folder);
    expect(page.stdout).toMatch(/cleo +3 +0 +0 +0\n/);
    expect(page.stdout).toContain('No worker is there');

    const dying = { environment: { PORT_DIE_WITH: keyOf(1), PORT_TRIES: '3' } };
    // It takes one after the other with it, whichever of them has it next.
    const victims = [1, 2, 3].map(() => startWorker(at.redis.address, at.folder, dying));
    for (const victim of victims) expect(await victim.ended).toBe(null);
    const worker = startWorker(at.redis.address, at.folder, { environment: { PORT_TRIES: '3' } });
    expect(await run.ended).toBe(1);
    expect(run.said().stderr).toMatch(/failed +2025-05-02_12-00-00 +rednote\n +The machine or program .* died 3 times/);
    const { totals } = await expectConsistentFolder(join(at.folder, 'looked/cleo'));
    expect(totals).toEqual({ rednote: { delivered: 2, held: 0, rejected: 0, failed: 1 } });
    // What a run failed at is tried again by its own command.
    const again = startPort(args, at.folder);
    expect(await again.ended).toBe(0);
    await expectConsistentFolder(join(at.folder, 'looked/cleo'));
    worker.kill('SIGINT');
    await worker.ended;
  });
});
