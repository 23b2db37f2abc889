import * as z from 'zod';
import { blank, plainBreaks } from './source.ts';
import { timeOfId } from './tiktok-id.ts';
import { count, id, seconds, text } from './values.ts';
import type { DownloadNote } from './yt-dlp-info.ts';

/**
 * The part of gallery-dl's sidecar (`--write-metadata`) that is read. It is TikTok's own JSON (shapes of 2024 to 2026).
 */
const schema = z.object({
  id,
  createTime: seconds,
  desc: z.unknown().optional(),
  author: z
    .union([z.object({ uniqueId: z.string() }).transform((author) => author.uniqueId), z.string()])
    .nullable()
    .catch(null),
  imagePost: z
    .object({ title: text, images: z.array(z.unknown()).nullable().catch(null) })
    .nullable()
    .catch(null),
  video: z.object({ duration: count }).nullable().catch(null),
  stats: z.object({ diggCount: count }).nullable().catch(null),
  music: z.object({ title: text, authorName: text }).nullable().catch(null),
});

/** Reads one post; null if it is not from gallery-dl. */
export function readGalleryDl(value: unknown, origin: string): DownloadNote | null {
  const parsed = schema.safeParse(value);
  if (!parsed.success) return null;
  const { id, createTime, desc, author, imagePost, video, stats, music } = parsed.data;
  if (desc === undefined && createTime === null && imagePost === null) return null;
  const tiktokId = id !== null && timeOfId(id) !== null ? id : null;
  if (tiktokId === null && createTime === null) return null;
  const sound = [music?.title, music?.authorName].filter(Boolean).join(' - ');
  return {
    ...blank,
    source: 'sidecar',
    origin,
    tiktokId,
    time: createTime,
    uploader: author,
    text: typeof desc === 'string' ? plainBreaks(desc) : null,
    title: imagePost?.title ? plainBreaks(imagePost.title) : null,
    kind: imagePost !== null ? 'photos' : video?.duration ? 'video' : null,
    seconds: imagePost === null ? (video?.duration ?? null) : null,
    likes: stats?.diggCount ?? null,
    sound: sound === '' ? null : sound,
    watermarked: false,
  };
}
