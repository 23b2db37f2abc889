import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { expectConsistentFolder } from '../e2e/accounting.ts';
import { outcome, printed } from './compare.ts';
import type { AddScenario } from './scenario.ts';

const options = ['--to', 'rednote', '--offline', '--no-listing'];

export function namesScenarios(scenario: AddScenario): void {
  scenario(
    'accounts called as devices, with dots at the end, in Chinese and with emoji: folders that every system has',
    async ({ port, small, folder }) => {
      const names = ['con', 'aux.', 'NUL.txt', 'com1', 'maya...', '旅行 🎒', 'a:b', 'Maya', 'maya'];
      for (const [index, name] of names.entries()) await small.writeExport(join(folder, `${index}.json`), name);
      await small.copyVideo(join(folder, 'media'));
      const files = names.map((_, index) => `${index}.json`);
      const ran = await port([...files, ...options, '--media', 'media'], folder);
      const accounts = readdirSync(join(folder, 'ported')).filter((name) =>
        existsSync(join(folder, 'ported', name, 'manifest.json')),
      );
      expect(accounts.length, ran.stderr).toBeGreaterThanOrEqual(6);
      for (const name of accounts) await expectConsistentFolder(join(folder, 'ported', name));
      return { ran: printed(ran), accounts: accounts.sort() };
    },
  );

  scenario(
    'folders in Chinese, with emoji and spaces, typed in full; a second run has nothing to do',
    async ({ port, typed, small, folder }) => {
      const place = join(folder, '我的 视频 🎬');
      mkdirSync(place);
      await small.writeExport(join(place, '导出 1.json'), '旅行 🎒');
      await small.copyVideo(join(place, '媒体'));
      const out = join(place, 'for upload');
      const args = [typed(join(place, '导出 1.json')), ...options];
      const all = [...args, '--media', typed(join(place, '媒体')), '--out', typed(out)];
      const first = await port(all, folder);
      const account = join(out, '旅行 🎒');
      await expectConsistentFolder(account);
      const after = outcome(account);
      const second = await port(all, folder);
      expect(second.stderr).toContain('already there');
      expect(outcome(account)).toEqual(after);
      return { codes: [first.code, second.code], after };
    },
    { short: true },
  );

  scenario('a path of more than 260 characters', async ({ port, typed, small, folder }) => {
    const place = join(folder, ...Array.from({ length: 6 }, (_, index) => `${index}`.repeat(50)));
    mkdirSync(place, { recursive: true });
    await small.writeExport(join(place, 'export.json'), 'small');
    await small.copyVideo(join(place, 'media'));
    const args = [typed(join(place, 'export.json')), ...options, '--media', typed(join(place, 'media'))];
    const { code, stderr } = await port([...args, '--out', typed(join(place, 'out'))], folder);
    expect(code, stderr).toBe(0);
    return outcome(join(place, 'out/small'));
  });

  scenario(
    'a verbatim path of Windows (\\\\?\\Z:\\...), as tools print it',
    async ({ name, port, typed, small, folder }) => {
      await small.writeExport(join(folder, 'export.json'), 'small');
      await small.copyVideo(join(folder, 'media'));
      const verbatim = (path: string) => (name === 'windows' ? `\\\\?\\${typed(path)}` : path);
      const args = [verbatim(join(folder, 'export.json')), ...options, '--media', verbatim(join(folder, 'media'))];
      const { code, stderr } = await port([...args, '--out', verbatim(join(folder, 'out'))], folder);
      expect(code, stderr).toBe(0);
      return outcome(join(folder, 'out/small'));
    },
  );
}
