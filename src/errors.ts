/**
 * Trouble with the whole run: told to the user as one sentence, with what to do about it, and never a stack.
 * Trouble with one post is not an error but an `Issue` (model/issue.ts): the run goes on.
 */
export class PortError extends Error {
  override name = 'PortError';
  readonly exitCode: number = 2;
}

/** The command line or a config file asks for something that cannot be. */
export class UsageError extends PortError {
  override name = 'UsageError';
}

/** An export cannot be read at all: not there, not a TikTok export, damaged, hostile, or without posts. */
export class ExportError extends PortError {
  override name = 'ExportError';
}

/**
 * TikTok's data, and not one post in it: a part of an export, which may still tell whose another part is.
 * `account`: the user name in it.
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

/** A program that the run needs is missing or cannot be run. */
export class ToolMissingError extends PortError {
  override name = 'ToolMissingError';
}

/** The run had to stop half-way: something was done, and it is not all. */
export class IncompleteError extends PortError {
  override name = 'IncompleteError';
  override readonly exitCode = 1;
}

/** Ctrl-C, or SIGTERM: what was finished stays. */
export class InterruptedError extends PortError {
  override name = 'InterruptedError';
  override readonly exitCode = 130;
}

/** A program that was started did not do its work: `command` can be pasted into a shell, `lastLines` is what it said. */
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
 * Whether what was thrown while one post was worked on stops the whole run: an interruption, a lost lock, a missing program.
 * All else, whatever it is, is the failure of that post.
 */
export function stopsRun(thrown: unknown): thrown is PortError {
  return thrown instanceof PortError && !(thrown instanceof ExportError);
}

/** Whatever was thrown, as an error with a message: foreign code throws strings, objects and null too. */
export function asError(thrown: unknown): Error {
  if (thrown instanceof Error && thrown.message !== '') return thrown;
  const said = thrown instanceof Error ? thrown.name : typeof thrown === 'string' ? thrown.trim() : '';
  return new Error(said === '' ? 'a program failed and did not say why' : said, { cause: thrown });
}

/** What the system refuses (no space, no permission, a vanished file): the trouble of one post or folder, and no bug. */
export function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'syscall' in error;
}

/** An image that cannot be used, for a reason that has a sentence of its own (report/messages.ts). */
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

/** A video that cannot be read, for a reason that has a sentence of its own (report/messages.ts). */
export class MediaError extends ProgramError {
  override name = 'MediaError';
  readonly code: 'codec-private' | 'codec-newer' | 'codec-unknown' | 'encrypted';
  /** The codec; of `encrypted`, what is. */
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

/** A name from outside for a message: in quotes, without control characters, at most 80 characters long. */
export function quoted(name: string): string {
  // Characters, not code units: half an emoji is none. Hostile names can have a hundred million of them.
  const short = name.length > 400 ? name.slice(0, 200) + name.slice(-200) : name;
  const characters = [...short.replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Cs}\u2028\u2029]/gu, '\u00b7')];
  if (characters.length <= 80) return `"${characters.join('')}"`;
  return `"${characters.slice(0, 40).join('')}...${characters.slice(-37).join('')}"`;
}
