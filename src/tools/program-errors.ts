import { access, constants } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { ProgramError } from '../errors.ts';
import { type MachineCode, MachineError } from '../model/machine-errors.ts';

/** How a program ended that failed. */
export interface ProgramExit {
  readonly path: string;
  readonly code: number | null;
  readonly signal: string | null;
  /** The last lines of its stderr. */
  readonly lines: readonly string[];
  /** The files that it was told to read, and the one to write. */
  readonly reads?: readonly string[];
  readonly writes?: string | null;
}

export interface Cause {
  /** null: the cause is the input, or unknown. */
  readonly code: MachineCode | null;
  /** The most informative line, without memory addresses; how it ended, if there is no such line. */
  readonly said: string;
  /** For `program-start` the reason, for `program-killed` the signal. */
  readonly limit: string | null;
}

/**
 * Messages of programs that indicate a problem of the machine: the texts of strerror on Linux, macOS and Windows, which
 * ffmpeg, dynamic loaders and yt-dlp print (glibc 2.36, musl 1.2, macOS 14, UCRT; ffmpeg 4 to 8, 2026-11). The first
 * match counts.
 */
const words: readonly (readonly [RegExp, MachineCode])[] = [
  [/no space left on (?:the )?device|not enough space on the disk|\[Errno 28\]/i, 'disk-full'],
  [/dis[ck] quota exceeded|\[Errno 122\]/i, 'disk-quota'],
  [/\bfile too large\b|\[Errno 27\]/i, 'file-too-large'],
  [
    /too many open files|no file descriptors available|cannot open shared object file: error (?:23|24)\b/i,
    'open-files',
  ],
  [/read-only file system/i, 'disk-read-only'],
  [
    /stale (?:nfs )?file handle|transport endpoint is not connected|no such device\b|device not configured/i,
    'disk-gone',
  ],
  [
    /cannot allocate memory|\bout of memory\b|malloc of size \d+ failed|failed to map segment|not enough memory|bad_alloc/i,
    'memory-short',
  ],
];

/** Messages if a program could not be started: a missing library, a build for another system. */
const cannotStart: readonly (readonly [RegExp, (found: RegExpExecArray) => string])[] = [
  [/error while loading shared libraries: ([^:]+): cannot open/i, ([, name]) => `the library ${name} is missing`],
  [/error while loading shared libraries: (.{1,120})/i, ([, why]) => `${why}`],
  [/^dyld.*Library not loaded: (\S+)/i, ([, name]) => `the library ${name} is missing`],
  [/^error loading shared library ([^:]+):/i, ([, name]) => `the library ${name} is missing`],
  [/version [`']?(GLIBC\w*_[\d.]+)'? not found/i, ([, version]) => `it is made for a newer system (${version})`],
  [/exec format error|cannot execute binary file|bad CPU type/i, () => 'it is no program for this machine'],
  [/: (?:line )?\d+: .*(?:syntax error|ELF.*not found|unexpected)/i, () => 'it is no program for this machine'],
];

/** Signals sent from outside. A crash of the program itself (SIGSEGV, SIGABRT ...) may be caused by a file. */
const fromOutside = ['SIGKILL', 'SIGTERM', 'SIGHUP', 'SIGINT', 'SIGQUIT', 'SIGXCPU', 'SIGPWR'];

/** Exit codes of Windows: https://learn.microsoft.com/openspecs/windows_protocols/ms-erref, 2026-11. */
const windowsCodes: Readonly<Record<number, readonly [MachineCode, string]>> = {
  3221225781: ['program-start', 'a DLL is missing'],
  3221225785: ['program-start', 'a DLL is too old'],
  3221225595: ['program-start', 'it is no program for this machine'],
  3221225495: ['memory-short', ''],
  3221225773: ['memory-short', ''],
};

/** Lines that do not indicate the cause: notes of the scaler and of muxers, and lines that only report the failure. */
const idle =
  /deprecated pixel format|Last message repeated|^Conversion failed!?$|^Error opening (?:input|output) files?\b|Terminating thread|Task finished|Error closing file|Nothing was written|^Exiting normally|(?:sws|swscaler|aac|mp3float)[^:]*: .*(?:deprecated|not supported, falling back)|Non-monoton|Queue input is backward|^\S+: (?:Guessed|Application provided)|-?maybe incorrect parameters|Estimating duration from bitrate|Skipping unhandled metadata|No accelerated colorspace/i;

/** Messages of libvips and its decoders: libjpeg, libpng, libwebp, libtiff (as in sharp 0.35, 2026-11). */
const wordsOfLibraries = /unable to (?:allocate|create thread)|error creating thread|insufficient memory/i;

/** The problem of the machine in an image library's message; null if there is none. */
export function machineCodeIn(said: string): MachineCode | null {
  if (wordsOfLibraries.test(said)) return 'memory-short';
  return words.find(([pattern]) => pattern.test(said))?.[1] ?? null;
}

/**
 * Decides by exit status and messages. Pure. File names in `reads` and `writes` are never mistaken for messages of the
 * system.
 */
export function causeOf({ path, code, signal, lines, reads = [], writes = null }: ProgramExit): Cause {
  const names = [...reads, ...(writes === null ? [] : [writes])].sort((a, b) => b.length - a.length);
  const plain = lines.map((line) => tidy(names.reduce((text, name) => text.replaceAll(name, '<file>'), line)));
  const shown = lines.map(tidy);
  const telling = shown.findLastIndex((line) => line !== '' && !idle.test(line));
  const said = signal === null ? (shown[telling] ?? shown.at(-1) ?? `exit code ${code}`) : `it crashed (${signal})`;
  const cause = (machine: MachineCode | null, limit: string | null = null, at = -1): Cause => ({
    code: machine,
    said: shown[at] ?? said,
    limit,
  });

  if (signal === 'SIGXFSZ' || code === 128 + 25) return cause('file-too-large');
  if (signal !== null && fromOutside.includes(signal)) return cause('program-killed', signal);
  if (code === 128 + 9) return cause('program-killed', 'SIGKILL');
  const ofWindows = code === null ? undefined : windowsCodes[code >>> 0];
  if (ofWindows) return cause(ofWindows[0], ofWindows[1]);
  for (const [pattern, machine] of words) {
    const at = plain.findLastIndex((line) => pattern.test(line));
    if (at >= 0) return cause(machine, null, at);
  }
  const start = whyNotStarted(plain, path, code);
  if (start !== null) return cause('program-start', start);
  const refused = plain.findLastIndex((line) => refusedFile.test(line));
  if (refused < 0) return cause(null);
  return cause(/no such file/i.test(plain[refused] ?? '') ? 'file-gone' : 'not-permitted', null, refused);
}

/** `<file>: Permission denied`, and the form of ffmpeg 7. */
const refusedFile =
  /^(?:\S+ )?(?:Error opening (?:input|output)(?: file)?: |Could not open file )?(?:file:)?(?:<file>: )?(?:No such file or directory|Permission denied|Operation not permitted)$/i;

function whyNotStarted(lines: readonly string[], path: string, code: number | null): string | null {
  for (const [pattern, words] of cannotStart) {
    for (const line of lines) {
      // Errors of a shell that was given a binary. Other programs print lines with numbers as well.
      if (pattern.source.startsWith(': (') && !line.includes(basename(path))) continue;
      const found = pattern.exec(line);
      if (found) return words(found);
    }
  }
  if (code === 126) return 'it may not be run by you';
  return code === 127 ? 'it, or something that it starts, is not there' : null;
}

/** `[h264 @ 0x55d0] no frame` becomes `h264: no frame`, because the address differs each time. */
function tidy(line: string): string {
  return line
    .trim()
    .replace(/^\[([^\]@]+?) @ (?:0x)?[0-9a-f]+\]\s*(?:\[\w+\] )?/i, '$1: ')
    .slice(0, 500);
}

/**
 * Creates the error for a program that failed.
 * @param command a command that can be pasted into a shell
 */
export async function programError(ended: ProgramExit, command: string, cause?: unknown): Promise<ProgramError> {
  const { path, lines } = ended;
  const { code, said, limit } = causeOf(ended);
  const last = lines.join('\n');
  const machine = code === null ? null : await judged(code, limit, ended);
  return machine === null
    ? new ProgramError(said, command, last, cause)
    : new MachineError(machine, said === '' ? basename(path) : said, command, last, cause);
}

type Machine = Pick<MachineError, 'code' | 'actual' | 'limit'>;

/** Checks whether files exist, because a confined program reports the same error for missing and forbidden files. */
async function judged(code: MachineCode, limit: string | null, ended: ProgramExit): Promise<Machine | null> {
  const name = basename(ended.path).replace(/\.exe$/i, '');
  switch (code) {
    case 'program-start':
      return { code, actual: ended.path, limit };
    case 'program-killed':
      return { code, actual: name, limit };
    case 'memory-short':
      return { code, actual: name, limit: null };
    case 'file-gone':
    case 'not-permitted':
      return await refusal(ended);
    default:
      return { code, actual: null, limit: null };
  }
}

async function refusal({ path, reads = [], writes = null }: ProgramExit): Promise<Machine | null> {
  if (reads.length === 0 && writes === null) return null;
  const places: readonly (readonly [string, number])[] = [
    ...reads.map((file) => [file, constants.R_OK] as const),
    ...(writes === null ? [] : [[dirname(writes), constants.W_OK] as const]),
  ];
  for (const [place, how] of places) {
    const refused = await access(place, how).then(
      () => null,
      (error: NodeJS.ErrnoException) => error.code,
    );
    if (refused === 'ENOENT') return { code: 'file-gone', actual: place, limit: null };
    if (refused === 'EROFS') return { code: 'disk-read-only', actual: place, limit: null };
    if (refused !== null) return { code: 'not-permitted', actual: place, limit: null };
  }
  return { code: 'program-confined', actual: path, limit: dirname(reads[0] ?? writes ?? '') };
}
