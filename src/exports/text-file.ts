import { ExportError, quoted } from '../errors.ts';
import type { ExportFile } from '../model/export-file.ts';
import { decodeText } from './text.ts';

/** V8 cannot hold a string of more than 512 MiB. An export of 100,000 posts is about 100 MB. */
const MAX_BYTES = 400 * 1024 * 1024;
/**
 * Maximum number of values and lines. A real export has one in 20 bytes or more; a file of only brackets or commas
 * would take a hundred times its size in memory.
 */
const MAX_PARTS = 15_000_000;

const PARTS = new Uint8Array(256);
for (const character of '{[,\n\r') PARTS[character.charCodeAt(0)] = 1;

/**
 * Reads a JSON or TXT file as text. Pass a file from `withBudget` to bound its size.
 * @throws ExportError if it is too large, built to exhaust memory, or damaged
 */
export async function readTextFile(file: ExportFile): Promise<string> {
  return decodeText(await file.read(MAX_BYTES));
}

/** The same file with another `read` function. */
export function readBy(file: ExportFile, read: ExportFile['read']): ExportFile {
  return {
    name: file.name,
    // A getter, because for a file on disk each size costs a stat call.
    get bytes() {
      return file.bytes;
    },
    read,
  };
}

/**
 * Gives the files a shared budget of bytes and parts, since many files just below a limit cost as much as one above it.
 * A file that is read again counts once.
 */
export function withBudget(files: readonly ExportFile[]): readonly ExportFile[] {
  const counted = new Set<ExportFile>();
  let bytes = 0;
  let parts = 0;
  const refusal = (file: ExportFile, limit: string) => {
    const what = counted.size > 1 ? `${quoted(file.name)} and what was read before it are` : `${quoted(file.name)} is`;
    return new ExportError(
      `${what} refused: made of more than ${limit}, far more than an export has. Ask TikTok for one with "Posts" and "Profile" alone.`,
    );
  };
  return files.map((file) =>
    readBy(file, async (maxBytes) => {
      const content = await file.read(Math.min(maxBytes, MAX_BYTES));
      if (!counted.has(file)) {
        counted.add(file);
        bytes += content.length;
        parts += countParts(content);
      }
      if (bytes > MAX_BYTES) throw refusal(file, `${MAX_BYTES >> 20} MB`);
      if (parts > MAX_PARTS) throw refusal(file, `${MAX_PARTS / 1_000_000} million parts`);
      return content;
    }),
  );
}

/** Counts all of them: in a sample, the author of a bomb could avoid the sampled places. */
function countParts(bytes: Uint8Array): number {
  let parts = 0;
  for (let i = 0; i < bytes.length; i++) parts += PARTS[bytes[i] as number] as number;
  return parts;
}
