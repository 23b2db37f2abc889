import { chmodSync, existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import { expect } from 'vitest';
import { expectConsistentFolder } from '../e2e/accounting.ts';
import { until } from '../e2e/run-port.ts';
import { smallKeys } from '../torture/small-export.ts';
import { leftovers } from '../torture/tree.ts';
import { outcome, printed } from './compare.ts';
import type { AddScenario, Scenario } from './scenario.ts';

const { copied, encoded } = smallKeys;
const words = `key,caption\n${copied},Boats at the quay\n${encoded},The harbour by night\n`;

const inExport = ['export', '--to', 'rednote', '--offline', '--no-listing'];

/** Runs `port` on a copy of the small archive, whose media lie in the export. */
async function ported({ port, small, folder }: Scenario) {
  await small.copy(join(folder, 'export'));
  const again = async (...more: string[]) => port([...inExport, ...more], folder);
  const ran = await again();
  expect(ran.code, ran.stderr).toBe(0);
  return { again, account: join(folder, 'ported/small') };
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

export function filesScenarios(scenario: AddScenario): void {
  scenario(
    'captions.csv as Excel saves it (byte order mark, semicolons, CRLF), then as Unicode text',
    async (system) => {
      const { again, account } = await ported(system);
      const sheet = join(account, 'captions.csv');
      const [header = [], ...rows]: string[][] = parse(readFileSync(sheet, 'utf8'), { bom: true });
      const at = header.indexOf('caption');
      const saved = (words: string, delimiter: string) =>
        stringify([header, ...rows.map((row) => row.with(at, words))], {
          delimiter,
          record_delimiter: '\r\n',
          bom: true,
        });
      writeFileSync(sheet, saved('Hafen bei Nacht 🌙 旅行', ';'));
      const first = await again();
      const after = outcome(account);
      writeFileSync(sheet, Buffer.from(saved('Boote am Kai 船', '\t'), 'utf16le'));
      const second = await again();
      expect(readFileSync(join(account, 'rednote', copied, 'caption.txt'), 'utf8')).toContain('Boote am Kai 船');
      return { first: printed(first), after, second: printed(second), last: outcome(account) };
    },
    { short: true },
  );

  scenario('read-only files are replaced, and a read-only original that was deleted comes back', async (system) => {
    const { again, account } = await ported(system);
    rmSync(join(account, 'originals', `${copied}.mp4`));
    for (const path of filesIn(account)) chmodSync(path, 0o444);
    writeFileSync(join(system.folder, 'words.csv'), words);
    const ran = await again('--captions', 'words.csv');
    expect(ran.code, ran.stderr).toBe(0);
    await expectConsistentFolder(account);
    expect(await leftovers(account)).toEqual([]);
    return { ran: printed(ran), after: outcome(account) };
  });

  scenario(
    'a spreadsheet and a player hold files open: said in words, nothing is lost, and the run after it makes up for it',
    async (system) => {
      const { again, account } = await ported(system);
      const sheet = join(account, 'captions.csv');
      const video = join(account, 'rednote', encoded, 'video.mp4');
      const held = [await system.hold(sheet), await system.hold(video)];
      try {
        writeFileSync(join(system.folder, 'words.csv'), words);
        const during = await again('--captions', 'words.csv');
        if (system.name === 'windows') {
          expect(during.stderr).toMatch(/captions\.csv could not be written .*open in another program/);
          expect(existsSync(video)).toBe(true);
        }
      } finally {
        for (const release of held) await release?.();
      }
      const ran = await again('--captions', 'words.csv');
      expect(ran.code, ran.stderr).toBe(0);
      await expectConsistentFolder(account);
      expect(await leftovers(account)).toEqual([]);
      return outcome(account);
    },
    { short: true },
  );

  scenario('killed in the middle, and run again: nothing half-made is left', async (system) => {
    const { port, start, small, folder } = system;
    await small.copy(join(folder, 'export'));
    const all = [...inExport, '--jobs', '1'];
    const account = join(folder, 'ported/small');
    const { process: child, ended } = start(all, folder);
    await until(() => existsSync(join(account, 'rednote')) && filesIn(join(account, 'rednote')).length > 0);
    const second = await port(all, folder);
    expect(second.code, second.stderr).toBe(2);
    expect(second.stderr).toContain('Another port is at work in this folder');
    child.kill('SIGKILL');
    expect((await ended).code).toBeNull();
    const ran = await port(all, folder);
    expect(ran.code, ran.stderr).toBe(0);
    await expectConsistentFolder(account);
    expect(await leftovers(account)).toEqual([]);
    return outcome(account);
  });

  scenario('one file in two places on a drive; a copy on another drive', async (system) => {
    const { account } = await ported(system);
    const inode = (path: string) => statSync(path).ino;
    const isOne =
      inode(join(account, 'originals', `${copied}.mp4`)) === inode(join(account, 'rednote', copied, 'video.mp4'));
    const out = join('/dev/shm', `port-windows-links-${process.pid}`, system.name);
    const media = system.typed(join(system.folder, 'export/media'));
    try {
      const all = ['export/export.json', '--media', media, '--to', 'rednote', '--offline', '--no-listing'];
      const ran = await system.port([...all, '--out', system.otherDrive(out)], system.folder);
      expect(ran.code, ran.stderr).toBe(0);
      await expectConsistentFolder(join(out, 'small'));
      return { isOne, after: outcome(join(out, 'small')) };
    } finally {
      rmSync(out, { recursive: true, force: true });
    }
  });
}
