import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { copyFile, type FileHandle, lstat, mkdir, open, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import * as z from 'zod';
import { rename, syncFile } from './refusals.ts';

/**
 * A partial download, `.<name>.part` next to its final name, with a validator to check that the server still has the
 * same version.
 */
export interface PartFile {
  readonly bytes: number;
  /** `ETag` or `Last-Modified` of the version; null: it cannot be resumed. */
  readonly validator: string | null;
  /** The existing bytes, for hashing. */
  read(): AsyncIterable<Uint8Array>;
  /** Empties the file; bytes appended from now on belong to this version. */
  restart(validator: string | null): Promise<void>;
  append(chunk: Uint8Array): Promise<void>;
  /** Syncs the file and renames it to its final name. */
  finish(): Promise<void>;
  close(): Promise<void>;
}

const note = z.object({ validator: z.string().nullable() });
/** In bytes: a validator is a header of a response. */
const longestNote = 20_000;

/**
 * Opens or creates a partial download.
 * @param path the final name
 */
export async function openPart(path: string): Promise<PartFile> {
  await mkdir(dirname(path), { recursive: true });
  const { part, about } = partNames(path);
  await takeOver(part);
  const handle = await open(part, 'a+');
  const { size } = await handle.stat();
  const isOurs = async () => {
    const [own, named] = await Promise.all([
      handle.stat({ bigint: true }),
      stat(part, { bigint: true }).catch(() => null),
    ]);
    return own.ino === named?.ino && own.dev === named.dev;
  };
  let validator = size > 0 ? await readValidator(about) : null;
  let bytes = size;
  let finished = false;
  return {
    bytes: size,
    validator,
    read: () => readAll(handle, size),
    async restart(next) {
      await handle.truncate(0);
      await writeFile(about, JSON.stringify({ validator: next }));
      validator = next;
      bytes = 0;
    },
    async append(chunk) {
      await handle.appendFile(chunk);
      bytes += chunk.length;
    },
    async finish() {
      await syncFile(handle, () => {});
      if (!(await isOurs())) throw Object.assign(new Error('another run took it over'), { syscall: 'rename' });
      await rename(part, path);
      await rm(about, { force: true });
      finished = true;
    },
    async close() {
      // A file that cannot be resumed is not kept.
      const isUseless = !finished && (bytes === 0 || validator === null) && (await isOurs());
      await handle.close();
      if (isUseless) await removePart(path);
    },
  };
}

/**
 * A run that was suspended (Ctrl-Z) and taken for dead may continue to write. So this run continues in a copy, which
 * the other one does not have open.
 */
async function takeOver(part: string): Promise<void> {
  const own = `${part}.${randomBytes(4).toString('hex')}`;
  // Not ours: a pipe would block forever, and a link leads to somebody else's file.
  for (const name of [part, `${part}.json`]) {
    const found = await lstat(name).catch(() => null);
    if (found !== null && !found.isFile()) await rm(name, { recursive: true, force: true });
  }
  try {
    await copyFile(part, own, constants.COPYFILE_FICLONE | constants.COPYFILE_EXCL);
    await rename(own, part);
  } catch (error) {
    await rm(own, { force: true });
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
  }
}

export async function removePart(path: string): Promise<void> {
  const { part, about } = partNames(path);
  await Promise.all([rm(part, { force: true }), rm(about, { force: true })]);
}

function partNames(path: string): { readonly part: string; readonly about: string } {
  const part = join(dirname(path), `.${basename(path)}.part`);
  return { part, about: `${part}.json` };
}

async function readValidator(about: string): Promise<string | null> {
  try {
    if ((await lstat(about)).size > longestNote) return null;
    return note.parse(JSON.parse(await readFile(about, 'utf8'))).validator;
  } catch {
    // Without the note, the version of the partial file is unknown.
    return null;
  }
}

async function* readAll(handle: FileHandle, size: number): AsyncIterable<Uint8Array> {
  for (let at = 0; at < size; ) {
    const { bytesRead, buffer } = await handle.read(Buffer.alloc(Math.min(1 << 20, size - at)), 0, null, at);
    if (bytesRead === 0) return;
    at += bytesRead;
    yield buffer.subarray(0, bytesRead);
  }
}
