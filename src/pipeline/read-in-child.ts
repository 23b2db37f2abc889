import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { ExportError, InterruptedError, NoPostsError } from '../errors.ts';
import { readExport } from '../exports/index.ts';
import { readBy } from '../exports/text-file.ts';
import type { ExportFile } from '../model/export-file.ts';
import type { Export } from '../model/post.ts';
import type { ReadAnswer, ReadTask, ReadWords } from './export-process.ts';

/** Bytes of text, all files of an export together, that harm no heap whatever they hold. */
const harmless = 16 * 1024 * 1024;

export interface Bounds {
  /** Megabytes that the heap of the process may take. */
  readonly heap: number;
  /** That any export may take, and bytes a second beyond that. */
  readonly seconds: number;
  readonly bytesPerSecond: number;
}

/** 60 MB with 100,000 posts take 400 MB and 5 s of one core (Node 20, 2026-11); a small or busy computer takes ten times as long. */
const usual: Bounds = { heap: 2048, seconds: 60, bytesPerSecond: 1_000_000 };

/**
 * As `readExport`. A large export is read in a process of its own that has a bound on its memory and its time: in a heap that it
 * fills up, or in hours of parsing, the exports of all others would end with it. (A thread would not do: V8 ends the whole
 * process where JSON.parse finds no memory.)
 * @throws ExportError also where memory or time are used up
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
      // A packed file says what it has on disk.
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
      // V8 aborts where its heap is full; the system kills who takes the last of the memory.
      child.on('exit', (code, signal) => {
        // Ctrl-C reaches it as well.
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
