import { execFile, spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { targets } from '../../../src/targets/index.ts';
import { runPort } from '../../e2e/run-port.ts';

/** The scripts of `port completion`, in the shells that they are for. */
const run = promisify(execFile);
const platforms = targets.map(({ name }) => name);

const commands = [[], ['fetch'], ['inspect'], ['check'], ['targets'], ['doctor'], ['serve']];
const helps = Promise.all(
  commands.map(async (command) => (await runPort([...command, '--help'], import.meta.dirname)).stdout),
);

/** For each shell: how to have it tell what it would offer at the end of a line. */
const asks: Readonly<Record<string, (script: string, line: string) => [string, string[]]>> = {
  bash: (script, line) => {
    // As readline parts it: at spaces, and around `=`.
    const words = line.replace(/=/g, ' = ').split(' ');
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is bash's
    const ask = 'source "$0"; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _port; printf "<%s>\\n" "${COMPREPLY[@]}"';
    return ['bash', ['--norc', '-c', ask, script, ...words]];
  },
  zsh: (script, line) => ['zsh', ['-f', resolve(import.meta.dirname, 'offered.zsh'), script, line]],
  fish: (script, line) => {
    const ask = `source $argv[1]; complete -C $argv[2] | string replace -r '\\t.*' '' | string replace -r '(.+)' '<$1>'; true`;
    return ['fish', ['--no-config', '-c', ask, script, line]];
  },
};

describe.each(Object.keys(asks))('completion in %s', (shell) => {
  const there = process.platform !== 'win32' && spawnSync(shell, ['--version']).status === 0;
  if (!there) console.warn(`SKIPPED: there is no ${shell}, so its completion is not tested here`);
  let folder = '';
  let script = '';

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'port-completion-'));
    const made = await runPort(['completion', shell], folder);
    script = made.stdout;
    await writeFile(join(folder, 'script'), script);
    await writeFile(join(folder, 'fetched.zip'), '');
  });
  afterAll(async () => rm(folder, { recursive: true, force: true }));

  async function offered(line: string): Promise<string[]> {
    const [program, args] = asks[shell]?.(join(folder, 'script'), line) ?? [shell, []];
    const { stdout } = await run(program, args, { cwd: folder, timeout: 30_000 });
    return [...new Set([...stdout.matchAll(/<([^<>\n]+)>/g)].map(([, word]) => word ?? ''))].sort();
  }

  it('has every option of every command', async () => {
    for (const help of await helps) {
      const flags = [...help.matchAll(/^ {2}(?:-\w, )?--([a-z-]+)/gm)].map(([, flag]) => flag ?? '');
      expect(flags.length).toBeGreaterThan(1);
      for (const flag of flags) expect(script).toMatch(new RegExp(`(--|-l )${flag}\\b`));
    }
  });

  it.skipIf(!there).each<[string, string[]]>([
    ['port fe', ['fetch', 'fetched.zip']],
    ['port --to re', ['rednote', 'reels']],
    ['port check fetched.zip --to ', [...platforms, 'all']],
    ['port fetched.zip --fit ', ['blur', 'crop', 'keep', 'pad']],
    ['port fetched.zip --sli', ['--slide-seconds']],
    ['port fetched.zip --encoder so', ['software']],
    ['port inspect --s', ['--skeleton']],
    ['port doctor --ins', ['--install-ffmpeg', '--install-yt-dlp']],
    ['port targets ', platforms],
    ['port completion ', ['bash', 'fish', 'zsh']],
    ['port --since 2', []],
  ])('%s', async (line, words) => {
    expect(await offered(line)).toEqual([...words].sort());
  });

  it.skipIf(!there)('of a comma list the last part', async () => {
    const words = await offered('port fetched.zip --to rednote,sho');
    expect(words.map((word) => word.split(',').at(-1))).toEqual(['shorts']);
    const equals = await offered('port fetched.zip --to=rednote,sho');
    expect(equals.map((word) => word.split(',').at(-1))).toEqual(['shorts']);
  });
});

it('a shell that nobody knows is a usage error', async () => {
  const { code, stderr, stdout } = await runPort(['completion', 'cmd'], tmpdir());
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toMatch(/bash, zsh or fish.*port --help\.\n$/);
});
