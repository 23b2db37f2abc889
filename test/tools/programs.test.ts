import { chmod, copyFile, mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { ToolMissingError } from '../../src/errors.ts';
import { findProgram, readVersion, runnable } from '../../src/tools/programs.ts';

const folder = await mkdtemp(join(tmpdir(), 'port-programs-'));
afterAll(async () => rm(folder, { recursive: true, force: true }));

const known = { name: 'ffmpeg', path: '/x/ffmpeg', from: 'path' } as const;

describe('readVersion', () => {
  it.each<[string, string, readonly [string, number, number] | null]>([
    [
      'Debian 12',
      'ffmpeg version 5.1.6-0+deb12u1 Copyright (c)\nlibavutil      57. 28.100\nlibavcodec     59. 37.100 / 59. 37.100',
      ['5.1.6-0+deb12u1', 59, 37],
    ],
    [
      "npm's of 2018",
      'ffmpeg version N-47683-g0e8eb07980-static https://johnvansickle.com/\nlibavcodec     58. 42.102 / 58. 42.102',
      ['N-47683-g0e8eb07980-static', 58, 42],
    ],
    ['ffmpeg 8', 'ffmpeg version 8.0 Copyright\nlibavcodec     62. 11.100 / 62. 11.100', ['8.0', 62, 11]],
    ['another program', 'ffprobe version 8.0 Copyright\nlibavcodec     62. 11.100', null],
    ['no library named', 'ffmpeg version 8.0', null],
    ['nothing', '', null],
  ])('%s', (_name, text, expected) => {
    const found = readVersion(text, known);
    expect(found && [found.version, ...found.libavcodec]).toEqual(expected);
  });
});

// Programs here are shell scripts.
describe.skipIf(process.platform === 'win32')('findProgram', () => {
  async function fake(name: string, libavcodec: string): Promise<string> {
    const path = join(folder, name);
    await mkdir(path, { recursive: true });
    await writeFile(
      join(path, 'ffmpeg'),
      `#!/bin/sh\necho 'ffmpeg version ${name}'\necho 'libavcodec     ${libavcodec}.100'\n`,
    );
    await chmod(join(path, 'ffmpeg'), 0o755);
    return path;
  }

  it('takes the one that the environment names, however old', async () => {
    const path = join(await fake('named', '57.1'), 'ffmpeg');
    expect(await findProgram('ffmpeg', { PORT_FFMPEG: path, PATH: '' })).toMatchObject({ path, from: 'environment' });
  });

  it('says so if that is none', async () => {
    const wrong = findProgram('ffmpeg', { PORT_FFMPEG: '/nowhere/ffmpeg', PATH: '' });
    await expect(wrong).rejects.toThrow(ToolMissingError);
    await expect(wrong).rejects.toThrow('PORT_FFMPEG names /nowhere/ffmpeg');
  });

  it('takes the first on PATH that is new enough', async () => {
    const [old, edge] = [await fake('old', '58.90'), await fake('edge', '58.91')];
    expect(await findProgram('ffmpeg', { PATH: `${old}:${edge}` })).toMatchObject({ version: 'edge', from: 'path' });
  });

  it("passes over an old one for npm's", async () => {
    expect(await findProgram('ffmpeg', { PATH: await fake('older', '58.54') })).toMatchObject({ from: 'npm' });
  });

  it('a binary without its run bit is copied to the cache and used from there', async () => {
    const path = join(await fake('bare', '60.1'), 'ffmpeg');
    const bare = join(folder, 'bare-ffmpeg');
    await copyFile(path, bare);
    await chmod(bare, 0o644);
    const copy = await runnable(bare, join(folder, 'cache'));
    expect((await stat(copy)).mode & 0o111).not.toBe(0);
    expect((await stat(bare)).mode & 0o111).toBe(0);
    expect(await runnable(bare, join(folder, 'cache'))).toBe(copy);
    expect(await findProgram('ffmpeg', { PORT_FFMPEG: copy, PATH: '' })).toMatchObject({ version: 'bare' });
  });
});
