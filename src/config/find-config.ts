import { dirname, resolve } from 'node:path';
import { isSystemError, quoted, UsageError } from '../errors.ts';
import type { Files } from '../tools/files.ts';
import { type Config, pathsIn, readConfig, settingsSentence } from './config-file.ts';

/** A file of this name in the working folder is read automatically. */
const ownName = 'port.config.json';
const maxBytes = 1_000_000;

/**
 * The config file that the user names, else `port.config.json` in the working folder; null if there is none. A file that
 * was found may be somebody else's, so its paths must stay in the folder, and its settings are reported.
 * @param say called with a sentence about the settings of a file that was found
 * @throws UsageError if it does not exist or cannot be read, or if a file that was found names a path outside its folder
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
    // A symbolic link is followed only if the user names it.
    const real = await files.real(file);
    const text = await files.readText(named === undefined ? file : (real ?? file), maxBytes);
    if (text !== null) {
      const config = readConfig(text, path, named !== undefined, dirname(file));
      if (named === undefined) {
        await keepInside(config, folder, files);
        const sentence = settingsSentence(config, folder);
        if (sentence !== null) say(sentence);
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
    if ((await files.pathInside(folder, path)) !== null) continue;
    throw new UsageError(
      `${config.path} in this folder was not named by you, and its “${option}” (${quoted(path)}) lies outside this folder or behind a symbolic link. If the file is yours, name it: --config ${config.path}; else delete it.`,
    );
  }
}
