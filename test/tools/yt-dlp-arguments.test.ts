import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ProgramError } from '../../src/errors.ts';
import { machineIssue } from '../../src/model/machine-errors.ts';
import { createYtDlp, findYtDlp, ytDlpVersion } from '../../src/tools/yt-dlp.ts';
import { temporaryFolder } from './folder.ts';

const options = { maxBytes: 1_000_000, signal: new AbortController().signal };
const limits = { seconds: 20, maxBytes: 100_000, signal: options.signal };

/** A shell script in place of yt-dlp, which starts sooner than the real one. */
function standIn(script: string): string {
  const path = join(temporaryFolder(), 'yt-dlp');
  writeFileSync(path, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  return path;
}

async function failure(script: string): Promise<ProgramError> {
  const failed: unknown = await createYtDlp(standIn(script))
    .download('page', temporaryFolder(), options)
    .catch((error: unknown) => error);
  if (!(failed instanceof ProgramError)) throw new Error(`it did not fail as a program: ${String(failed)}`);
  return failed;
}

describe.skipIf(process.platform === 'win32')('yt-dlp is started', () => {
  it('for one video with these arguments, a % in the folder doubled', async () => {
    const folder = join(temporaryFolder(), '100% maya');
    const program = standIn(`printf '%s\\n' "$@" > '${folder}/video.txt'`);
    const path = await createYtDlp(program).download('https://p.example/1', folder, options);
    expect(path).toBe(join(folder, 'video.txt'));
    expect(readFileSync(path, 'utf8').trimEnd().split('\n')).toEqual([
      ...['--ignore-config', '--no-playlist', '--quiet', '--no-warnings', '--no-mtime', '--no-cache-dir'],
      ...['--hls-prefer-native', '--retries', '3', '--socket-timeout', '30', '--max-filesize', '1000000'],
      ...['--format', 'best[format_note!*=watermark]/best'],
      ...['--output', join(folder.replace('%', '%%'), 'video.%(ext)s'), '--', 'https://p.example/1'],
    ]);
  });

  it('for a list of posts with these arguments', async () => {
    const listed = await createYtDlp(standIn(`printf '%s\\n' "$@"`)).list('https://p.example/@maya', limits);
    expect(listed.failure).toBeNull();
    expect(listed.lines.trimEnd().split('\n')).toEqual([
      ...['--ignore-config', '--flat-playlist', '--dump-json', '--ignore-errors', '--no-warnings', '--no-cache-dir'],
      ...['--retries', '1', '--socket-timeout', '15', '--', 'https://p.example/@maya'],
    ]);
  });

  it('not at all in a run that is interrupted', async () => {
    const folder = temporaryFolder();
    const program = standIn(`: > '${folder}/started'`);
    const interrupted = { ...options, signal: AbortSignal.abort(new Error('Ctrl-C')) };
    await expect(createYtDlp(program).download('page', folder, interrupted)).rejects.toThrow('Ctrl-C');
    expect(existsSync(join(folder, 'started'))).toBe(false);
  });
});

describe.skipIf(process.platform === 'win32')('what yt-dlp left in the folder', () => {
  it.each<[string, string[], string | null]>([
    ['a video among other files', ['info.json', 'video.mp4', 'xvideo.mp4', 'video.mp4.jpg'], 'video.mp4'],
    ['a video beside what is not finished', ['video.part', 'video.ytdl', 'video.webm'], 'video.webm'],
    ['nothing that is finished', ['video.part', 'video.ytdl', 'video.mp4.part', 'a-video.mp4'], null],
    ['nothing', [], null],
  ])('%s', async (_odd, names, expected) => {
    const folder = temporaryFolder();
    for (const name of names) writeFileSync(join(folder, name), '');
    const got = createYtDlp(standIn(':')).download('page', folder, options);
    if (expected !== null) expect(await got).toBe(join(folder, expected));
    else {
      const error: unknown = await got.catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(ProgramError);
      expect(error).toMatchObject({
        message: 'yt-dlp saved nothing',
        lastLines: '',
        command: expect.stringMatching(/ -- page$/),
      });
    }
  });
});

describe.skipIf(process.platform === 'win32')('yt-dlp that fails', () => {
  it.each<[string, string, string]>([
    ['its last error', 'echo "ERROR: one" >&2; echo "ERROR: two" >&2; echo "and so on" >&2; exit 1', 'ERROR: two'],
    ['its last line, where there is no error', 'echo one >&2; echo "an ERROR: two" >&2; exit 1', 'an ERROR: two'],
    ['the beginning of a long line', `printf 'ERROR: %0300d' 0 >&2; exit 1`, `ERROR: ${'0'.repeat(193)}`],
    ['its exit code, where it says nothing', 'exit 1', 'Error code: 1'],
  ])('is told by %s', async (_odd, script, message) => {
    const error = await failure(script);
    expect(error.message).toBe(message);
    expect(error.command).toMatch(/^\S+yt-dlp --ignore-config .* -- page$/);
  });

  it('keeps its last words for a report, 2000 letters of them', async () => {
    const error = await failure(`printf 'one\\n%03000d' 0 >&2; exit 1`);
    expect(error.lastLines).toBe('0'.repeat(2000));
  });

  it.each<[string, string, string]>([
    ['a full disk', 'echo "ERROR: unable to write: [Errno 28] No space left on device" >&2; exit 1', 'disk-full'],
    ['being killed', 'kill -9 $$', 'program-killed'],
    ['something that it needs', 'exec /nowhere/python', 'program-start'],
  ])('for %s is a fault of the machine', async (_odd, script, code) => {
    expect(machineIssue(await failure(script))?.code).toBe(code);
  });

  it('while it lists tells why, with what it printed before', async () => {
    const list = async (script: string) => createYtDlp(standIn(script)).list('page', limits);
    expect(await list("echo '{}'; echo 'ERROR: gone' >&2; echo done >&2; exit 1")).toEqual({
      ...{ lines: '{}\n', failure: 'done' },
    });
    expect(await list('exit 3')).toEqual({ lines: '', failure: 'exit code 3' });
  });
});

describe.skipIf(process.platform === 'win32')('yt-dlp is found', () => {
  it('in the first folder of PATH that has a program of its name', async () => {
    const [folder, file, plain, empty] = [0, 1, 2, 3].map(() => temporaryFolder()) as [string, string, string, string];
    mkdirSync(join(folder, 'yt-dlp'));
    writeFileSync(join(file, 'yt-dlp'), '');
    chmodSync(join(file, 'yt-dlp'), 0o644);
    const [program, later] = [standIn(':'), standIn(':')];
    const PATH = ['', folder, file, plain, join(program, '..'), join(later, '..')].join(delimiter);
    expect(await findYtDlp({ PATH, XDG_CACHE_HOME: empty })).toEqual({ path: program, from: 'path' });
    expect(await findYtDlp({ XDG_CACHE_HOME: empty })).toBeNull();
  });

  it.each([
    ['a folder', () => temporaryFolder()],
    [
      'a file that may not be run',
      () => {
        const path = join(temporaryFolder(), 'a');
        writeFileSync(path, '', { mode: 0o644 });
        return path;
      },
    ],
  ])('not where PORT_YTDLP names %s, which is reported', async (_odd, make) => {
    const path = make();
    await expect(findYtDlp({ PORT_YTDLP: path })).rejects.toThrow(
      `PORT_YTDLP names ${path}, which cannot be run. Correct or unset it.`,
    );
  });
});

describe.skipIf(process.platform === 'win32')('the version of yt-dlp', () => {
  it.each(['2026.10.2', 'v2026.10.22', '2026.10.22 nightly', '2026-10-22'])('is not "%s"', async (said) => {
    const error: unknown = await ytDlpVersion(standIn(`echo '${said}'`)).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ProgramError);
    expect(error).toMatchObject({
      ...{ message: 'it names no version', lastLines: said, command: expect.stringContaining(' --version') },
    });
  });
});
