import { findProgram } from '../src/tools/programs.ts';

/** An ffmpeg and an ffprobe that are tested together. */
export interface Pair {
  /** For the names of tests. */
  readonly name: string;
  readonly ffmpeg: string;
  readonly ffprobe: string;
  /** Of ffmpeg. */
  readonly libavcodec: readonly [number, number];
}

/** What everybody has: the pair that comes with npm. */
export const bundledPair = await find('npm', { PATH: '', XDG_CACHE_HOME: '/nowhere', LOCALAPPDATA: '/nowhere' });

/** The pair of this machine, where there is one that the product would prefer. */
const systemPair = await find('system', {
  PATH: process.env['PATH'],
  XDG_CACHE_HOME: '/nowhere',
  LOCALAPPDATA: '/nowhere',
});

/** For `describe.each`: npm's pair always, and the system's where there is one that is new enough. */
export const pairs: readonly Pair[] =
  systemPair.ffmpeg === bundledPair.ffmpeg ? [bundledPair] : [bundledPair, systemPair];

async function find(name: string, environment: NodeJS.ProcessEnv): Promise<Pair> {
  const [ffmpeg, ffprobe] = await Promise.all([
    findProgram('ffmpeg', environment),
    findProgram('ffprobe', environment),
  ]);
  return {
    name: `${name} (libavcodec ${ffmpeg.libavcodec.join('.')}, ffprobe's ${ffprobe.libavcodec.join('.')})`,
    ffmpeg: ffmpeg.path,
    ffprobe: ffprobe.path,
    libavcodec: ffmpeg.libavcodec,
  };
}
