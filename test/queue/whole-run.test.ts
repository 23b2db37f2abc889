import { copyFile, mkdir, mkdtemp, readdir, readFile, rename, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RunEvent } from '../../src/model/event.ts';
import type { QueuedRun } from '../../src/queue/bullmq/contract.ts';
import { expectConsistentFolder, readManifest } from '../e2e/accounting.ts';
import { startCoordinator, startInWorker } from './in-process.ts';
import { emptyQueue, patience, until } from './only-queue.ts';
import { keyOf, photoExport } from './photo-export.ts';
import { hasRedis } from './redis.ts';

const posts = (events: readonly RunEvent[]) => events.flatMap((event) => (event.type === 'post' ? [event] : []));
const told = (events: readonly RunEvent[]) =>
  posts(events).map(({ key, target, status, unchanged }) => [`${key} ${target}`, status, unchanged].join());
const isThere = async (path: string) =>
  stat(path).then(
    () => true,
    () => false,
  );

describe.skipIf(!hasRedis)('coordinator and worker', { timeout: 5 * patience.timeout }, () => {
  const at = emptyQueue('whole');
  let folder: string;
  let out: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'port-whole-'));
    out = join(folder, 'out');
  });
  afterEach(async () => rm(folder, { recursive: true, force: true, maxRetries: 3 }));

  const start = (path: string, flags: object = {}) =>
    startCoordinator(at.redis, folder, [path], { to: 'rednote', out, ...flags });
  const work = () => startInWorker(at.redis, folder);
  const untilWaiting = async (count: number) =>
    until(async () => (await at.client.zcard('{port}:posts:prioritized')) === count);

  it('deliver, follow what a person chose, leave nothing in Redis, and a second run finds all unchanged', async () => {
    const path = await photoExport(folder, 'ana', 3);
    await mkdir(join(out, 'ana'), { recursive: true });
    const sheet = `key,caption,cover,targets,fit\r\n${keyOf(0)},Hello,,'-,\r\n${keyOf(1)},Mine,,,crop\r\n`;
    await writeFile(join(out, 'ana/captions.csv'), sheet);
    const worker = work();
    const run = start(path);
    const held = { rednote: { delivered: 2, held: 1, rejected: 0, failed: 0 } };
    expect(await run.ended).toMatchObject({ exitCode: 0, accounts: { ana: held } });
    expect(told(run.events).sort()).toEqual([
      `${keyOf(0)} rednote,held,false`,
      `${keyOf(1)} rednote,delivered,false`,
      `${keyOf(2)} rednote,delivered,false`,
    ]);
    expect(run.warnings()).toEqual([]);
    expect(await readFile(join(out, 'ana/rednote', keyOf(1), 'caption.txt'), 'utf8')).toContain('Mine');
    await expectConsistentFolder(join(out, 'ana'));
    expect((await readManifest(join(out, 'ana'))).posts.find(({ key }) => key === keyOf(1))).toMatchObject({
      fit: 'crop',
    });
    // What the worker does is told there too.
    expect(worker.events[0]).toMatchObject({
      type: 'run',
      account: 'ana',
      reported: 3,
      selected: 3,
      posts: 3,
      targets: ['rednote'],
    });
    expect(posts(worker.events)).toHaveLength(3);
    // The export is read once for all its posts.
    expect(worker.events.filter(({ type }) => type === 'run')).toHaveLength(1);
    expect(await isThere(join(out, 'ana/.port/queue'))).toBe(false);
    // What the worker wrote down for itself is part of the account's own documents now.
    const names = [...(await readdir(join(out, 'ana/.port'))), ...(await readdir(join(out, 'ana/originals')))];
    expect(names.filter((name) => name.endsWith('.jsonl'))).toEqual(['sources.jsonl']);
    expect(await at.client.keys('{port}:posts:*-2025-*')).toEqual([]);
    expect((await at.client.keys('{port}:exports:*')).filter((key) => /[0-9a-f]{16}/.test(key))).toEqual([]);

    const again = start(path);
    expect(await again.ended).toMatchObject({ exitCode: 0, accounts: { ana: held } });
    expect(told(again.events).sort()).toEqual([
      `${keyOf(0)} rednote,held,false`,
      `${keyOf(1)} rednote,delivered,true`,
      `${keyOf(2)} rednote,delivered,true`,
    ]);
    worker.stop();
    await worker.ended;
    expect(await at.client.keys('{port}:worker:*')).toEqual([]);
  });

  it('posts that nothing has to be fetched or made for need no worker, and are not put in', async () => {
    const path = await photoExport(folder, 'ana', 1);
    await mkdir(join(out, 'ana'), { recursive: true });
    await writeFile(join(out, 'ana/captions.csv'), `key,caption,targets\r\n${keyOf(0)},Hello,'-\r\n`);
    const run = start(path, { heldOriginals: false });
    expect(await run.ended).toMatchObject({ exitCode: 0, accounts: { ana: { rednote: { held: 1 } } } });
    expect(told(run.events)).toEqual([`${keyOf(0)} rednote,held,false`]);
    expect(await at.client.exists('{port}:exports:events')).toBe(0);
    expect(await isThere(join(out, 'ana/.port/queue'))).toBe(false);
  });

  it('a coordinator that is stopped leaves its posts to workers; the next one records what they did', async () => {
    const path = await photoExport(folder, 'ana', 2);
    const first = start(path);
    await untilWaiting(2);
    first.stop();
    expect(await first.ended).toMatchObject({ exitCode: 130 });
    const message = 'The workers go on with what is in the queue.';
    expect(first.events.filter(({ type }) => type === 'warning')).toEqual([{ type: 'warning', message, atEnd: true }]);
    const worker = work();
    await until(() => posts(worker.events).length === 2);
    await until(async () => (await at.client.llen('{port}:posts:active')) === 0);
    worker.stop();
    await worker.ended;
    const queue = await at.open();
    const [{ id, counts, data }] = (await queue.runs()) as [QueuedRun];
    expect(counts).toEqual({ open: 0, done: 2, failed: 0 });
    // What port queue status says of it.
    expect(data).toMatchObject({ account: 'ana', out: 'out', folder: 'ana', posts: 2, startedAt: expect.any(Number) });
    const tallies: unknown[] = [];
    await queue.eachTally(id, (tally) => tallies.push(tally));
    expect(tallies).toEqual(Array(2).fill({ delivered: 1, held: 0, rejected: 0 }));
    // Nobody works any more; a worker was killed while it wrote.
    const half = join(out, 'ana/rednote', keyOf(0), '.01.jpg.part');
    await writeFile(half, 'x');
    const second = start(path);
    expect(await second.ended).toMatchObject({ exitCode: 0 });
    expect(told(second.events).sort()).toEqual([0, 1].map((index) => `${keyOf(index)} rednote,delivered,false`));
    await expectConsistentFolder(join(out, 'ana'));
    expect(await isThere(half)).toBe(false);
  });

  it('what workers did for a run that is replaced is listed, and a damaged outcome beside it does not matter', async () => {
    const path = await photoExport(folder, 'ana', 2);
    const first = start(path);
    await untilWaiting(2);
    first.stop();
    await first.ended;
    const worker = work();
    await until(async () => (await at.client.exists('{port}:posts:metrics:completed')) === 1);
    await until(async () => posts(worker.events).length === 2 && (await at.client.llen('{port}:posts:active')) === 0);
    await writeFile(join(out, 'ana/.port/queue/2025-01-01_00-00-00.json'), '{');
    const second = start(path, { only: [keyOf(0)], tags: 'again' });
    expect(await second.ended).toMatchObject({ exitCode: 0 });
    const { posts: rows } = await readManifest(join(out, 'ana'));
    expect(rows.map(({ key, status }) => [key, status]).sort()).toEqual([
      [keyOf(0), 'delivered'],
      [keyOf(1), 'delivered'],
    ]);
  });

  it('a run with other options takes the place of the one before, and its waiting posts', async () => {
    const path = await photoExport(folder, 'ana', 2);
    const first = start(path);
    await untilWaiting(2);
    first.stop();
    await first.ended;
    const second = start(path, { only: [keyOf(0)] });
    await untilWaiting(1);
    const worker = work();
    expect(await second.ended).toMatchObject({ exitCode: 0 });
    expect(told(second.events)).toEqual([`${keyOf(0)} rednote,delivered,false`]);
    expect(posts(worker.events).map(({ key }) => key)).toEqual([keyOf(0)]);
  });

  it('machines that mount the folder elsewhere: what is recorded are the paths of the coordinator', async () => {
    const here = join(folder, 'here');
    const there = join(folder, 'there');
    await mkdir(here);
    await symlink(here, there);
    const path = await photoExport(here, 'ana', 1);
    await rename(join(path, 'media'), join(here, 'media'));
    const cover = join(here, 'media/cover.jpg');
    await copyFile(join(here, 'media', keyOf(0), '01.jpg'), cover);
    const account = join(here, 'out/ana');
    await mkdir(account, { recursive: true });
    const sheet = `key,caption,cover\r\n${keyOf(0)},Mine,${cover}\r\n`;
    await writeFile(join(account, 'captions.csv'), sheet);
    const flags = { to: 'shorts', out: join(here, 'out'), media: [join(here, 'media')], slideSeconds: '1' };
    const worker = startInWorker(at.redis, there);
    const run = startCoordinator(at.redis, here, [path], flags);
    expect(await run.ended).toMatchObject({ exitCode: 0 });
    const manifest = await readFile(join(account, 'manifest.json'), 'utf8');
    expect(manifest).toContain(join(here, 'media'));
    expect(manifest).toContain(`"cover":"${cover}"`);
    expect(manifest).not.toContain(there);
    expect(
      worker.events.find((event) => event.type === 'run' && event.folder === join(there, 'out/ana')),
    ).toBeDefined();
    expect(posts(run.events).flatMap(({ issues }) => issues.filter(({ severity }) => severity !== 'info'))).toEqual([]);
    // What is being made is told with its plan before it is done.
    const progress = run.events.filter(
      (event) => event.type === 'progress' && event.stage === 'make' && event.share < 1,
    );
    expect(progress.length).toBeGreaterThan(0);
    await expectConsistentFolder(account);
  });

  it('posts of a run that was spoiled meanwhile fail, each with the reason', async () => {
    const spoil: Record<string, [reason: RegExp, (path: string, document: string) => Promise<unknown>]> = {
      gone: [/A file of the run is not in the shared folder any more\./, async (path) => rm(path, { recursive: true })],
      less: [
        new RegExp(`The export does not have the post ${keyOf(0)} any more\\.`),
        async (path) => {
          const document = join(path, 'user_data_tiktok.json');
          await writeFile(document, (await readFile(document, 'utf8')).replaceAll('2025-05-01', '2025-06-01'));
        },
      ],
      damaged: [/is not valid JSON/, async (path) => writeFile(join(path, 'user_data_tiktok.json'), '{')],
      unread: [
        /out\/unread\/\.port\/queue\/run\.json cannot be read\./,
        async (_, document) => writeFile(document, '{'),
      ],
      other: [
        /Another run has taken the place of this one\./,
        async (_, document) => {
          const about = JSON.parse(await readFile(document, 'utf8')) as object;
          await writeFile(document, JSON.stringify({ ...about, run: '0123456789abcdef' }));
        },
      ],
    };
    const names = Object.keys(spoil);
    const paths: string[] = [];
    for (const name of names) paths.push(await photoExport(folder, name, 1));
    const run = startCoordinator(at.redis, folder, paths, { to: 'rednote', out });
    await untilWaiting(names.length);
    for (const [index, name] of names.entries())
      await spoil[name]?.[1](paths[index] ?? '', join(out, name, '.port/queue/run.json'));
    work();
    expect(await run.ended).toMatchObject({ exitCode: 1 });
    const said = posts(run.events).map(({ account, status, issues }) => [account, status, issues[0]?.message]);
    expect(said).toHaveLength(names.length);
    for (const name of names)
      expect(said).toContainEqual([name, 'failed', expect.stringMatching(spoil[name]?.[0] ?? 'none')]);
  });
});
