import { createRequire } from 'node:module';
import { findProgram, type Program } from '../src/tools/programs.ts';

export interface Pair {
  readonly name: string;
  readonly ffmpeg: string;
  readonly ffprobe: string;
}

const require = createRequire(import.meta.url);
const npm: Pair = {
  name: 'npm',
  ffmpeg: (require('@ffmpeg-installer/ffmpeg') as { path: string }).path,
  ffprobe: (require('@ffprobe-installer/ffprobe') as { path: string }).path,
};

/** Where npm did not run install scripts, its binaries may lack the run bit: what `port` itself would use then. */
async function npmPair(): Promise<Pair> {
  const only = { PATH: '' };
  const found = await Promise.all([findProgram('ffmpeg', only), findProgram('ffprobe', only)]);
  return { ...npm, ffmpeg: found[0].path, ffprobe: found[1].path };
}

async function systemPair(): Promise<Pair[]> {
  const [ffmpeg, ffprobe]: Program[] = await Promise.all([findProgram('ffmpeg'), findProgram('ffprobe')]);
  if (!ffmpeg || !ffprobe || ffmpeg.from === 'npm' || ffprobe.from === 'npm') return [];
  return [{ name: `the system's (${ffmpeg.version})`, ffmpeg: ffmpeg.path, ffprobe: ffprobe.path }];
}

/** npm's ffmpeg of 2018, and the machine's own where it has one that is new enough. */
export const pairs: readonly Pair[] = [await npmPair(), ...(await systemPair())];
