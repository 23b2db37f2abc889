import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
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

describe.skipIf(process.platform === 'win32')('what a person double-clicks', () => {
  const opener = join(bundle, 'Open content-port.sh');
  const shown = { CONTENT_PORT_WINDOW: '1' };
  beforeEach(() => {
    copyFileSync(resolve(launcher, '../open.sh'), opener);
    chmodSync(opener, 0o755);
  });
  const node = (code: number) =>
    writeFileSync(join(bundle, 'node'), `#!/bin/sh\nprintf '%s\\n' "$PWD" "$@"\nexit ${code}\n`, { mode: 0o755 });

  it.each([
    ['by its whole path', `'${opener}'`, '/'],
    ['by sh, beside it', "sh 'Open content-port.sh'", bundle],
    ['by sh, where the run bit of the launcher was lost', `chmod 644 port; sh '${opener}'`, bundle],
  ])('called %s: starts the studio, with its folder in the home folder', (_what, line, cwd) => {
    node(0);
    const { status, lines } = sh(line, cwd, shown);
    expect(status).toBe(0);
    expect(lines[0]).toBe('content-port opens in your browser. Keep this window open while you work.');
    expect(lines.slice(3)).toEqual([home, program, 'studio', '--out', join(home, 'content-port')]);
  });

  it('an error stays readable until Enter is pressed, and is its exit code', () => {
    node(2);
    const { status, lines } = sh(`echo | '${opener}'`, '/', shown);
    expect(status).toBe(2);
    expect(lines.at(-1)).toContain('Press Enter to close this window.');
  });

  it.each([
    ['xdg-terminal-exec', ['sh', opener]],
    ['gnome-terminal', ['--', 'sh', opener]],
    ['konsole', ['-e', 'sh', opener]],
    ['xfce4-terminal', ['-x', 'sh', opener]],
    ['xterm', ['-e', 'sh', opener]],
  ])('without a window: opens one of %s', (terminal, args) => {
    const tools = join(home, 'bin');
    mkdirSync(tools);
    writeFileSync(join(tools, terminal), '#!/bin/sh\nprintf "%s\\n" "$@"\n', { mode: 0o755 });
    expect(sh(`/bin/sh '${opener}'`, '/', { PATH: tools })).toMatchObject({ status: 0, lines: args });
  });

  const hasGlib = spawnSync('gio', ['version']).status === 0;
  it.skipIf(!hasGlib)('as an entry of the desktop (needs gio of GLib): opens it in a terminal', () => {
    const entry = join(bundle, 'Open content-port.desktop');
    copyFileSync(resolve(launcher, '../open.desktop'), entry);
    const [tools, told] = [join(home, 'bin'), join(home, 'told')];
    mkdirSync(tools);
    writeFileSync(join(tools, 'xterm'), `#!/bin/sh\nshift\n"$@" > '${told}'\n`, { mode: 0o755 });
    // No other terminal of this machine.
    for (const name of ['sh', 'dirname']) symlinkSync(`/bin/${name}`, join(tools, name));
    node(0);
    // gio alone gives no place of the entry, so that the folder at hand counts.
    sh(`/usr/bin/gio launch '${entry}'; /bin/sleep 1`, bundle, { ...shown, PATH: tools });
    expect(existsSync(told) && readFileSync(told, 'utf8')).toContain(`studio\n--out\n${home}/content-port\n`);
  });
});
