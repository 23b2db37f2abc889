import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { expectConsistentFolder } from '../e2e/accounting.ts';
import { runPort } from '../e2e/run-port.ts';
import { pairs } from '../programs.ts';
import { type Behaviour, type FaultServer, serve, stallAfter, startServer } from '../servers/fault-server.ts';
import { makeSmallMedia } from '../torture/small-export.ts';
import { leftovers } from '../torture/tree.ts';
import { type Process, startPort, startWorker } from './fleet.ts';
import { keyOf, photoExport } from './photo-export.ts';
import { hasRedis, redisAndFolder } from './redis.ts';

describe.skipIf(!hasRedis)('faults', { timeout: 240_000 }, () => {
  const at = redisAndFolder('faults');
  let video: Buffer;
  beforeAll(async () => {
    video = (await makeSmallMedia(join(at.folder, 'media')))['/copy'] ?? Buffer.alloc(0);
  });

  /** A video whose server says nothing more after its beginning until it is released; and photos that lie in the export. */
  async function slowExport(account: string, photos: number) {
    const etag = '"video"';
    let isOpen = false;
    const behaviour: Behaviour = (...asked) =>
      (isOpen ? serve(video, { etag }) : stallAfter(2000, video, { etag }))(...asked);
    const server = await startServer({ '/video': behaviour });
    const release = () => {
      isOpen = true;
    };
    const link = `${server.url('/video')}?x-tos-expires=4102444800&x-tos-signature=verysecret`;
    const path = await photoExport(at.folder, account, photos, link);
    const args = [path, '--to', 'rednote', '--out', `out-${account}`, '--no-listing', '--allow-host', '127.0.0.1'];
    const queued = [...args, '--queue', at.redis.address];
    return { server, release, args, queued, account: join(at.folder, `out-${account}`, account) };
  }

  async function isAsked({ asked }: FaultServer, times = 1): Promise<void> {
    for (let tries = 0; tries < 2000 && asked.length < times; tries++) await wait(20);
    expect(asked.length).toBeGreaterThanOrEqual(times);
  }

  const over = async (process: Process, code: number | null) =>
    expect(await process.ended, `${process.said().stdout}${process.said().stderr}`).toBe(code);

  it('coordinator, Redis and worker die in the middle of a post: nothing is doubled, damaged or lost', async () => {
    const { server, release, args, queued, account } = await slowExport('dora', 2);
    const first = startPort(queued, at.folder);
    const stuck = startWorker(at.redis.address, at.folder);
    await isAsked(server);

    const second = await runPort(queued, at.folder);
    expect(second.code).toBe(2);
    expect(second.stderr).toMatch(/^port: Another port is at work in this folder/);
    first.kill('SIGKILL');
    await first.ended;
    const local = await runPort(args, at.folder);
    expect(local.code).toBe(2);
    expect(local.stderr).toMatch(/are still in a queue, where workers go on with them/);

    await at.redis.restart();
    const again = startPort(queued, at.folder);
    await again.says(/3 posts by dora/);
    stuck.kill('SIGKILL');
    release();
    const other = startWorker(at.redis.address, at.folder);
    await over(again, 0);
    const { totals } = await expectConsistentFolder(account);
    expect(totals).toEqual({ rednote: { delivered: 3, held: 0, rejected: 0, failed: 0 } });
    expect(await leftovers(account)).toEqual([]);
    other.kill('SIGINT');
    await over(other, 0);
  });

  it('Ctrl-C: a worker puts back what it is at, the coordinator leaves the rest to the workers', async () => {
    const { server, release, queued, account } = await slowExport('emil', 1);
    const run = startPort(queued, at.folder);
    const worker = startWorker(at.redis.address, at.folder);
    await isAsked(server);
    worker.kill('SIGINT');
    await over(worker, 0);
    run.kill('SIGINT');
    await over(run, 130);
    expect(run.said().stdout).toContain('The workers go on with what is in the queue.');
    release();
    const other = startWorker(at.redis.address, at.folder);
    // Nobody watches: the posts are done all the same, and listed by the next run.
    await isAsked(server, server.asked.length + 1);
    await over(startPort(queued, at.folder), 0);
    const { totals } = await expectConsistentFolder(account);
    expect(totals).toEqual({ rednote: { delivered: 2, held: 0, rejected: 0, failed: 0 } });
    other.kill('SIGINT');
    await over(other, 0);
  });

  it('failed posts are tried again while their run continues', async () => {
    const { server, release, queued, account } = await slowExport('fay', 1);
    const run = startPort(queued, at.folder);
    const soon = { PORT_TRIES: '3' };
    const stuck = startWorker(at.redis.address, at.folder, { environment: soon });
    await isAsked(server);
    const dying = { environment: { ...soon, PORT_DIE_WITH: keyOf(0) } };
    const victims = [1, 2, 3].map(() => startWorker(at.redis.address, at.folder, dying));
    for (const victim of victims) await over(victim, null);
    const worker = startWorker(at.redis.address, at.folder, { environment: soon });
    const retry = async () => (await runPort(['queue', 'retry', '--queue', at.redis.address], at.folder)).stdout;
    let said = await retry();
    for (let tries = 0; tries < 60 && !said.startsWith('1 post is'); tries++) said = await retry();
    expect(said).toBe('1 post is in the queue again.\n');
    release();
    stuck.kill('SIGKILL');
    await over(run, 0);
    const { totals } = await expectConsistentFolder(account);
    expect(totals).toEqual({ rednote: { delivered: 2, held: 0, rejected: 0, failed: 0 } });
    worker.kill('SIGINT');
    await over(worker, 0);
  });

  it.skipIf(pairs.length < 2)('a machine with another ffmpeg is refused, whichever comes second', async () => {
    const { queued } = await slowExport('gus', 1);
    const [npm, system] = pairs.map(({ ffmpeg, ffprobe }) => ({ PORT_FFMPEG: ffmpeg, PORT_FFPROBE: ffprobe }));
    // Workers that the tests before killed are known for some time yet, and have npm's: so the run has it.
    const worker = startWorker(at.redis.address, at.folder, { environment: system ?? {} });
    await worker.says(/Posts of/);
    const refused = await runPort(queued, at.folder, npm);
    expect(refused.code).toBe(2);
    expect(refused.stderr).toMatch(/^port: The worker on .* has an ffmpeg of libavcodec \d+ and here it is \d+/);
    worker.kill('SIGINT');
    await over(worker, 0);
    const run = startPort(queued, at.folder, npm ?? {});
    await run.says(/2 posts by gus/);
    const late = startWorker(at.redis.address, at.folder, { environment: system ?? {} });
    await over(late, 2);
    expect(late.said().stderr).toMatch(/port: The run (of "gus" )?has an ffmpeg of libavcodec/);
    run.kill('SIGINT');
    await over(run, 130);
  });
});
