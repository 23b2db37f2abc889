import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { bin, fixture, runPort, until, workFolder } from './run-port.ts';
import { atTerminal } from './terminal.ts';

const folder = await workFolder();
const zip = fixture('export.zip');
const one = ['--only', '2025-03-02_09-15-04'];
afterAll(folder.remove);

describe('other names of platforms', () => {
  it('several names of one platform make it once, in any case', async () => {
    const args = [zip, '--to', 'xhs,YouTube,ig,rednote,RED', ...one, '--dry-run', '--json'];
    const { stdout, code } = await runPort(args, folder.path);
    const events = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(events.find(({ type }) => type === 'run').targets).toEqual(['rednote', 'shorts', 'reels']);
    expect(code).toBe(0);
  });

  it('check and targets take them too', async () => {
    const [check, targets] = await Promise.all([
      runPort(['check', zip, '--to', 'xiaohongshu', '--json'], folder.path),
      runPort(['targets', 'yt', '--json'], folder.path),
    ]);
    expect(check.stderr).not.toContain('no platform');
    expect(JSON.parse(targets.stdout).targets.map(({ name }: { name: string }) => name)).toEqual(['shorts']);
  });
});

describe('accounts of a config file', () => {
  it('one that no export has is named once, with the nearest name', async () => {
    const config = join(folder.path, 'clients.json');
    const accounts = { maja: { limit: 1 }, leo: { limit: 1 }, a: { limit: 1 }, b: { limit: 1 }, Maya: { limit: 2 } };
    await writeFile(config, JSON.stringify({ to: 'rednote', accounts }));
    const { stderr, code } = await runPort([zip, '--config', config, ...one, '--dry-run'], folder.path);
    const said = stderr.split('\n').filter((line) => line.includes('that no export of this run has'));
    expect(said).toHaveLength(1);
    expect(stderr.replace(/\s+/g, ' ')).toContain(
      'clients.json has options for accounts that no export of this run has: "maja" (did you mean "maya"?), "leo", "a", 1 more.',
    );
    expect(code).toBe(0);
  });

  it('one that an export has is not mentioned', async () => {
    const config = join(folder.path, 'maya.json');
    await writeFile(config, JSON.stringify({ to: 'rednote', accounts: { Maya: { limit: 2 } } }));
    const { stderr } = await runPort([zip, '--config', config, ...one, '--dry-run'], folder.path);
    expect(stderr).not.toContain('no export of this run');
  });
});

describe.skipIf(process.platform !== 'linux')('port alone', () => {
  const alone = `"${process.execPath}" "${bin}"`;

  it.each([
    ['n', 'n\n'],
    ['the end of the input', '\x04'],
  ])('at a terminal, answered by %s: says what it is and how to begin, within 80 columns', async (_what, keys) => {
    const { text, type, code } = atTerminal(alone, folder.path);
    await until(() => text().includes('[Y/n]'));
    type(keys);
    expect(await code).toBe(0);
    expect(text()).toContain('port fetch TikTok_Data_1766000000.zip');
    for (const line of text().split(/[\r\n]+/)) expect(line.length).toBeLessThanOrEqual(80);
  });

  it.each(['\n', 'y\n'])('at a terminal, answered by %j: the studio opens in the browser', async (keys) => {
    const opened = join(folder.path, 'opened');
    await writeFile(join(folder.path, 'xdg-open'), `#!/bin/sh\nprintf %s "$1" > '${opened}'\n`, { mode: 0o755 });
    const env = { PATH: `${folder.path}:${process.env['PATH']}`, XDG_CACHE_HOME: join(folder.path, 'cache') };
    const { text, type, code } = atTerminal(alone, folder.path, env);
    await until(() => text().includes('[Y/n]'));
    type(keys);
    await until(() => text().includes('Ctrl-C'));
    const address = /Studio: (\S+)/.exec(text())?.[1];
    await until(async () => (await readFile(opened, 'utf8').catch(() => '')) === address);
    const before = text().length;
    type('\n');
    await until(() => text().slice(before).includes('Studio: '));
    type('\x03');
    expect(await code).toBe(0);
  });

  it('with an export and no platform is a usage error, not a question', async () => {
    const { text, code } = atTerminal(`${alone} "${zip}"`, folder.path);
    expect(await code).toBe(2);
    expect(text()).toContain('--to is missing');
  });

  it('in a script is a usage error', async () => {
    const { stdout, stderr, code } = await runPort([], folder.path);
    expect([stdout, stderr, code]).toEqual(['', 'port: No export was named. See port --help.\n', 2]);
  });
});

describe.skipIf(process.platform !== 'linux')('a run at a terminal', () => {
  it('forecasts, tries how fast the machine encodes, and delivers; its lines end within 80 columns', async () => {
    const post = '2025-10-11_14-20-00';
    const line = `stty cols 80; "${process.execPath}" "${bin}" "${zip}" --to shorts --only ${post}`;
    const { text, code } = atTerminal(`sh -c '${line}'`, folder.path);
    expect(await code).toBe(0);
    const shown = text();
    expect(shown).toMatch(/1 file is encoded anew/);
    expect(shown).toContain('shorts    1 delivered');
    for (const each of shown.split(/[\r\n]+/)) expect(each.length).toBeLessThanOrEqual(80);
    expect(await readdir(join(folder.path, 'ported/maya/.port'))).not.toContain('.calibration.part.mp4');
  });
});
