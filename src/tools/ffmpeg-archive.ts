import { closeSync, openSync, writeSync } from 'node:fs';
import { type FileHandle, open, rm, writeFile } from 'node:fs/promises';
import { ExportError, ProgramError } from '../errors.ts';
import { runProgram } from './run-program.ts';
import { openZip } from './zip.ts';

const listSeconds = 300;
const maxListBytes = 1_000_000;

/** The archive of a build, of which only single programs are taken. */
export interface BuildArchive {
  /**
   * Writes one program to a new file.
   * @param name its file name, in whatever folder of the archive it lies
   * @throws ArchiveError if it is not in the archive once, or is larger than a program can be
   */
  take(name: string, to: string, signal: AbortSignal): Promise<void>;
}

/** Why a program cannot be taken out of an archive: words that follow `the archive`. */
export class ArchiveError extends Error {}

const tooLarge = 'holds more than a build of ffmpeg can';

/**
 * @param path of a `.zip`, else of a `.tar.xz`
 * @param maxBytes of one program
 */
export function openBuildArchive(path: string, isZip: boolean, maxBytes: number): BuildArchive {
  return isZip ? zipArchive(path, maxBytes) : tarArchive(path, maxBytes);
}

function zipArchive(path: string, maxBytes: number): BuildArchive {
  return {
    async take(name, to, signal) {
      const zip = await openZip(path, 'it').catch((error: unknown) => {
        throw asArchiveError(error);
      });
      const file = await open(to, 'wx', 0o755);
      try {
        const wanted = only(
          zip.entries.filter((each) => isProgram(each.name, name)),
          name,
        );
        if (wanted.bytes > maxBytes) throw new ArchiveError(tooLarge);
        await writeAll(wanted.stream(signal), file);
      } catch (error) {
        throw asArchiveError(error);
      } finally {
        await file.close();
        await zip.close();
      }
    },
  };
}

/** The sentences of `ExportError` give advice about exports. */
function asArchiveError(error: unknown): unknown {
  return error instanceof ExportError ? new ArchiveError('is damaged or made to deceive') : error;
}

async function writeAll(content: AsyncIterable<Uint8Array>, file: FileHandle): Promise<void> {
  for await (const chunk of content) await file.write(chunk);
}

/**
 * By the system's tar, which Linux has, as Node cannot read xz. Names inside the archive are never used as paths: the
 * content of one file is read from tar's output.
 */
function tarArchive(path: string, maxBytes: number): BuildArchive {
  const limits = { seconds: listSeconds, outputBytes: maxListBytes };
  let listed: readonly string[] | null = null;
  return {
    async take(name, to, signal) {
      listed ??= (await tar(['-tJf', path], { ...limits, signal })).split('\n');
      const wanted = only(
        listed.filter((each) => isProgram(each, name)),
        name,
      );
      const file = openSync(to, 'wx', 0o755);
      try {
        const onChunk = (chunk: Buffer) => {
          for (let at = 0; at < chunk.length; ) at += writeSync(file, chunk, at);
        };
        await tar(['-xJOf', path, '--', wanted], { ...limits, outputBytes: maxBytes, signal, onChunk });
      } finally {
        closeSync(file);
      }
    },
  };
}

/** An empty archive of 108 bytes: `head -c 1024 /dev/zero | xz --check=crc32`. */
const emptyTarXz = '/Td6WFoAAAFpIt42AgAhARwAAAAQz1jM4AP/AAtdAABv/f//o7d/RjIAAAAur7XvAAEjgAgAAAA4Oz82PjANiwIAAAAAAVla';

/**
 * Checks that this machine can unpack a `.tar.xz`, before a large one is downloaded.
 * @param draft path of a file that may be written
 * @throws ArchiveError
 */
export async function checkTar(draft: string): Promise<void> {
  await writeFile(draft, Buffer.from(emptyTarXz, 'base64'));
  await tar(['-tJf', draft], { seconds: 30, outputBytes: 1000 });
  await rm(draft);
}

async function tar(args: readonly string[], limits: Parameters<typeof runProgram>[2]): Promise<string> {
  try {
    return await runProgram('tar', args, limits);
  } catch (error) {
    if (error instanceof ProgramError) {
      const { message, lastLines } = error;
      if (message === 'printed too much') throw new ArchiveError(tooLarge);
      if (/\bxz\b.*(?:exec|not found|no such file)/i.test(lastLines)) {
        throw new ArchiveError('is a .tar.xz, and tar needs the program xz for it: install xz-utils (or xz)');
      }
      throw new ArchiveError(`cannot be read (tar: ${message})`);
    }
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
      throw new ArchiveError('is a .tar.xz, and there is no tar here: install tar and xz-utils');
    }
    throw error;
  }
}

/** Whether an entry is the program; names that lead out of the archive are those of nothing. */
function isProgram(entry: string, name: string): boolean {
  const parts = entry.replace(/^\.\//, '').split('/');
  return parts.at(-1) === name && parts.every((part) => /^[\w.+-]+$/.test(part) && part !== '..' && part !== '.');
}

function only<T>(found: readonly T[], name: string): T {
  const [first] = found;
  if (first !== undefined && found.length === 1) return first;
  throw new ArchiveError(first === undefined ? `holds no ${name}` : `holds ${found.length} files called ${name}`);
}
