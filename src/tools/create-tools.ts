import { checkAddressSpace, checkAddressSpaceForNetwork } from './address-space.ts';
import { createArchives } from './archives.ts';
import { createCommands } from './commands.ts';
import { createDisk } from './disk.ts';
import { createFiles } from './disk-files.ts';
import { withFasterFrames } from './faster-frames.ts';
import { createFfmpeg } from './ffmpeg.ts';
import { createFfprobe } from './ffprobe.ts';
import { findSharp, loadImages } from './image-library.ts';
import { createLocks } from './locks.ts';
import { once } from './once.ts';
import { findProgram } from './programs.ts';
import { directRoute, type Route } from './proxy.ts';
import type { UnsupportedFeature } from './refusals.ts';
import type { Tools } from './tools.ts';
import { createYtDlp, findYtDlp } from './yt-dlp.ts';

type Warn = (sentence: string) => void;
const silent: Warn = () => {};

/**
 * Creates the tools for this machine's files, network and programs.
 * @param isFirst nothing was made yet, so sharp is certainly needed and is loaded now; otherwise only its presence is
 * checked, because a run with nothing to do does not need it
 * @param warn called once for each unsupported file system feature and its replacement
 * @param route how downloads and yt-dlp reach the network
 * @throws ToolMissingError if there is no usable ffmpeg or ffprobe, sharp cannot be loaded, or a memory limit is too
 * low for a run
 */
export async function createTools(isFirst = true, warn: Warn = silent, route: Route = directRoute): Promise<Tools> {
  checkAddressSpace();
  const images = isFirst ? loadImages : async () => findSharp();
  const [ffmpeg, ffprobe] = await Promise.all([findProgram('ffmpeg'), findProgram('ffprobe'), images()]);
  const made = withFasterFrames(ffmpeg, createFfmpeg(ffmpeg.path, ffmpeg.libavcodec));
  return await worldWith(made, createFfprobe(ffprobe.path), warn, route);
}

/** Creates the tools for a run that renders nothing: a missing program is an error only when it is used. */
export async function createFetchTools(warn: Warn = silent, route: Route = directRoute): Promise<Tools> {
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
      frames: async (...job) => (await ffmpeg()).frames(...job),
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
    route,
  );
}

async function worldWith(ffmpeg: Tools['ffmpeg'], ffprobe: Tools['ffprobe'], warn: Warn, route: Route): Promise<Tools> {
  const said = new Set<UnsupportedFeature>();
  const onLacking = (what: UnsupportedFeature) => {
    if (!said.has(what)) warn(lackingSentence(what));
    said.add(what);
  };
  const ytDlp = await findYtDlp();
  return {
    files: createFiles(onLacking),
    archives: createArchives(),
    http: lazyHttp(route),
    disk: createDisk(),
    locks: createLocks(),
    ytDlp: ytDlp === null ? null : createYtDlp(ytDlp.path, route),
    ffmpeg,
    ffprobe,
    images: lazyImages(),
    commands: createCommands(),
    bergamot: lazyBergamot(),
    now: () => Math.floor(Date.now() / 1000),
  };
}

/**
 * undici and sharp take a quarter of the startup time, and a run with nothing to do needs neither: each is loaded on
 * first use.
 */
function lazyHttp(route: Route): Tools['http'] {
  const http = once(async () => {
    checkAddressSpaceForNetwork();
    return (await import('./http.ts')).createHttp({ route });
  });
  return {
    download: async (...what) => (await http()).download(...what),
    post: async (...what) => (await http()).post(...what),
  };
}

function lazyBergamot(): Tools['bergamot'] {
  const bergamot = once(async () => (await import('./bergamot.ts')).createBergamot());
  return {
    models: async (...folder) => (await bergamot()).models(...folder),
    translate: async (...what) => (await bergamot()).translate(...what),
  };
}

function lazyImages(): Tools['images'] {
  const images = once(loadImages);
  return {
    probe: async (...image) => (await images()).probe(...image),
    render: async (...image) => (await images()).render(...image),
    attention: async (...image) => (await images()).attention(...image),
    strip: async (...image) => (await images()).strip(...image),
    pictureHash: async (...image) => (await images()).pictureHash(...image),
  };
}

/** Describes an unsupported file system feature and what port does instead. Printed once per run. */
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
