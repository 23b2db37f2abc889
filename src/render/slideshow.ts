import { InterruptedError } from '../errors.ts';
import type { Slideshow } from '../plan/plan.ts';
import { slideshowArgs } from '../plan/slideshow-args.ts';
import type { Tools } from '../tools/tools.ts';

/** Maximum size of one slide: three times an uncompressed frame. */
const maxSlideBytes = 20_000_000;

/**
 * Makes the video of a slideshow at `output`. Each photo is drawn once, and only one is in memory at a time.
 * @throws ProgramError if a photo cannot be drawn or the video cannot be made
 * @throws InterruptedError
 */
export async function makeSlideshow(
  show: Slideshow,
  output: string,
  making: { readonly time: number; readonly threads: number; readonly signal: AbortSignal },
  tools: Pick<Tools, 'files' | 'images' | 'ffmpeg'>,
  onSeconds: (seconds: number) => void,
): Promise<void> {
  const { time, threads, signal } = making;
  const slides = `${output}.slides`;
  try {
    const rows = drawn(show, `${output}.slide.jpg`, time, tools, signal);
    await tools.files.writeStream(slides, rows, maxSlideBytes * 3 * show.slides.length, signal);
    await tools.ffmpeg.run(slideshowArgs(show, slides, { output, time, threads }), signal, onSeconds);
  } finally {
    await tools.files.remove(slides);
  }
}

/** Each slide twice, the last one three times. slideshowArgs assigns the timestamps. */
async function* drawn(
  { slides, width, height }: Slideshow,
  path: string,
  time: number,
  { files, images }: Pick<Tools, 'files' | 'images'>,
  signal: AbortSignal,
): AsyncIterable<Uint8Array> {
  let slide: Uint8Array = new Uint8Array();
  try {
    for (const { photo, ...placed } of slides) {
      if (signal.aborted) throw new InterruptedError('Interrupted');
      const settings = { format: 'jpeg', quality: 95, maxBytes: maxSlideBytes, width, height, ...placed } as const;
      await images.render(photo.path, settings, path, time);
      slide = await files.readStart(path, maxSlideBytes);
      yield slide;
      yield slide;
    }
    yield slide;
  } finally {
    await files.remove(path);
  }
}
