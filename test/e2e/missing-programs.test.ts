import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { fixture, runPort, workFolder } from './run-port.ts';

const withoutSharp = { NODE_OPTIONS: `--require ${resolve(import.meta.dirname, '../stand-ins/without-sharp.cjs')}` };

it.each<[string, NodeJS.ProcessEnv, RegExp]>([
  ['sharp cannot be loaded', withoutSharp, /sharp cannot be loaded.*npm install --include=optional sharp/],
  ['ffmpeg cannot be run', { PORT_FFMPEG: '/nowhere/ffmpeg' }, /PORT_FFMPEG names \/nowhere\/ffmpeg/],
  ['ffprobe cannot be run', { PORT_FFPROBE: '/nowhere/ffprobe' }, /PORT_FFPROBE names \/nowhere\/ffprobe/],
])('%s: one sentence, exit code 2, nothing written', async (_what, environment, sentence) => {
  const work = await workFolder();
  try {
    const { code, stdout, stderr } = await runPort(
      [fixture('export.zip'), '--to', 'rednote', '--offline'],
      work.path,
      environment,
    );
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(stderr).toMatch(sentence);
    expect(existsSync(join(work.path, 'ported'))).toBe(false);
  } finally {
    await work.remove();
  }
});

it('port doctor says what to do about a sharp that cannot be loaded', async () => {
  const work = await workFolder();
  try {
    const { code, stdout } = await runPort(['doctor'], work.path, withoutSharp);
    expect(code).not.toBe(0);
    expect(stdout).toContain('images   sharp cannot be loaded');
    expect(stdout).toContain('run: npm install --include=optional sharp');
  } finally {
    await work.remove();
  }
});
