import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { expectConsistentFolder } from '../e2e/accounting.ts';
import { runPort } from '../e2e/run-port.ts';
import { contents, finalFiles } from '../torture/tree.ts';
import { eventsOf, startPort, startWorker } from './fleet.ts';
import { keyOf, photoExport } from './photo-export.ts';
import { hasRedis, redisAndFolder } from './redis.ts';

describe.skipIf(!hasRedis)('choices in captions.csv', { timeout: 120_000 }, () => {
  const at = redisAndFolder('choices');

  it('count for workers as on one machine, and a second run leaves every post alone', async () => {
    const path = await photoExport(at.folder, 'bo', 4);
    const sheet = [
      'key,caption,cover,targets,fit',
      `${keyOf(0)},,originals/${keyOf(0)}/01.jpg,RedNote,crop`,
      `${keyOf(1)},,,'-,`,
      `${keyOf(2)},,,lemno8,stretch`,
      `${keyOf(3)},,,,pad`,
    ].join('\r\n');
    for (const out of ['local', 'shared']) {
      await mkdir(join(at.folder, out, 'bo'), { recursive: true });
      await writeFile(join(at.folder, out, 'bo/captions.csv'), `${sheet}\r\n`);
    }
    const args = [path, '--to', 'rednote,shorts', '--slide-seconds', '1', '--offline'];
    const local = await runPort([...args, '--out', 'local'], at.folder);
    expect(local.code, local.stderr).toBe(0);
    const worker = startWorker(at.redis.address, at.folder);
    const inQueue = [...args, '--out', 'shared', '--queue', at.redis.address, '--json'];
    const statusesOf = async (more: readonly string[] = []) => {
      const run = startPort([...inQueue, ...more], at.folder);
      expect(await run.ended, run.said().stderr).toBe(0);
      const posts = eventsOf(run).filter(({ type }) => type === 'post');
      const told = posts.map(({ key, target, status, unchanged }) => [`${key} ${target}`, status, unchanged].join());
      return told.sort();
    };
    const outcome = (unchanged: boolean) =>
      [
        ...[`${keyOf(0)} rednote,delivered,${unchanged}`, `${keyOf(0)} shorts,held,false`],
        ...[`${keyOf(1)} rednote,held,false`, `${keyOf(1)} shorts,held,false`],
        ...[`${keyOf(2)} rednote,held,false`, `${keyOf(2)} shorts,held,false`],
        ...[`${keyOf(3)} rednote,delivered,${unchanged}`, `${keyOf(3)} shorts,delivered,${unchanged}`],
      ].sort();
    expect(await statusesOf()).toEqual(outcome(false));
    const made = contents(await finalFiles(join(at.folder, 'shared')));
    const withoutSeconds = (files: Record<string, string>) => ({ ...files, 'summary.csv': '' });
    expect(withoutSeconds(made)).toEqual(withoutSeconds(contents(await finalFiles(join(at.folder, 'local')))));
    const { totals } = await expectConsistentFolder(join(at.folder, 'shared/bo'));
    expect(totals).toEqual({
      rednote: { delivered: 2, held: 2, rejected: 0, failed: 0 },
      shorts: { delivered: 1, held: 3, rejected: 0, failed: 0 },
    });
    expect(await statusesOf()).toEqual(outcome(true));
    expect(withoutSeconds(contents(await finalFiles(join(at.folder, 'shared'))))).toEqual(withoutSeconds(made));
    expect(await statusesOf(['--no-held-originals'])).toEqual(outcome(true));
    worker.kill('SIGINT');
    expect(await worker.ended).toBe(0);
  });
});
