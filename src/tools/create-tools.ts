import { checkAddressSpace, checkAddressSpaceForNetwork } from './address-space.ts';
import { createArchives } from './archives.ts';
import { createDisk } from './disk.ts';
import { createFiles } from './disk-files.ts';
import { createFfmpeg } from './ffmpeg.ts';
import { createFfprobe } from './ffprobe.ts';
import { findSharp, loadImages } from './image-library.ts';
import { createLocks } from './locks.ts';
import { once } from './once.ts';
import { findProgram } from './programs.ts';
import type { UnsupportedFeature } from './refusals.ts';
import type { Tools } from './tools.ts';
import { createYtDlp, findYtDlp } from './yt-dlp.ts';

type Warn = (sentence: string) => void;
const silent: Warn = () => {};

/**
 * The real world: this machine's files, network and programs.
 * @param isFirst nothing was made yet, so sharp will be needed and is loaded now; else it is only looked for, since a run
 *   that finds everything done does not need it
 * @param warn hears, once each, what a disk cannot do and what is done instead
 * @throws ToolMissingError if there is no ffmpeg or ffprobe that can be run, or sharp cannot be loaded, or where memory is
 *   bounded so that it would not come to its end
 */
export async function createTools(isFirst = true, warn: Warn = silent): Promise<Tools> {
  checkAddressSpace();
  const images = isFirst ? loadImages : async () => findSharp();
  const [ffmpeg, ffprobe] = await Promise.all([findProgram('ffmpeg'), findProgram('ffprobe'), images()]);
  return await worldWith(createFfmpeg(ffmpeg.path, ffmpeg.libavcodec), createFfprobe(ffprobe.path), warn);
}

/** For a run that makes nothing: a program that is missing is missed only when it is asked for. */
export async function createFetchTools(warn: Warn = silent): Promise<Tools> {
  checkAddressSpace();
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
    warn,
  );
}

async function worldWith(ffmpeg: Tools['ffmpeg'], ffprobe: Tools['ffprobe'], warn: Warn): Promise<Tools> {
  const said = new Set<UnsupportedFeature>();
  const onLacking = (what: UnsupportedFeature) => {
    if (!said.has(what)) warn(lackingSentence(what));
    said.add(what);
  };
  const ytDlp = await findYtDlp();
  return {
    files: createFiles(onLacking),
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
  const http = once(async () => {
    checkAddressSpaceForNetwork();
    return (await import('./http.ts')).createHttp();
  });
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

/** What a disk cannot do, and what port does instead: said once in a run. */
function lackingSentence(what: UnsupportedFeature): string {
  switch (what) {
    case 'times':
      return 'This disk does not let port set the times of files, so they have the time of now; port knows its files by their content.';
    case 'modes':
      return 'This disk has no read-only files, so nothing but care keeps the originals from being changed.';
    case 'links':
      return 'This disk cannot give one file two names, so each platform has a copy of its own and more room is taken.';
    case 'sync':
      return 'This disk does not confirm what was written: eject it before you unplug it.';
  }
}
