import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { describe, expect, it, vi } from 'vitest';
import { parseProxy } from '../../src/config/proxy.ts';
import { ProgramError, ToolMissingError } from '../../src/errors.ts';
import type { ProxyServer } from '../../src/tools/proxy.ts';
import { createYtDlp, fetchedYtDlp, findYtDlp, ytDlpVersion } from '../../src/tools/yt-dlp.ts';
import { serve, startServer, status } from '../servers/fault-server.ts';
import { fakeMedia } from '../servers/media.ts';
import { startConnectProxy, startSocksProxy } from '../servers/proxies.ts';
import { temporaryFolder } from './folder.ts';
import { isRunning } from './is-running.ts';

const installed = (await findYtDlp({ PATH: process.env['PATH'] }))?.path ?? null;
const body = fakeMedia('mp4', 200_000);
const options = { maxBytes: 1_000_000, signal: new AbortController().signal };

/** A program that stands in for yt-dlp: a script of Node's, which gets the arguments as `args` and the output as `output`. */
function standIn(script: string): string {
  const path = join(temporaryFolder(), 'yt-dlp');
  const output = "args[args.indexOf('--output') + 1].replace('%(ext)s', 'mp4').replaceAll('%%', '%')";
  const start = `#!${process.execPath}\nconst fs = require('node:fs');\nconst args = process.argv.slice(2);\n`;
  writeFileSync(path, `${start}const output = ${output};\n${script}`, { mode: 0o755 });
  return path;
}

describe.skipIf(installed === null)('the real program', () => {
  const real = createYtDlp(installed ?? '');

  it('brings the video of a page', async () => {
    const server = await startServer({ '/video.mp4': serve(body) });
    const folder = join(temporaryFolder(), '100% maya');
    const path = await real.download(server.url('/video.mp4'), folder, options);
    expect(readFileSync(path).equals(body)).toBe(true);
    expect(readdirSync(folder)).toHaveLength(1);
  });

  it('lists what is on a page, one JSON document a line', async () => {
    const server = await startServer({ '/video.mp4': serve(body), '/gone': status(404) });
    const limits = { seconds: 30, maxBytes: 1_000_000, signal: options.signal };
    const listed = await real.list(server.url('/video.mp4'), limits);
    expect(listed.failure).toBeNull();
    expect(JSON.parse(listed.lines)).toMatchObject({ id: 'video', extractor: 'generic' });
    const gone = await real.list(server.url('/gone'), limits);
    expect(gone).toMatchObject({ lines: '', failure: expect.stringContaining('404') });
  });

  it('does not read what the user has configured for other uses', async () => {
    const server = await startServer({ '/video.mp4': serve(body) });
    const home = temporaryFolder();
    const told = join(home, 'told');
    mkdirSync(join(home, 'yt-dlp'));
    writeFileSync(join(home, 'yt-dlp', 'config'), `--exec "touch ${told}"\n--output "${home}/elsewhere.mp4"\n`);
    vi.stubEnv('XDG_CONFIG_HOME', home);
    try {
      const folder = temporaryFolder();
      expect(await real.download(server.url('/video.mp4'), folder, options)).toBe(join(folder, 'video.mp4'));
      expect(existsSync(told)).toBe(false);
    } finally {
      vi.unstubAllEnvs();
    }
  });

  it('fails with its own words, without addresses, where there is none', async () => {
    const server = await startServer({ '/page': status(404), '/big.mp4': serve(body) });
    const folder = temporaryFolder();
    const failed: unknown = await real
      .download(`${server.url('/page')}?x-signature=SECRET`, folder, options)
      .catch((error: unknown) => error);
    expect(failed).toBeInstanceOf(ProgramError);
    expect(failed).toMatchObject({ message: expect.stringContaining('404') });
    expect((failed as ProgramError).lastLines).not.toContain('SECRET');
    await expect(real.download(server.url('/big.mp4'), folder, { ...options, maxBytes: 1000 })).rejects.toThrow(
      'saved nothing',
    );
    expect(readdirSync(folder).filter((name) => !name.endsWith('.part'))).toEqual([]);
  });
});

const behind = (address: string) => ({ proxy: parseProxy(address) as ProxyServer, from: '--proxy', noProxy: '' });

describe.skipIf(installed === null)('the real program behind a proxy', () => {
  const page = 'https://www.cdn.test/@maya/video/1';

  it.each([
    ['http', startConnectProxy],
    ['socks5', startSocksProxy],
  ])('%s: asks it, with the login, and resolves no name itself', async (scheme, start) => {
    const proxy = await start({ everyHost: 1, login: 'maya:hush-hush!' });
    const real = createYtDlp(installed ?? '', behind(`${scheme}://maya:hush-hush%21@${proxy.host}`));
    const error: unknown = await real.download(page, temporaryFolder(), options).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ProgramError);
    expect(proxy.asked).toContain('www.cdn.test:443');
    expect(new Set(proxy.logins)).toEqual(new Set(['maya:hush-hush!']));
    expect(inspect(error)).not.toContain('hush-hush');
  });

  it('a proxy that is gone: its password is in no message', async () => {
    const proxy = await startConnectProxy();
    await proxy.stop();
    for (const scheme of ['http', 'socks5']) {
      const real = createYtDlp(installed ?? '', behind(`${scheme}://maya:hush-hush@${proxy.host}`));
      const error: unknown = await real.download(page, temporaryFolder(), options).catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(ProgramError);
      expect(inspect(error)).not.toContain('hush-hush');
    }
  });
});

describe.skipIf(process.platform === 'win32')('a program of that name', () => {
  it('gets the proxy from its environment, where the list of processes does not show the password', async () => {
    const folder = temporaryFolder();
    const program = standIn('fs.writeFileSync(output, JSON.stringify([args, process.env.https_proxy]));');
    const path = await createYtDlp(program, behind('http://maya:hush-hush@p:1')).download('x', folder, options);
    const [args, address] = JSON.parse(readFileSync(path, 'utf8')) as [string[], string];
    expect(address).toBe('http://maya:hush-hush@p:1');
    expect(args.join(' ')).not.toContain('hush-hush');
  });

  it('that repeats the address of the proxy: the password is left out of its words', async () => {
    const program = standIn(
      "console.error('ERROR: no way to ' + process.env.all_proxy + ', hush-hush'); process.exit(1);",
    );
    const ytDlp = createYtDlp(program, behind('socks5://maya:hush-hush@p:1'));
    const limits = { seconds: 20, maxBytes: 1000, signal: options.signal };
    const error: unknown = await ytDlp.download('x', temporaryFolder(), options).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ message: 'ERROR: no way to (address) (password)' });
    expect(inspect(error)).not.toContain('hush-hush');
    expect(await ytDlp.list('x', limits)).toEqual({ lines: '', failure: 'ERROR: no way to (address) (password)' });
  });

  it('is reported all that matters, and gets the address as an address', async () => {
    const folder = temporaryFolder();
    const program = standIn('fs.writeFileSync(output, JSON.stringify(args));');
    const path = await createYtDlp(program).download('--exec=rm', folder, options);
    const args = JSON.parse(readFileSync(path, 'utf8')) as string[];
    expect(args).toEqual(expect.arrayContaining(['--ignore-config', '--no-playlist', '--max-filesize', '1000000']));
    expect(args.slice(-2)).toEqual(['--', '--exec=rm']);
  });

  it('that is interrupted ends, with what it started', async () => {
    const folder = temporaryFolder();
    const child = join(folder, 'child');
    const program = standIn(`
      const { spawn } = require('node:child_process');
      const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
      fs.writeFileSync(${JSON.stringify(child)}, String(child.pid));
      setInterval(() => {}, 1000);`);
    const controller = new AbortController();
    const pending = createYtDlp(program).download('https://www.tiktok.com/@_/video/1', folder, {
      ...options,
      signal: controller.signal,
    });
    await vi.waitFor(() => expect(readFileSync(child, 'utf8')).toMatch(/^\d+$/), { timeout: 5000 });
    controller.abort(new Error('Ctrl-C'));
    await expect(pending).rejects.toThrow('Ctrl-C');
    const pid = Number(readFileSync(child, 'utf8'));
    await vi.waitFor(() => expect(isRunning(pid)).toBe(false), { timeout: 5000 });
  });

  it('lists a profile: what it printed counts, whatever happens then', async () => {
    const limits = { seconds: 20, maxBytes: 100_000, signal: new AbortController().signal };
    const list = async (script: string, odd = {}) => {
      const path = standIn('').replace(/yt-dlp$/, 'lists');
      writeFileSync(path, `#!${process.execPath}\nconst args = process.argv.slice(2);\n${script}`, { mode: 0o755 });
      return await createYtDlp(path).list('https://www.tiktok.com/@maya', { ...limits, ...odd });
    };
    const told = await list('console.log(JSON.stringify(args))');
    expect(told.failure).toBeNull();
    const args = JSON.parse(told.lines) as string[];
    expect(args).toEqual(expect.arrayContaining(['--ignore-config', '--flat-playlist', '--dump-json']));
    expect(args.slice(-2)).toEqual(['--', 'https://www.tiktok.com/@maya']);
    const refused =
      "console.log('{}'); console.error('ERROR: no https://x.invalid/?x-signature=SECRET'); process.exit(1)";
    expect(await list(refused)).toEqual({ lines: '{}\n', failure: 'ERROR: no (address)' });
    const slow = "console.log('{}'); require('node:child_process').spawn('sleep', ['60'], { stdio: 'inherit' });";
    expect(await list(slow, { seconds: 1 })).toEqual({ lines: '{}\n', failure: 'took longer than 1 s' });
    expect(await list("console.log('x'.repeat(200000)); setInterval(() => {}, 1000)")).toMatchObject({
      failure: 'printed too much',
    });
    const stopped = AbortSignal.abort();
    await expect(list('setInterval(() => {}, 1000)', { signal: stopped })).rejects.toThrow('Interrupted');
    expect(await createYtDlp('/nowhere/yt-dlp').list('https://x.invalid', limits)).toMatchObject({
      lines: '',
      failure: expect.stringContaining('ENOENT'),
    });
  });

  it('that cannot be run fails as a program', async () => {
    await expect(
      createYtDlp('/nowhere/yt-dlp').download('https://www.tiktok.com/@_/video/1', temporaryFolder(), options),
    ).rejects.toThrow(ProgramError);
  });

  it('is the one that PORT_YTDLP names, else the one that was fetched, else the one on PATH, else none', async () => {
    const program = standIn('');
    const cache = temporaryFolder();
    const empty = { XDG_CACHE_HOME: cache, LOCALAPPDATA: cache };
    const PATH = `/nowhere:${join(program, '..')}`;
    expect(await findYtDlp({ ...empty, PORT_YTDLP: program, PATH: '' })).toEqual({
      path: program,
      from: 'environment',
    });
    expect(await findYtDlp({ ...empty, PATH })).toEqual({ path: program, from: 'path' });
    expect(await findYtDlp({ ...empty, PATH: '/nowhere' })).toBeNull();
    await expect(findYtDlp({ PORT_YTDLP: '/nowhere/yt-dlp' })).rejects.toThrow(ToolMissingError);
    const fetched = fetchedYtDlp(empty);
    mkdirSync(join(fetched, '..'), { recursive: true });
    copyFileSync(program, fetched);
    expect(await findYtDlp({ ...empty, PATH })).toEqual({ path: fetched, from: 'cache' });
    expect(await findYtDlp({ ...empty, PORT_YTDLP: program, PATH })).toEqual({ path: program, from: 'environment' });
  });

  it.each([
    ['2026.10.22', '2026.10.22'],
    ['2026.10.22.232815', '2026.10.22.232815'],
    ['nothing of the kind', null],
    ['', null],
  ])('says its version: %s', async (said, version) => {
    const program = standIn(`console.log(${JSON.stringify(said)})`);
    if (version === null) await expect(ytDlpVersion(program)).rejects.toThrow(ProgramError);
    else expect(await ytDlpVersion(program)).toBe(version);
  });
});
