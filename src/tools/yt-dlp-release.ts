import { chmod, mkdir, readFile, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { maxSumsBytes, openRelease, publishedHash, type ReleaseTools } from './release.ts';
import { fetchedYtDlp, ytDlpVersion } from './yt-dlp.ts';

/** The newest release of yt-dlp and its hashes. Source: https://github.com/yt-dlp/yt-dlp#installation, read 2026-11. */
export const releases = 'https://github.com/yt-dlp/yt-dlp/releases/latest/download';

const sumsName = 'SHA2-256SUMS';
const maxProgramBytes = 200_000_000;

/**
 * Downloads the newest yt-dlp for this machine into the user's cache. It becomes executable under its final name only
 * after its SHA-256 matched the published one and it printed its version.
 * @param base the URL of a folder with the release; https, unless it is on this machine
 * @throws ToolMissingError with what to do instead
 */
export async function installYtDlp(
  tools: ReleaseTools,
  { base, signal, environment }: { base: string; signal: AbortSignal; environment: NodeJS.ProcessEnv },
): Promise<{ readonly path: string; readonly version: string }> {
  const path = fetchedYtDlp(environment);
  const asset = assetFor(process.platform, process.arch, isMusl());
  await mkdir(dirname(path), { recursive: true });
  const draft = join(dirname(path), `new-${basename(path)}`);
  const sums = join(dirname(path), `new-${sumsName}`);
  const advice = 'install it as https://github.com/yt-dlp/yt-dlp/wiki/Installation says';
  const { fetch, failure } = openRelease(tools, { program: 'yt-dlp', advice, base, signal });
  try {
    await fetch(sumsName, sums, maxSumsBytes);
    const published = publishedHash(await readFile(sums, 'utf8'), asset);
    if (published === null) throw failure(`${sumsName} of the release has no line for ${asset}`);
    const { sha256 } = await fetch(asset, draft, maxProgramBytes);
    if (sha256 !== published) throw failure(`${asset} has not the published SHA-256, so it was thrown away`);
    await chmod(draft, 0o755);
    const version = await ytDlpVersion(draft).catch((error: Error) => {
      throw failure(`${asset} cannot be run here (${error.message})`);
    });
    await rename(draft, path);
    return { path, version };
  } finally {
    await rm(draft, { force: true });
    await rm(sums, { force: true });
  }
}

/** The release file for a machine; `yt-dlp` itself needs Python. Names as in the release of 2026-10. */
export function assetFor(platform: NodeJS.Platform, arch: string, musl: boolean): string {
  switch (platform) {
    case 'win32':
      return arch === 'arm64' ? 'yt-dlp_arm64.exe' : arch === 'ia32' ? 'yt-dlp_x86.exe' : 'yt-dlp.exe';
    case 'darwin':
      return 'yt-dlp_macos';
    case 'linux': {
      const name = musl ? 'yt-dlp_musllinux' : 'yt-dlp_linux';
      return arch === 'x64' ? name : arch === 'arm64' ? `${name}_aarch64` : 'yt-dlp';
    }
    default:
      return 'yt-dlp';
  }
}

function isMusl(): boolean {
  if (process.platform !== 'linux') return false;
  const { header } = process.report.getReport() as { header: { glibcVersionRuntime?: string } };
  return header.glibcVersionRuntime === undefined;
}
