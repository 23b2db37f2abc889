import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectConsistentFolder } from './accounting.ts';
import { fixture, type Ran, runPort, workFolder } from './run-port.ts';

/** An agency: several clients in one command, a config for all, and one export that is none. */
const folder = await workFolder();
const inOut = (name: string) => join(folder.path, 'out', name);
let ran: Ran;

async function client(name: string): Promise<string> {
  const text = await readFile(fixture('export/user_data_tiktok.json'), 'utf8');
  const place = join(folder.path, 'clients', name);
  await mkdir(place, { recursive: true });
  await writeFile(join(place, 'user_data_tiktok.json'), text.replace(/"userName": "maya"/, `"userName": "${name}"`));
  return place;
}

beforeAll(async () => {
  const exports = [
    await client('bo'),
    join(folder.path, 'clients/broken.zip'),
    await client('ana'),
    await client('di'),
  ];
  await writeFile(join(folder.path, 'clients/broken.zip'), 'PK\u0003\u0004 and nothing more');
  await mkdir(join(folder.path, 'out'));
  // A file where a folder has to be: this client's posts can go nowhere.
  await writeFile(inOut('di'), 'in the way');
  const config = {
    ...{ to: 'rednote', media: fixture('export/media'), offline: true, out: 'out', limit: 1 },
    accounts: { bo: { to: ['rednote', 'reels'], only: '2025-03-02_09-15-04' } },
  };
  await writeFile(join(folder.path, 'port.config.json'), JSON.stringify(config));
  // Named, since its media lie elsewhere: one that is found may not lead out of its folder.
  ran = await runPort([...exports, '--config', 'port.config.json'], folder.path);
});
afterAll(folder.remove);

describe('several clients in one command', () => {
  it('one that cannot be read does not stop the others, and the run says so', () => {
    expect(ran.code).toBe(1);
    expect(ran.stderr).toContain('broken.zip');
    expect(ran.stderr).toContain('"di": port cannot write into');
  });

  it('each has a folder of its own, and its own section of the config counts', async () => {
    const bo = await expectConsistentFolder(inOut('bo'));
    expect(Object.keys(bo.totals)).toEqual(['rednote', 'reels']);
    expect(bo.posts.filter(({ status }) => status === 'delivered').map(({ key }) => key)).toEqual([
      ...['2025-03-02_09-15-04', '2025-03-02_09-15-04'],
    ]);
    const ana = await expectConsistentFolder(inOut('ana'));
    expect(Object.keys(ana.totals)).toEqual(['rednote']);
    expect(ana.totals['rednote']?.['delivered']).toBe(1);
  });

  it('ends with a table', async () => {
    const rows = parse(await readFile(inOut('summary.csv')), { columns: true, bom: true }) as Record<string, string>[];
    expect(rows.map(({ account, target, delivered }) => [account, target, delivered].join(' '))).toEqual([
      ...['bo rednote 1', 'bo reels 1', 'ana rednote 1'],
    ]);
    expect(Number(rows[0]?.['bytes'])).toBeGreaterThan(10_000);
  });
});

describe('--config', () => {
  it('names a file that is not there', async () => {
    const { code, stderr } = await runPort([fixture('export.zip'), '--config', 'nowhere.json'], folder.path);
    expect([code, stderr]).toEqual([2, 'port: --config names nowhere.json, which is not there.\n']);
  });

  it('a flag wins over what lies in the folder', async () => {
    const { code, stderr } = await runPort(
      [fixture('export.zip'), '--limit', 'x', '--config', 'port.config.json'],
      folder.path,
    );
    expect(code).toBe(2);
    expect(stderr).toContain('--limit takes');
  });
});
