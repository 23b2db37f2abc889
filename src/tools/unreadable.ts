import { open } from 'node:fs/promises';
import { MediaError } from '../errors.ts';
import type { VideoProbe } from '../model/probe.ts';
import type { Mp4Boxes } from '../probe/mp4/boxes.ts';
import { tracksOf } from '../probe/mp4/facts.ts';

/**
 * Sample entries of TikTok's own codec, which only its app decodes. ByteVC1 is ordinary HEVC (yt-dlp, tiktok.py,
 * 2026-11).
 */
const tiktoks: Readonly<Record<string, string>> = { bvc2: 'ByteVC2', bv2c: 'ByteVC2' };

/** MPEG-4 audio object type of USAC (xHE-AAC), ISO/IEC 14496-3, table 1.17. */
const usac = 42;

/**
 * Why this ffmpeg cannot decode the picture or sound of a file, with what would help; null if the headers show no
 * problem. Further sound tracks with an unknown codec do not matter.
 */
export async function whyUnreadable(path: string, found: VideoProbe, boxes: Mp4Boxes): Promise<MediaError | null> {
  const { video, format } = found;
  const sound = found.audio[0];
  const why = (code: MediaError['code'], actual: string, limit: string | null = null) =>
    new MediaError(code, actual, limit, `ffprobe ${path}`);

  const told = whyUnreadableBy(boxes, path, sound?.ordinal, sound?.profile === 'xHE-AAC');
  if (told) return told;
  if (video?.codec === 'unknown') {
    const inFlv = format === 'flv' ? await pictureOfFlv(path) : null;
    if (inFlv !== null) return why('codec-newer', `${inFlv} in FLV`, '6.1');
    return why('codec-unknown', nameOf(video.tag), 'picture');
  }
  if (sound?.codec === 'unknown') return why('codec-unknown', nameOf(sound.tag), 'sound');
  return null;
}

/**
 * The same by the boxes of an MP4 alone. For some unknown sound codecs ffprobe only reports that it failed (xHE-AAC:
 * 4.1 to 7.0, measured with 5.1 and 6.0, 2026-11).
 * @param sound the index of the selected sound track
 * @param knowsXhe whether this ffmpeg decodes xHE-AAC
 */
export function whyUnreadableBy(boxes: Mp4Boxes, path: string, sound = 0, knowsXhe = false): MediaError | null {
  const why = (code: MediaError['code'], actual: string, limit: string | null = null) =>
    new MediaError(code, actual, limit, `ffprobe ${path}`);
  const pictures = tracksOf(boxes, 'vide')[0]?.entries ?? [];
  const sounds = tracksOf(boxes, 'soun')[sound]?.entries ?? [];
  if (pictures.some(({ type }) => type === 'encv')) return why('encrypted', 'picture');
  if (sounds.some(({ type }) => type === 'enca')) return why('encrypted', 'sound');
  const own = pictures.flatMap(({ type }) => tiktoks[type.toLowerCase()] ?? [])[0];
  if (own !== undefined) return why('codec-private', own, 'H.264');
  const isXhe = sounds.some(({ audioObjectType }) => audioObjectType === usac);
  return isXhe && !knowsXhe ? why('codec-newer', 'xHE-AAC', '7.1') : null;
}

/** The name of a tag. Tags without letters are shown as numbers in brackets, which at least can be searched for. */
function nameOf(tag: string): string {
  return tag === '' ? 'without a name' : tag;
}

const flvBytes = 65_536;
/** By number (an extension of Chinese streaming services), and by four letters (Enhanced RTMP v1, 2023). */
const flvCodecs: Readonly<Record<string, string>> = {
  12: 'HEVC',
  13: 'AV1',
  hvc1: 'HEVC',
  av01: 'AV1',
  vp09: 'VP9',
  vvc1: 'VVC',
};

/** The codec of an FLV's picture if it was added to FLV late; else null. */
async function pictureOfFlv(path: string): Promise<string | null> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(flvBytes), 0, flvBytes, 0);
    // A header of 9 bytes and a length of 4; each tag has a header of 11 bytes, and its length repeated after it.
    for (let at = 13; at + 16 < bytesRead; at += 11 + buffer.readUIntBE(at + 1, 3) + 4) {
      if (buffer[at] !== 9) continue;
      const flags = buffer[at + 11] ?? 0;
      const name = flags & 0x80 ? buffer.toString('latin1', at + 12, at + 16) : String(flags & 0x0f);
      return flvCodecs[name] ?? null;
    }
    return null;
  } finally {
    await file.close();
  }
}
