import type { Frame } from '../model/render-job.ts';
import { remuxArgs, transcodeArgs } from '../plan/ffmpeg-args.ts';
import type { PlannedFile, Stored, Streams } from '../plan/plan.ts';
import type { Tools } from '../tools/tools.ts';
import { keyFrameAt } from './cover-frame.ts';
import { makeSlideshow } from './slideshow.ts';
import type { Stills } from './stills.ts';

export interface Making {
  /** Time of the post, Unix seconds. */
  readonly time: number;
  /** Threads per encoder. */
  readonly threads: number;
  /** The original is in our own store, so a hard link to it is safe; a file of `--media` is copied. */
  readonly owned: boolean;
  /** Cached frames of the post's video. */
  readonly stills: Stills;
  readonly signal: AbortSignal;
  /** Called with the finished share of the rendition, 0 to 1. */
  readonly onProgress: (share: number) => void;
}

/**
 * Makes one rendition at `output` without checking it.
 * @param encoder the picture encoder: `software`, or ffmpeg's name of one
 * @throws ProgramError if a program failed
 */
export async function make(
  file: PlannedFile,
  output: string,
  making: Making,
  tools: Tools,
  encoder = 'software',
): Promise<void> {
  const { operation, source, seconds } = file;
  const { time, threads, signal } = making;
  const progress = (done: number) => making.onProgress(Math.min(1, done / (seconds || 1)));
  switch (operation.kind) {
    case 'copy':
      await (making.owned ? tools.files.link(source.path, output) : tools.files.copy(source.path, output));
      return;
    case 'remux':
    case 'transcode': {
      const { sound, span, tag } = operation;
      const streams = streamsIn(file);
      const context = { input: source.path, output, streams, seconds: seconds ?? 0, time, threads, encoder, span, tag };
      const job =
        operation.kind === 'remux'
          ? remuxArgs(operation.sound, context)
          : transcodeArgs(operation.picture, sound, context);
      await tools.ffmpeg.run(job, signal, progress);
      return;
    }
    case 'slideshow':
      await makeSlideshow(operation.show, output, making, tools, progress);
      return;
    case 'image': {
      const picture =
        operation.at === null
          ? source.path
          : await stillOf(source.path, streamsIn(file).picture, operation, making, tools);
      await tools.images.render(picture, operation.settings, output, time);
      return;
    }
    case 'subtitles':
      await tools.files.write(output, operation.text);
      return;
    case 'strip':
      await tools.images.strip(source.path, output);
  }
}

async function stillOf(
  path: string,
  stream: number,
  { at, stored }: { readonly at: number; readonly stored: Stored },
  { stills, signal }: Making,
  tools: Tools,
): Promise<Frame> {
  if (!stills.has(path, stream, at)) {
    const frame = await keyFrameAt(at, path, tools, signal);
    if (frame !== null) stills.hold(path, stream, at, frame);
  }
  return await stills.at(path, stream, at, stored);
}

function streamsIn({ name, streams }: PlannedFile): Streams {
  if (streams === null) throw new Error(`${name} was planned without the streams of its video`);
  return streams;
}
