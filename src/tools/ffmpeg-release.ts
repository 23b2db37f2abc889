import { randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { isSystemError, PortError } from '../errors.ts';
import { ArchiveError, checkTar, openBuildArchive } from './ffmpeg-archive.ts';
import { askProgram, fetchedFfmpeg, type Program, type ProgramName } from './programs.ts';
import {
  maxSumsBytes,
  openRelease,
  publishedHash,
  publishedHashes,
  type Release,
  type ReleaseTools,
} from './release.ts';
import { programCache } from './user-cache.ts';

/** Archives of 2026-10 have 28 to 210 MB, the programs in them 80 to 250 MB. */
const usualLimits = { archiveBytes: 500_000_000, programBytes: 400_000_000 };
type Limits = typeof usualLimits;

const draftPrefix = '.ffmpeg-draft-';
/** A draft of this age was left by an installation that was killed. */
const oldMilliseconds = 3600_000;

export interface System {
  readonly platform: NodeJS.Platform;
  readonly arch: string;
}

/** Who publishes static builds with their SHA-256 for a system. */
export interface Publisher {
  readonly name: string;
  /** URL of the folder with the newest release. */
  readonly releases: string;
  /** BtbN: one archive with both programs, its hash in a list. Riedl: one ZIP for each, its hash beside it. */
  readonly form:
    | { readonly kind: 'one-archive'; readonly target: string; readonly extension: 'zip' | 'tar.xz' }
    | { readonly kind: 'one-zip-each'; readonly folder: string };
}

/**
 * Sources: https://github.com/BtbN/FFmpeg-Builds (README and names in its release `latest`, `checksums.sha256`) and
 * https://ffmpeg.martin-riedl.de (redirects to the newest release; `ffmpeg.zip.sha256` beside each ZIP; signed and
 * notarised), as public code uses them, read 2026-11. evermeet.cx publishes signatures instead of hashes, and builds for
 * Intel only.
 */
const btbn = 'https://github.com/BtbN/FFmpeg-Builds/releases/download/latest';
const riedl = 'https://ffmpeg.martin-riedl.de/redirect/latest';

const btbnTargets: Readonly<Record<string, string>> = {
  'linux x64': 'linux64',
  'linux arm64': 'linuxarm64',
  'win32 x64': 'win64',
  'win32 arm64': 'winarm64',
};
const riedlFolders: Readonly<Record<string, string>> = {
  'darwin x64': 'macos/amd64/release',
  'darwin arm64': 'macos/arm64/release',
};

/** null if nobody publishes builds with hashes for the system. */
export function publisherFor({ platform, arch }: System): Publisher | null {
  const target = btbnTargets[`${platform} ${arch}`];
  const folder = riedlFolders[`${platform} ${arch}`];
  if (target !== undefined) {
    const extension = platform === 'win32' ? 'zip' : 'tar.xz';
    return { name: 'BtbN/FFmpeg-Builds', releases: btbn, form: { kind: 'one-archive', target, extension } };
  }
  if (folder === undefined) return null;
  return { name: 'ffmpeg.martin-riedl.de', releases: riedl, form: { kind: 'one-zip-each', folder } };
}

/**
 * The newest build in a list of BtbN's files: of the highest release branch (`ffmpeg-n8.1-latest-linux64-gpl-8.1.tar.xz`),
 * else of the development branch. `gpl` has libx264; `shared` is not static.
 */
export function newestBuild(names: Iterable<string>, target: string, extension: string): string | null {
  const form = new RegExp(
    `^ffmpeg-(?:master-latest-${target}-gpl|n(\\d+)\\.(\\d+)-latest-${target}-gpl-\\1\\.\\2)\\.${extension.replace('.', '\\.')}$`,
  );
  const found = [...names].flatMap((name) => {
    const [whole, major = '0', minor = '0'] = form.exec(name) ?? [];
    return whole === undefined ? [] : [{ name, version: Number(major) * 1000 + Number(minor) }];
  });
  return found.sort((a, b) => b.version - a.version)[0]?.name ?? null;
}

/**
 * Downloads the newest ffmpeg and ffprobe for this machine into the user's cache. They get their place together, after
 * the SHA-256 of what was downloaded matched the published one and both printed their versions.
 * @param base where the release is, if not at its publisher: a mirror or a stand-in
 * @throws ToolMissingError with what to do instead
 */
export async function installFfmpeg(
  tools: ReleaseTools,
  settings: {
    base: string | null;
    signal: AbortSignal;
    environment: NodeJS.ProcessEnv;
    system?: System;
    limits?: Limits;
  },
): Promise<readonly [ffmpeg: Program, ffprobe: Program]> {
  const { signal, environment, system = process, limits = usualLimits } = settings;
  const publisher = publisherFor(system);
  const base = settings.base ?? publisher?.releases ?? btbn;
  const advice = 'install it as https://ffmpeg.org/download.html says';
  const release = openRelease(tools, { program: 'ffmpeg', advice, base, signal });
  if (publisher === null) {
    const { platform, arch } = system;
    throw release.failure(`nobody publishes static builds with their SHA-256 for ${platform} on ${arch}`);
  }
  const cache = programCache(environment);
  const draft = join(cache, `${draftPrefix}${randomBytes(4).toString('hex')}`);
  try {
    await mkdir(draft, { recursive: true });
    await sweep(cache);
    const suffix = system.platform === 'win32' ? '.exe' : '';
    const archives =
      publisher.form.kind === 'one-archive'
        ? await fetchOne(release, publisher.form, draft, limits)
        : await fetchEach(release, publisher.form.folder, draft, limits);
    await mkdir(join(draft, 'new'));
    for (const name of ['ffmpeg', 'ffprobe'] as const) {
      const archive = openBuildArchive(archives[name].path, archives[name].isZip, limits.programBytes);
      await archive.take(`${name}${suffix}`, join(draft, 'new', fileName(name)), signal);
    }
    const found = [await tryOut('ffmpeg', draft, release), await tryOut('ffprobe', draft, release)] as const;
    await swap(join(draft, 'new'), fetchedFfmpeg('ffmpeg', environment), draft);
    return [
      { ...found[0], path: fetchedFfmpeg('ffmpeg', environment) },
      { ...found[1], path: fetchedFfmpeg('ffprobe', environment) },
    ];
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof ArchiveError) throw release.failure(`the archive ${error.message}`);
    if (error instanceof PortError || !isSystemError(error)) throw error;
    throw release.failure(`${cache} cannot be written (${error.code})`);
  } finally {
    await rm(draft, { recursive: true, force: true, maxRetries: 3 });
  }
}

interface Fetched {
  readonly path: string;
  readonly isZip: boolean;
}
type Archives = Readonly<Record<ProgramName, Fetched>>;

async function fetchOne(
  release: Release,
  { target, extension }: { readonly target: string; readonly extension: string },
  draft: string,
  { archiveBytes }: Limits,
): Promise<Archives> {
  if (extension === 'tar.xz') await checkTar(join(draft, 'check'));
  const sums = join(draft, 'checksums.sha256');
  await release.fetch('checksums.sha256', sums, maxSumsBytes);
  const published = publishedHashes(await readFile(sums, 'utf8'));
  const name = newestBuild(published.keys(), target, extension);
  if (name === null) throw release.failure(`checksums.sha256 of the release has no line for ${target}`);
  const path = join(draft, 'archive');
  const { sha256 } = await release.fetch(name, path, archiveBytes);
  if (sha256 !== published.get(name)) throw notPublished(release, name);
  const archive = { path, isZip: extension === 'zip' };
  return { ffmpeg: archive, ffprobe: archive };
}

async function fetchEach(release: Release, folder: string, draft: string, { archiveBytes }: Limits): Promise<Archives> {
  const get = async (program: ProgramName): Promise<Fetched> => {
    const name = `${program}.zip`;
    const path = join(draft, name);
    const { sha256, address } = await release.fetch(`${folder}/${name}`, path, archiveBytes);
    // The address of the newest release leads to that of one build, where its hash lies.
    const { origin, pathname } = new URL(address);
    const sums = join(draft, `${name}.sha256`);
    await release.fetchAddress(`${origin}${pathname}.sha256`, sums, maxSumsBytes);
    const published = publishedHash(await readFile(sums, 'utf8'), name);
    if (published === null) throw release.failure(`${name}.sha256 of the release has no line for ${name}`);
    if (sha256 !== published) throw notPublished(release, name);
    return { path, isZip: true };
  };
  return { ffmpeg: await get('ffmpeg'), ffprobe: await get('ffprobe') };
}

function notPublished(release: Release, name: string): Error {
  return release.failure(`${name} has not the published SHA-256, so it was thrown away`);
}

async function tryOut(name: ProgramName, draft: string, release: Release): Promise<Program> {
  const found = await askProgram(name, join(draft, 'new', fileName(name)), 'cache');
  if (typeof found !== 'string') return found;
  throw release.failure(`the ${name} of the release cannot be run here (${found})`);
}

function fileName(name: ProgramName): string {
  return process.platform === 'win32' ? `${name}.exe` : name;
}

/** Puts the folder of the new pair in the place of an older one, which comes back if that fails. */
async function swap(fresh: string, ffmpeg: string, draft: string): Promise<void> {
  const place = join(ffmpeg, '..');
  const before = join(draft, 'before');
  const had = await rename(place, before).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return false;
      throw error;
    },
  );
  try {
    await rename(fresh, place);
  } catch (error) {
    if (had) await rename(before, place);
    throw error;
  }
}

async function sweep(cache: string): Promise<void> {
  for (const name of await readdir(cache)) {
    if (!name.startsWith(draftPrefix)) continue;
    const path = join(cache, name);
    const { mtimeMs = Date.now() } = (await stat(path).catch(() => null)) ?? {};
    if (Date.now() - mtimeMs > oldMilliseconds) await rm(path, { recursive: true, force: true }).catch(() => {});
  }
}
