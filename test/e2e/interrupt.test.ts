import { existsSync } from 'node:fs';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { expectConsistentFolder } from './accounting.ts';
import { cutOff, fixture, runPort, until, workFolder } from './run-port.ts';

// One post that is done at once (as long as nothing cuts it), then one whose encode takes a while.
const only = ['--only', '2025-12-06_17-42-30,2025-11-23_08-05-41', '--jobs', '1', '--long', 'reject'];
const args = [fixture('export.zip'), '--to', 'rednote,shorts', ...only];

/** Whether the second post is being encoded in the account's folder. */
async function isEncoding(cwd: string): Promise<boolean> {
  const names = await readdir(join(cwd, 'ported'), { recursive: true }).catch(() => []);
  return names.some((name) => name.includes('2025-11-23_08-05-41.part') && name.endsWith('.video.part.mp4'));
}

// Windows has no signals to send to another process: killing it is all there is.
const signals: NodeJS.Signals[] = process.platform === 'win32' ? ['SIGKILL'] : ['SIGINT', 'SIGTERM', 'SIGKILL'];

describe.each(signals)('%s in the middle of an encode', (signal) => {
  it('leaves nothing half-made under a final name, and the next run continues', async () => {
    const { path, remove } = await workFolder();
    try {
      const code = await cutOff(args, path, signal, async () => isEncoding(path));
      if (signal !== 'SIGKILL') {
        expect(code).toBe(130);
        const { posts } = await expectConsistentFolder(join(path, 'ported/maya'));
        expect(new Set(posts.map(({ key }) => key)).size).toBe(8);
        const open = posts.filter(({ issues }) => issues.some((issue) => issue.code === 'interrupted'));
        expect(open.length).toBeGreaterThan(0);
      }
      const again = await runPort([fixture('export.zip'), '--to', 'rednote', ...only], path);
      expect(again.code).toBe(0);
      expect(again.stderr).toContain('already there');
      const other = await runPort(args, path);
      expect(other.code).toBe(1);
      const manifest = await expectConsistentFolder(join(path, 'ported/maya'));
      expect(manifest.totals).toMatchObject({
        rednote: { delivered: 2, held: 6 },
        shorts: { delivered: 1, held: 6, rejected: 1 },
      });
    } finally {
      await remove();
    }
  });
});

describe('two runs on one folder', () => {
  it('the second says so and stops; what a killed run left is swept', async () => {
    const { path, remove } = await workFolder();
    try {
      const first = runPort(args, path);
      await until(() => existsSync(join(path, 'ported/maya/.port/lock')));
      const second = await runPort(args, path);
      expect(second.code).toBe(2);
      expect(second.stderr).toMatch(/^port: Another port is at work in this folder/);
      expect((await first).code).toBe(1);
      await expectConsistentFolder(join(path, 'ported/maya'));

      await mkdir(join(path, 'ported/maya/rednote/.2020-01-01_00-00-00.part'));
      await writeFile(join(path, 'ported/maya/.manifest.json.0000.part'), '');
      await writeFile(join(path, 'ported/maya/.port/.captions.json.0000.part'), '');
      await runPort(args, path);
      await expectConsistentFolder(join(path, 'ported/maya'));
    } finally {
      await remove();
    }
  });
});
