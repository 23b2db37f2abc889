import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';

/** The SHA-256 of a file, in hexadecimal digits. */
export async function sha256(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}

/** All files below a folder, with `/` between, in the order of their code units: the same on every system. */
export async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'));
  return paths.sort((a, b) => (a < b ? -1 : 1));
}

/** Lines as `sha256sum` writes them, for `sha256sum -c`. */
export async function sumsOf(folder: string, files: readonly string[]): Promise<string> {
  const lines: string[] = [];
  for (const file of files) lines.push(`${await sha256(join(folder, file))}  ${file}\n`);
  return lines.join('');
}

/** Reads lines of `sha256sum`, as nodejs.org publishes them: the hash by the file's name. Other lines are passed over. */
export function readSums(text: string): ReadonlyMap<string, string> {
  const lines = text.split(/\r?\n/).flatMap((line) => {
    const [, hash, name] = /^([0-9a-f]{64}) [ *](\S.*)$/.exec(line) ?? [];
    return hash === undefined || name === undefined ? [] : [[name, hash] as const];
  });
  return new Map(lines);
}
