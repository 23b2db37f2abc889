import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { MachineError } from '../../src/model/machine-errors.ts';
import { causeOf, machineCodeIn, type ProgramExit, programError } from '../../src/tools/program-errors.ts';
import { temporaryFolder } from './folder.ts';

const ended = (lines: readonly string[], how: Partial<ProgramExit> = {}): ProgramExit => ({
  ...{ path: '/usr/bin/ffmpeg', code: 1, signal: null, lines },
  ...how,
});

describe('a fault of the machine in the words of a program', () => {
  it.each<[string, string | null]>([
    ['write: No space left on device', 'disk-full'],
    ['ERROR: no space left on the device', 'disk-full'],
    ['There is not enough space on the disk.', 'disk-full'],
    ['OSError: [Errno 28]', 'disk-full'],
    ['OSError: [Errno 2]', null],
    ['Disk quota exceeded', 'disk-quota'],
    ['Disc quota exceeded', 'disk-quota'],
    ['OSError: [Errno 122]', 'disk-quota'],
    ['File too large', 'file-too-large'],
    ['profile too large', null],
    ['OSError: [Errno 27]', 'file-too-large'],
    ['Too many open files', 'open-files'],
    ['No file descriptors available', 'open-files'],
    ['liba.so: cannot open shared object file: Error 23', 'open-files'],
    ['liba.so: cannot open shared object file: Error 24', 'open-files'],
    ['liba.so: cannot open shared object file: Error 240', null],
    ['Read-only file system', 'disk-read-only'],
    ['Stale file handle', 'disk-gone'],
    ['Stale NFS file handle', 'disk-gone'],
    ['Transport endpoint is not connected', 'disk-gone'],
    ['No such device', 'disk-gone'],
    ['no such devices', null],
    ['Device not configured', 'disk-gone'],
    ['Cannot allocate memory', 'memory-short'],
    ['Out of memory', 'memory-short'],
    ['malloc of size 12 failed', 'memory-short'],
    ['failed to map segment from shared object', 'memory-short'],
    ['Not enough memory resources', 'memory-short'],
    ['std::bad_alloc', 'memory-short'],
    ['Invalid data found', null],
  ])('%s: %s', (line, code) => {
    expect(causeOf(ended(['first', line, 'Conversion failed!'])).code).toBe(code);
    expect(machineCodeIn(line)).toBe(code);
  });

  it('is told by its last line of that kind', () => {
    const lines = ['a: No space left on device', 'b: No space left on device', 'something else'];
    expect(causeOf(ended(lines)).said).toBe('b: No space left on device');
  });

  it.each<[string, string]>([
    [
      'x: error while loading shared libraries: liba.so.1: cannot open shared object file: No such file',
      'the library liba.so.1 is missing',
    ],
    ['x: error while loading shared libraries: liba.so: invalid ELF header', 'liba.so: invalid ELF header'],
    ['dyld[5]: Library not loaded: @rpath/liba.dylib', 'the library @rpath/liba.dylib is missing'],
    ['Error loading shared library liba.so.60: No such file or directory', 'the library liba.so.60 is missing'],
    ["x: version `GLIBC_2.38' not found (required by x)", 'it is made for a newer system (GLIBC_2.38)'],
    ['x: version GLIBCXX_3.4.30 not found', 'it is made for a newer system (GLIBCXX_3.4.30)'],
    ['x: Exec format error', 'it is no program for this machine'],
    ['x: cannot execute binary file', 'it is no program for this machine'],
    ['Bad CPU type in executable', 'it is no program for this machine'],
    ['/usr/bin/ffmpeg: 1: Syntax error: word unexpected', 'it is no program for this machine'],
    ['/usr/bin/ffmpeg: line 3: ELF: not found', 'it is no program for this machine'],
  ])('that could not start, "%s": %s', (line, limit) => {
    expect(causeOf(ended(['', line]))).toMatchObject({ code: 'program-start', limit });
  });

  it('lines with numbers of other programs do not mean that', () => {
    expect(causeOf(ended(['/etc/profile: 12: Syntax error: word unexpected'])).code).toBeNull();
  });
});

describe('how a program ended', () => {
  it.each<[string, Partial<ProgramExit>, string | null, string | null]>([
    ['by the limit of file sizes', { code: null, signal: 'SIGXFSZ' }, 'file-too-large', null],
    ['by that limit inside a shell', { code: 153 }, 'file-too-large', null],
    ...['SIGKILL', 'SIGTERM', 'SIGHUP', 'SIGINT', 'SIGQUIT', 'SIGXCPU', 'SIGPWR'].map(
      (signal): [string, Partial<ProgramExit>, string, string] =>
        [...[`by ${signal}`, { code: null, signal }, 'program-killed', signal]] as [
          string,
          Partial<ProgramExit>,
          string,
          string,
        ],
    ),
    ['killed inside a shell', { code: 137 }, 'program-killed', 'SIGKILL'],
    ['by a crash', { code: null, signal: 'SIGSEGV' }, null, null],
    ['as what may not be run', { code: 126 }, 'program-start', 'it may not be run by you'],
    ['as what is not there', { code: 127 }, 'program-start', 'it, or something that it starts, is not there'],
    ['without a DLL', { code: 3221225781 }, 'program-start', 'a DLL is missing'],
    ['without a DLL, as a negative number', { code: -1073741515 }, 'program-start', 'a DLL is missing'],
    ['with an old DLL', { code: 3221225785 }, 'program-start', 'a DLL is too old'],
    ['for another machine', { code: 3221225595 }, 'program-start', 'it is no program for this machine'],
    ['without memory', { code: 3221225495 }, 'memory-short', ''],
    ['without memory to commit', { code: 3221225773 }, 'memory-short', ''],
    ['by its own decision', { code: 2 }, null, null],
  ])('%s', (_odd, how, code, limit) => {
    expect(causeOf(ended(['words'], how))).toMatchObject({ code, limit });
  });
});

describe('the line that tells the most', () => {
  it.each([
    '[swscaler @ 0x55] deprecated pixel format used',
    '    Last message repeated 4 times',
    'Conversion failed!',
    'Conversion failed',
    'Error opening input file a.mp4.',
    'Error opening output files: x',
    '[out#0 @ 0x1] Terminating thread with return code -5',
    '[out#0 @ 0x1] Task finished with error code: -5',
    'Error closing file a',
    '[out#0/mp4 @ 0x1] Nothing was written into output file',
    'Exiting normally, received signal 15.',
    '[swscaler @ 0x1] not supported, falling back',
    '[aac @ 0x1] x deprecated',
    '[mp4 @ 0x1] Non-monotonous DTS in output stream',
    '[aac @ 0x1] Queue input is backward in time',
    'x: Guessed Channel Layout',
    'x: Application provided duration',
    'Error while opening encoder - maybe incorrect parameters such as bit_rate',
    '[mp3 @ 0x1] Estimating duration from bitrate, this may be inaccurate',
    '[mov @ 0x1] Skipping unhandled metadata com.x',
    '[sws @ 0x1] No accelerated colorspace conversion',
    '',
  ])('is not "%s"', (line) => {
    expect(causeOf(ended(['[h264 @ 0x55] the reason', line])).said).toBe('h264: the reason');
  });

  it.each<[string, string]>([
    ['  [h264 @ 0x55d0ab] no frame ', 'h264: no frame'],
    ['[h264 @ 000001d5f00] no frame', 'h264: no frame'],
    ['[in#0/mov,mp4 @ 0x5] [error] no frame', 'in#0/mov,mp4: no frame'],
    ['x [h264 @ 0x5] no frame', 'x [h264 @ 0x5] no frame'],
    ['the conversion failed! twice', 'the conversion failed! twice'],
    ['x'.repeat(600), 'x'.repeat(500)],
  ])('"%s" is told as "%s"', (line, said) => {
    expect(causeOf(ended([line])).said).toBe(said);
  });

  it('without any is the last one, or how it ended', () => {
    expect(causeOf(ended(['Conversion failed!', 'Exiting normally'])).said).toBe('Exiting normally');
    expect(causeOf(ended([], { code: 7 })).said).toBe('exit code 7');
    expect(causeOf(ended(['words'], { code: null, signal: 'SIGABRT' })).said).toBe('it crashed (SIGABRT)');
  });
});

describe('a file that a program may not open', () => {
  it.each<[string, string | null]>([
    ['file:/a.mp4: No such file or directory', 'file-gone'],
    ['/a.mp4: Permission denied', 'not-permitted'],
    ['file:/a.mp4: Operation not permitted', 'not-permitted'],
    ['Error opening input file: Permission denied', 'not-permitted'],
    ['Error opening input: Permission denied', 'not-permitted'],
    ['Error opening output: Permission denied', 'not-permitted'],
    ['Could not open file file:/out/b.mp4: No such file or directory', 'file-gone'],
    ['[in#0 @ 0x5] Error opening input: No such file or directory', 'file-gone'],
    ['some other file: No such file or directory', null],
    ['file:/a.mp4: No such filter', null],
    ['a script says: file:/a.mp4: Permission denied', null],
  ])('%s: %s', (line, code) => {
    expect(causeOf(ended([line], { reads: ['/a.mp4'], writes: '/out/b.mp4' })).code).toBe(code);
  });

  it('the longer of two names counts where one is in the other', () => {
    const reads = ['/a', '/a/b.mp4'];
    expect(causeOf(ended(['file:/a/b.mp4: Permission denied'], { reads })).code).toBe('not-permitted');
  });

  it('a file of ours is looked at: gone, or the program is confined', async () => {
    const folder = temporaryFolder();
    const [there, gone, out] = [join(folder, 'a'), join(folder, 'b'), join(folder, 'out')];
    writeFileSync(there, '');
    const told = async (how: Partial<ProgramExit>) => {
      const error = await programError(ended(['Error opening input: Permission denied'], how), 'ffmpeg -i a');
      return error instanceof MachineError ? [error.code, error.actual, error.limit] : error.message;
    };
    expect(await told({ reads: [there] })).toEqual(['program-confined', '/usr/bin/ffmpeg', folder]);
    expect(await told({ reads: [there, gone] })).toEqual(['file-gone', gone, null]);
    expect(await told({ writes: join(out, 'c') })).toEqual(['file-gone', out, null]);
    mkdirSync(out);
    expect(await told({ writes: join(out, 'c') })).toEqual(['program-confined', '/usr/bin/ffmpeg', out]);
    expect(await told({ reads: [join(there, 'below')] })).toEqual(['not-permitted', join(there, 'below'), null]);
    expect(await told({})).toBe('Error opening input: Permission denied');
  });

  it.each<[string, Partial<ProgramExit>, unknown[]]>([
    [
      'that cannot start',
      { code: 127, path: '/x/tool' },
      ['program-start', '/x/tool', 'it, or something that it starts, is not there'],
    ],
    ['that was killed, of Windows', { code: 137, path: '/x/tool.exe' }, ['program-killed', 'tool', 'SIGKILL']],
    ['without memory', { lines: ['Out of memory'], path: '/x/tool' }, ['memory-short', 'tool', null]],
    ['on a full disk', { lines: ['No space left on device'] }, ['disk-full', null, null]],
  ])('a program %s: whose fault it is', async (_odd, how, expected) => {
    const error = await programError(ended([], how), 'the command');
    expect(error).toBeInstanceOf(MachineError);
    const { code, actual, limit } = error as MachineError;
    expect([code, actual, limit]).toEqual(expected);
    expect(error.command).toBe('the command');
  });
});
