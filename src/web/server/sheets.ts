import { constants } from 'node:fs';
import { type FileHandle, lstat, open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { isSheet, sheetStartBytes } from '../../deliver/contact-sheet/page.ts';
import { sheetScript } from '../../deliver/contact-sheet/script.ts';

const maxFolders = 2000;
/** Two levels: account and target. */
const maxDepth = 2;

/** A contact sheet, as the path from the served folder to its folder: account and target, as far as they are below it. */
export type FoundSheet = readonly string[];

/** Finds the contact sheets in a folder of accounts, of one account, or of one target. Symbolic links are not followed. */
export async function findSheets(folder: string): Promise<readonly FoundSheet[]> {
  const found: FoundSheet[] = [];
  let foldersRead = 0;
  const readFolder = async (steps: readonly string[]): Promise<void> => {
    if (++foldersRead > maxFolders) return;
    const here = join(folder, ...steps);
    if (await isOwnSheet(here)) {
      found.push(steps);
      return;
    }
    if (steps.length === maxDepth) return;
    const entries = await readdir(here, { withFileTypes: true }).catch(() => []);
    const names = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
    for (const name of names.sort()) {
      if (!name.startsWith('.') && name !== 'originals') await readFolder([...steps, name]);
    }
  };
  await readFolder([]);
  return found;
}

/** The path to the contact sheet in a folder or in the nearest folder above it; null if there is none. */
export async function sheetAbove(folder: string, steps: readonly string[]): Promise<FoundSheet | null> {
  for (let depth = 0; depth <= Math.min(steps.length, maxDepth); depth++) {
    const above = steps.slice(0, depth);
    if (await isOwnSheet(join(folder, ...above))) return above;
  }
  return null;
}

const script = sheetScript();
/** The head of manifest.json begins with these. */
const manifestStart = /^\s*\{\s*"schemaVersion"\s*:\s*1\s*,\s*"tool"\s*:\s*"content-port /;

/**
 * Whether a folder is a platform's folder with a contact sheet of this version: the account's manifest is next to it, and
 * the page begins with our policy and the hash of our script. Other pages may come from a client and are not served.
 */
async function isOwnSheet(folder: string): Promise<boolean> {
  const page = await readStart(join(folder, 'index.html'), sheetStartBytes);
  if (page === null || !isSheet(page, script)) return false;
  const manifest = await readStart(join(folder, '..', 'manifest.json'), 200);
  return manifest !== null && manifestStart.test(new TextDecoder().decode(manifest));
}

/** The first bytes of a regular file; null if there is none. */
export async function readStart(path: string, bytes: number): Promise<Uint8Array | null> {
  const file = await openFile(path);
  if (file === null) return null;
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(bytes), 0, bytes, 0);
    return buffer.subarray(0, bytesRead);
  } catch {
    return null;
  } finally {
    await file.close();
  }
}

/** Opens a regular file; null for anything else. FIFOs and devices are not opened, links not followed. */
export async function openFile(path: string): Promise<FileHandle | null> {
  try {
    if (!(await lstat(path)).isFile()) return null;
    // The flags protect if the file was replaced since. Windows does not have them.
    const file = await open(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0));
    if ((await file.stat()).isFile()) return file;
    await file.close();
    return null;
  } catch {
    return null;
  }
}
