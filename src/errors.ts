/**
 * A problem of the whole run: printed as one sentence with what to do about it, never with a stack. A problem of one
 * post is not an error but an `Issue` (model/issue.ts), and the run continues.
 */
export class PortError extends Error {
  override name = 'PortError';
  readonly exitCode: number = 2;
}

/** An impossible combination on the command line or in a config file. */
export class UsageError extends PortError {
  override name = 'UsageError';
}

/** An export cannot be read at all: missing, not a TikTok export, damaged, hostile, or without posts. */
export class ExportError extends PortError {
  override name = 'ExportError';
}

/**
 * TikTok data without posts: a part of an export, which may still identify the account of another part. `account`: the
 * user name in it.
 */
export class NoPostsError extends ExportError {
  override name = 'NoPostsError';
  readonly account: string | null;

  constructor(message: string, account: string | null) {
    super(message);
    this.account = account;
  }
}

/** The output folder cannot be used. */
export class OutputError extends PortError {
  override name = 'OutputError';
}

/** A required program is missing or cannot be run. */
export class ToolMissingError extends PortError {
  override name = 'ToolMissingError';
}

/** The run had to stop before everything was done. */
export class IncompleteError extends PortError {
  override name = 'IncompleteError';
  override readonly exitCode = 1;
}

/** Ctrl-C or SIGTERM: finished work stays. */
export class InterruptedError extends PortError {
  override name = 'InterruptedError';
  override readonly exitCode = 130;
}

/** A program failed: `command` can be pasted into a shell, `lastLines` is the end of its output. */
export class ProgramError extends Error {
  override name = 'ProgramError';
  readonly command: string;
  readonly lastLines: string;

  constructor(message: string, command: string, lastLines: string, cause?: unknown) {
    super(message, { cause });
    this.command = command;
    this.lastLines = lastLines;
  }
}

/**
 * Whether an error thrown while processing one post stops the whole run: an interruption, a lost lock, a missing
 * program. Any other error fails that post only.
 */
export function stopsRun(thrown: unknown): thrown is PortError {
  return thrown instanceof PortError && !(thrown instanceof ExportError);
}

/** Converts anything thrown to an error with a message: foreign code also throws strings, objects and null. */
export function asError(thrown: unknown): Error {
  if (thrown instanceof Error && thrown.message !== '') return thrown;
  const said = thrown instanceof Error ? thrown.name : typeof thrown === 'string' ? thrown.trim() : '';
  return new Error(said === '' ? 'a program failed and did not say why' : said, { cause: thrown });
}

/**
 * Whether it is an error of the system (no space, no permission, a deleted file): a problem of one post or folder, not
 * a bug.
 */
export function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'syscall' in error;
}

/** An image that cannot be used, for a reason that has its own message (report/messages.ts). */
export class ImageError extends ProgramError {
  override name = 'ImageError';
  readonly code: 'image-codec' | 'image-pixels';
  readonly actual: string;
  readonly limit: string;

  constructor(code: ImageError['code'], actual: string, limit: string, command: string, cause?: unknown) {
    super(`${actual}; wanted: ${limit}`, command, '', cause);
    this.code = code;
    this.actual = actual;
    this.limit = limit;
  }
}

/** A video that cannot be read, for a reason that has its own message (report/messages.ts). */
export class MediaError extends ProgramError {
  override name = 'MediaError';
  readonly code: 'codec-private' | 'codec-newer' | 'codec-unknown' | 'encrypted';
  /** The codec; for `encrypted`, what is encrypted. */
  readonly actual: string;
  /** What would help: a version of ffmpeg, another codec. */
  readonly limit: string | null;

  constructor(code: MediaError['code'], actual: string, limit: string | null, command: string) {
    super(actual, command, '');
    this.code = code;
    this.actual = actual;
    this.limit = limit;
  }
}

/** An untrusted name for a message: in quotes, without control characters, at most 80 characters long. */
export function quoted(name: string): string {
  // Counts characters, not code units, so that no emoji is split. Shortened first, because hostile names can have a
  // hundred million characters.
  const short = name.length > 400 ? name.slice(0, 200) + name.slice(-200) : name;
  const characters = [...short.replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Cs}\u2028\u2029]/gu, '\u00b7')];
  if (characters.length <= 80) return `"${characters.join('')}"`;
  return `"${characters.slice(0, 40).join('')}...${characters.slice(-37).join('')}"`;
}

/** A sentence about wrong usage, with the way to the help behind it. */
export function seeHelp(sentence: string): string {
  return `${/[.?]$/.test(sentence) ? sentence : `${sentence}.`} See port --help.`;
}
