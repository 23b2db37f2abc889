import type { ImageProbe } from '../model/probe.ts';
import type { Frame, ImageSettings } from '../model/render-job.ts';

export interface Images {
  /**
   * Probes an image.
   * @throws ProgramError if sharp cannot read the file
   * @throws ImageError if it is an image with a codec or size that is not accepted
   */
  probe(path: string): Promise<ImageProbe>;
  /**
   * Renders `source` (a path, or a decoded frame) with `settings` to `output`, in sRGB and upright. The only
   * metadata is `time` (Unix seconds), the time of the picture.
   */
  render(source: string | Frame, settings: ImageSettings, output: string, time: number): Promise<void>;
  /**
   * The centre of the crop window with this aspect ratio that contains the most salient part, as fractions of width and
   * height.
   * @param image the bytes of an image
   */
  attention(
    image: Uint8Array,
    window: { readonly width: number; readonly height: number },
  ): Promise<{ readonly x: number; readonly y: number }>;
  /** Writes the picture of a JPEG, PNG or WebP to `output` losslessly, without metadata. */
  strip(source: string, output: string): Promise<void>;
  /** A hash of the picture alone, without metadata; null if it cannot be computed. */
  pictureHash(path: string): Promise<string | null>;
}
