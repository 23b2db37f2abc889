import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { expectConsistentFolder } from '../e2e/accounting.ts';
import { eventsOf, startPort, startWorker } from './fleet.ts';
import { keyOf, photoExport } from './photo-export.ts';
import { hasRedis, redisAndFolder } from './redis.ts';

describe.skipIf(!hasRedis)('a post that is out', { timeout: 120_000 }, () => {
  const at = redisAndFolder('posted');

  it('stays as it is for workers as on one machine, until --redo-posted', async () => {
    const path = await photoExport(at.folder, 'bo', 2);
    const args = [
      path,
      '--to',
      'rednote,lemon8',
      '--offline',
      '--out',
      'shared',
      '--queue',
      at.redis.address,
      '--json',
    ];
    const worker = startWorker(at.redis.address, at.folder);
    const frozenIn = async (...more: readonly string[]) => {
      const run = startPort([...args, ...more], at.folder);
      expect(await run.ended, run.said().stderr).toBe(0);
      const posts = eventsOf(run).filter(({ type }) => type === 'post');
      expect(posts.map(({ status }) => status)).toEqual(Array(4).fill('delivered'));
      const isFrozen = ({ issues }: (typeof posts)[number]) =>
        (issues as { code: string }[]).some(({ code }) => code === 'posted-frozen');
      return posts.filter(isFrozen).map(({ key, target }) => `${key} ${target}`);
    };
    const words = async (target: string, index: number) =>
      readFile(join(at.folder, 'shared/bo', target, keyOf(index), 'caption.txt'), 'utf8');
    expect(await frozenIn()).toEqual([]);
    await writeFile(join(at.folder, 'shared/bo/posting.csv'), `key,target,posted\r\n${keyOf(0)},rednote,x\r\n`);
    expect(await frozenIn('--tags', 'again')).toEqual([`${keyOf(0)} rednote`]);
    expect(await words('rednote', 0)).not.toContain('#again');
    expect([await words('lemon8', 0), await words('rednote', 1)]).toEqual(
      Array(2).fill(expect.stringContaining('#again')),
    );
    await expectConsistentFolder(join(at.folder, 'shared/bo'));
    expect(await frozenIn('--tags', 'again', '--redo-posted')).toEqual([]);
    expect(await words('rednote', 0)).toContain('#again');
    worker.kill('SIGINT');
    expect(await worker.ended).toBe(0);
  });
});
