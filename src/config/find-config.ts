import { dirname, resolve } from 'node:path';
import { isSystemError, quoted, UsageError } from '../errors.ts';
import type { Files } from '../tools/files.ts';
import { type Config, pathsIn, readConfig, settingsSentence } from './config-file.ts';

/** What lies in the working folder under this name is read without being asked for. */
const ownName = 'port.config.json';
const maxBytes = 1_000_000;

/**
 * The config file that the user names, else `port.config.json` in the working folder; null where there is none. A config
 * that was found may be somebody else's: its paths stay in the folder, and what it sets is told.
 * @param say hears the sentence that says what a found config sets
 * @throws UsageError if it is not there or cannot be read, or if a found one names a path outside its folder
 */
export async function findConfig(
  named: string | undefined,
  folder: string,
  files: Files,
  say: (sentence: string) => void = () => {},
): Promise<Config | null> {
  const path = named ?? ownName;
  try {
    const file = resolve(folder, path);
    // A link that the user names is followed; one that was found may lead anywhere.
    const real = await files.real(file);
    const text = await files.readText(named === undefined ? file : (real ?? file), maxBytes);
    if (text !== null) {
      const config = readConfig(text, path, named !== undefined, dirname(file));
      if (named === undefined) {
        await keepInside(config, folder, files);
        if (Object.keys(config.common).length > 0 || config.accounts.size > 0) say(settingsSentence(config, folder));
      }
      return config;
    }
    if (real !== null && named !== undefined) throw new UsageError(`--config names ${path}, which is no file.`);
    if (real !== null) say(notRead(path));
  } catch (error) {
    if (isSystemError(error)) throw new UsageError(`${path} cannot be read (${error.code}).`);
    throw error;
  }
  if (named === undefined) return null;
  throw new UsageError(`--config names ${path}, which is not there.`);
}

const notRead = (path: string) =>
  `${path} in this folder is a symbolic link or no file, so it was not read. If it is yours, name the file: --config <file>.`;

async function keepInside(config: Config, folder: string, files: Files): Promise<void> {
  for (const { option, path } of pathsIn(config)) {
    if ((await files.wayInside(folder, path)) !== null) continue;
    throw new UsageError(
      `${config.path} in this folder was not named by you, and its “${option}” (${quoted(path)}) lies outside this folder or behind a symbolic link. If the file is yours, name it: --config ${config.path}; else delete it.`,
    );
  }
}
