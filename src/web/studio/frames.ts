import PQueue from 'p-queue';
import type { StudioEnvironment } from './world.ts';

/** Small pictures of videos, for choosing a cover. */
export interface Frames {
  /** The frame at a moment as JPEG; null if there is none. @param path absolute */
  at(path: string, seconds: number): Promise<Uint8Array<ArrayBuffer> | null>;
  /** How long a video lasts; null if that is unknown. */
  seconds(path: string): Promise<number | null>;
}

const maxFrames = 400;
const atOnce = 2;
const maxWaiting = 200;
const timeoutMilliseconds = 15_000;
const maxBytes = 1 << 20;
const height = 320;

export function createFrames({ files, tools }: Pick<StudioEnvironment, 'files' | 'tools'>): Frames {
  const frames = new Map<string, Promise<Uint8Array<ArrayBuffer> | null>>();
  const lengths = new Map<string, Promise<number | null>>();
  const queue = new PQueue({ concurrency: atOnce });
  const stateOf = async (path: string) => {
    const facts = await files.facts(path);
    return facts === null ? null : `${path} ${facts.bytes} ${facts.modified}`;
  };
  const remembered = async <T>(known: Map<string, Promise<T>>, name: string, make: () => Promise<T>): Promise<T> => {
    const found = known.get(name) ?? make();
    known.delete(name);
    known.set(name, found);
    for (const oldest of known.keys()) {
      if (known.size <= maxFrames) break;
      known.delete(oldest);
    }
    return await found;
  };
  const signal = () => AbortSignal.timeout(timeoutMilliseconds);
  const draw = async (path: string, seconds: number): Promise<Uint8Array<ArrayBuffer> | null> => {
    const { ffmpeg } = await tools();
    const input = { options: ['-ss', String(seconds)], source: { file: path } };
    const filter = `scale=-2:'min(${height},ih)'`;
    const outputOptions = [
      '-frames:v',
      '1',
      '-an',
      '-sn',
      '-vf',
      filter,
      '-q:v',
      '5',
      '-c:v',
      'mjpeg',
      '-pix_fmt',
      'yuvj420p',
      '-f',
      'image2pipe',
    ];
    try {
      const bytes = await ffmpeg.capture({ inputs: [input], outputOptions }, maxBytes, signal());
      return bytes.length === 0 ? null : bytes;
    } catch {
      return null;
    }
  };
  return {
    async at(path, seconds) {
      const state = await stateOf(path);
      if (state === null || queue.size > maxWaiting) return null;
      const moment = Math.max(0, Math.round(seconds * 10) / 10);
      return await remembered(frames, `${moment} ${state}`, async () => {
        const found = await queue.add(async () => draw(path, moment));
        // There may be no frame between the last one and the end.
        return found ?? (moment > 0 ? await queue.add(async () => draw(path, Math.max(0, moment - 0.5))) : null);
      });
    },
    async seconds(path) {
      const state = await stateOf(path);
      if (state === null) return null;
      return await remembered(lengths, state, async () => {
        try {
          const { ffprobe } = await tools();
          return (await ffprobe.probe(path, signal())).seconds;
        } catch {
          return null;
        }
      });
    },
  };
}
