import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { cp, mkdir, readdir, rename, symlink, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bin, ending, fixture, type Ran, workFolder } from './run-port.ts';

/** Whatever is missing of port itself, or of what it prints to: a sentence, and never a stack trace. */
const windows = process.platform === 'win32';
const noStack = /\n {4}at |node:internal|Unhandled|throw /;
const work = await workFolder();
afterAll(work.remove);

describe.skipIf(windows)('an installation of which something is missing', () => {
  const root = resolve(import.meta.dirname, '../..');
  const copy = join(work.path, 'installed');
  const inCopy = async (args: readonly string[]): Promise<Ran> =>
    await ending(spawn(process.execPath, [join(copy, 'bin/port.js'), ...args], { cwd: work.path, env: process.env }));

  /** dist is copied; of libraries only sharp is, the others are links, which are enough to be taken away. */
  beforeAll(async () => {
    for (const name of ['bin', 'dist', 'package.json'])
      await cp(join(root, name), join(copy, name), { recursive: true });
    const [from, to] = [join(root, 'node_modules'), join(copy, 'node_modules')];
    await mkdir(join(to, '@img'), { recursive: true });
    for (const name of await readdir(from))
      if (name !== 'sharp' && name !== '@img') await symlink(join(from, name), join(to, name));
    for (const name of await readdir(join(from, '@img')))
      await symlink(join(from, '@img', name), join(to, '@img', name));
    await cp(join(from, 'sharp'), join(to, 'sharp'), { recursive: true });
  });

  const without = async (name: string, args: readonly string[]) => {
    const [path, aside] = [join(copy, name), join(work.path, 'aside')];
    await rename(path, aside);
    try {
      return await inCopy(args);
    } finally {
      await rename(aside, path);
    }
  };

  const inspect = ['inspect', fixture('export.zip')];
  it.each<[string, readonly string[]]>([
    ['dist', ['targets']],
    ['dist/cli.js', ['targets']],
    ['dist/archives.js', inspect],
    ['node_modules/yauzl', inspect],
    ['package.json', ['--version']],
  ])('%s: says what to do, exit code 2', async (name, args) => {
    const { code, stderr } = await without(name, args);
    expect(stderr).not.toMatch(noStack);
    expect(stderr).toMatch(
      /^port: this installation is not whole \(.*\)\. Install it again: npm install -g content-port\n$/,
    );
    expect(code).toBe(2);
  });

  it.each(['node_modules/sharp', `node_modules/@img/sharp-${process.platform}-${process.arch}`])(
    '%s: a run and port doctor say how to install it',
    async (name) => {
      const run = await without(name, [fixture('export.zip'), '--to', 'rednote', '--offline']);
      expect([run.code, run.stdout, run.stderr.trim().split('\n').length], run.stderr).toEqual([2, '', 1]);
      expect(run.stderr).toMatch(/sharp cannot be loaded.*npm install --include=optional sharp/);
      const doctor = await without(name, ['doctor']);
      expect(doctor.code).toBe(2);
      expect(doctor.stdout).toContain('run: npm install --include=optional sharp');
      expect(run.stderr + doctor.stderr).not.toMatch(noStack);
    },
  );
});

describe.skipIf(process.platform !== 'linux')('an output that takes nothing', () => {
  const shell = (command: string) =>
    spawnSync('bash', ['-c', `set -o pipefail; port() { '${process.execPath}' '${bin}' "$@"; }; ${command}`], {
      cwd: work.path,
      encoding: 'utf8',
    });
  const zip = `'${fixture('export.zip')}'`;

  it.each<[string, string, number]>([
    ['stdout full', `port inspect ${zip} > /dev/full`, 1],
    ['stdout full, JSON', `port inspect ${zip} --json > /dev/full`, 1],
    ['stderr full, with something to say there', 'port inspect nowhere 2> /dev/full', 2],
    ['both full', 'port inspect nowhere --json > /dev/full 2> /dev/full', 2],
    ['stdout closed', 'port targets >&-', 0],
    ['stderr closed', 'port inspect nowhere 2>&-', 2],
    ['a reader that leaves after a line', 'port completion bash | head -1', 0],
  ])('%s: no stack trace, exit code %3$i', (_what, command, code) => {
    const { status, stdout, stderr } = shell(command);
    expect(stdout + stderr).not.toMatch(noStack);
    expect(status, stderr).toBe(code);
  });

  it('stdout full: says so on stderr, once', () => {
    const { stderr } = shell(`port inspect ${zip} --json > /dev/full`);
    expect(stderr.match(/could not be written/g)).toHaveLength(1);
  });
});

const hasScript = process.platform === 'linux' && spawnSync('script', ['--version']).status === 0;
if (!hasScript) console.warn('NOT TESTED: colours at a terminal (script of util-linux is not here).');

describe.skipIf(!hasScript)('colours at a terminal', () => {
  const ofTerminal = (environment: string) =>
    execFileSync(
      'script',
      [
        '-qec',
        `${environment} '${process.execPath}' '${bin}' lone.json --to rednote --offline --dry-run; true`,
        '/dev/null',
      ],
      {
        cwd: work.path,
        encoding: 'utf8',
        env: { ...process.env, NO_COLOR: '', TERM: 'xterm' },
        stdio: ['ignore', 'pipe', 'ignore'],
      },
    );
  const colour = /\u001b\[\d+m/;

  beforeAll(async () => {
    const VideoList = [{ Date: '2025-03-02 09:15:04', Link: 'N/A', WhoCanView: 'Everyone' }];
    await writeFile(join(work.path, 'lone.json'), JSON.stringify({ Post: { Posts: { VideoList } } }));
  });

  it.each([
    ['a usual one', 'TERM=xterm', true],
    ['TERM=dumb', 'TERM=dumb', false],
    ['NO_COLOR', 'TERM=xterm NO_COLOR=1', false],
  ])('%s', (_what, environment, expected) => {
    expect(colour.test(ofTerminal(environment))).toBe(expected);
    if (environment === 'TERM=dumb') expect(ofTerminal(environment)).not.toContain('\u001b');
  });
});
