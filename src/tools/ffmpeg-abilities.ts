import { once } from './once.ts';
import { type Program, readVersion } from './programs.ts';
import { runProgram } from './run-program.ts';

/** What a build of ffmpeg supports, as far as a run needs it. */
export interface FfmpegAbilities {
  /** The supported H.264 encoders, in order of preference. */
  readonly encoders: readonly string[];
  readonly filters: readonly string[];
}

const wantedEncoders = ['libx264', 'aac', 'mjpeg', 'png'];
const wantedFilters = ['zscale', 'tonemap', 'loudnorm', 'ebur128', 'boxblur', 'bwdif', 'yadif'];

/** Queries a build. */
export async function ffmpegAbilities(path: string): Promise<FfmpegAbilities> {
  const [encoders, filters] = await Promise.all([names(path, '-encoders'), names(path, '-filters')]);
  return {
    encoders: wantedEncoders.filter((name) => encoders.has(name)),
    filters: wantedFilters.filter((name) => filters.has(name)),
  };
}

/** Abilities that are queried on first use and cached: a run that only copies queries nothing. */
export interface LazyAbilities {
  filters(): Promise<ReadonlySet<string>>;
  h264Encoders(): Promise<ReadonlySet<string>>;
  hasFpsMode(): Promise<boolean>;
}

export function lazyAbilities(path: string, libavcodec?: Program['libavcodec']): LazyAbilities {
  return {
    filters: once(async () => names(path, '-filters')),
    h264Encoders: once(async () => names(path, '-encoders', isH264)),
    hasFpsMode: once(async () => {
      const known = { name: 'ffmpeg', path, from: 'path' } as const;
      const [major = 0, minor = 0] = libavcodec ?? readVersion(await ask(path, '-version'), known)?.libavcodec ?? [];
      // libavcodec 59.37 is ffmpeg 5.1.
      return major > 59 || (major === 59 && minor >= 37);
    }),
  };
}

/**
 * Parses lines such as ` V....D libx264   H.264 (codec h264)` and ` ... zscale   V->V   words`: flags, then the name.
 */
async function names(
  path: string,
  list: '-encoders' | '-filters',
  isWanted: (name: string, words: string) => boolean = () => true,
): Promise<ReadonlySet<string>> {
  const lines = [...(await ask(path, list)).matchAll(/^ [A-Z.|]{2,6} +([\w-]+) +(.*)$/gm)];
  return new Set(lines.flatMap(([, name = '', words = '']) => (isWanted(name, words.trim()) ? [name] : [])));
}

/** The description of an encoder contains the codec if its name does not. */
function isH264(name: string, words: string): boolean {
  return name.startsWith('h264_') || words.endsWith('(codec h264)');
}

async function ask(path: string, question: string): Promise<string> {
  return await runProgram(path, ['-hide_banner', question], { seconds: 20, outputBytes: 1_000_000 });
}
