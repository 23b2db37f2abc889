import { spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { workFolder } from '../e2e/run-port.ts';

/** The launcher of a bundle on Linux and macOS, with a Node that prints what it was given. */
const launcher = resolve(import.meta.dirname, '../../packaging/port');
const work = await workFolder();
afterAll(work.remove);
const bundle = join(work.path, 'my port', 'it’s $(here)');
const home = join(work.path, 'home');

beforeEach(() => {
  for (const folder of [bundle, home]) {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
  }
  copyFileSync(launcher, join(bundle, 'port'));
  chmodSync(join(bundle, 'port'), 0o755);
  writeFileSync(join(bundle, 'node'), '#!/bin/sh\nprintf "%s\\n" "$0" "$@"\nexit 7\n', { mode: 0o755 });
});

/** Runs a line of sh with nothing in its environment but a home. */
function sh(line: string, cwd: string, environment: NodeJS.ProcessEnv = {}) {
  const { status, stdout, stderr } = spawnSync('/bin/sh', ['-c', line], {
    cwd,
    env: { HOME: home, ...environment },
    encoding: 'utf8',
  });
  return { status, lines: stdout.trimEnd().split('\n'), stderr };
}
const program = join(bundle, 'app/bin/port.js');

describe.skipIf(process.platform === 'win32')('the launcher', () => {
  it.each<[string, string, string, NodeJS.ProcessEnv?]>([
    ['by its whole path', `'${bundle}/port' a`, work.path],
    ['beside it', './port a', bundle],
    ['by sh, without a slash', 'sh port a', bundle],
    ['from PATH', 'port a', work.path, { PATH: `${bundle}:/usr/bin:/bin` }],
    ['where CDPATH leads elsewhere', './port a', bundle, { CDPATH: '/usr' }],
  ])('called %s: runs the Node and the program beside it, with its exit code', (_what, line, cwd, environment) => {
    const { status, lines, stderr } = sh(line, cwd, environment);
    expect({ status, lines, stderr }).toEqual({ status: 7, lines: [join(bundle, 'node'), program, 'a'], stderr: '' });
  });

  it.each([
    ['beside it', './port a', bundle, './port'],
    ['by sh, without a slash', 'sh port a', bundle, './port'],
    ['by a path that needs quotes', `'${bundle}/port' a`, work.path, ''],
  ])('called %s: tells the program how to be named in sentences', (_what, line, cwd, named) => {
    writeFileSync(join(bundle, 'node'), '#!/bin/sh\nprintf "%s\\n" "$PORT_COMMAND"\n', { mode: 0o755 });
    expect(sh(line, cwd).lines).toEqual([named]);
  });

  it('arguments stay as they are: spaces, an empty one, quotes, stars', () => {
    const { lines } = sh(`./port 'a b' '' "it's" '*' --to=all`, bundle);
    expect(lines.slice(2)).toEqual(['a b', '', "it's", '*', '--to=all']);
  });

  it('through a link, and a relative link to that', () => {
    mkdirSync(join(home, 'bin'));
    symlinkSync(join(bundle, 'port'), join(home, 'bin/first'));
    symlinkSync('bin/first', join(home, 'second'));
    expect(sh('./second', home)).toMatchObject({ status: 7, lines: [join(bundle, 'node'), program] });
    expect(sh('sh second', home)).toMatchObject({ status: 7, lines: [join(bundle, 'node'), program] });
  });

  it('a Node whose run bit was lost gets it back', () => {
    chmodSync(join(bundle, 'node'), 0o644);
    expect(sh('./port', bundle)).toMatchObject({ status: 7, lines: [join(bundle, 'node'), program] });
  });

  const hasOtherUser = process.getuid?.() === 0 && spawnSync('setpriv', ['--version']).status === 0;
  if (!hasOtherUser) console.warn("NOT TESTED: a bundle in somebody else's folder (root and setpriv are wanted).");
  it.skipIf(!hasOtherUser)(
    "a Node without run bit in somebody else's folder is copied into the user's cache, once",
    () => {
      chmodSync(work.path, 0o755);
      chmodSync(join(bundle, 'node'), 0o644);
      chmodSync(home, 0o777);
      const asNobody = 'setpriv --reuid=65534 --regid=65534 --clear-groups sh ./port';
      const copy = join(home, '.cache/content-port/@NODE@');
      for (const _time of [1, 2]) expect(sh(asNobody, bundle)).toMatchObject({ status: 7, lines: [copy, program] });
      expect(existsSync(copy)).toBe(true);
      rmSync(join(home, '.cache'), { recursive: true });
      chmodSync(home, 0o555);
      expect(sh(asNobody, bundle)).toMatchObject({ status: 2, stderr: expect.stringContaining('Unpack the ZIP anew') });
    },
  );
});
