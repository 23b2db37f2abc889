/** One run of ffmpeg as argument lists. They are never passed through a shell. */
export interface FfmpegJob {
  readonly inputs: readonly FfmpegInput[];
  readonly outputOptions: readonly string[];
  readonly output: string;
  /** Called for each line in which ffmpeg reports a decoding error. */
  readonly onDecodeError?: () => void;
}

export interface FfmpegInput {
  readonly options: readonly string[];
  /** A path, the specification of a `-f lavfi` input, or bytes that are written to the program's stdin. */
  readonly source: { readonly file: string } | { readonly lavfi: string } | { readonly stdin: readonly Uint8Array[] };
}

/** A decoded frame, upright, in sRGB: three bytes a pixel, row by row. */
export interface Frame {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8Array<ArrayBuffer>;
}

export interface ImageSettings {
  readonly format: 'jpeg' | 'png' | 'webp';
  /** 1-100, for formats with a quality setting: the initial value. */
  readonly quality: number;
  /** The quality is lowered until the file is at most this large, or the minimum is reached. */
  readonly maxBytes: number;
  readonly width: number;
  readonly height: number;
  /** `scale`: the source already has this aspect ratio. The others define how a different ratio is fitted. */
  readonly fit: 'scale' | 'blur' | 'pad' | 'crop';
  /**
   * For `blur` and `pad`: the picture is fitted into this box in the middle of the frame; without it, into the whole
   * frame.
   */
  readonly within?: { readonly width: number; readonly height: number };
}
