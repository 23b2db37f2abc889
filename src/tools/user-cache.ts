import { homedir } from 'node:os';
import { join } from 'node:path';

/** The user's cache folder for programs. All of it may be deleted at any time. */
export function programCache(environment: NodeJS.ProcessEnv = process.env): string {
  return join(userCache(environment), 'content-port', 'bin');
}

/** The folder for what is sent to a studio, which deletes it when it ends. */
export function studioCache(environment: NodeJS.ProcessEnv = process.env): string {
  return join(userCache(environment), 'content-port', 'studio');
}

function userCache(environment: NodeJS.ProcessEnv): string {
  if (process.platform === 'win32') return environment['LOCALAPPDATA'] ?? join(homedir(), 'AppData', 'Local');
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Caches');
  return environment['XDG_CACHE_HOME'] || join(homedir(), '.cache');
}
