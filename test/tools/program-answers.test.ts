import { writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ffmpegAbilities, lazyAbilities } from '../../src/tools/ffmpeg-abilities.ts';
import { findProgram, readVersion } from '../../src/tools/programs.ts';
import { bundledPair, pairs } from '../programs.ts';
import { temporaryFolder } from './folder.ts';

function standIn(name: string, script: string, mode = 0o755): string {
  const path = join(temporaryFolder(), name);
  writeFileSync(path, `#!/bin/sh\n${script}\n`, { mode });
  return path;
}
const answer = (libavcodec: string) =>
  `echo 'ffmpeg version x Copyright (c) 2026 the FFmpeg developers'; echo 'libavcodec     ${libavcodec} / ${libavcodec}'`;

describe.skipIf(process.platform === 'win32')('a program that PORT_FFMPEG names and that cannot be run', () => {
  it.each<[string, string, number, string]>([
    ['is no program of this machine', '', 0o644, 'EACCES'],
    ['is ended from outside', 'kill -9 $$', 0o755, 'it was ended from outside, SIGKILL'],
    ['has too little memory', 'echo "Cannot allocate memory" >&2; exit 1', 0o755, 'there is not enough memory'],
    [
      'lacks a library',
      'echo "x: error while loading shared libraries: liba.so: cannot open shared object file: No such file or directory" >&2; exit 127',
      0o755,
      'the library liba.so is missing',
    ],
    ['fails', 'echo "no licence" >&2; exit 1', 0o755, 'no licence'],
    ['is another', 'echo "curl 8.0"', 0o755, 'it does not answer like ffmpeg'],
  ])('%s: the reason', async (_odd, script, mode, reason) => {
    const path = standIn('ffmpeg', script, mode);
    const finding = findProgram('ffmpeg', { PORT_FFMPEG: path });
    if (reason === 'EACCES') await expect(finding).rejects.toThrow('which is not an ffmpeg that can be run (');
    else
      await expect(finding).rejects.toThrow(`which is not an ffmpeg that can be run (${reason}). Correct or unset it.`);
  });
});

describe.skipIf(process.platform === 'win32')('a program on PATH', () => {
  it('is asked in the order of the folders, past those that fail', async () => {
    const [broken, good] = [standIn('ffmpeg', 'exit 1'), standIn('ffmpeg', answer('60.  3.100'))];
    const PATH = ['', dirname(broken), dirname(good)].join(delimiter);
    const found = await findProgram('ffmpeg', { PATH, XDG_CACHE_HOME: temporaryFolder() });
    expect(found).toEqual({ name: 'ffmpeg', path: good, version: 'x', libavcodec: [60, 3], year: 2026, from: 'path' });
  });

  it('is of no use where PATH is not set: the one of npm is taken', async () => {
    expect(await findProgram('ffprobe', { XDG_CACHE_HOME: temporaryFolder() })).toMatchObject({ from: 'npm' });
  });
});

it.each<[string, number | null]>([
  ['Copyright (c) 2000-2026 the FFmpeg developers', 2026],
  ['Copyright (c) 2024 the FFmpeg developers', 2024],
  ['', null],
])('the year of "%s" is %s', (notice, year) => {
  const text = `ffmpeg version 7.1 ${notice}\nlibavcodec     61. 19.100 / 61. 19.100\n`;
  expect(readVersion(text, { name: 'ffmpeg', path: '/x', from: 'path' })?.year).toBe(year);
});

describe.each(pairs)('what ffmpeg of $name is able to do', ({ ffmpeg }) => {
  it('is asked of the program', async () => {
    const { encoders, filters } = await ffmpegAbilities(ffmpeg);
    expect(encoders).toEqual(['libx264', 'aac', 'mjpeg', 'png']);
    expect(filters).toEqual(expect.arrayContaining(['loudnorm', 'ebur128', 'yadif']));
    const lazy = lazyAbilities(ffmpeg);
    expect(await lazy.h264Encoders()).toContain('libx264');
    for (const other of ['libx265', 'aac', 'png']) expect(await lazy.h264Encoders()).not.toContain(other);
    expect(await lazy.filters()).toContain('scale');
  });
});

describe.skipIf(process.platform === 'win32')('what a build is able to do', () => {
  const lists = `
    case "$2" in
      -encoders) echo 'Encoders:'; echo ' V..... = Video'; echo ' ------'
        echo ' V....D libx264              libx264 H.264 / AVC (codec h264)'
        echo ' V....D h264_nvenc           NVIDIA NVENC'
        echo ' V....D notH264              none (codec h264) at its end'
        echo ' A....D aac                  AAC';;
      -filters) echo ' T.C zscale           V->V       Apply resizing.'
        echo ' ... yadif            V->V       Deinterlace.'
        echo 'x.. boxblur          V->V       Blur.';;
      -version) echo 'ffmpeg version 5.1'; echo "libavcodec     $VERSION / $VERSION";;
    esac`;

  it('is read from its lists, in the order of what is wanted', async () => {
    const path = standIn('ffmpeg', lists);
    expect(await ffmpegAbilities(path)).toEqual({ encoders: ['libx264', 'aac'], filters: ['zscale', 'yadif'] });
    expect([...(await lazyAbilities(path).h264Encoders())]).toEqual(['libx264', 'h264_nvenc']);
  });

  it.each<[string, boolean]>([
    ['59. 36.100', false],
    ['59. 37.100', true],
    ['60.  3.100', true],
    ['58.134.100', false],
  ])('libavcodec %s has -fps_mode: %s', async (version, expected) => {
    const path = standIn('ffmpeg', `VERSION='${version}'\n${lists}`);
    expect(await lazyAbilities(path).hasFpsMode()).toBe(expected);
    const [major = 0, minor = 0] = version.split('.').map(Number);
    expect(await lazyAbilities('/nowhere/ffmpeg', [major, minor]).hasFpsMode()).toBe(expected);
  });

  it('that says no version has no -fps_mode', async () => {
    expect(await lazyAbilities(standIn('ffmpeg', 'echo other')).hasFpsMode()).toBe(false);
    expect(bundledPair.libavcodec[0]).toBeGreaterThan(57);
  });
});
