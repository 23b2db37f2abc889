import { cp, mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { expectConsistentFolder } from '../e2e/accounting.ts';
import { runPort } from '../e2e/run-port.ts';
import { eventsOf, startNode, startPort, startWorker } from './fleet.ts';
import { photoExport } from './photo-export.ts';
import { hasRedis, redisAndFolder } from './redis.ts';

const repository = resolve(import.meta.dirname, '../..');

describe.skipIf(!hasRedis)('machines that differ', { timeout: 240_000 }, () => {
  const at = redisAndFolder('places');

  it('a shared folder mounted at another path on each machine: documents contain no path of a worker', async () => {
    const here = join(at.folder, 'mnt/agency');
    const there = join(at.folder, 'srv');
    await mkdir(here, { recursive: true });
    await symlink(here, there);
    const bundled = await photoExport(here, 'ida', 2);
    // What is used where it lies is named by the way to it from the coordinator.
    const media = join(here, 'media');
    await mkdir(media);
    await cp(join(bundled, 'media'), media, { recursive: true });
    await rm(join(bundled, 'media'), { recursive: true });
    const args = ['ida', '--to', 'rednote', '--media', 'media', '--offline', '--out', 'ported'];
    const queued = [...args, '--queue', at.redis.address];
    const worker = startWorker(at.redis.address, there);
    const run = startPort(queued, here);
    expect(await run.ended, run.said().stderr).toBe(0);
    const { totals } = await expectConsistentFolder(join(here, 'ported/ida'));
    expect(totals).toEqual({ rednote: { delivered: 2, held: 0, rejected: 0, failed: 0 } });
    const manifest = await readFile(join(here, 'ported/ida/manifest.json'), 'utf8');
    expect(manifest).toContain(join(here, 'media'));
    expect(manifest).not.toContain(there);
    // Nor does it matter to whoever goes on without a queue.
    const again = await runPort([...args, '--json'], here);
    expect(again.code, again.stderr).toBe(0);
    expect(again.stdout.match(/"unchanged":true/g)).toHaveLength(2);
    worker.kill('SIGINT');
    expect(await worker.ended, worker.said().stderr).toBe(0);
    expect(eventsOf(worker).some(({ folder: at }) => String(at).startsWith(there))).toBe(true);
  });

  it('posts of a deleted folder: coordinator and workers say how to drop them, and continue afterwards', async () => {
    await photoExport(at.folder, 'jo', 2);
    const args = ['jo', '--to', 'rednote', '--offline', '--out', 'gone', '--queue', at.redis.address];
    const first = startPort(args, at.folder);
    await first.says(/No worker is there/);
    first.kill('SIGINT');
    expect(await first.ended, first.said().stderr).toBe(130);
    await rm(join(at.folder, 'gone'), { recursive: true });

    const [run, worker] = await Promise.all([
      runPort(args, at.folder),
      runPort(['worker', '--queue', at.redis.address], at.folder),
    ]);
    for (const { code, stderr } of [run, worker]) {
      expect(code).toBe(2);
      expect(stderr).toMatch(/port: The queue has posts for "gone\/jo", .* port queue drop gone\/jo --queue/);
    }
    const drop = async (...client: string[]) =>
      runPort(['queue', 'drop', ...client, '--queue', at.redis.address], at.folder);
    expect(await drop('jim')).toMatchObject({ code: 2, stderr: expect.stringContaining('has no client "jim"') });
    expect((await drop('gone/jo')).stdout).toMatch(/^"gone\/jo": 2 posts are out of the queue\. /);
    const seen = await runPort(['queue', 'status', '--queue', at.redis.address], at.folder);
    expect(seen.stdout).toMatch(/^Nothing is in the queue\.\n/);
  });

  it('a machine with another port is refused, whichever comes second', async () => {
    const other = join(at.folder, 'other');
    await cp(join(repository, 'bin'), join(other, 'bin'), { recursive: true });
    await cp(join(repository, 'dist'), join(other, 'dist'), { recursive: true });
    await symlink(join(repository, 'node_modules'), join(other, 'node_modules'));
    const about = JSON.parse(await readFile(join(repository, 'package.json'), 'utf8')) as { version: string };
    await writeFile(join(other, 'package.json'), JSON.stringify({ ...about, version: '99.0.0' }));
    const startOther = () => startNode([join(other, 'bin/port.js'), 'worker', '--queue', at.redis.address], at.folder);

    await photoExport(at.folder, 'kit', 1);
    const args = ['kit', '--to', 'rednote', '--offline', '--out', 'versions', '--queue', at.redis.address];
    const worker = startOther();
    await worker.says(/Posts of/);
    while ((await at.redis.client().keys('{port}:worker:*')).length === 0) await worker.says(/./);
    const refused = await runPort(args, at.folder);
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain(`has port 99.0.0 and here it is ${about.version}: what they make would differ.`);
    worker.kill('SIGINT');
    expect(await worker.ended, worker.said().stderr).toBe(0);

    const run = startPort(args, at.folder);
    await run.says(/No worker is there/);
    const late = startOther();
    expect(await late.ended).toBe(2);
    expect(late.said().stderr).toContain(`The run of "kit" has port ${about.version} and here it is 99.0.0`);
    run.kill('SIGINT');
    expect(await run.ended).toBe(130);
  });
});
