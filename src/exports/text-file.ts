import { ExportError, quoted } from '../errors.ts';
import type { ExportFile } from '../model/export-file.ts';
import { decodeText } from './text.ts';

/** V8 holds no string of more than 512 MiB; an export of 100,000 posts is about 100 MB. */
const MAX_BYTES = 400 * 1024 * 1024;
/**
 * Values and lines that the texts of an export may have. A real export has one in 20 bytes or more; one that is nothing but
 * brackets or commas would take a hundred times its size in memory.
 */
const MAX_PARTS = 15_000_000;

const PARTS = new Uint8Array(256);
for (const character of '{[,\n\r') PARTS[character.charCodeAt(0)] = 1;

/**
 * The text of a JSON or TXT file, which is bounded where it comes from `withBudget`.
 * @throws ExportError if it is too large, made to exhaust the memory, or damaged
 */
export async function readTextFile(file: ExportFile): Promise<string> {
  return decodeText(await file.read(MAX_BYTES));
}

/** The same file, read in another way. */
export function readBy(file: ExportFile, read: ExportFile['read']): ExportFile {
  return {
    name: file.name,
    // A getter: for a file on disk each size is a question to the disk.
    get bytes() {
      return file.bytes;
    },
    read,
  };
}

/**
 * The same files with one budget of bytes and of parts for all that is read of them: many files just below a bound cost as
 * much as one beyond it. A file that is read again counts once.
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

/** All of them are counted: whoever makes a bomb knows where a sample would not look. */
function countParts(bytes: Uint8Array): number {
  let parts = 0;
  for (let i = 0; i < bytes.length; i++) parts += PARTS[bytes[i] as number] as number;
  return parts;
}
