import { copyFile, mkdir, mkdtemp, readdir, readFile, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openQueue } from '../../src/queue/connect.ts';
import { version } from '../../src/version.ts';
import { startCoordinator, startInWorker } from './in-process.ts';
import { addRun, emptyQueue, patience, until } from './only-queue.ts';
import { keyOf, photoExport } from './photo-export.ts';
import { hasRedis } from './redis.ts';

const about = {
  ...{ schemaVersion: 1, out: 'gone', outId: '0123456789abcdef', folder: 'maya', run: 'fedcba9876543210' },
  ...{ account: 'maya', posts: 1, startedAt: 1, version: '99.0.0', libavcodec: 1 },
};

describe.skipIf(!hasRedis)('who takes part in a run', { timeout: 3 * patience.timeout }, () => {
  const at = emptyQueue('fits');
  let root: string;
  let folder: string;
  let path: string;
  beforeEach(async () => {
    root = await realpath(await mkdtemp(join(tmpdir(), 'port-fits-')));
    folder = join(root, 'shared');
    path = await photoExport(folder, 'ana', 1);
  });
  afterEach(async () => rm(root, { recursive: true, force: true, maxRetries: 3 }));

  const start = (flags: object = {}, paths = [path]) =>
    startCoordinator(at.redis, folder, paths, { to: 'rednote', out: join(folder, 'out'), ...flags });
  const untilWaiting = async () => until(async () => (await at.client.zcard('{port}:posts:prioritized')) === 1);

  it.each<[string, () => object]>([
    ['its output', () => ({ out: join(root, 'out') })],
    ['its media', () => ({ media: [join(root, 'media')] })],
    ['its music', () => ({ music: join(root, 'music.mp3') })],
  ])('not a run that has %s outside the shared folder', async (_, flags) => {
    await mkdir(join(root, 'media'));
    await writeFile(join(root, 'music.mp3'), 'x');
    await expect(start(flags()).ended).rejects.toThrow(
      /is not in the shared folder ".*", where workers can reach it\. Put it there, or name another folder with --shared\.$/,
    );
    expect(await at.client.keys('{port}:exports:*-*')).toEqual([]);
  });

  it('not a run whose export lies outside, even if a link inside leads there', async () => {
    const outside = await photoExport(root, 'bo', 1);
    await symlink(outside, join(folder, 'link'));
    await expect(start({}, [join(folder, 'link')]).ended).rejects.toThrow('is not in the shared folder');
  });

  it('nobody where the shared folder does not exist', async () => {
    await expect(startInWorker(at.redis, join(root, 'none')).ended).rejects.toThrow(
      /^There is no folder ".*none" for --shared\. See port --help\.$/,
    );
  });

  it('not a run beside a worker of another version; what is no worker does not matter', async () => {
    const queue = await at.open();
    await queue.announce('x', { host: 5 });
    await queue.announce('y', { host: 'studio', version: '99.0.0', libavcodec: 1, jobs: 2 });
    await expect(start().ended).rejects.toThrow(
      new RegExp(
        `^The worker on studio has port 99\\.0\\.0 and here it is ${version()}, an ffmpeg of libavcodec 1 and here`,
      ),
    );
    await queue.leave('y');
    const run = start();
    await untilWaiting();
    run.stop();
    expect(await run.ended).toMatchObject({ exitCode: 130 });
    expect(run.warnings()).toEqual(['The workers go on with what is in the queue.']);
  });

  it('not a second coordinator in one folder; the lock is free after the first', async () => {
    const first = start();
    await untilWaiting();
    await expect(start().ended).rejects.toThrow(/^Another port is at work in this folder/);
    expect((await readdir(join(folder, 'out'))).sort()).toEqual(['.port', 'ana']);
    first.stop();
    await first.ended;
    const third = start();
    await until(async () => third.events.some(({ type }) => type === 'run'));
    third.stop();
    await third.ended;
  });

  it('an empty queue begins again at the first turn, posts beside others at that of the moment', async () => {
    const queue = await at.open();
    await queue.setTurn(1000);
    const first = start();
    await untilWaiting();
    expect(await queue.turn()).toBe(0);
    await queue.setTurn(5);
    const second = start({ out: join(folder, 'other') }, [await photoExport(folder, 'bo', 1)]);
    await until(async () => (await at.client.zcard('{port}:posts:prioritized')) === 2);
    expect(await queue.turn()).toBe(5);
    const priorities = await Promise.all(
      (await at.client.keys('{port}:posts:*-2025-*')).map(async (key) => at.client.hget(key, 'priority')),
    );
    expect(priorities.sort()).toEqual(['100000', '100005']);
    for (const run of [first, second]) run.stop();
    await Promise.all([first.ended, second.ended]);
  });

  it('a post whose link dies within a day comes before all turns, but not one whose files are in the export', async () => {
    const soon = Math.floor(Date.now() / 1000) + 3600;
    const link = `https://127.0.0.1:9/video?x-tos-expires=${soon}&x-tos-signature=s`;
    const both = await photoExport(folder, 'cy', 1, link);
    // The other post has two photos, and links to them that die too.
    const photos = join(both, 'media', keyOf(0));
    await copyFile(join(photos, '01.jpg'), join(photos, '02.jpg'));
    const links = [1, 2].map((n) => link.replace('video', `photo${n}`)).join('\n');
    const document = join(both, 'user_data_tiktok.json');
    await writeFile(document, (await readFile(document, 'utf8')).replace('"N/A"', JSON.stringify(links)));
    const run = start({ offline: false, listing: false, allowHost: ['127.0.0.1'] }, [both]);
    await until(async () => (await at.client.zcard('{port}:posts:prioritized')) === 2);
    const keys = await at.client.keys('{port}:posts:*-2025-*');
    const found = await Promise.all(
      keys.map(async (key) => [key.slice(-19, -9), await at.client.hget(key, 'priority')]),
    );
    expect(Object.fromEntries(found)).toEqual({ '2025-06-01': '1', '2025-05-01': '100000' });
    run.stop();
    await run.ended;
  });

  it.each(['coordinator', 'worker'])('not a %s where all that is queued belongs to another folder', async (who) => {
    const queue = await at.open();
    await addRun(queue, 'a', 1, about);
    const part = who === 'worker' ? startInWorker(at.redis, folder) : start();
    await expect(part.ended).rejects.toThrow(
      /^The queue has posts for "gone\/maya", .*port queue drop gone\/maya --queue/,
    );
  });

  it('not a worker of another version than a run of its folder has; it names the run and how to drop it', async () => {
    const run = start();
    await untilWaiting();
    const [key = ''] = (await at.client.keys('{port}:exports:*')).filter((each) => /:[0-9a-f]{16}$/.test(each));
    const job = JSON.parse((await at.client.hget(key, 'data')) ?? '') as object;
    await at.client.hset(key, 'data', JSON.stringify({ ...job, version: '99.0.0' }));
    await expect(startInWorker(at.redis, folder).ended).rejects.toThrow(
      /^The run of "ana" has port 99\.0\.0 and here it is .*If nobody wants that run any more: port queue drop out\/ana --queue <address>\.$/,
    );
    run.stop();
    await run.ended;
  });

  it('a worker that meets a run of another version puts the post back, and ends with the reason', async () => {
    const run = start();
    await untilWaiting();
    const document = join(folder, 'out/ana/.port/queue/run.json');
    const written = JSON.parse(await readFile(document, 'utf8')) as object;
    await writeFile(document, JSON.stringify({ ...written, version: '99.0.0' }));
    const worker = startInWorker(at.redis, folder);
    await expect(worker.ended).rejects.toThrow(/^The run has port 99\.0\.0 and here it is /);
    expect(await at.client.lrange('{port}:posts:active', 0, -1)).toEqual([]);
    expect((await (await at.open()).runs()).map(({ counts }) => counts)).toEqual([{ open: 1, done: 0, failed: 0 }]);
    run.stop();
    await run.ended;
  });

  it('a post of another folder is left to others, told of, and no reason to end', async () => {
    const run = start();
    await untilWaiting();
    const worker = startInWorker(at.redis, folder);
    const queue = await at.open();
    await until(async () => (await queue.workers()).length === 1);
    const post = { schemaVersion: 1, out: 'gone', outId: about.outId, folder: 'maya', run: about.run, key: keyOf(0) };
    await queue.add({ id: 'b', data: about }, [{ key: keyOf(0), data: post, priority: 100_007 }]);
    expect(await run.ended).toMatchObject({ exitCode: 0 });
    await until(async () => (await queue.underWay()).length === 0);
    // The worker knows that its folder is right, since a run of it was there.
    await until(async () => (await queue.failures('b')).size === 1);
    expect([...(await queue.failures('b')).values()]).toEqual([expect.stringContaining('port queue drop gone/maya')]);
    // Posts that are added from now on come behind it.
    expect(await queue.turn()).toBe(7);
    expect(worker.warnings()).toEqual([expect.stringMatching(/^The queue has posts for "gone\/maya"/)]);
  });

  it.each<[string, object]>([
    ['of another version', { schemaVersion: 2 }],
    ['that leads out of the folder', { out: '../../etc' }],
  ])('a job %s fails with the reason', async (_, odd) => {
    const queue = await at.open();
    const post = { schemaVersion: 1, out: 'gone', outId: about.outId, folder: 'maya', run: about.run, key: keyOf(0) };
    await queue.add({ id: 'b', data: {} }, [{ key: keyOf(0), data: { ...post, ...odd }, priority: 1 }]);
    startInWorker(at.redis, folder);
    await until(async () => (await queue.failures('b')).size === 1);
    expect([...(await queue.failures('b')).values()]).toEqual([expect.stringMatching(/^It is no post of ours: .+\.$/)]);
  });

  it('a worker is announced with what it is, and no longer once it has stopped', async () => {
    const worker = startInWorker(at.redis, folder, { jobs: 3 });
    const queue = await openQueue(at.redis.address, () => {});
    await until(async () => (await queue.workers()).length === 1);
    expect(JSON.parse((await queue.workers())[0] ?? '')).toMatchObject({
      ...{ version: version(), jobs: 3, host: expect.any(String), libavcodec: expect.any(Number) },
    });
    worker.stop();
    await worker.ended;
    expect(await queue.workers()).toEqual([]);
    await queue.close();
  });
});
