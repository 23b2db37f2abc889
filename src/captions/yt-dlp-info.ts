import * as z from 'zod';
import { blank, type Note, plainBreaks } from './source.ts';
import { timeOfId } from './tiktok-id.ts';
import { count, id, seconds, text } from './values.ts';

/**
 * The part of yt-dlp's JSON that is read: a `.info.json`, or a line of a profile's flat listing (shapes of 2021 to
 * 2026).
 */
const schema = z.object({
  id,
  timestamp: seconds,
  description: z.unknown().optional(),
  title: text,
  uploader: text,
  duration: count,
  like_count: count,
  track: text,
  artist: text,
  artists: z.array(z.string()).nullable().catch(null),
  vcodec: text,
  acodec: text,
  webpage_url: text,
  url: text,
  extractor: text,
  extractor_key: text,
  format_id: text,
  format_note: text,
  format: text,
});

export interface DownloadNote extends Note {
  /** The file is the version with TikTok's moving watermark. */
  readonly watermarked: boolean;
  /** Whether the file has sound; absent if unknown. */
  readonly hasSound?: boolean;
}

/** yt-dlp's title for a video without a caption. */
const nameless = /^TikTok video #\d+$/;

/**
 * Reads one video; null if it is not TikTok's.
 * @param source whether the JSON is next to a file or from the profile
 */
export function readYtDlpInfo(value: unknown, source: 'sidecar' | 'listing', origin: string): DownloadNote | null {
  const parsed = schema.safeParse(value);
  if (!parsed.success) return null;
  const { data } = parsed;
  if (data.extractor !== null && !/^(?:tiktok|vm\.tiktok|generic)/i.test(data.extractor)) return null;
  const tiktokId = data.id !== null && timeOfId(data.id) !== null ? data.id : null;
  if (tiktokId === null && data.timestamp === null) return null;
  const sound = [data.track, data.artists?.join(', ') ?? data.artist].filter(Boolean).join(' - ');
  return {
    ...blank,
    source,
    origin,
    tiktokId,
    time: data.timestamp,
    uploader: data.uploader,
    text: captionOf(data.description, data.title),
    // yt-dlp downloads only the sound of a photo post.
    kind: data.vcodec === 'none' || /\/photo\/\d/.test(data.webpage_url ?? data.url ?? '') ? 'photos' : null,
    seconds: data.duration,
    likes: data.like_count,
    sound: sound === '' ? null : sound,
    watermarked: isWatermarked(data),
    ...(data.acodec !== null && { hasSound: data.acodec !== 'none' }),
  };
}

/** The description; in old versions the title was the whole caption. */
function captionOf(description: unknown, title: string | null): string | null {
  if (typeof description === 'string') return plainBreaks(description);
  // Since 2023 the title is truncated: no caption is better than a truncated one.
  if (title === null || (title.length === 75 && title.endsWith('...'))) return null;
  return nameless.test(title) ? '' : plainBreaks(title);
}

function isWatermarked({ format_id, format_note, format }: z.infer<typeof schema>): boolean {
  const said = `${format_note ?? ''} ${format ?? ''}`.trim();
  if (/\bno[nt]?[- ]?watermark/i.test(said)) return false;
  // `download_addr` without that word in its note means no watermark (yt-dlp writes the word since 2021).
  return /watermarked/i.test(said) || (/^download/.test(format_id ?? '') && !/^download video/i.test(said));
}
