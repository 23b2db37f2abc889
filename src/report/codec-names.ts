/**
 * TikTok's codecs that no public decoder supports, by the sample entry in MP4: ByteVC2, ByteDance's variant of H.266
 * (yt-dlp refuses these formats: extractor/tiktok.py, read 2026-11). ByteVC1 is ordinary HEVC.
 */
const foreign: Readonly<Record<string, string>> = {
  bvc2: "ByteVC2 (bvc2), TikTok's own codec",
  bv2c: "ByteVC2 (bv2c), TikTok's own codec",
};

/**
 * Whether no public decoder supports a codec.
 * @param codec a sample entry such as `bvc2`, or ffprobe's name
 */
export function isForeignCodec(codec: string): boolean {
  return codec.toLowerCase() in foreign;
}

/** The display name of a codec, with an explanation if it is not well known. */
export function codecName(codec: string): string {
  return foreign[codec.toLowerCase()] ?? codec;
}

/** What to do about a file with such a codec, as a sentence. */
export function foreignCodec(codec: string): string {
  return `Its picture is in ${codecName(codec)}, which no program reads. Download it again in H.264.`;
}
