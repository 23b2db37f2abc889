import { createArchives } from './tools/archives.ts';
import { createDisk } from './tools/disk.ts';
import { createFfmpeg } from './tools/ffmpeg.ts';
import { createFfprobe } from './tools/ffprobe.ts';
import { createFiles } from './tools/files.ts';
import { createHttp } from './tools/http.ts';
import { createLocks } from './tools/locks.ts';
import { findProgram } from './tools/programs.ts';
import { createImages } from './tools/sharp.ts';
import type { Tools } from './tools/tools.ts';
import { createYtDlp, findYtDlp } from './tools/yt-dlp.ts';

/**
 * The real world: this machine's files, network and programs.
 * @throws ToolMissingError if there is no ffmpeg or ffprobe that can be run
 */
export async function openWorld(): Promise<Tools> {
  const [ffmpeg, ffprobe, ytDlp] = await Promise.all([findProgram('ffmpeg'), findProgram('ffprobe'), findYtDlp()]);
  return {
    files: createFiles(),
    archives: createArchives(),
    http: createHttp(),
    disk: createDisk(),
    locks: createLocks(),
    ytDlp: ytDlp === null ? null : createYtDlp(ytDlp.path),
    ffmpeg: createFfmpeg(ffmpeg.path),
    ffprobe: createFfprobe(ffprobe.path),
    images: createImages(),
    now: () => Math.floor(Date.now() / 1000),
  };
}
