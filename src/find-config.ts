import { resolve } from 'node:path';
import { type Config, readConfig } from './config.ts';
import { isSystemError, UsageError } from './errors.ts';
import type { Files } from './tools/tools.ts';

/** What lies in the working folder under this name is read without being asked for. */
const ownName = 'port.config.json';
const maxBytes = 1_000_000;

/**
 * The config file that the user names, else `port.config.json` in the working folder; null where there is none.
 * @throws UsageError if it is not there or cannot be read
 */
export async function findConfig(named: string | undefined, folder: string, files: Files): Promise<Config | null> {
  const path = named ?? ownName;
  try {
    const text = await files.readText(resolve(folder, path), maxBytes);
    if (text !== null) return readConfig(text, path, named !== undefined);
  } catch (error) {
    if (isSystemError(error)) throw new UsageError(`${path} cannot be read (${error.code}).`);
    throw error;
  }
  if (named === undefined) return null;
  throw new UsageError(`--config names ${path}, which is not there.`);
}
