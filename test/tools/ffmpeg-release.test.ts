import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { ToolMissingError } from '../../src/errors.ts';
import { createDisk } from '../../src/tools/disk.ts';
import { installFfmpeg, newestBuild, publisherFor, type System } from '../../src/tools/ffmpeg-release.ts';
import { createHttp } from '../../src/tools/http.ts';
import { fetchedFfmpeg, findProgram } from '../../src/tools/programs.ts';
import { cutOff, runPort } from '../e2e/run-port.ts';
import { type Behaviour, cutAfter, redirect, stallAfter, startServer } from '../servers/fault-server.ts';
import { startConnectProxy } from '../servers/proxies.ts';
import { temporaryFolder } from './folder.ts';
import { type BuiltEntry, buildZip } from './zip-builder.ts';

/** A program that says what it is and can do nothing else. */
const program = (name: string, version = '8.1', libavcodec = '62. 28.100') =>
  `#!/bin/sh\ncat <<'END'\n${name} version ${version} Copyright (c) 2000-2026 the FFmpeg developers\nlibavcodec     ${libavcodec} / ${libavcodec}\nEND\n`;
const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
const says =
  (body: Buffer | string): Behaviour =>
  (_request, response) =>
    response.end(body);

/** A .tar.xz of these files, by the system's tar; `rename`: an expression for their names in it. */
function tarXz(files: Readonly<Record<string, string>>, rename?: string): Buffer {
  const folder = mkdtempSync(join(tmpdir(), 'port-tar-'));
  try {
    for (const [name, content] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), content);
    }
    const names = rename === undefined ? [] : ['--transform', rename];
    const made = join(folder, 'made.tar.xz');
    execFileSync('tar', ['-cJPf', made, '-C', folder, ...names, ...Object.keys(files)]);
    return readFileSync(made);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const linux: System = { platform: 'linux', arch: 'x64' };
const windows: System = { platform: 'win32', arch: 'x64' };
const mac: System = { platform: 'darwin', arch: 'arm64' };
const tarName = 'ffmpeg-n8.1-latest-linux64-gpl-8.1.tar.xz';
const zipName = 'ffmpeg-n8.1-latest-win64-gpl-8.1.zip';
const goodTar = tarXz({
  'ffmpeg-n8.1/bin/ffmpeg': program('ffmpeg'),
  'ffmpeg-n8.1/bin/ffprobe': program('ffprobe'),
  'ffmpeg-n8.1/bin/ffplay': program('ffplay'),
  'ffmpeg-n8.1/doc/ffmpeg.txt': 'words',
});
const zipOf = (names: readonly string[], odd: Partial<BuiltEntry> = {}) =>
  buildZip(
    names.map((name) => ({
      name,
      content: program(name.includes('ffprobe') ? 'ffprobe' : 'ffmpeg'),
      mode: 0o100755,
      deflate: true,
      ...odd,
    })),
  );
const goodZip = zipOf(['ffmpeg-n8.1/bin/ffmpeg.exe', 'ffmpeg-n8.1/bin/ffprobe.exe', 'ffmpeg-n8.1/bin/ffplay.exe']);

/** BtbN's release. */
const release = (name: string, archive: Buffer, sums = `${sha256(archive)}  ${name}\n`): Record<string, Behaviour> => ({
  '/latest/checksums.sha256': says(sums),
  [`/latest/${name}`]: says(archive),
});

async function attempt(behaviours: Record<string, Behaviour>, system = linux, odd: Partial<Settings> = {}) {
  const server = await startServer(behaviours);
  const cache = temporaryFolder();
  const environment = { XDG_CACHE_HOME: cache, LOCALAPPDATA: cache, PATH: '' };
  const http = createHttp({ limits: { attempts: 1, pauseMilliseconds: 5 } });
  const settings = { base: `http://${server.host}/latest`, signal: new AbortController().signal, environment, system };
  const done: unknown = await installFfmpeg({ http, disk: createDisk() }, { ...settings, ...odd }).catch(
    (error: unknown) => error,
  );
  const bin = join(cache, 'content-port', 'bin');
  return { done, environment, server, left: () => (existsSync(bin) ? readdirSync(bin) : []) };
}
type Settings = Parameters<typeof installFfmpeg>[1];

describe.skipIf(process.platform !== 'linux')('port doctor --install-ffmpeg', () => {
  it('takes the two programs of the newest release of BtbN, and they are what a run uses', async () => {
    const { done, environment, server, left } = await attempt(release(tarName, goodTar));
    const path = fetchedFfmpeg('ffmpeg', environment);
    expect(done).toMatchObject([
      { name: 'ffmpeg', version: '8.1', libavcodec: [62, 28], path, from: 'cache' },
      { name: 'ffprobe', path: fetchedFfmpeg('ffprobe', environment) },
    ]);
    expect(left()).toEqual(['ffmpeg']);
    expect(readdirSync(dirname(path)).sort()).toEqual(['ffmpeg', 'ffprobe']);
    expect(statSync(path).mode & 0o111).toBe(0o111);
    expect(readFileSync(path, 'utf8')).toBe(program('ffmpeg'));
    expect(await findProgram('ffprobe', environment)).toMatchObject({ from: 'cache', libavcodec: [62, 28] });
    expect(server.asked.map((each) => each.path)).toEqual(['/latest/checksums.sha256', `/latest/${tarName}`]);
  });

  it('of a ZIP for Windows too', async () => {
    const { done, environment } = await attempt(release(zipName, goodZip), windows);
    expect(done).toMatchObject([{ name: 'ffmpeg' }, { name: 'ffprobe' }]);
    expect(readFileSync(fetchedFfmpeg('ffprobe', environment), 'utf8')).toBe(program('ffprobe'));
  });

  it('for a Mac from two ZIPs, whose hashes lie where the redirect leads', async () => {
    const [ffmpeg, ffprobe] = [zipOf(['ffmpeg']), zipOf(['ffprobe'])];
    const { done, server } = await attempt(
      {
        '/latest/macos/arm64/release/ffmpeg.zip': redirect('/download/macos/arm64/17_8.1/ffmpeg.zip'),
        '/latest/macos/arm64/release/ffprobe.zip': redirect('/download/macos/arm64/17_8.1/ffprobe.zip'),
        '/download/macos/arm64/17_8.1/ffmpeg.zip': says(ffmpeg),
        '/download/macos/arm64/17_8.1/ffprobe.zip': says(ffprobe),
        '/download/macos/arm64/17_8.1/ffmpeg.zip.sha256': says(`${sha256(ffmpeg)}  ffmpeg.zip\n`),
        '/download/macos/arm64/17_8.1/ffprobe.zip.sha256': says(`${sha256(ffprobe)}  ffprobe.zip\n`),
      },
      mac,
    );
    expect(done).toMatchObject([{ name: 'ffmpeg' }, { name: 'ffprobe' }]);
    expect(server.asked).toHaveLength(6);
  });

  it.each<[string, string, Record<string, Behaviour>]>([
    ['without its hash', '404', { '/latest/macos/arm64/release/ffmpeg.zip': says(zipOf(['ffmpeg'])) }],
    [
      'with another hash',
      'SHA-256',
      {
        '/latest/macos/arm64/release/ffmpeg.zip': says(zipOf(['ffmpeg'])),
        '/latest/macos/arm64/release/ffmpeg.zip.sha256': says(`${'a'.repeat(64)}  ffmpeg.zip\n`),
      },
    ],
  ])('a ZIP for a Mac %s: nothing is installed', async (_odd, words, behaviours) => {
    const { done, left } = await attempt(behaviours, mac);
    expect(done).toBeInstanceOf(ToolMissingError);
    expect((done as Error).message).toContain(words);
    expect(left()).toEqual([]);
  });

  const twice = tarXz({ 'a/bin/ffmpeg': program('ffmpeg'), 'b/bin/ffmpeg': program('ffmpeg'), 'a/ffprobe': 'x' });
  it.each<[string, string, Record<string, Behaviour>, System?]>([
    ['another hash', 'SHA-256', release(tarName, goodTar, `${'a'.repeat(64)}  ${tarName}`)],
    ['a hash of another file', 'no line for linux64', release(tarName, goodTar, `${sha256(goodTar)}  ${zipName}`)],
    ['a page instead of hashes', 'no line for', release(tarName, goodTar, '<html>')],
    ['no hashes', '404', { [`/latest/${tarName}`]: says(goodTar) }],
    ['no archive', '404', { '/latest/checksums.sha256': says(`${sha256(goodTar)}  ${tarName}`) }],
    ['hashes without an end', 'larger', release(tarName, goodTar, 'x'.repeat(200_000))],
    ['an archive cut short', 'cannot be read', release(tarName, goodTar.subarray(0, -200))],
    ['words instead of an archive', 'cannot be read', release(tarName, Buffer.from('words'))],
    ['no ffprobe in it', 'holds no ffprobe', release(tarName, tarXz({ 'a/bin/ffmpeg': program('ffmpeg') }))],
    ['two of a kind in it', '2 files called ffmpeg', release(tarName, twice)],
    [
      'names that lead out of it',
      'holds no ffmpeg',
      release(tarName, tarXz({ ffmpeg: program('ffmpeg'), ffprobe: program('ffprobe') }, 's,^,../../,')),
    ],
    [
      'absolute names',
      'holds no ffmpeg',
      release(tarName, tarXz({ ffmpeg: program('ffmpeg'), ffprobe: program('ffprobe') }, 's,^,/tmp/,')),
    ],
    [
      'programs that are others',
      'cannot be run here',
      release(tarName, tarXz({ 'a/ffmpeg': program('curl'), 'a/ffprobe': program('ffprobe') })),
    ],
    [
      'an ffprobe that cannot be run',
      'the ffprobe of the release cannot be run',
      release(tarName, tarXz({ 'a/ffmpeg': program('ffmpeg'), 'a/ffprobe': '\u007fELF' })),
    ],
    [
      'a ZIP with names that lead out of it',
      'holds no ffmpeg.exe',
      release(zipName, zipOf(['../ffmpeg.exe', '../ffprobe.exe'])),
      windows,
    ],
    [
      'a ZIP with links',
      'holds no ffmpeg.exe',
      release(zipName, zipOf(['a/ffmpeg.exe', 'a/ffprobe.exe'], { mode: 0o120777 })),
      windows,
    ],
    [
      'a ZIP whose sizes are false',
      'made to deceive',
      release(zipName, zipOf(['a/ffmpeg.exe', 'a/ffprobe.exe'], { bytes: 9 })),
      windows,
    ],
    [
      'a ZIP with the wrong content',
      'made to deceive',
      release(zipName, zipOf(['a/ffmpeg.exe', 'a/ffprobe.exe'], { crc: 1 })),
      windows,
    ],
    ['a ZIP that is none', 'made to deceive', release(zipName, Buffer.from('words')), windows],
  ])('%s: nothing is installed', async (_odd, words, behaviours, system = linux) => {
    const { done, left } = await attempt(behaviours, system);
    expect(done).toBeInstanceOf(ToolMissingError);
    expect((done as Error).message).toMatch(/^ffmpeg was not installed: .*\. Try again later, or install it as https:/);
    expect((done as Error).message).toContain(words);
    expect(left()).toEqual([]);
  });

  it.each<[string, System, Record<string, Behaviour>]>([
    ['a .tar.xz', linux, release(tarName, tarXz({ 'a/ffmpeg': 'x'.repeat(300_000), 'a/ffprobe': '' }))],
    ['a ZIP', windows, release(zipName, zipOf(['a/ffmpeg.exe', 'a/ffprobe.exe'], { content: 'x'.repeat(300_000) }))],
  ])('%s that unpacks to more than it may is stopped', async (_odd, system, behaviours) => {
    const limits = { archiveBytes: 1_000_000, programBytes: 200_000 };
    const { done, left } = await attempt(behaviours, system, { limits });
    expect((done as Error).message).toContain('more than a build of ffmpeg can');
    expect(left()).toEqual([]);
  });

  it('an archive that is larger than it may be is stopped', async () => {
    const limits = { archiveBytes: 100, programBytes: 200_000 };
    const { done, left } = await attempt(release(tarName, goodTar), linux, { limits });
    expect((done as Error).message).toContain('larger than 100 bytes');
    expect(left()).toEqual([]);
  });

  it('interrupted: nothing half is left, and the pair that was there stays', async () => {
    const stop = new AbortController();
    const stalls = { ...release(tarName, goodTar), [`/latest/${tarName}`]: stallAfter(50, goodTar) };
    const cache = temporaryFolder();
    const environment = { XDG_CACHE_HOME: cache, PATH: '' };
    const before = fetchedFfmpeg('ffmpeg', environment);
    mkdirSync(dirname(before), { recursive: true });
    writeFileSync(before, 'the old one');
    setTimeout(() => stop.abort(new Error('Ctrl-C')), 300);
    const { done } = await attempt(stalls, linux, { signal: stop.signal, environment });
    expect(done).toMatchObject({ message: 'Ctrl-C' });
    expect(readdirSync(join(cache, 'content-port', 'bin'))).toEqual(['ffmpeg']);
    expect(readFileSync(before, 'utf8')).toBe('the old one');
  });

  it('takes the place of an older pair, and clears away what a killed installation left', async () => {
    const cache = temporaryFolder();
    const environment = { XDG_CACHE_HOME: cache, PATH: '' };
    const bin = join(cache, 'content-port', 'bin');
    const [old, young] = [join(bin, '.ffmpeg-draft-0'), join(bin, '.ffmpeg-draft-1')];
    for (const folder of [old, young, join(bin, 'ffmpeg')]) mkdirSync(folder, { recursive: true });
    writeFileSync(join(bin, 'ffmpeg', 'ffmpeg'), 'the old one');
    utimesSync(old, 0, 0);
    const { done } = await attempt(release(tarName, goodTar), linux, { environment });
    expect(done).toMatchObject([{ name: 'ffmpeg' }, { name: 'ffprobe' }]);
    expect(readdirSync(bin).sort()).toEqual(['.ffmpeg-draft-1', 'ffmpeg']);
    expect(readFileSync(fetchedFfmpeg('ffmpeg', environment), 'utf8')).toBe(program('ffmpeg'));
  });

  it('without xz: that is said before anything is downloaded', async () => {
    const bin = temporaryFolder();
    for (const name of ['tar', 'sh']) symlinkSync(execFileSync('which', [name]).toString().trim(), join(bin, name));
    vi.stubEnv('PATH', bin);
    try {
      const { done, server, left } = await attempt(release(tarName, goodTar));
      expect((done as Error).message).toContain('install xz-utils');
      expect([server.asked, left()]).toEqual([[], []]);
    } finally {
      vi.unstubAllEnvs();
    }
  });

  it('a connection that breaks off: nothing is installed', async () => {
    const broken = { ...release(tarName, goodTar), [`/latest/${tarName}`]: cutAfter(100, goodTar) };
    const { done, left } = await attempt(broken);
    expect((done as Error).message).toContain('could not be fetched');
    expect(left()).toEqual([]);
  });

  it('Ctrl-C in the middle of the download: exit code 130, and nothing is left', async () => {
    const target = publisherFor(process)?.form;
    const name = `ffmpeg-master-latest-${target?.kind === 'one-archive' ? target.target : ''}-gpl.tar.xz`;
    const server = await startServer({ ...release(name, goodTar), [`/latest/${name}`]: stallAfter(50, goodTar) });
    const cache = temporaryFolder();
    const environment = { XDG_CACHE_HOME: cache, PORT_FFMPEG_RELEASES: `http://${server.host}/latest` };
    const isAsked = () => server.asked.some(({ path }) => path === `/latest/${name}`);
    const code = await cutOff(['doctor', '--install-ffmpeg'], temporaryFolder(), 'SIGINT', isAsked, environment);
    expect(code).toBe(130);
    expect(readdirSync(join(cache, 'content-port', 'bin'))).toEqual([]);
  });

  it('a system for which nobody publishes hashes: a sentence, and nothing is asked', async () => {
    const { done, server } = await attempt(release(tarName, goodTar), { platform: 'freebsd', arch: 'x64' });
    expect((done as Error).message).toContain('freebsd on x64');
    expect(server.asked).toEqual([]);
  });

  // The built program has no mutants.
  it.skipIf(process.env['PORT_MUTATED'])('from the command line, through a proxy, and doctor says so', async () => {
    const target = publisherFor(process)?.form;
    const name = `ffmpeg-master-latest-${target?.kind === 'one-archive' ? target.target : ''}-gpl.tar.xz`;
    const server = await startServer(release(name, goodTar));
    const proxy = await startConnectProxy();
    const environment = {
      ...{ XDG_CACHE_HOME: temporaryFolder(), PORT_FFMPEG: '', PORT_FFPROBE: '', HTTPS_PROXY: `http://${proxy.host}` },
      ...{ PORT_FFMPEG_RELEASES: `http://${server.host}/latest/` },
    };
    const folder = temporaryFolder();
    const { code, stdout, stderr } = await runPort(['doctor', '--install-ffmpeg', '--json'], folder, environment);
    expect(stderr).toContain('ffprobe 8.1 is in');
    expect(proxy.asked.length).toBeGreaterThan(0);
    expect(code).toBe(0);
    expect((JSON.parse(stdout) as { programs: unknown }).programs).toMatchObject([
      { name: 'ffmpeg', from: 'cache', libavcodec: [62, 28] },
      { name: 'ffprobe', from: 'cache' },
    ]);
    const wrong = await runPort(['doctor', '--install-ffmpeg'], folder, { ...environment, PORT_FFMPEG_RELEASES: 'x' });
    expect(wrong).toMatchObject({ code: 2, stderr: expect.stringContaining('PORT_FFMPEG_RELEASES') });
    const withLogin = { ...environment, PORT_FFMPEG_RELEASES: 'http://user:password99@127.0.0.1:9' };
    const hidden = await runPort(['doctor', '--install-ffmpeg'], folder, withLogin);
    expect(hidden.stderr).toContain('Fetching ffmpeg and ffprobe from http://127.0.0.1:9:');
    expect(hidden.stderr).not.toContain('password99');
  });
});

describe('who publishes builds with hashes', () => {
  it.each<[NodeJS.Platform, string, string | null]>([
    ['linux', 'x64', 'BtbN/FFmpeg-Builds'],
    ['linux', 'arm64', 'BtbN/FFmpeg-Builds'],
    ['win32', 'x64', 'BtbN/FFmpeg-Builds'],
    ['win32', 'arm64', 'BtbN/FFmpeg-Builds'],
    ['darwin', 'x64', 'ffmpeg.martin-riedl.de'],
    ['darwin', 'arm64', 'ffmpeg.martin-riedl.de'],
    ['linux', 'arm', null],
    ['win32', 'ia32', null],
    ['freebsd', 'x64', null],
  ])('%s %s: %s', (platform, arch, name) => expect(publisherFor({ platform, arch })?.name ?? null).toBe(name));
});

describe('the newest build of a list', () => {
  const list = [
    'ffmpeg-master-latest-linux64-gpl.tar.xz',
    'ffmpeg-master-latest-linux64-gpl-shared.tar.xz',
    'ffmpeg-master-latest-linux64-lgpl.tar.xz',
    'ffmpeg-master-latest-linuxarm64-gpl.tar.xz',
    'ffmpeg-master-latest-win64-gpl.zip',
    'ffmpeg-n7.1-latest-linux64-gpl-7.1.tar.xz',
    'ffmpeg-n8.1-latest-linux64-gpl-8.1.tar.xz',
    'ffmpeg-n8.0-latest-linux64-gpl-8.0.tar.xz',
    'ffmpeg-n8.1-latest-linux64-gpl-shared-8.1.tar.xz',
    'ffmpeg-n9.0-latest-linux64-lgpl-9.0.tar.xz',
    'ffmpeg-n10.0-latest-winarm64-gpl-10.0.zip',
    'ffmpeg-n9.1-latest-winarm64-gpl-9.1.zip',
  ];
  it.each([
    ['linux64', 'tar.xz', 'ffmpeg-n8.1-latest-linux64-gpl-8.1.tar.xz'],
    ['linuxarm64', 'tar.xz', 'ffmpeg-master-latest-linuxarm64-gpl.tar.xz'],
    ['win64', 'zip', 'ffmpeg-master-latest-win64-gpl.zip'],
    ['winarm64', 'zip', 'ffmpeg-n10.0-latest-winarm64-gpl-10.0.zip'],
    ['macos64', 'zip', null],
  ])('%s: %s', (target, extension, name) => expect(newestBuild(list, target, extension)).toBe(name));
});
