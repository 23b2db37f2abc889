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
  const [ffmpeg, ffprobe] = await Promise.all([findProgram('ffmpeg'), findProgram('ffprobe')]);
  return await worldWith(createFfmpeg(ffmpeg.path), createFfprobe(ffprobe.path));
}

/** For a run that makes nothing: a program that is missing is missed only when it is asked for. */
export async function openWorldToFetch(): Promise<Tools> {
  const ffmpeg = async () => createFfmpeg((await findProgram('ffmpeg')).path);
  const ffprobe = async () => createFfprobe((await findProgram('ffprobe')).path);
  return await worldWith(
    {
      run: async (...job) => (await ffmpeg()).run(...job),
      capture: async (...job) => (await ffmpeg()).capture(...job),
      lines: async (...job) => (await ffmpeg()).lines(...job),
      report: async (...job) => (await ffmpeg()).report(...job),
      filters: async () => (await ffmpeg()).filters(),
      h264Encoders: async () => (await ffmpeg()).h264Encoders(),
    },
    {
      probe: async (...file) => (await ffprobe()).probe(...file),
      packets: async (...stretch) => (await ffprobe()).packets(...stretch),
    },
  );
}

async function worldWith(ffmpeg: Tools['ffmpeg'], ffprobe: Tools['ffprobe']): Promise<Tools> {
  const ytDlp = await findYtDlp();
  return {
    files: createFiles(),
    archives: createArchives(),
    http: createHttp(),
    disk: createDisk(),
    locks: createLocks(),
    ytDlp: ytDlp === null ? null : createYtDlp(ytDlp.path),
    ffmpeg,
    ffprobe,
    images: createImages(),
    now: () => Math.floor(Date.now() / 1000),
  };
}
