import { ExportError, quoted } from '../errors.ts';
import type { ExportFile } from './format.ts';
import { decodeText } from './text.ts';

/** V8 holds no string of more than 512 MiB; an export of 100,000 posts is about 100 MB. */
const MAX_BYTES = 400 * 1024 * 1024;
/**
 * Values and lines that a text may have. A real export has one in 20 bytes or more; one that is nothing but brackets or
 * commas would take a hundred times its size in memory.
 */
const MAX_PARTS = 15_000_000;
/** Smaller files cannot do harm. */
const COUNTED_FROM = 16 * 1024 * 1024;

const PARTS = new Uint8Array(256);
for (const character of '{[,\n\r') PARTS[character.charCodeAt(0)] = 1;

/**
 * The text of a JSON or TXT file.
 * @throws ExportError if it is too large, made to exhaust the memory, or damaged
 */
export async function readTextFile(file: ExportFile): Promise<string> {
  const bytes = await file.read(MAX_BYTES);
  if (bytes.length > COUNTED_FROM && countParts(bytes) > MAX_PARTS) {
    throw new ExportError(
      `${quoted(file.name)} is refused: it is made of ${MAX_PARTS / 1_000_000} million parts and more, far more than an export has. Ask TikTok for one with "Posts" and "Profile" alone.`,
    );
  }
  return decodeText(bytes);
}

/** All of them are counted: whoever makes a bomb knows where a sample would not look. */
function countParts(bytes: Uint8Array): number {
  let parts = 0;
  for (let i = 0; i < bytes.length; i++) parts += PARTS[bytes[i] as number] as number;
  return parts;
}
