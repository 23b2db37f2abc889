import { createArchives } from './tools/archives.ts';
import { createDisk } from './tools/disk.ts';
import { createFfmpeg } from './tools/ffmpeg.ts';
import { createFfprobe } from './tools/ffprobe.ts';
import { createFiles } from './tools/files.ts';
import { findSharp, loadImages } from './tools/image-library.ts';
import { createLocks } from './tools/locks.ts';
import { once } from './tools/once.ts';
import { findProgram } from './tools/programs.ts';
import type { Tools } from './tools/tools.ts';
import { createYtDlp, findYtDlp } from './tools/yt-dlp.ts';

/**
 * The real world: this machine's files, network and programs.
 * @param isFirst nothing was made yet, so sharp will be needed and is loaded now; else it is only looked for, since a run
 *   that finds everything done does not need it
 * @throws ToolMissingError if there is no ffmpeg or ffprobe that can be run, or sharp cannot be loaded
 */
export async function openWorld(isFirst = true): Promise<Tools> {
  const images = isFirst ? loadImages : async () => findSharp();
  const [ffmpeg, ffprobe] = await Promise.all([findProgram('ffmpeg'), findProgram('ffprobe'), images()]);
  return await worldWith(createFfmpeg(ffmpeg.path, ffmpeg.libavcodec), createFfprobe(ffprobe.path));
}

/** For a run that makes nothing: a program that is missing is missed only when it is asked for. */
export async function openWorldToFetch(): Promise<Tools> {
  const ffmpeg = once(async () => {
    const { path, libavcodec } = await findProgram('ffmpeg');
    return createFfmpeg(path, libavcodec);
  });
  const ffprobe = once(async () => createFfprobe((await findProgram('ffprobe')).path));
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
    http: httpWhenAsked(),
    disk: createDisk(),
    locks: createLocks(),
    ytDlp: ytDlp === null ? null : createYtDlp(ytDlp.path),
    ffmpeg,
    ffprobe,
    images: imagesWhenAsked(),
    now: () => Math.floor(Date.now() / 1000),
  };
}

/**
 * undici and sharp take a quarter of the time of a start, and a run that finds everything done needs neither: each is loaded
 * when it is first asked for.
 */
function httpWhenAsked(): Tools['http'] {
  const http = once(async () => (await import('./tools/http.ts')).createHttp());
  return { download: async (...what) => (await http()).download(...what) };
}

function imagesWhenAsked(): Tools['images'] {
  const images = once(loadImages);
  return {
    probe: async (...image) => (await images()).probe(...image),
    render: async (...image) => (await images()).render(...image),
    attention: async (...image) => (await images()).attention(...image),
    strip: async (...image) => (await images()).strip(...image),
    pictureHash: async (...image) => (await images()).pictureHash(...image),
  };
}
