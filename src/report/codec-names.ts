/**
 * Codecs of TikTok's that no public decoder reads, by the sample entry of their MP4: ByteVC2, ByteDance's variant of
 * H.266 (yt-dlp refuses its formats for that: extractor/tiktok.py, read 2026-11). ByteVC1 is plain HEVC.
 */
const foreign: Readonly<Record<string, string>> = {
  bvc2: "ByteVC2 (bvc2), TikTok's own codec",
  bv2c: "ByteVC2 (bv2c), TikTok's own codec",
};

/** @param codec a sample entry, `bvc2`, or ffprobe's name */
export function isForeignCodec(codec: string): boolean {
  return codec.toLowerCase() in foreign;
}

/** A codec in words: as it is called, with what it is where nobody would know it. */
export function codecName(codec: string): string {
  return foreign[codec.toLowerCase()] ?? codec;
}

/** What a file in such a codec comes to, as a sentence. */
export function foreignCodec(codec: string): string {
  return `Its picture is in ${codecName(codec)}, which no program reads. Download it again in H.264.`;
}
