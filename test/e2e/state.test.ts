import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { serve, startServer } from '../servers/fault-server.ts';
import { expectConsistentFolder, readManifest } from './accounting.ts';
import { runPort, workFolder } from './run-port.ts';
import { command, documentsIn, keys, servedMedia, workOn, writeExport } from './worked-folder.ts';

const work = await workFolder();
afterAll(work.remove);

describe('.port/ is a cache', () => {
  it('deleted, the next run writes the same documents, and what a person did still counts', async () => {
    const served = await servedMedia(join(work.path, 'made'));
    const server = await startServer(
      Object.fromEntries(Object.entries(served).map(([path, body]) => [path, serve(body)])),
    );
    await writeExport(work.path, server.url(''));
    const account = join(work.path, 'ported/small');
    // One post has no original.
    const run = async (...more: string[]) => {
      const { code, stderr } = await runPort([...command, ...more], work.path);
      expect(code, stderr).toBe(1);
    };
    await run();
    await workOn(account);
    await run();
    await expectConsistentFolder(account);
    const before = await documentsIn(account);
    const rows = (await readManifest(account)).posts;
    const rowOf = (key: string) => rows.find((row) => row.key === key);
    expect(rowOf(keys.linked)).toMatchObject({ original: { source: 'link' }, caption: { source: 'csv' } });
    expect(rowOf(keys.linked)?.files.find(({ role }) => role === 'cover')?.action).toBe('own');
    expect(rowOf(keys.sidecar)).toMatchObject({ original: { matchedBy: 'sidecar' }, caption: { source: 'edited' } });
    expect(rowOf(keys.listed)?.caption?.source).toBe('listing');
    expect(rowOf(keys.emptied)?.caption?.body ?? '').not.toContain('Two boats');
    expect(rows.map(({ status }) => status).sort()).toEqual([...Array(4).fill('delivered'), 'failed', 'held']);
    expect(Object.keys(before)).toEqual(expect.arrayContaining(['captions.json', 'originals/sources.jsonl']));

    const asked = server.asked.length;
    for (const more of [[], ['--offline']]) {
      await rm(join(account, '.port'), { recursive: true });
      await run(...more);
      expect(await documentsIn(account)).toEqual(before);
    }
    expect(server.asked).toHaveLength(asked);

    // The cells count as a person's though captions.csv is gone, and words that come anew do not take their place.
    await rm(join(account, '.port'), { recursive: true });
    await rm(join(account, 'captions.csv'));
    const sidecar = join(work.path, 'media/linked.info.json');
    const about = JSON.parse(await readFile(join(work.path, 'media/harbour.info.json'), 'utf8'));
    const told = { ...about, id: '7510944000000000000', timestamp: Date.parse('2025-06-01T10:00:00Z') / 1000 };
    await writeFile(sidecar, JSON.stringify({ ...told, description: 'Another source' }));
    await run();
    expect(await readFile(join(account, 'captions.csv'), 'utf8')).toBe(before['captions.csv']);
  }, 300_000);
});
