import { chmod, mkdir, open, readdir, stat, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { delimiter, dirname, join } from 'node:path';
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { ToolMissingError } from '../../src/errors.ts';
import { askProgram, fetchedFfmpeg, findProgram, readVersion } from '../../src/tools/programs.ts';
import { temporaryFolder } from '../media.ts';
import { bundledPair, pairs } from '../programs.ts';

const known = { name: 'ffmpeg', path: '/x/ffmpeg', from: 'path' } as const;
/** Nothing on PATH, and nothing that `port doctor` installed on this machine. */
const noCache = { PATH: '', XDG_CACHE_HOME: '/nowhere', LOCALAPPDATA: '/nowhere' };
const windows = process.platform === 'win32';

function says(name: string, version: string, libavcodec: string): string {
  return `${name} version ${version} Copyright (c) 2000-2026 the FFmpeg developers\nbuilt with gcc\nlibavutil      57. 28.100 / 57. 28.100\nlibavcodec     ${libavcodec} / ${libavcodec}\n`;
}

describe('readVersion', () => {
  test.each([
    ['5.1.9-0+deb12u1', '59. 37.100', [59, 37]],
    ['N-47683-g0e8eb07980-static', '58. 42.102', [58, 42]],
    ['4.2.7', '58. 54.100', [58, 54]],
    ['4.3', '58. 91.100', [58, 91]],
    ['8.0.1', '62. 11.100', [62, 11]],
    ['n7.1-dev', '61.19.100', [61, 19]],
  ])('%s', (version, libavcodec, expected) => {
    const found = readVersion(says('ffmpeg', version, libavcodec), known);
    expect(found).toEqual({ ...known, version, libavcodec: expected, year: 2026 });
  });

  test.each([
    ['nothing', ''],
    ['another program', says('ffprobe', '5.1', '59. 37.100')],
    ['avconv', says('avconv', '11', '56.  1.  0')],
    ['no libraries', 'ffmpeg version 5.1\n'],
    ['an error', 'sh: ffmpeg: not found\nffmpeg version 5.1\nlibavcodec 59. 37.100\n'],
  ])('%s', (_, text) => {
    expect(readVersion(text, known)).toBeNull();
  });
});

// Linux refuses to start a file that is open for writing (ETXTBSY).
test.skipIf(process.platform !== 'linux')('a program that is still open for writing is asked once more', async () => {
  const path = join(await temporaryFolder(), 'ffmpeg');
  const answer = 'ffmpeg version 9.1 Copyright (c) 2000-2026\\n  libavcodec     63.  1.100 / 63.  1.100\\n';
  await writeFile(path, `#!/bin/sh\nprintf '${answer}'\n`, { mode: 0o755 });
  const writing = await open(path, 'r+');
  setTimeout(() => void writing.close(), 20);
  expect(await askProgram('ffmpeg', path, 'cache')).toMatchObject({ path, libavcodec: [63, 1] });
});

describe('findProgram', () => {
  let folder: string;

  beforeAll(async () => {
    folder = await temporaryFolder();
  });
  afterEach(() => {
    vi.unstubAllEnvs();
  });

  /** A program that says what it is and can do nothing else. */
  async function fake(path: string, text: string): Promise<string> {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, `#!/bin/sh\ncat <<'END'\n${text}END\n`);
    await chmod(path, 0o755);
    return path;
  }

  test('npm’s program is used if there is none on PATH', async () => {
    const ffmpeg = await findProgram('ffmpeg', noCache);
    const ffprobe = await findProgram('ffprobe', noCache);
    expect(ffmpeg).toMatchObject({ from: 'npm', name: 'ffmpeg', path: bundledPair.ffmpeg });
    expect(ffprobe).toMatchObject({ from: 'npm', name: 'ffprobe', path: bundledPair.ffprobe });
  });

  test.each(pairs)('PORT_FFMPEG and PORT_FFPROBE are honoured: $name', async ({ ffmpeg, ffprobe }) => {
    expect(await findProgram('ffmpeg', { PORT_FFMPEG: ffmpeg })).toMatchObject({ from: 'environment', path: ffmpeg });
    expect(await findProgram('ffprobe', { PORT_FFPROBE: ffprobe })).toMatchObject({ path: ffprobe });
  });

  test.each(['/nowhere/ffmpeg', process.execPath, import.meta.filename])('PORT_FFMPEG=%s is an error', async (path) => {
    const finding = findProgram('ffmpeg', { PORT_FFMPEG: path, PATH: process.env['PATH'] });
    await expect(finding).rejects.toThrow(ToolMissingError);
    await expect(finding).rejects.toThrow(`PORT_FFMPEG names ${path}, which is not an ffmpeg that can be run (`);
  });

  test('PORT_FFMPEG that names an ffprobe is an error', async () => {
    await expect(findProgram('ffmpeg', { PORT_FFMPEG: bundledPair.ffprobe })).rejects.toThrow(ToolMissingError);
  });

  test('an old program is used if PORT_FFMPEG names it', async ({ skip }) => {
    skip(windows, 'the stand-in is a shell script');
    const path = await fake(join(folder, 'named', 'ffmpeg'), says('ffmpeg', '4.2.7', '58. 54.100'));
    expect(await findProgram('ffmpeg', { PORT_FFMPEG: path })).toMatchObject({ path, libavcodec: [58, 54] });
  });

  test('a new enough program on PATH is preferred to npm’s', async ({ skip }) => {
    skip(windows, 'the stand-in is a shell script');
    const path = await fake(join(folder, 'new', 'ffmpeg'), says('ffmpeg', '4.3', '58. 91.100'));
    const PATH = [join(folder, 'absent'), dirname(path)].join(delimiter);
    expect(await findProgram('ffmpeg', { ...noCache, PATH })).toMatchObject({ from: 'path', path, version: '4.3' });
  });

  // The stand-in is a shell script.
  test.skipIf(windows).each([
    ['4.2.7', '58. 54.100'],
    ['4.3 before its release', '58. 90.100'],
    ['3.4, whose second number is higher', '57.107.100'],
  ])('an old program on PATH is not used: %s', async (version, libavcodec) => {
    const old = await fake(join(folder, `old ${version}`, 'ffmpeg'), says('ffmpeg', version.slice(0, 3), libavcodec));
    expect(await findProgram('ffmpeg', { ...noCache, PATH: dirname(old) })).toMatchObject({ from: 'npm' });
    const later = await fake(join(folder, 'later', 'ffmpeg'), says('ffmpeg', '8.0', '62. 11.100'));
    const PATH = [dirname(old), dirname(later)].join(delimiter);
    expect(await findProgram('ffmpeg', { ...noCache, PATH })).toMatchObject({ from: 'path', path: later });
  });

  test('a file on PATH that cannot be run is not used', async ({ skip }) => {
    skip(windows, 'Windows has no run bit');
    const path = await fake(join(folder, 'no bit', 'ffmpeg'), says('ffmpeg', '8.0', '62. 11.100'));
    await chmod(path, 0o644);
    await mkdir(join(folder, 'a folder', 'ffmpeg'), { recursive: true });
    const PATH = [dirname(path), join(folder, 'a folder')].join(delimiter);
    expect(await findProgram('ffmpeg', { ...noCache, PATH })).toMatchObject({ from: 'npm' });
  });

  test.each<[string, string | null, string | null, string]>([
    ['nothing on PATH', null, '58. 20.100', 'cache'],
    ['an old one on PATH', '58. 54.100', '59.  1.100', 'cache'],
    ['an older major version on PATH', '61. 19.100', '62.  1.100', 'cache'],
    ['the same major version on PATH', '62.  1.100', '62. 28.100', 'path'],
    ['a newer one on PATH', '63.  1.100', '62. 28.100', 'path'],
    ['nothing installed', '61. 19.100', null, 'path'],
    ['neither', null, null, 'npm'],
  ])('one that port installed, and %s', async (odd, onPath, installed, expected) => {
    const place = join(folder, 'installed', odd);
    const environment = { PATH: join(place, 'path'), XDG_CACHE_HOME: join(place, 'cache') };
    if (onPath !== null) await fake(join(place, 'path', 'ffmpeg'), says('ffmpeg', 'x', onPath));
    const cached = fetchedFfmpeg('ffmpeg', environment);
    if (installed !== null) await fake(cached, says('ffmpeg', 'y', installed));
    expect((await findProgram('ffmpeg', environment)).from).toBe(expected);
    const named = await fake(join(place, 'named', 'ffmpeg'), says('ffmpeg', 'z', '58. 18.100'));
    expect((await findProgram('ffmpeg', { ...environment, PORT_FFMPEG: named })).from).toBe('environment');
  });

  test('one that port installed and that cannot be run gives way', async () => {
    const environment = { PATH: '', XDG_CACHE_HOME: join(folder, 'broken') };
    await fake(fetchedFfmpeg('ffmpeg', environment), 'curl 8.0\n');
    expect((await findProgram('ffmpeg', environment)).from).toBe('npm');
  });

  test('npm’s ffprobe without a run bit is copied to the user’s cache, once', async ({ skip }) => {
    skip(process.platform !== 'linux', 'only on Linux does XDG_CACHE_HOME move the cache');
    const { path } = createRequire(import.meta.url)('@ffprobe-installer/ffprobe') as { path: string };
    skip(((await stat(path)).mode & 0o111) !== 0, 'this npm set the run bit');
    const cache = join(folder, 'cache');
    vi.stubEnv('XDG_CACHE_HOME', cache);
    const first = await findProgram('ffprobe', {});
    expect(dirname(first.path)).toBe(join(cache, 'content-port', 'bin'));
    const made = await stat(first.path);
    expect(made.mode & 0o777).toBe(0o755);
    expect(made.size).toBe((await stat(path)).size);

    const second = await findProgram('ffprobe', {});
    expect(second).toEqual(first);
    expect((await stat(second.path)).ino).toBe(made.ino);
    expect(await readdir(dirname(first.path))).toHaveLength(1);
  });

  test('a truncated copy in the cache is made again', async ({ skip }) => {
    skip(process.platform !== 'linux', 'only on Linux does XDG_CACHE_HOME move the cache');
    const { path } = createRequire(import.meta.url)('@ffprobe-installer/ffprobe') as { path: string };
    skip(((await stat(path)).mode & 0o111) !== 0, 'this npm set the run bit');
    const cache = join(folder, 'short cache');
    vi.stubEnv('XDG_CACHE_HOME', cache);
    const bin = join(cache, 'content-port', 'bin');
    await mkdir(bin, { recursive: true });
    await writeFile(join(bin, `${(await stat(path)).size}-ffprobe`), 'cut short');
    expect(await findProgram('ffprobe', {})).toMatchObject({ from: 'npm', name: 'ffprobe' });
  });

  test('a cache that cannot be written gives a message without a stack', async ({ skip }) => {
    skip(process.platform !== 'linux', 'only on Linux does XDG_CACHE_HOME move the cache');
    const { path } = createRequire(import.meta.url)('@ffprobe-installer/ffprobe') as { path: string };
    skip(((await stat(path)).mode & 0o111) !== 0, 'this npm set the run bit');
    const cache = join(folder, 'a file');
    await writeFile(cache, '');
    vi.stubEnv('XDG_CACHE_HOME', cache);
    await expect(findProgram('ffprobe', {})).rejects.toThrow(ToolMissingError);
  });

  test('two processes at once do not disturb each other’s copy', async ({ skip }) => {
    skip(process.platform !== 'linux', 'only on Linux does XDG_CACHE_HOME move the cache');
    vi.stubEnv('XDG_CACHE_HOME', join(folder, 'shared cache'));
    const found = await Promise.all([findProgram('ffprobe', {}), findProgram('ffprobe', {})]);
    expect(found[0]).toEqual(found[1]);
  });
});
