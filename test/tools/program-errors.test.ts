import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { failureOf, MachineError, machineIssue } from '../../src/model/machine-errors.ts';
import { message } from '../../src/report/messages.ts';
import { imageFailure } from '../../src/tools/image-failure.ts';
import { causeOf, type ProgramExit, programError } from '../../src/tools/program-errors.ts';
import { collectOutput, runProgram } from '../../src/tools/run-program.ts';
import { temporaryFolder } from '../media.ts';

const windows = process.platform === 'win32';
const video = '/home/maya/a.mp4';
const made = '/out/.video.part.mp4';
const swscale = '[swscaler @ 0x5581f0a0] deprecated pixel format used, make sure you did set range correctly';
const ended = (lines: readonly string[], how: Partial<ProgramExit> = {}): ProgramExit => ({
  ...{ path: '/usr/bin/ffmpeg', code: 1, signal: null, lines, reads: [video], writes: made },
  ...how,
});

describe('the cause in a program’s messages', () => {
  // Lines as ffmpeg 4.2 (npm), 5.1 (Debian), 6.1 and 7.1 print them.
  it.each<[string, string | null, ProgramExit]>([
    [
      'disk full, ffmpeg 5',
      'disk-full',
      ended([
        'av_interleaved_write_frame(): No space left on device',
        '    Last message repeated 4 times',
        `Error writing trailer of file:${made}: No space left on device`,
        `Error closing file file:${made}: No space left on device`,
      ]),
    ],
    [
      'disk full, ffmpeg 7',
      'disk-full',
      ended([
        '[vost#0:0/libx264 @ 0x55d5c8] Error submitting a packet to the muxer: No space left on device',
        '[out#0/mp4 @ 0x55d5c8] Error muxing a packet',
        '[out#0/mp4 @ 0x55d5c8] Task finished with error code: -28 (No space left on device)',
        '[out#0/mp4 @ 0x55d5c8] Terminating thread with return code -28 (No space left on device)',
        'Conversion failed!',
      ]),
    ],
    ['disk full, Windows', 'disk-full', ended(['Error writing trailer: There is not enough space on the disk'])],
    ['quota, Linux', 'disk-quota', ended(['av_interleaved_write_frame(): Disk quota exceeded'])],
    ['quota, macOS', 'disk-quota', ended(['av_interleaved_write_frame(): Disc quota exceeded'])],
    ['too large for FAT', 'file-too-large', ended(['av_interleaved_write_frame(): File too large', swscale])],
    ['ended by the limit of file sizes', 'file-too-large', ended([], { code: null, signal: 'SIGXFSZ' })],
    ['too many open files', 'open-files', ended([`file:${made}: Too many open files`])],
    [
      'too many open files, for the loader',
      'open-files',
      ended(
        [
          '/usr/bin/ffmpeg: error while loading shared libraries: libavdevice.so.59: cannot open shared object file: Error 24',
        ],
        { code: 127 },
      ),
    ],
    [
      'no memory for x264',
      'memory-short',
      ended([
        'x264 [error]: malloc of size 5886528 failed',
        'Error initializing output stream 0:0 -- Error while opening encoder for output stream #0:0 - maybe incorrect parameters such as bit_rate, rate, width or height',
      ]),
    ],
    [
      'no memory for a library',
      'memory-short',
      ended(
        [
          '/usr/bin/ffmpeg: error while loading shared libraries: libicudata.so.72: failed to map segment from shared object',
        ],
        { code: 127 },
      ),
    ],
    [
      'no memory, ffmpeg 7',
      'memory-short',
      ended(['[vf#0:0 @ 0x7f] Error sending frames to consumers: Cannot allocate memory', 'Conversion failed!']),
    ],
    ['no memory, Windows', 'memory-short', ended([], { code: 3221225495 })],
    ['killed', 'program-killed', ended([swscale], { code: null, signal: 'SIGKILL' })],
    ['killed inside a wrapper', 'program-killed', ended(['Killed'], { code: 137 })],
    ['ended by a shutdown', 'program-killed', ended([], { code: null, signal: 'SIGTERM' })],
    ['read-only', 'disk-read-only', ended([`file:${made}: Read-only file system`])],
    ['a network drive that went away', 'disk-gone', ended([`file:${video}: Stale file handle`])],
    ['a pulled disk, macOS', 'disk-gone', ended([`file:${video}: Device not configured`])],
    [
      'a missing library',
      'program-start',
      ended(
        [
          'ffmpeg: error while loading shared libraries: libx264.so.164: cannot open shared object file: No such file or directory',
        ],
        { code: 127 },
      ),
    ],
    [
      'a missing library, macOS',
      'program-start',
      ended(
        [
          'dyld[51]: Library not loaded: /opt/homebrew/opt/x265/lib/libx265.199.dylib',
          '  Referenced from: /opt/homebrew/bin/ffmpeg',
        ],
        { code: null, signal: 'SIGABRT' },
      ),
    ],
    [
      'a missing library, musl',
      'program-start',
      ended(['Error loading shared library libavcodec.so.60: No such file or directory'], { code: 127 }),
    ],
    [
      'a newer glibc',
      'program-start',
      ended(["/usr/bin/ffmpeg: /lib/libc.so.6: version `GLIBC_2.38' not found (required by /usr/bin/ffmpeg)"]),
    ],
    [
      'another processor, through a shell',
      'program-start',
      ended(['/usr/bin/ffmpeg: 1: Syntax error: "(" unexpected'], { code: 2 }),
    ],
    [
      'another processor',
      'program-start',
      ended(['bash: /usr/bin/ffmpeg: cannot execute binary file: Exec format error'], { code: 126 }),
    ],
    ['a wrapper without its program', 'program-start', ended([], { code: 127 })],
    ['a missing DLL', 'program-start', ended([], { code: 3221225781 })],
    ['not permitted', 'not-permitted', ended([`file:${video}: Permission denied`])],
    [
      'not permitted, ffmpeg 7',
      'not-permitted',
      ended([
        '[in#0 @ 0x5620] Error opening input: Permission denied',
        `Error opening input file file:${video}.`,
        'Error opening input files: Permission denied',
      ]),
    ],
    ['not there', 'file-gone', ended([`file:${video}: No such file or directory`])],
    ['damaged', null, ended([`file:${video}: Invalid data found when processing input`])],
    ['a crash', null, ended([swscale], { code: null, signal: 'SIGSEGV' })],
    [
      'a file whose name says it',
      null,
      ended(['file:/home/No space left on device.mp4: Invalid data found when processing input'], {
        reads: ['/home/No space left on device.mp4'],
      }),
    ],
    ['nothing said', null, ended([])],
  ])('%s', (_what, code, how) => {
    expect(causeOf(how).code).toBe(code);
  });

  it.each<[string, ProgramExit, string]>([
    [
      'never a remark of the scaler',
      ended(['[h264 @ 0x55] Invalid NAL unit size', swscale, 'Conversion failed!']),
      'h264: Invalid NAL unit size',
    ],
    [
      'ffmpeg 7 names the file last',
      ended([
        '[in#0 @ 0x5620] Error opening input: Invalid data found when processing input',
        `Error opening input file file:${video}.`,
        'Error opening input files: Invalid data found when processing input',
      ]),
      'in#0: Error opening input: Invalid data found when processing input',
    ],
    [
      'only a remark',
      ended([swscale]),
      'swscaler: deprecated pixel format used, make sure you did set range correctly',
    ],
    ['nothing', ended([]), 'exit code 1'],
    ['a crash', ended([swscale], { code: null, signal: 'SIGSEGV' }), 'it crashed (SIGSEGV)'],
  ])('the line that tells the most: %s', (_what, how, said) => {
    expect(causeOf(how).said).toBe(said);
  });
});

describe('a refused file is checked', () => {
  const refused = (path: string) => ended([`file:${path}: Permission denied`], { reads: [path], writes: null });

  it('a file that we can read: the program is confined', async () => {
    const path = join(await temporaryFolder(), 'a.mp4');
    await writeFile(path, '');
    const error = await programError(refused(path), 'ffmpeg');
    expect(error).toBeInstanceOf(MachineError);
    expect(machineIssue(error)).toMatchObject({ code: 'program-confined', actual: '/usr/bin/ffmpeg' });
  });

  it('a file that is gone', async () => {
    const path = join(await temporaryFolder(), 'gone.mp4');
    const gone = ended([`file:${path}: No such file or directory`], { reads: [path], writes: null });
    expect(machineIssue(await programError(gone, 'ffmpeg'))).toMatchObject({ code: 'file-gone', actual: path });
  });

  it('a file that we cannot read either', async ({ skip }) => {
    skip(windows || process.getuid?.() === 0, 'NOT TESTED: root may read all, and Windows has no modes');
    const path = join(await temporaryFolder(), 'a.mp4');
    await writeFile(path, '', { mode: 0 });
    expect(machineIssue(await programError(refused(path), 'ffmpeg'))).toMatchObject({
      code: 'not-permitted',
      actual: path,
    });
  });
});

describe('errors of the system', () => {
  const system = (code: string, syscall: string, path?: string) =>
    Object.assign(new Error(`${code}: refused, ${syscall} '${path}'`), { code, syscall, ...(path && { path }) });

  it.each<[string, unknown, string]>([
    ['disk full', system('ENOSPC', 'write'), 'disk-full'],
    ['quota', system('EDQUOT', 'write'), 'disk-quota'],
    ['a program that is not there', system('ENOENT', 'spawn /x/ffmpeg', '/x/ffmpeg'), 'program-start'],
    ['a program without its bit', system('EACCES', 'spawn /x/ffmpeg', '/x/ffmpeg'), 'program-start'],
    ['a program, and no descriptor', system('EMFILE', 'spawn /x/ffmpeg', '/x/ffmpeg'), 'open-files'],
    ['a file that may not be read', system('EACCES', 'open', '/x/a.mp4'), 'not-permitted'],
    ['a disk that was pulled', system('ENXIO', 'read'), 'disk-gone'],
    ['inside of another error', new Error('it broke', { cause: system('EIO', 'read', '/x') }), 'disk-error'],
    ['a socket that may not be opened', system('EACCES', 'connect'), 'render-failed'],
    [
      'a refusal of our own',
      Object.assign(new Error('larger than 5 bytes'), { code: 'EFBIG', syscall: 'read' }),
      'render-failed',
    ],
    ['no error of the system', new TypeError('x'), 'render-failed'],
    ['a string', 'no', 'render-failed'],
    [
      'in circles',
      Object.defineProperty(new Error('a'), 'cause', {
        get(this: Error) {
          return this;
        },
      }),
      'render-failed',
    ],
  ])('%s: %s', (_what, thrown, code) => {
    const issue = failureOf(thrown);
    expect(issue.code).toBe(code);
    expect(message(issue)).toMatch(/\.$/);
  });
});

describe.skipIf(windows)('with real programs', () => {
  const standIn = async (text: string, mode = 0o755) => {
    const path = join(await temporaryFolder(), 'tool');
    await writeFile(path, text);
    await chmod(path, mode);
    return path;
  };
  const limits = { seconds: 10, outputBytes: 1000 };
  const codeOf = async (path: string) =>
    runProgram(path, [], limits).then(
      () => 'well',
      (error: unknown) => machineIssue(error)?.code ?? 'none',
    );

  it.each<[string, string, number, string]>([
    ['kills itself', '#!/bin/sh\nkill -9 $$\n', 0o755, 'program-killed'],
    ['writes more than it may', '#!/bin/sh\nkill -XFSZ $$\n', 0o755, 'file-too-large'],
    ['has no run bit', '#!/bin/sh\n', 0o644, 'program-start'],
    ['has an interpreter that is not there', '#!/nowhere/python\n', 0o755, 'program-start'],
    ['is a binary of another machine', '\u007fELF\u0002\u0001\u0001\u0000(\u0000(\n', 0o755, 'program-start'],
    ['wants a program that is not there', '#!/bin/sh\nexec /nowhere/ffmpeg\n', 0o755, 'program-start'],
    ['fails for its own reasons', '#!/bin/sh\necho no >&2; exit 3\n', 0o755, 'none'],
  ])('%s', async (_what, text, mode, code) => {
    expect(await codeOf(await standIn(text, mode))).toBe(code);
  });

  it('a folder in place of a program', async () => {
    const path = join(await temporaryFolder(), 'ffmpeg');
    await mkdir(path);
    expect(await codeOf(path)).toBe('program-start');
    await expect(collectOutput(path, [], limits)).rejects.toThrow('EACCES');
  });
});

describe('messages of an image library', () => {
  it.each<[string, string, string | null]>([
    ['libvips', 'vips_tracked: out of memory --size == 12MB', 'memory-short'],
    ['libvips with its name', 'vips: out of memory', 'memory-short'],
    ['libwebp', 'VipsForeignLoadWebp: unable to allocate buffer', 'memory-short'],
    ['libjpeg', 'Insufficient memory (case 4)', 'memory-short'],
    ['no thread', 'unable to create thread', 'memory-short'],
    ['no thread for glib', 'glib: Error creating thread: Resource temporarily unavailable', 'memory-short'],
    ['no file handle', 'unable to open "a.jpg" for reading\nunix error: Too many open files', 'open-files'],
    ['a file that is damaged', 'VipsJpeg: premature end of JPEG image', null],
    ['a limit of libheif', 'heif: Memory allocation error: Security limit exceeded', null],
    ['a file named so', '/x/out of memory.jpg: bad seek', null],
  ])('%s: %s', (_name, said, code) => {
    const error = imageFailure(new Error(said), 'sharp x', '/x/out of memory.jpg');
    expect(failureOf(error).code).toBe(code ?? 'render-failed');
  });
});
