import { access } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { publisherFor } from '../../../tools/ffmpeg-release.ts';
import { installSharp } from '../../../tools/image-library.ts';
import type { Program } from '../../../tools/programs.ts';
import type { Diagnosis, Remedy } from './diagnosis.ts';

/** Package managers by what installs ffmpeg with them. Names read in their package lists, 2026-11. */
const ffmpegBy = {
  brew: 'brew install ffmpeg',
  'apt-get': 'sudo apt-get install ffmpeg',
  dnf: 'sudo dnf install ffmpeg-free',
  pacman: 'sudo pacman -S ffmpeg',
  zypper: 'sudo zypper install ffmpeg',
  apk: 'sudo apk add ffmpeg',
  winget: 'winget install --id Gyan.FFmpeg',
  choco: 'choco install ffmpeg',
  scoop: 'scoop install ffmpeg',
} as const;

type Manager = keyof typeof ffmpegBy;

/** A yt-dlp older than this usually cannot read TikTok's pages any more. */
const oldDays = 90;
const lowBytes = 5_000_000_000;

const installFfmpeg = 'port doctor --install-ffmpeg';

/** ffmpeg 4 and older (libavcodec 58). One that the user names in the environment was chosen. */
function isOld({ from, libavcodec }: Program): boolean {
  return from !== 'environment' && libavcodec[0] < 59;
}

/**
 * What an old build means for a creator. The versions in which codecs were added: ffmpeg's changelog (HEVC and AV1 in FLV: 6.1, xHE-AAC:
 * 7.1). AV1: decoding 1080p takes npm's build of 2018 2.2 times the CPU of 5.1 (measured 2026-11).
 */
function oldBuildMeans({ name, version, year, from }: Program): string {
  const origin = from === 'npm' ? ' that came with port' : '';
  const age = year === null ? `is old (${version})` : `is a build of ${year}`;
  return [
    `The ${name}${origin} ${age}. What it makes is checked like all else, but videos in AV1 take it twice as long,`,
    'posts with newer sound (xHE-AAC) or with HEVC or AV1 in FLV fail, and it has the security faults that were mended since.',
  ].join(' ');
}

/** The remedies for a diagnosis, the most important first. */
export function remediesFor(
  found: Omit<Diagnosis, 'schemaVersion' | 'remedies'>,
  managers: readonly Manager[],
  canInstallFfmpeg = publisherFor(process) !== null,
): Remedy[] {
  const [manager] = managers;
  const ffmpeg = manager ? ffmpegBy[manager] : canInstallFfmpeg ? installFfmpeg : null;
  const remedies: Remedy[] = [];
  const add = (what: string, command: string | null, needed = false) => remedies.push({ what, command, needed });

  const { programs, ytDlp, output } = found;
  for (const program of programs)
    if ('missing' in program) add(program.missing, /^PORT_/.test(program.missing) ? null : ffmpeg, true);
  if ('missing' in found.images) add(found.images.missing, installSharp, true);
  const old = programs.find((program): program is Program => !('missing' in program) && isOld(program));
  const nobody = 'Nobody publishes builds with their SHA-256 for this system.';
  if (old && canInstallFfmpeg) add(oldBuildMeans(old), installFfmpeg);
  else if (old) add(`${oldBuildMeans(old)} ${nobody}`, ffmpeg);
  if (found.ffmpeg && !found.ffmpeg.encoders.includes('libx264')) {
    add('This ffmpeg has no libx264: videos that a platform does not take as they are cannot be made.', ffmpeg);
  }
  if (found.ffmpeg && !['zscale', 'tonemap'].every((name) => found.ffmpeg?.filters.includes(name))) {
    add('This ffmpeg has no zscale or tonemap: HDR videos cannot be made into SDR.', ffmpeg);
  }
  if (!output.writable)
    add(`Nothing can be written into ${output.folder}: choose another folder with --out.`, null, true);
  if (output.writable && output.freeBytes !== null && output.freeBytes < lowBytes) {
    add(`There are only ${gigabytes(output.freeBytes)} free for ${output.folder}.`, null);
  }
  if (found.proxy?.address === null) add(found.proxy.trouble, null, true);
  if (found.translator?.trouble) add(`The translator cannot be used (${found.translator.trouble}).`, null);
  const fetch = 'port doctor --install-yt-dlp';
  if (ytDlp === null) add('Without yt-dlp, links to pages of TikTok and captions on them cannot be had.', fetch);
  else if ('trouble' in ytDlp)
    add(`yt-dlp cannot be run: ${ytDlp.trouble}`, ytDlp.path === null ? null : fetch, ytDlp.path === null);
  else if (ytDlp.ageDays > oldDays) {
    add(`yt-dlp is ${ytDlp.ageDays} days old: TikTok has changed since, and it may no longer work.`, fetch);
  }
  return remedies;
}

export function gigabytes(bytes: number): string {
  return `${Math.round(bytes / 100_000_000) / 10} GB`;
}

/** The package managers on this machine, the most common one first. */
export async function managersOn(environment: NodeJS.ProcessEnv): Promise<Manager[]> {
  const folders = (environment['PATH'] ?? '').split(delimiter).filter(Boolean);
  const extensions = process.platform === 'win32' ? ['.exe', '.cmd', '.bat'] : [''];
  const has = async (name: string) => {
    for (const folder of folders) {
      for (const extension of extensions) {
        if (
          await access(join(folder, name + extension)).then(
            () => true,
            () => false,
          )
        )
          return true;
      }
    }
    return false;
  };
  const found: Manager[] = [];
  for (const name of Object.keys(ffmpegBy) as Manager[]) if (await has(name)) found.push(name);
  return found;
}
