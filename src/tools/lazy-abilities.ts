import { readVersion } from './programs.ts';
import { runProgram } from './run-program.ts';

/** What a build of ffmpeg can do, asked when it is first wanted, and once: a run that only copies asks nothing. */
export interface LazyAbilities {
  filters(): Promise<ReadonlySet<string>>;
  h264Encoders(): Promise<ReadonlySet<string>>;
  hasFpsMode(): Promise<boolean>;
}

export function lazyAbilities(path: string): LazyAbilities {
  const ask = async (question: string) =>
    runProgram(path, ['-hide_banner', question], { seconds: 20, outputBytes: 1_000_000 });
  return {
    filters: once(async () => namesIn(await ask('-filters'))),
    h264Encoders: once(async () => namesIn(await ask('-encoders'), ({ name, words }) => isH264(name, words))),
    hasFpsMode: once(async () => {
      const [major = 0, minor = 0] =
        readVersion(await ask('-version'), { name: 'ffmpeg', path, from: 'path' })?.libavcodec ?? [];
      // libavcodec 59.37 is ffmpeg 5.1.
      return major > 59 || (major === 59 && minor >= 37);
    }),
  };
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | null = null;
  return async () => {
    made ??= make();
    return await made;
  };
}

interface Line {
  readonly name: string;
  readonly words: string;
}

/** Lines such as ` V....D libx264   H.264 (codec h264)` and ` ... zscale   V->V   words`: flags, then the name. */
function namesIn(list: string, isWanted: (line: Line) => boolean = () => true): ReadonlySet<string> {
  const lines = [...list.matchAll(/^ [A-Z.|]{2,6} +([\w-]+) +(.*)$/gm)];
  return new Set(
    lines
      .map(([, name = '', words = '']) => ({ name, words }))
      .filter(isWanted)
      .map(({ name }) => name),
  );
}

/** An encoder says which codec it writes only where its name does not. */
function isH264(name: string, words: string): boolean {
  return name.startsWith('h264_') || words.endsWith('(codec h264)');
}
