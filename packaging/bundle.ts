import { execFile } from 'node:child_process';
import { chmod, mkdir, open, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { pruneLibraries, putApp } from './app.ts';
import { readBinary } from './binary.ts';
import { putLicences, type Shipped, shippedPrograms } from './licences.ts';
import { putNode } from './node-runtime.ts';
import { filesBelow, sumsOf } from './sums.ts';
import { type NodeSource, programName, type System } from './systems.ts';
import { writeZip } from './zip.ts';

export interface BundleOptions {
  /** The checkout, built. */
  readonly root: string;
  /** Where bundles are put, such as `bundles`. */
  readonly out: string;
  readonly nodeVersion: string;
  readonly nodeSource: NodeSource;
  /** For others: an ffmpeg that may not be passed on is left out. */
  readonly release: boolean;
  /** The ZIP takes a minute of compression. */
  readonly zip: boolean;
}

export interface Bundle {
  /** content-port-0.1.0-linux-x64 */
  readonly name: string;
  readonly folder: string;
  readonly zip: string | null;
  readonly programs: readonly Shipped[];
  /** Left out, with the reason. */
  readonly without: readonly string[];
}

/**
 * Makes the bundle for one system: a folder that needs no Node, and its ZIP. Nothing of it is run.
 * A folder of the same name is replaced when the new one is whole.
 */
export async function makeBundle(system: System, options: BundleOptions): Promise<Bundle> {
  const { root, out } = options;
  const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { version: string };
  const name = `content-port-${version}-${system.name}`;
  const part = join(resolve(out), `.${name}.part`);
  await rm(part, { recursive: true, force: true });
  const [app, licences] = [join(part, 'app'), join(part, 'LICENSES')];
  const modules = join(app, 'node_modules');
  await mkdir(licences, { recursive: true });

  const { nodeVersion, nodeSource: source } = options;
  await putNode(part, { system, version: nodeVersion, source, cache: join(resolve(out), '.cache') });
  await rename(join(part, 'LICENSE'), join(licences, 'node.txt'));
  await putApp(root, app, system);

  const all = await shippedPrograms(modules, system);
  const forbidden = options.release ? all.filter(({ build }) => build.licence === 'nonfree') : [];
  for (const { library } of forbidden) await rm(library.folder, { recursive: true });
  const programs = all.filter((each) => !forbidden.includes(each));
  await putLicences(licences, { root, app, node: nodeVersion, programs });
  await pruneLibraries(app);
  const launchers = await putLaunchers(part, {
    root,
    system,
    nodeVersion,
    without: forbidden.map(({ name: program }) => program),
  });

  const executable = new Set([programName(system, 'node'), ...launchers, 'app/bin/port.js']);
  for (const { path } of programs) executable.add(`app/node_modules/${path}`);
  const files = await filesBelow(part);
  for (const file of files) await chmod(join(part, file), executable.has(file) ? 0o755 : 0o644);
  const sharp = `app/node_modules/@img/sharp-${system.name}/lib/`;
  const programFiles = [...executable].filter((file) => !launchers.includes(file) && !file.endsWith('.js'));
  await assertArchitecture(part, files, system, (file) => programFiles.includes(file) || file.startsWith(sharp));
  await writeFile(join(part, 'SHA256SUMS'), await sumsOf(part, files));

  const folder = join(resolve(out), name);
  await rm(folder, { recursive: true, force: true });
  await rename(part, folder);
  const zip = options.zip ? join(resolve(out), `${name}.zip`) : null;
  if (zip !== null) {
    const entries = ['SHA256SUMS', ...files].sort((a, b) => (a < b ? -1 : 1));
    await writeZip(zip, {
      folder,
      entries: entries.map((path) => ({ path, executable: executable.has(path) })),
      prefix: name,
      time: await sourceTime(root),
    });
  }
  const without = forbidden.map(
    ({ name: program }) => `${program}: npm’s build may not be passed on (--enable-nonfree)`,
  );
  return { name, folder, zip, programs, without };
}

/** @returns the names of the launchers */
async function putLaunchers(
  folder: string,
  {
    root,
    system,
    nodeVersion,
    without,
  }: Pick<BundleOptions, 'root' | 'nodeVersion'> & {
    readonly system: System;
    readonly without: readonly string[];
  },
): Promise<readonly string[]> {
  const windows = system.os === 'win32';
  const all = [{ from: windows ? 'port.cmd' : 'port', name: windows ? 'port.cmd' : 'port' }, ...openers[system.os]];
  for (const { from, name } of all) {
    const text = await readFile(join(root, 'packaging', from), 'utf8');
    const own = text.replaceAll('@NODE@', `node-${nodeVersion}-${system.name}`);
    await writeFile(join(folder, name), forSystem(own, windows));
  }
  await writeFile(join(folder, 'START-HERE.txt'), forSystem(startHere(system, without), windows));
  return all.map(({ name }) => name);
}

/**
 * What a person double-clicks, by system: files in `packaging/`, and their names in the bundle. On Linux some file managers
 * start entries of menus, and others scripts.
 */
const openers: Readonly<Record<System['os'], readonly { readonly from: string; readonly name: string }[]>> = {
  win32: [{ from: 'open.cmd', name: 'Open content-port.cmd' }],
  darwin: [{ from: 'open.sh', name: 'Open content-port.command' }],
  linux: [
    { from: 'open.desktop', name: 'Open content-port.desktop' },
    { from: 'open.sh', name: 'Open content-port.sh' },
  ],
};

/** cmd.exe and Notepad want CR LF. */
const forSystem = (text: string, windows: boolean) => (windows ? text.replace(/\r?\n/g, '\r\n') : text);

function startHere(system: System, without: readonly string[]): string {
  const port = system.os === 'win32' ? 'port.cmd' : './port';
  const lacking =
    without.length === 0
      ? ''
      : `\n${without.join(' and ')} could not be put into this bundle, since that build may not be passed on.\n"${port} doctor --install-ffmpeg" fetches one.\n`;
  const unsigned = {
    win32: 'If Windows says that it protected your PC: More info, then Run anyway.\n',
    darwin: `If macOS says that it could not verify a program: System Settings, Privacy & Security,
Open Anyway. Or once for all of this folder, typed in a terminal here:

    xattr -dr com.apple.quarantine .
`,
    linux: `If a text is shown instead: click "Open content-port.sh" with the right button, Run as a
Program. If you are asked: Trust and Launch, or Execute.
`,
  }[system.os];
  return `content-port: your TikTok archive, ready to post somewhere else.
Nothing has to be installed: Node and ffmpeg lie in this folder.

Double-click "Open content-port". A page opens in your browser: drop the ZIP from
TikTok on it. All of it stays on this computer. Your posts are put into the folder
"content-port" in your ${system.os === 'win32' ? 'user' : 'home'} folder. Keep the window that opens while you work.
${unsigned}
Or by typing: open a terminal in this folder and type

    ${port} TikTok_Data_1766000000.zip --to rednote

with the name of your own ZIP (drag it into the window), and rednote, lemon8,
shorts, reels or all. "${port} --help" tells the rest, app/README.md all of it.
${lacking}
LICENSES holds the licences of everything in here.
`;
}

/**
 * @param isBinary files that must be programs or libraries
 * @throws Error where a program or library in the bundle is for another system, or none of its kind
 */
async function assertArchitecture(
  folder: string,
  files: readonly string[],
  system: System,
  isBinary: (file: string) => boolean,
): Promise<void> {
  for (const file of files) {
    const binary = readBinary(await headOf(join(folder, file)));
    if (binary === null ? isBinary(file) : binary.os !== system.os || binary.cpu !== system.cpu) {
      const found = binary === null ? 'no program that is known' : `for ${binary.os}-${binary.cpu}`;
      throw new Error(`${file} in the bundle for ${system.name} is ${found}.`);
    }
  }
}

async function headOf(path: string): Promise<Buffer> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(4096), 0, 4096, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

/** The time that files in a ZIP get: SOURCE_DATE_EPOCH, or that of the last commit, or the first that a ZIP can hold. */
async function sourceTime(root: string): Promise<Date> {
  const set = process.env['SOURCE_DATE_EPOCH'];
  const told =
    set ??
    (await promisify(execFile)('git', ['log', '-1', '--format=%ct'], { cwd: root }).then(
      ({ stdout }) => stdout,
      () => '',
    ));
  const seconds = Number(told.trim());
  return new Date(Number.isSafeInteger(seconds) && seconds > 315_619_200 ? seconds * 1000 : 315_619_200_000);
}

/** Writes SHA256SUMS of all ZIPs that lie in the folder. */
export async function writeSums(out: string): Promise<void> {
  const zips = (await readdir(out)).filter((name) => name.endsWith('.zip')).sort();
  await writeFile(join(out, 'SHA256SUMS'), await sumsOf(out, zips));
}
