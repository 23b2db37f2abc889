import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { ExportError, InterruptedError, NoPostsError } from '../errors.ts';
import { readExport } from '../exports/index.ts';
import { readBy } from '../exports/text-file.ts';
import type { ExportFile } from '../model/export-file.ts';
import type { Export } from '../model/post.ts';
import type { ReadAnswer, ReadTask, ReadWords } from './export-process.ts';

/** An export with at most this many bytes of text in total cannot exhaust the heap, whatever its content. */
const harmless = 16 * 1024 * 1024;

export interface Bounds {
  /** The maximum heap of the process in MB. */
  readonly heap: number;
  /** Seconds allowed for every export, plus one second per `bytesPerSecond`. */
  readonly seconds: number;
  readonly bytesPerSecond: number;
}

/** 60 MB with 100,000 posts take 400 MB and 5 s of one core (Node 20, 2026-11), or 50 s on a small or busy computer. */
const usual: Bounds = { heap: 2048, seconds: 60, bytesPerSecond: 1_000_000 };

/**
 * Like `readExport`, but reads a large export in a child process with limits on memory and time: exhausted memory or hours
 * of parsing would otherwise end the run for all exports. A thread is not enough, because V8 ends the whole process if
 * JSON.parse runs out of memory.
 * @throws ExportError also if the limit of memory or time is reached
 */
export async function readWithinBounds(
  files: readonly ExportFile[],
  given: string | null,
  bounds: Bounds = usual,
): Promise<Export> {
  let bytes = 0;
  const few = files.map((file) =>
    readBy(file, async (maxBytes) => {
      if (bytes + file.bytes > harmless) throw new TooLargeHere();
      const content = await file.read(maxBytes);
      bytes += content.length;
      // For a compressed file, the declared size is that on disk.
      if (bytes > harmless) throw new TooLargeHere();
      return content;
    }),
  );
  try {
    return await readExport(few, given);
  } catch (error) {
    if (!(error instanceof TooLargeHere)) throw error;
    return await readApart(files, given, bounds);
  }
}

class TooLargeHere extends Error {}

async function readApart(files: readonly ExportFile[], given: string | null, bounds: Bounds): Promise<Export> {
  const child = fork(fileURLToPath(new URL('./export-process.js', import.meta.url)), {
    execArgv: [`--max-old-space-size=${bounds.heap}`],
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  let timer: NodeJS.Timeout | undefined;
  let { seconds } = bounds;
  try {
    return await new Promise<Export>((resolve, reject) => {
      const wait = () => {
        clearTimeout(timer);
        timer = setTimeout(() => reject(tooMuch(`${Math.round(seconds)} seconds`)), seconds * 1000);
      };
      const answer = async (number: number, maxBytes: number): Promise<ReadAnswer> => {
        // Reading from a slow disk is not counted.
        clearTimeout(timer);
        const content = await files[number]?.read(maxBytes);
        if (content === undefined) return { refused: 'There is no such file.' };
        seconds += content.length / bounds.bytesPerSecond;
        wait();
        return { content };
      };
      child.on('message', (words: ReadWords) => {
        if ('read' in words) resolve(words.read);
        else if ('refused' in words) {
          reject(words.noPosts ? new NoPostsError(words.refused, words.account) : new ExportError(words.refused));
        } else {
          answer(words.wants, words.maxBytes).then(
            (answered) => child.send(answered),
            (error) => {
              if (error instanceof ExportError) child.send({ refused: error.message } satisfies ReadAnswer);
              else reject(error);
            },
          );
        }
      });
      child.on('error', reject);
      // V8 aborts if its heap is full; the system kills a process if memory runs out.
      child.on('exit', (code, signal) => {
        // Ctrl-C is sent to the child process too.
        if (signal === 'SIGINT' || signal === 'SIGTERM') return reject(new InterruptedError('Interrupted'));
        const full = signal === 'SIGABRT' || signal === 'SIGKILL' || code === 134;
        reject(
          full
            ? tooMuch(`${bounds.heap} MB of memory`)
            : new ExportError(`It cannot be read: the process that reads it ended (${signal ?? code}).`),
        );
      });
      wait();
      child.send({ files: files.map(({ name, bytes }) => ({ name, bytes })), given } satisfies ReadTask);
    });
  } finally {
    clearTimeout(timer);
    child.kill('SIGKILL');
  }
}

function tooMuch(what: string): ExportError {
  return new ExportError(
    `It is refused: reading it takes more than ${what}, far more than an export needs. Ask TikTok for one with "Posts" and "Profile" alone.`,
  );
}
