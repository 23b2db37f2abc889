import { mkdir, readdir, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { fixture, runPort, workFolder } from './run-port.ts';

const folder = await workFolder();
afterAll(folder.remove);
/** In the system's own others leave things too. */
const temporary = await workFolder();
afterAll(temporary.remove);
const keys = ['2025-03-02_09-15-04', '2025-08-16_06-30-22', '2025-02-14_19-33-07', '2025-05-18_21-47-55'];
const args = [fixture('export.zip'), '--to', 'rednote,reels', '--only', keys.join()];

interface Line {
  readonly type: string;
  readonly key?: string;
  readonly target?: string;
  readonly expected?: { readonly status: string; readonly unchanged: boolean; readonly issues: unknown[] };
  readonly dryRun?: true;
  readonly exitCode?: number;
  readonly works?: Record<string, number>;
  readonly accounts?: Record<string, Record<string, unknown>>;
}

async function dry(...more: string[]): Promise<{ code: number | null; lines: Line[] }> {
  const { code, stdout } = await runPort([...args, '--dry-run', '--json', ...more], folder.path, {
    TMPDIR: temporary.path,
  });
  return {
    code,
    lines: stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Line),
  };
}

/** Every path below a folder with its size and time. */
async function snapshot(path: string): Promise<string[]> {
  const names = await readdir(path, { recursive: true });
  const facts = names.map(async (name) => {
    const { size, mtimeMs } = await stat(join(path, name));
    return `${name} ${size} ${mtimeMs}`;
  });
  return (await Promise.all(facts)).sort();
}

describe('--dry-run', () => {
  it('before the first run: tells how every post would end, and writes nothing', async () => {
    const { code, lines } = await dry();
    expect(await readdir(folder.path)).toEqual([]);
    const expected = lines.flatMap((line) => (line.expected ? [line] : []));
    expect(expected).toHaveLength(8 * 2);
    expect(lines.find(({ type }) => type === 'forecast')?.works).toMatchObject({ remux: 1 });
    const summary = lines.at(-1);
    expect(summary).toMatchObject({ type: 'summary', dryRun: true, exitCode: code });
    expect(await readdir(temporary.path)).toEqual([]);

    // What it says is what the run does.
    const ran = await runPort([...args, '--json', '--offline'], folder.path);
    const real = JSON.parse(ran.stdout.trim().split('\n').at(-1) ?? '') as Line;
    expect([summary?.accounts, code]).toEqual([real.accounts, ran.code]);
  });

  it('after a run: all is there already, and nothing is touched, half-made files included', async () => {
    const maya = join(folder.path, 'ported/maya');
    // Half-fetched and half-made files, as a killed run leaves them: the next run sweeps or goes on with them.
    const key = keys[0];
    for (const half of [
      `originals/.${key}.mp4.00ff00ff.part`,
      `.port/incoming/.${key}.part`,
      `.port/incoming/.${key}.part.json`,
      `.port/incoming/.2025-01-01_00-00-00.part`,
      `rednote/.${key}.part.00ff00ff/video.mp4`,
      `rednote/.${key}.old.part/notes.txt`,
    ]) {
      await mkdir(dirname(join(maya, half)), { recursive: true });
      await writeFile(join(maya, half), 'half');
    }
    const before = await snapshot(folder.path);
    const { lines } = await dry();
    expect(await snapshot(folder.path)).toEqual(before);
    const delivered = lines.flatMap(({ expected }) => (expected?.status === 'delivered' ? [expected] : []));
    expect(delivered.length).toBe(6);
    expect(delivered.filter(({ unchanged }) => !unchanged)).toEqual([]);
  });
});
