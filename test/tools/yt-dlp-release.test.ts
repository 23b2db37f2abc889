import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ToolMissingError } from '../../src/errors.ts';
import { createDisk } from '../../src/tools/disk.ts';
import { createHttp } from '../../src/tools/http.ts';
import { publishedHash } from '../../src/tools/release.ts';
import { fetchedYtDlp, findYtDlp } from '../../src/tools/yt-dlp.ts';
import { assetFor, installYtDlp } from '../../src/tools/yt-dlp-release.ts';
import { runPort } from '../e2e/run-port.ts';
import { type Behaviour, startServer } from '../servers/fault-server.ts';
import { temporaryFolder } from './folder.ts';

const program = (version: string) => `#!${process.execPath}\nconsole.log('${version}');\n`;
const good = program('2026.10.22');
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const says =
  (text: string): Behaviour =>
  (_request, response) =>
    response.end(text);
const other = `${'0'.repeat(64)}  yt-dlp.tar.gz`;
const asset = assetFor(process.platform, process.arch, false);

async function attempt(behaviours: Record<string, Behaviour>, base = '', limits = {}) {
  const cache = temporaryFolder();
  const environment = { XDG_CACHE_HOME: cache, LOCALAPPDATA: cache, PATH: '' };
  const server = await startServer(behaviours);
  const http = createHttp({ limits: { attempts: 1, ...limits } });
  const settings = { base: base || `http://${server.host}/latest`, signal: new AbortController().signal, environment };
  const done = await installYtDlp({ http, disk: createDisk() }, settings).catch((error: Error) => error);
  return { done, environment, server, path: fetchedYtDlp(environment) };
}

describe.skipIf(process.platform === 'win32' || !asset.startsWith('yt-dlp'))('port doctor --install-yt-dlp', () => {
  it('fetches the file for this machine, checks its hash, and is then what a run uses', async () => {
    const { done, environment, server, path } = await attempt({
      '/latest/SHA2-256SUMS': says(`${other}\n${sha256(good)}  ${asset}\n`),
      [`/latest/${asset}`]: says(good),
    });
    expect(done).toEqual({ path, version: '2026.10.22' });
    expect(statSync(path).mode & 0o111).toBe(0o111);
    expect(readFileSync(path, 'utf8')).toBe(good);
    expect(readdirSync(dirname(path))).toEqual(['yt-dlp']);
    expect(await findYtDlp(environment)).toEqual({ path, from: 'cache' });
    expect(server.asked.map((each) => each.path)).toEqual(['/latest/SHA2-256SUMS', `/latest/${asset}`]);
  });

  it.each<[string, string, Record<string, Behaviour>]>([
    ['another hash', 'SHA-256', { SUMS: says(`${'a'.repeat(64)}  ${asset}`), FILE: says(good) }],
    ['a file that is not listed', 'no line for', { SUMS: says(`${other}\n`), FILE: says(good) }],
    ['an error page instead of hashes', 'no line for', { SUMS: says('<html>'), FILE: says(good) }],
    ['no hashes', '404', { FILE: says(good) }],
    ['no file', '404', { SUMS: says(`${sha256(good)}  ${asset}`) }],
    ['hashes without an end', 'larger', { SUMS: says('x'.repeat(200_000)), FILE: says(good) }],
    ['a program that is none', 'cannot be run', { SUMS: says(`${sha256('words')}  ${asset}`), FILE: says('words') }],
    [
      'a program that is another',
      'cannot be run',
      { SUMS: says(`${sha256(program('curl 8'))}  ${asset}`), FILE: says(program('curl 8')) },
    ],
  ])('%s: nothing is installed', async (_odd, words, { SUMS, FILE }) => {
    const { done, path } = await attempt({
      ...(SUMS ? { '/latest/SHA2-256SUMS': SUMS } : {}),
      ...(FILE ? { [`/latest/${asset}`]: FILE } : {}),
    });
    expect(done).toBeInstanceOf(ToolMissingError);
    expect((done as Error).message).toContain(words);
    expect(existsSync(path)).toBe(false);
    expect(readdirSync(dirname(path)).filter((name) => !name.startsWith('.'))).toEqual([]);
  });

  it.each([
    ['plain http elsewhere', 'http://127.0.0.2:9/latest', 'http://127.0.0.2:9 is not https'],
    ['a private network', 'https://127.0.0.2:9/latest', '127.0.0.2 is not on the public internet'],
  ])('%s is not asked, and the reason is reported', async (_odd, base, words) => {
    const { done } = await attempt({}, base);
    expect(done).toBeInstanceOf(ToolMissingError);
    expect((done as Error).message).toContain(`(${words}). Name another address, or install it`);
  });

  it('from the command line', async () => {
    const server = await startServer({
      '/SHA2-256SUMS': says(`${sha256(good)} *${asset}`),
      [`/${asset}`]: says(good),
    });
    const cache = temporaryFolder();
    const environment = { XDG_CACHE_HOME: cache, PORT_YTDLP: '', PORT_YTDLP_RELEASES: `http://${server.host}/` };
    const { code, stdout, stderr } = await runPort(['doctor', '--install-yt-dlp'], temporaryFolder(), environment);
    expect(stderr).toContain('yt-dlp 2026.10.22');
    expect(stdout).toMatch(/^yt-dlp {3}2026\.10\.22, \d+ days old, fetched by port$/m);
    expect(code).toBe(0);
    const wrong = await runPort(['doctor', '--install-yt-dlp'], cache, { ...environment, PORT_YTDLP_RELEASES: 'x' });
    expect(wrong).toMatchObject({ code: 2, stderr: expect.stringContaining('PORT_YTDLP_RELEASES') });
  });
});

describe('which file of a release', () => {
  it.each<[NodeJS.Platform, string, boolean, string]>([
    ['linux', 'x64', false, 'yt-dlp_linux'],
    ['linux', 'arm64', false, 'yt-dlp_linux_aarch64'],
    ['linux', 'x64', true, 'yt-dlp_musllinux'],
    ['linux', 'arm', false, 'yt-dlp'],
    ['darwin', 'arm64', false, 'yt-dlp_macos'],
    ['win32', 'x64', false, 'yt-dlp.exe'],
    ['win32', 'arm64', false, 'yt-dlp_arm64.exe'],
    ['freebsd', 'x64', false, 'yt-dlp'],
  ])('%s %s, musl %s: %s', (platform, arch, musl, name) => expect(assetFor(platform, arch, musl)).toBe(name));

  it.each([
    ['two spaces', `${'a'.repeat(64)}  yt-dlp`, 'a'.repeat(64)],
    ['a star for binary', `${'B'.repeat(64)} *yt-dlp\r\n`, 'b'.repeat(64)],
    ['a longer name', `${'a'.repeat(64)}  yt-dlp_linux`, null],
    ['a name in a folder', `${'a'.repeat(64)}  x/yt-dlp`, null],
    ['a shorter hash', `${'a'.repeat(63)}  yt-dlp`, null],
    ['nothing', '', null],
  ])('%s', (_odd, sums, hash) => expect(publishedHash(sums, 'yt-dlp')).toBe(hash));
});
