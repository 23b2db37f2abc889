/** One run of ffmpeg as argument lists: nothing in them passes through a shell. */
export interface FfmpegJob {
  readonly inputs: readonly FfmpegInput[];
  readonly outputOptions: readonly string[];
  readonly output: string;
  /** Called for each line in which ffmpeg says that what it decodes is damaged. */
  readonly onDecodeError?: () => void;
}

export interface FfmpegInput {
  readonly options: readonly string[];
  /** A path, or what a `-f lavfi` input names. */
  readonly source: { readonly file: string } | { readonly lavfi: string };
}

export interface ImageSettings {
  readonly format: 'jpeg' | 'png' | 'webp';
  /** 1-100, for formats that have it: where to begin. */
  readonly quality: number;
  /** Quality is stepped down until the file is as small as this, or no step is left. */
  readonly maxBytes: number;
  readonly width: number;
  readonly height: number;
  /** `scale`: the source has this shape already. The others say what becomes of a different one. */
  readonly fit: 'scale' | 'blur' | 'pad' | 'crop';
  /** For `blur` and `pad`: the picture stands inside this box, in the middle of the frame; without it, it fills the frame. */
  readonly within?: { readonly width: number; readonly height: number };
}
