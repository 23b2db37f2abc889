import { type ChildProcess, spawn } from 'node:child_process';
import { PassThrough } from 'node:stream';
import { finished } from 'node:stream/promises';
import { asError, InterruptedError, isSystemError, ProgramError } from '../errors.ts';
import type { FfmpegJob } from '../model/render-job.ts';
import { isDecodeError } from './decode-errors.ts';
import { lazyAbilities } from './ffmpeg-abilities.ts';
import { commandOf, inputOptions, optionsForVersion, progressLine, secondsOf, sourceOf } from './ffmpeg-command.ts';
import { correctDurations } from './mp4-durations.ts';
import { paceJudge } from './pace-judge.ts';
import { type ProgramExit, programError } from './program-errors.ts';
import type { Program } from './programs.ts';
import { hasStreams } from './run-program.ts';
import { spareBuffers } from './spare-buffers.ts';

export interface Ffmpeg {
  /**
   * Runs a job.
   * @param onSeconds called with the output's current duration
   * @throws ProgramError with a command that can be pasted into a shell, and ffmpeg's last lines
   */
  run(job: FfmpegJob, signal: AbortSignal, onSeconds?: (seconds: number) => void): Promise<void>;
  /** Runs a job whose output is `-` and returns what ffmpeg wrote, at most `maxBytes`. */
  capture(job: Omit<FfmpegJob, 'output'>, maxBytes: number, signal: AbortSignal): Promise<Uint8Array<ArrayBuffer>>;
  /**
   * The same for raw frames of a fixed number of bytes: passes on each frame as it arrives.
   * @param onFrame returns whether it keeps the buffer, which is used again otherwise
   */
  frames(
    job: Omit<FfmpegJob, 'output'>,
    frameBytes: number,
    signal: AbortSignal,
    onFrame: (frame: Uint8Array<ArrayBuffer>) => boolean,
  ): Promise<void>;
  /** The same for ASCII output of any length: passes on each line as it arrives. */
  lines(job: Omit<FfmpegJob, 'output'>, signal: AbortSignal, onLine: (line: string) => void): Promise<void>;
  /** The names of the filters in this build. Queried on first use. */
  filters(): Promise<ReadonlySet<string>>;
  /** The names of its H.264 encoders. */
  h264Encoders(): Promise<ReadonlySet<string>>;
  /** Runs a job without output (`-f null`) and returns the last lines of the log, such as a filter's summary. */
  report(job: Omit<FfmpegJob, 'output'>, signal: AbortSignal): Promise<readonly string[]>;
}

/**
 * Runs ffmpeg through fluent-ffmpeg. That library is archived upstream, so none of its terms leave this file, and it
 * gets argument lists only.
 * @param path path of the program
 * @param libavcodec its version, if known; else it is queried when needed
 */
export function createFfmpeg(path: string, libavcodec?: Program['libavcodec']): Ffmpeg {
  const abilities = lazyAbilities(path, libavcodec);

  async function listen(
    job: Omit<FfmpegJob, 'output'>,
    signal: AbortSignal,
    onChunk: (chunk: Buffer) => void,
  ): Promise<void> {
    // Without these options, closing the pipe makes fluent-ffmpeg kill a program that is about to exit normally.
    const output = new PassThrough({ autoDestroy: false, emitClose: false });
    output.on('data', onChunk);
    const drained = finished(output, { writable: false });
    await start(path, { ...(await optionsForVersion(job, abilities)), output }, signal);
    await drained;
  }

  return {
    ...abilities,
    async run(job, signal, onSeconds) {
      await start(path, await optionsForVersion(job, abilities), signal, onSeconds);
      if (job.outputOptions.at(-1) === 'mp4') await correctDurations(job.output);
    },
    async capture(job, maxBytes, signal) {
      const chunks: Buffer[] = [];
      let bytes = 0;
      await listen(job, signal, (chunk) => {
        bytes += chunk.length;
        if (bytes <= maxBytes) chunks.push(chunk);
      });
      if (bytes > maxBytes) {
        throw new ProgramError(
          `ffmpeg wrote more than ${maxBytes} bytes`,
          commandOf(path, { ...job, output: null }),
          '',
        );
      }
      return Buffer.concat(chunks);
    },
    async frames(job, frameBytes, signal, onFrame) {
      let frame = spareBuffers.take(frameBytes);
      let filled = 0;
      await listen(job, signal, (chunk) => {
        for (let at = 0; at < chunk.length; ) {
          const part = chunk.subarray(at, at + frameBytes - filled);
          frame.set(part, filled);
          at += part.length;
          filled += part.length;
          if (filled < frameBytes) continue;
          if (onFrame(frame)) frame = spareBuffers.take(frameBytes);
          filled = 0;
        }
      });
      spareBuffers.give(frame);
    },
    async lines(job, signal, onLine) {
      let begun = '';
      await listen(job, signal, (chunk) => {
        const text = begun + chunk.toString('latin1');
        const lines = text.split('\n');
        begun = lines.pop() ?? '';
        for (const line of lines) onLine(line);
      });
      if (begun !== '') onLine(begun);
    },
    async report(job, signal) {
      return await start(path, { ...job, output: '-', chatty: true }, signal);
    },
  };
}

/** The longest summary is that of `loudnorm`, followed by a line for each stream. */
const keptLines = 40;

/** If the output has not grown for this long, the program hangs, whatever the duration of the video. */
const stallMilliseconds = 5 * 60_000;

/**
 * Starts ffmpeg.
 * @returns the last lines of the log; with `chatty` including information, not only warnings
 */
async function start(
  path: string,
  job: Omit<FfmpegJob, 'output'> & { readonly output: string | PassThrough; readonly chatty?: true },
  signal: AbortSignal,
  onSeconds?: (seconds: number) => void,
): Promise<readonly string[]> {
  // Loaded on first use: a run with nothing to do does not need it.
  const { default: createCommand } = await import('fluent-ffmpeg');
  if (signal.aborted) throw new InterruptedError('Interrupted');
  const command = createCommand({ stdoutLines: 0, logger: quiet }).setFfmpegPath(path);
  Object.assign(command, unasked);
  for (const [index, input] of job.inputs.entries()) {
    command.input(sourceOf(input)).inputOptions(...inputOptions(input, index === 0, job.chatty));
  }
  // Spread, because fluent-ffmpeg splits an array element that contains exactly one space.
  command.outputOptions(...job.outputOptions);
  if (job.chatty) command.output('-');
  else if (typeof job.output === 'string') command.output(`file:${job.output}`);
  else command.output(job.output);

  let givenUp: string | null = null;
  const stop = () => command.kill('SIGKILL');
  const giveUp = (why: string) => {
    givenUp ??= why;
    stop();
  };
  const stall = setTimeout(() => giveUp('ffmpeg came to a standstill'), stallMilliseconds);
  const isHopeless = paceJudge();
  const lastLines: string[] = [];
  const end: { how: Pick<ProgramExit, 'code' | 'signal'> | null } = { how: null };
  const onLine = (line: string) => {
    const seconds = secondsOf(line);
    if (seconds !== null) {
      stall.refresh();
      if (isHopeless(seconds, performance.now())) giveUp('ffmpeg takes more than 200 times as long as it plays');
      onSeconds?.(seconds);
    } else if (line.trim() !== '' && !progressLine.test(line)) {
      if (job.onDecodeError && isDecodeError(line)) job.onDecodeError();
      lastLines.push(line);
      if (lastLines.length > keptLines) lastLines.shift();
    }
  };
  const onEnded = (code: number | null, by: string | null) => {
    end.how = { code, signal: by };
  };
  const given = job.inputs.flatMap(({ source }) => ('stdin' in source ? source.stdin : []));
  Object.assign(command, { _spawnFfmpeg: starter(path, given, onLine, onEnded) });
  // The abort signal may come while fluent-ffmpeg still prepares, when there is no process to kill yet.
  command.on('start', () => {
    if (signal.aborted) stop();
  });
  signal.addEventListener('abort', stop, { once: true });
  try {
    await new Promise<void>((resolve, reject) => {
      command.on('end', () => resolve());
      command.on('error', reject);
      command.run();
    });
    return lastLines;
  } catch (error) {
    if (signal.aborted) throw new InterruptedError('Interrupted');
    // The program could not be started, or its output was closed.
    if (end.how === null || isSystemError(error)) {
      throw new ProgramError(asError(error).message, commandOf(path, job), lastLines.join('\n'), error);
    }
    if (givenUp !== null) throw new ProgramError(givenUp, commandOf(path, job), lastLines.join('\n'));
    const reads = job.inputs.flatMap(({ source }) => ('file' in source ? [source.file] : []));
    const writes = typeof job.output === 'string' && job.output !== '-' ? job.output : null;
    throw await programError({ path, ...end.how, lines: lastLines, reads, writes }, commandOf(path, job));
  } finally {
    clearTimeout(stall);
    signal.removeEventListener('abort', stop);
  }
}

/** Replaces fluent-ffmpeg's buffer of program output, which is not used here. */
const noLines = { get: () => '' };

/**
 * Starts the program instead of fluent-ffmpeg, which throws an error that cannot be caught if the program is missing or
 * no more files can be opened.
 */
function starter(
  path: string,
  given: readonly Uint8Array[],
  onLine: (line: string) => void,
  onEnded: (code: number | null, by: string | null) => void,
) {
  type TranscriberResult = typeof noLines;
  return (
    args: readonly string[],
    { captureStdout }: { readonly captureStdout: boolean },
    onProcess: (child: ChildProcess, out: TranscriberResult, err: TranscriberResult) => void,
    onEnd: (error: Error | null, out: TranscriberResult, err: TranscriberResult) => void,
  ): void => {
    const fail = (error: Error) => onEnd(error, noLines, noLines);
    let child: ChildProcess;
    try {
      child = spawn(path, args, { stdio: [given.length > 0 ? 'pipe' : 'ignore', 'pipe', 'pipe'], windowsHide: true });
    } catch (error) {
      fail(error as Error);
      return;
    }
    child.on('error', fail);
    const { stdin, stdout, stderr } = child;
    // A program that ends before it has read everything tells by its exit code whether that is an error.
    stdin?.on('error', () => {});
    for (const bytes of given) stdin?.write(bytes);
    stdin?.end();
    if (!hasStreams(child) || !stdout || !stderr) return;
    if (captureStdout) stdout.resume();
    let begun = '';
    stderr.setEncoding('utf8').on('data', (text: string) => {
      begun += text;
      const lines = begun.split(/\r\n|\r|\n/);
      begun = lines.pop() ?? '';
      for (const line of lines) onLine(line);
    });
    child.on('close', (code, by) => {
      if (begun !== '') onLine(begun);
      onEnded(code, by);
      if (code === 0) onEnd(null, noLines, noLines);
      else fail(new Error('it did not end well'));
    });
    onProcess(child, noLines, noLines);
  };
}

/**
 * Before its first job, fluent-ffmpeg queries ffmpeg's formats and encoders: two more processes per run, only for
 * options (`-acodec`, `-vcodec`) that are never used here. ffmpeg itself reports what a build does not support.
 */
const unasked = {
  _checkCapabilities: (done: () => void) => done(),
  availableEncoders: (done: (error: null, encoders: object) => void) => done(null, {}),
};

const quiet = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
