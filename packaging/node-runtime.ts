import { createWriteStream, type WriteStream } from 'node:fs';
import { mkdir, mkdtemp, readdir, rename, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { x as unpackTar } from 'tar';
import { openPromise } from 'yauzl';
import { npm } from './npm.ts';
import { readSums, sha256 } from './sums.ts';
import { type NodeSource, programName, type System, systems } from './systems.ts';

/** Where the releases of Node are published. A mirror, or a stand-in, can be named by PORT_NODE_RELEASES. */
const releases = 'https://nodejs.org/dist';

const largestSums = 1_000_000;
/** An archive of Node has about 60 MB. */
const largestArchive = 300_000_000;

/**
 * Puts Node's program and its licence into a folder, as `node` (`node.exe`) and `LICENSE`.
 * @param cache a folder for archives that were downloaded before; each is checked again
 * @throws Error where it cannot be had, or is not what was published
 */
export async function putNode(
  folder: string,
  { system, version, source, cache }: { system: System; version: string; source: NodeSource; cache: string },
): Promise<void> {
  const work = await mkdtemp(join(tmpdir(), 'port-bundle-'));
  try {
    const archive =
      source === 'npm'
        ? await packOfNpm(system.nodePackage, version, work)
        : await ofRelease(system.nodeArchive(version), version, cache);
    await unpack(archive, system, folder);
    // The packages of Node for Windows hold the program alone; its licence is that of the same release for other systems.
    if (source === 'npm' && (await isMissing(join(folder, 'LICENSE')))) {
      const [other] = systems.filter(({ os }) => os !== 'win32');
      if (other !== undefined)
        await unpack(await packOfNpm(other.nodePackage, version, work), other, folder, 'LICENSE');
    }
    for (const name of [programName(system, 'node'), 'LICENSE']) {
      if (await isMissing(join(folder, name))) throw new Error(`${basename(archive)} holds no ${name}.`);
    }
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/** npm checks the package by the hash of its registry. */
async function packOfNpm(name: string, version: string, folder: string): Promise<string> {
  const told = await npm(['pack', `${name}@${version}`, '--json', '--pack-destination', folder], folder);
  const [packed] = JSON.parse(told) as { filename: string }[];
  if (packed === undefined) throw new Error(`npm packed nothing of ${name}@${version}.`);
  return join(folder, packed.filename.replace(/^@/, '').replace('/', '-'));
}

/**
 * Downloads an archive of a release of Node, or finds it in the cache.
 * @throws Error where SHASUMS256.txt of that release does not name it, or its hash is another
 */
async function ofRelease(name: string, version: string, cache: string): Promise<string> {
  const base = `${process.env['PORT_NODE_RELEASES'] ?? releases}/v${version}`;
  const sums = readSums(await textOf(`${base}/SHASUMS256.txt`));
  const published = sums.get(name);
  if (published === undefined) throw new Error(`${base}/SHASUMS256.txt does not name ${name}.`);
  await mkdir(cache, { recursive: true });
  const path = join(cache, name);
  if (!(await isMissing(path)) && (await sha256(path)) === published) return path;
  const part = `${path}.part`;
  await pipeline(await bodyOf(`${base}/${name}`, 1_800), atMost(largestArchive, name), createWriteStream(part));
  const found = await sha256(part);
  if (found !== published) {
    await rm(part, { force: true });
    throw new Error(`${base}/${name} is not what was published: its SHA-256 is ${found}, not ${published}.`);
  }
  await rename(part, path);
  return path;
}

async function textOf(address: string): Promise<string> {
  // Not `pipe`: a source that is left behind would end the program once its time is over.
  return await pipeline(await bodyOf(address, 60), atMost(largestSums, address), async (chunks) => {
    const all: Buffer[] = [];
    for await (const chunk of chunks) all.push(chunk as Buffer);
    return Buffer.concat(all).toString('utf8');
  });
}

async function bodyOf(address: string, seconds: number): Promise<Readable> {
  const response = await fetch(address, { signal: AbortSignal.timeout(seconds * 1000) });
  if (!response.ok || response.body === null) {
    await response.body?.cancel();
    throw new Error(`${address} answered ${response.status}.`);
  }
  return Readable.fromWeb(response.body);
}

/** Passes on what flows through, and fails beyond `bytes`. */
function atMost(bytes: number, what: string): Transform {
  let seen = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      seen += chunk.length;
      done(seen > bytes ? new Error(`${what} has more than ${bytes} bytes.`) : null, chunk);
    },
  });
}

/** Of an archive, the program and the licence only: the headers and npm that lie beside them are not needed. */
async function unpack(archive: string, system: System, folder: string, only?: string): Promise<void> {
  const program = programName(system, 'node');
  const names = only === undefined ? [program, 'LICENSE'] : [only];
  // node-v22.23.5-linux-x64/bin/node, node-v22.23.5-win-x64/node.exe, package/bin/node.
  const wanted = (path: string) => /^[^/]+\/(?:bin\/)?([^/]+)$/.exec(path)?.[1];
  await mkdir(folder, { recursive: true });
  if (archive.endsWith('.zip')) {
    await unpackZip(archive, (path) => {
      const name = wanted(path);
      return name !== undefined && names.includes(name) ? createWriteStream(join(folder, name)) : null;
    });
    return;
  }
  const work = await mkdtemp(join(folder, '.unpacked-'));
  try {
    await unpackTar({ file: archive, cwd: work, strict: true, filter: (path) => names.includes(wanted(path) ?? '') });
    for (const entry of await readdir(work, { recursive: true, withFileTypes: true })) {
      if (entry.isFile()) await rename(join(entry.parentPath, entry.name), join(folder, entry.name));
    }
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

async function unpackZip(archive: string, open: (path: string) => WriteStream | null): Promise<void> {
  const zip = await openPromise(archive);
  for await (const entry of zip.eachEntry()) {
    const file = open(entry.fileName);
    if (file !== null) await pipeline(await zip.openReadStreamPromise(entry), file);
  }
}

async function isMissing(path: string): Promise<boolean> {
  return await stat(path).then(
    () => false,
    () => true,
  );
}
