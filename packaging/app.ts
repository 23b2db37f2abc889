import { copyFile, mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { npm } from './npm.ts';
import type { System } from './systems.ts';

/** What only compilers and debuggers read. */
const forDevelopers = /\.(?:map|d\.[cm]?ts)$/;

/**
 * Puts the program into a folder: the files of the npm package, and the libraries of package-lock.json with their binaries
 * for that system. npm checks each library by the hash in the lock.
 */
export async function putApp(root: string, folder: string, system: System): Promise<void> {
  const told = await npm(['pack', '--dry-run', '--json'], root);
  const [packed] = JSON.parse(told) as { files: { path: string }[] }[];
  for (const { path } of packed?.files ?? []) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await copyFile(join(root, path), join(folder, path));
  }
  const lock = join(folder, 'package-lock.json');
  await copyFile(join(root, 'package-lock.json'), lock);
  // npm would choose the C library of the machine at hand.
  const libc = system.os === 'linux' ? ['--libc=glibc'] : [];
  await npm(['ci', '--omit=dev', `--os=${system.os}`, `--cpu=${system.cpu}`, ...libc], folder);
  await rm(lock);
}

/** Takes out of `node_modules` what nothing of a bundle reads. Licences are collected before. */
export async function pruneLibraries(folder: string): Promise<void> {
  const libraries = join(folder, 'node_modules');
  // Lists of what was installed from where, and links to programs of libraries.
  await rm(join(libraries, '.package-lock.json'), { force: true });
  await rm(join(libraries, '.bin'), { recursive: true, force: true });
  for (const name of await withinDist(folder)) await rm(join(libraries, name), { recursive: true, force: true });
  for (const entry of await readdir(libraries, { recursive: true, withFileTypes: true })) {
    if (entry.isFile() && forDevelopers.test(entry.name)) await rm(join(entry.parentPath, entry.name));
  }
}

/** Libraries that rolldown put into `dist`, each beside its licence, and that no other library asks for. */
async function withinDist(folder: string): Promise<string[]> {
  const names = (await readdir(join(folder, 'dist'))).flatMap((file) => /^(.+)\.LICENSE\.txt$/.exec(file)?.[1] ?? []);
  const asked = new Set<string>();
  for (const library of await librariesBelow(join(folder, 'node_modules'))) {
    if (names.includes(library.name)) continue;
    for (const name of Object.keys(library.manifest.dependencies ?? {})) asked.add(name);
  }
  return names.filter((name) => !asked.has(name));
}

/** What npm's `package.json` says of a library, as far as it matters here. */
export interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly license?: unknown;
  readonly licenses?: unknown;
  readonly homepage?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

export interface Library {
  readonly name: string;
  readonly folder: string;
  readonly manifest: Manifest;
}

/** Each library in a folder `node_modules`, those inside of others too, by name and version. */
export async function librariesBelow(modules: string): Promise<Library[]> {
  const found: Library[] = [];
  const names = await readdir(modules).catch(() => []);
  for (const name of names) {
    if (name.startsWith('.')) continue;
    const folder = join(modules, name);
    if (name.startsWith('@')) {
      found.push(...(await librariesBelow(folder)));
      continue;
    }
    const manifest = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as Manifest;
    found.push({ name: manifest.name, folder, manifest }, ...(await librariesBelow(join(folder, 'node_modules'))));
  }
  const key = ({ name, manifest }: Library) => `${name}@${manifest.version}`;
  return found.sort((a, b) => (key(a) < key(b) ? -1 : 1));
}
