import { mkdir, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Worker } from 'bullmq';
import { describe, expect, it, onTestFinished } from 'vitest';
import { expectConsistentFolder } from '../e2e/accounting.ts';
import { cases } from '../torture/how-long.ts';
import { mutator } from '../torture/mutate.ts';
import { planted, plantedOf } from '../torture/planted.ts';
import { startPort } from './fleet.ts';
import { photoExport } from './photo-export.ts';
import { hasRedis, redisAndFolder } from './redis.ts';

/** What a worker of ours would leave of a post that it could not do. */
const outcomeOf = (run: string, key: string) => ({
  ...{
    schemaVersion: 1,
    run,
    key,
    attempt: 1,
    inputHashes: { rednote: 'x' },
    plans: [{ target: 'rednote', actions: ['image'] }],
  },
  fetched: { isNew: true, hasOriginal: true, issues: [issue] },
  rows: [
    {
      unchanged: false,
      row: {
        ...{ key, target: 'rednote', status: 'failed', issues: [{ ...issue, message: 'It broke.' }] },
        original: {
          path: `media/${key}/01.jpg`,
          sha256: 'a'.repeat(64),
          ...{ source: 'bundled', matchedBy: 'key', seconds: null },
        },
        ...{ declarations: [], toDeclare: [], linkPath: null, caption: null, files: [] },
      },
    },
  ],
});
const issue = { code: 'render-failed', severity: 'error', actual: 'x', limit: null };

describe.skipIf(!hasRedis)('a worker that is none of ours', { timeout: 240_000 }, () => {
  const at = redisAndFolder('hostile');

  it('whatever it leaves as outcomes: each post fails with a reason, and nothing outside is touched', async () => {
    const posts = cases(20, 28);
    const outside = join(at.folder, 'outside');
    await mkdir(outside);
    await writeFile(join(outside, 'secret.json'), 'mine');
    await photoExport(at.folder, 'ana', posts);
    const folder = join(at.folder, 'ported/ana/.port/queue');
    const values = plantedOf(at.folder);
    const { next, bytes, json } = mutator(4711);
    /** The ways to leave an outcome, in turn. */
    const ways: readonly ((path: string, outcome: ReturnType<typeof outcomeOf>) => Promise<void>)[] = [
      async (path, outcome) => writeFile(path, JSON.stringify(planted(outcome, values, next))),
      async (path, outcome) => writeFile(path, JSON.stringify(json(outcome, 3))),
      async (path, outcome) => writeFile(path, bytes(Buffer.from(JSON.stringify(outcome)))),
      async (path, outcome) =>
        writeFile(path, JSON.stringify({ ...outcome, rows: Array(70_000).fill(outcome.rows[0]) })),
      async (path) => symlink(join(outside, 'secret.json'), path),
      async (path) => mkdir(path),
      async () => {},
      async (path, outcome) => {
        const [row] = outcome.rows;
        const file = { path: '../../outside/secret.json', role: 'photo', bytes: 4, sha256: '', action: 'copy' };
        const files = [{ ...file, why: [], rendition: 'x' }];
        const rows = [{ ...row, row: { ...row?.row, status: 'delivered', files } }];
        await writeFile(path, JSON.stringify({ ...outcome, rows }));
      },
    ];
    const args = ['ana', '--to', 'rednote', '--offline', '--out', 'ported', '--queue', at.redis.address];
    const run = startPort(args, at.folder);
    await run.says(/No worker is there/);
    let count = 0;
    const worker = new Worker(
      'posts',
      async ({ data }) => {
        const { run: hash, key } = data as { run: string; key: string };
        const path = join(folder, `${key}.json`);
        await rm(path, { recursive: true, force: true });
        await ways[count % ways.length]?.(path, outcomeOf(hash, key));
        count++;
        if (count % 4 === 0) throw new Error(`\u001b[2J${'broken '.repeat(20_000)}`);
        return planted({ delivered: 1, held: 0, rejected: 'x' }, values, next);
      },
      { connection: { host: '127.0.0.1', port: at.redis.port, maxRetriesPerRequest: null }, prefix: '{port}' },
    );
    worker.on('error', () => {});
    onTestFinished(async () => worker.close(true));
    expect(await run.ended, run.said().stderr).toBe(1);
    const { stderr } = run.said();
    expect(stderr).not.toMatch(/\n {4}at |\u001b/);
    const { totals, posts: rows } = await expectConsistentFolder(join(at.folder, 'ported/ana'));
    expect(totals).toEqual({ rednote: { delivered: 0, held: 0, rejected: 0, failed: posts } });
    for (const { key, issues } of rows) expect(issues.length, key).toBeGreaterThan(0);
    expect(await readdir(outside)).toEqual(['secret.json']);
    expect(await readFile(join(outside, 'secret.json'), 'utf8')).toBe('mine');
    expect((await readdir(at.folder)).sort()).toEqual(['ana', 'outside', 'ported']);
  });
});
