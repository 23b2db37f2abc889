import { spawn } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { expectBooksToBalance } from './accounting.ts';
import { bin, fixture, runPort, workFolder } from './run-port.ts';

const args = [fixture('export.zip'), '--to', 'rednote,shorts', '--jobs', '1'];

/** Starts a run and ends it once it is at work on a rendition. */
async function cutOff(cwd: string, signal: NodeJS.Signals): Promise<number | null> {
  const child = spawn(process.execPath, [bin, ...args], { cwd, stdio: 'ignore' });
  const closed = new Promise<number | null>((done) => child.on('close', done));
  for (let tries = 0; tries < 400; tries++) {
    const names = await readdir(join(cwd, 'ported'), { recursive: true }).catch(() => []);
    if (names.some((name) => name.endsWith('.video.part.mp4'))) break;
    await wait(25);
  }
  child.kill(signal);
  return await closed;
}

// Windows has no signals to send to another process: killing it is all there is.
const signals: NodeJS.Signals[] = process.platform === 'win32' ? ['SIGKILL'] : ['SIGINT', 'SIGTERM', 'SIGKILL'];

describe.each(signals)('%s in the middle of an encode', (signal) => {
  it('leaves nothing half-made under a final name, and the next run goes on', async () => {
    const { path, remove } = await workFolder();
    try {
      const code = await cutOff(path, signal);
      if (signal !== 'SIGKILL') {
        expect(code).toBe(130);
        await expectBooksToBalance(join(path, 'ported/maya'));
      }
      const again = await runPort([fixture('export.zip'), '--to', 'rednote'], path);
      expect(again.code).toBe(0);
      expect(again.stderr).toContain('already there');
      const other = await runPort(args, path);
      expect(other.code).toBe(1);
      const manifest = await expectBooksToBalance(join(path, 'ported/maya'));
      expect(manifest.totals).toMatchObject({
        rednote: { delivered: 7, held: 1 },
        shorts: { delivered: 5, held: 1, rejected: 2 },
      });
    } finally {
      await remove();
    }
  });
});
