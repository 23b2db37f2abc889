import { randomBytes } from 'node:crypto';
import { chmod, copyFile, mkdir, rename, rm, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, delimiter, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { asError, isSystemError, ToolMissingError } from '../errors.ts';
import { machineIssue } from '../model/machine-errors.ts';
import { runProgram } from './run-program.ts';
import { programCache } from './user-cache.ts';

export type ProgramName = 'ffmpeg' | 'ffprobe';

export interface Program {
  readonly name: ProgramName;
  readonly path: string;
  /** The version in `-version`: `5.1.6`, or a build's name. */
  readonly version: string;
  /** libavcodec's version, by which builds are compared, because their own version strings are free text. */
  readonly libavcodec: readonly [number, number];
  /** The year of its copyright notice; null if there is none. */
  readonly year: number | null;
  /** Where it was found; `cache`: installed by `port doctor --install-ffmpeg`. */
  readonly from: 'environment' | 'path' | 'npm' | 'cache';
}

/** libavcodec of ffmpeg 4.3 (2020), the oldest on PATH that is preferred to npm's build. */
const oldestOnPath = [58, 91] as const;

const environmentNames = { ffmpeg: 'PORT_FFMPEG', ffprobe: 'PORT_FFPROBE' } as const;

/**
 * Finds the program: the one in the environment variable, else one on PATH that is new enough, unless the one installed
 * by port is newer by a major version, else the one installed by port, else npm's.
 * @throws ToolMissingError with what to do about it
 */
export async function findProgram(name: ProgramName, environment: NodeJS.ProcessEnv = process.env): Promise<Program> {
  const variable = environmentNames[name];
  const named = environment[variable];
  if (named) {
    const found = await askProgram(name, named, 'environment');
    if (typeof found !== 'string') return found;
    throw new ToolMissingError(
      `${variable} names ${named}, which is not an ${name} that can be run (${found}). Correct or unset it.`,
    );
  }
  const refused: string[] = [];
  const ofPath = await findOnPath(name, environment, refused);
  const ofCache = await findFetched(name, environment, refused);
  // Installed on purpose, but the system's own is kept up to date and starts what its owner expects.
  const isNewer = ofCache !== null && ofCache.libavcodec[0] > (ofPath?.libavcodec[0] ?? 0);
  const chosen = isNewer ? ofCache : ofPath;
  if (chosen !== null) return chosen;
  const bundled = await findBundled(name);
  if (bundled !== null && typeof bundled !== 'string') return bundled;
  if (bundled !== null) refused.push(`the one of npm: ${bundled}`);
  const why = refused.length === 0 ? '' : ` (${refused.join('; ')})`;
  throw new ToolMissingError(
    `No ${name} can be run here${why}. Install ffmpeg 4.3 or newer (https://ffmpeg.org/download.html), or set ${variable} to one.`,
  );
}

/** @param refused gets the programs that cannot be run, each with the reason */
async function findOnPath(
  name: ProgramName,
  environment: NodeJS.ProcessEnv,
  refused: string[],
): Promise<Program | null> {
  for (const folder of (environment['PATH'] ?? '').split(delimiter).filter(Boolean)) {
    const path = join(folder, process.platform === 'win32' ? `${name}.exe` : name);
    if (!(await isFile(path))) continue;
    const found = await askProgram(name, path, 'path');
    if (typeof found === 'string') refused.push(`${path}: ${found}`);
    else if (!isOlder(found.libavcodec, oldestOnPath)) return found;
  }
  return null;
}

/** The path of the program that `port doctor --install-ffmpeg` installs, in a folder of its own with the other one. */
export function fetchedFfmpeg(name: ProgramName, environment: NodeJS.ProcessEnv = process.env): string {
  return join(programCache(environment), 'ffmpeg', process.platform === 'win32' ? `${name}.exe` : name);
}

async function findFetched(
  name: ProgramName,
  environment: NodeJS.ProcessEnv,
  refused: string[],
): Promise<Program | null> {
  const path = fetchedFfmpeg(name, environment);
  if (!(await isFile(path))) return null;
  const found = await askProgram(name, path, 'cache');
  if (typeof found !== 'string') return found;
  refused.push(`${path}: ${found}`);
  return null;
}

/** npm's program, or why it exists but cannot be run. */
export async function findBundled(name: ProgramName): Promise<Program | string | null> {
  let path: string;
  try {
    // CommonJS packages that export the path of their binary; they throw if there is none for this machine.
    ({ path } = createRequire(import.meta.url)(`@${name}-installer/${name}`) as { path: string });
  } catch {
    return null;
  }
  const found = await askProgram(name, path, 'npm');
  if (typeof found !== 'string' || !(await isFile(path))) return typeof found === 'string' ? null : found;
  const copy = await runnableCopy(path);
  return copy === null ? found : await askProgram(name, copy, 'npm');
}

/**
 * A copy of npm's binary with its executable bit set: npm may install it without, in a folder that we cannot change.
 * null if no copy can be made.
 */
async function runnableCopy(path: string): Promise<string | null> {
  const size = await sizeOf(path);
  const folder = programCache();
  const copy = join(folder, `${size}-${basename(path)}`);
  if (size === null) return null;
  if ((await sizeOf(copy)) === size) return copy;
  const part = `${copy}.${randomBytes(4).toString('hex')}.part`;
  try {
    await mkdir(folder, { recursive: true });
    await copyFile(path, part);
    await chmod(part, 0o755);
    await rename(part, copy);
    return copy;
  } catch {
    await rm(part, { force: true }).catch(() => {});
    return null;
  }
}

/**
 * Queries a program's version, or returns why it cannot be run.
 * @throws the system's error if no more files can be opened: another program would fail too
 */
export async function askProgram(name: ProgramName, path: string, from: Program['from']): Promise<Program | string> {
  const ask = async () => runProgram(path, ['-hide_banner', '-version'], { seconds: 20, outputBytes: 100_000 });
  try {
    // A copy that was written a moment ago may still be open in a child that is just being started.
    const text = await ask().catch(async (error: unknown) => {
      if (!isSystemError(error) || error.code !== 'ETXTBSY') throw error;
      await wait(200);
      return await ask();
    });
    return readVersion(text, { name, path, from }) ?? `it does not answer like ${name}`;
  } catch (error) {
    if (machineIssue(error)?.code === 'open-files') throw error;
    return whyNotRun(error);
  }
}

function whyNotRun(error: unknown): string {
  const found = machineIssue(error);
  switch (found?.code) {
    case 'program-start':
      return String(found.limit);
    case 'program-killed':
      return `it was ended from outside, ${found.limit}`;
    case 'memory-short':
      return 'there is not enough memory';
    default:
      return asError(error).message;
  }
}

/** Parses the output of `-version`; null if it is a different program. */
export function readVersion(text: string, known: Pick<Program, 'name' | 'path' | 'from'>): Program | null {
  const version = new RegExp(`^${known.name} version (\\S+)`).exec(text)?.[1];
  const [, major, minor] = /libavcodec\s+(\d+)\.\s*(\d+)\./.exec(text) ?? [];
  if (!version || !major || !minor) return null;
  const year = /^.*Copyright \(c\) (?:\d{4}-)?(\d{4})\b/m.exec(text)?.[1];
  return { ...known, version, libavcodec: [Number(major), Number(minor)], year: year ? Number(year) : null };
}

function isOlder(a: readonly [number, number], b: readonly [number, number]): boolean {
  return a[0] < b[0] || (a[0] === b[0] && a[1] < b[1]);
}

async function isFile(path: string): Promise<boolean> {
  return (await sizeOf(path)) !== null;
}

async function sizeOf(path: string): Promise<number | null> {
  try {
    const found = await stat(path);
    return found.isFile() ? found.size : null;
  } catch {
    return null;
  }
}
