import { spawn } from 'node:child_process';

/** Opens an address in the user's browser. Nothing happens where there is none: the address was printed too. */
export function openBrowser(address: string, system: NodeJS.Platform = process.platform): void {
  const [program, ...args] = opener(system);
  const child = spawn(program, [...args, address], { stdio: 'ignore', detached: true });
  child.on('error', () => {});
  child.unref();
}

function opener(system: NodeJS.Platform): readonly [string, ...string[]] {
  if (system === 'win32') return ['rundll32', 'url.dll,FileProtocolHandler'];
  return [system === 'darwin' ? 'open' : 'xdg-open'];
}
