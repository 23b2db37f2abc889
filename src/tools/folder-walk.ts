import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { ExportError, quoted } from '../errors.ts';

/** A file below a folder, not necessarily stat'ed yet. `name` is its path relative to the folder, with `/`. */
export interface FoundFile {
  readonly path: string;
  readonly name: string;
}

const MAX_FILES = 200_000;
const MAX_DEPTH = 16;

/**
 * All files below a folder, sorted by name, without hidden ones. Symbolic links are not followed.
 * @throws ExportError if there are more files than an export can have
 */
export async function findFiles(
  folder: string,
): Promise<{ readonly files: readonly FoundFile[]; readonly skipped: readonly string[] }> {
  const files: FoundFile[] = [];
  const skipped: string[] = [];

  async function walk(path: string, prefix: string, depth: number): Promise<void> {
    const entries = await readdir(path, { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
      if (depth === 0) throw new ExportError(`${quoted(folder)} cannot be opened (${error.code}).`);
      skipped.push(`${quoted(prefix)}: it cannot be opened (${error.code})`);
      return [];
    });
    for (const entry of entries.sort((one, other) => (one.name < other.name ? -1 : 1))) {
      const name = prefix + entry.name;
      if (entry.name.startsWith('.') || entry.name === '__MACOSX') continue;
      if (entry.isDirectory()) {
        if (depth < MAX_DEPTH) await walk(join(path, entry.name), `${name}/`, depth + 1);
        else skipped.push(`${quoted(name)}: it lies too deep`);
      } else if (!entry.isFile()) {
        skipped.push(`${quoted(name)}: it is ${entry.isSymbolicLink() ? 'a symbolic link' : 'no regular file'}`);
      } else {
        if (files.length >= MAX_FILES)
          throw new ExportError(
            `${quoted(folder)} holds more than ${MAX_FILES} files: give port the folder of the export alone.`,
          );
        files.push({ path: join(path, entry.name), name });
        if (files.length % 1000 === 0) await setImmediate();
      }
    }
  }

  await walk(folder, '', 0);
  return { files, skipped };
}
