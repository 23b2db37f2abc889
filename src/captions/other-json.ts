import * as z from 'zod';
import { readDate } from './dates.ts';
import { blank, plainBreaks } from './source.ts';
import { timeOfId } from './tiktok-id.ts';
import { readTikTokUrl } from './tiktok-url.ts';
import { count, id, text } from './values.ts';
import type { DownloadNote } from './yt-dlp-info.ts';

const name = z
  .union([
    z.string(),
    z
      .object({ unique_id: text, uniqueId: text, name: text, username: text })
      .transform((each) => each.unique_id ?? each.uniqueId ?? each.username ?? each.name),
  ])
  .nullable()
  .catch(null);
const time = z
  .union([z.string(), z.number().transform(String)])
  .nullable()
  .catch(null);

/**
 * The part of other programs' JSON that is read: TikTok's app (`aweme_id`), its Display and Research APIs
 * (`video_description`), and scrapers (`text`, `webVideoUrl`, `authorMeta`). Shapes of 2026-11.
 */
const schema = z.object({
  aweme_id: id,
  id,
  video_id: id,
  videoId: id,
  share_url: text,
  webVideoUrl: text,
  url: text,
  desc: z.unknown().optional(),
  text: z.unknown().optional(),
  video_description: z.unknown().optional(),
  description: z.unknown().optional(),
  caption: z.unknown().optional(),
  title: text,
  create_time: time,
  createTime: time,
  createTimeISO: time,
  created_at: time,
  createdAt: time,
  author: name,
  authorMeta: name,
  username: text,
  duration: count,
  image_post_info: z.unknown().optional(),
  isSlideshow: z.boolean().nullable().catch(null),
  digg_count: count,
  diggCount: count,
  like_count: count,
});

/** At least one of these fields has to be present. yt-dlp and gallery-dl do not write them. */
const telling = [
  'aweme_id',
  'video_description',
  'webVideoUrl',
  'authorMeta',
  'createTimeISO',
  'share_url',
  'create_time',
];

/** Reads one post; null if it is not from one of these programs. */
export function readOtherJson(value: unknown, origin: string): DownloadNote | null {
  if (typeof value !== 'object' || value === null) return null;
  const isPlainText = 'text' in value && !('_type' in value) && !('desc' in value) && !('description' in value);
  if (!isPlainText && !telling.some((field) => field in value)) return null;
  const parsed = schema.safeParse(value);
  if (!parsed.success) return null;
  const { data } = parsed;
  const address = [data.webVideoUrl, data.share_url, data.url]
    .map((each) => readTikTokUrl(each ?? ''))
    .find(({ tiktokId }) => tiktokId !== null);
  const digits = [data.aweme_id, data.id, data.video_id, data.videoId].find(
    (each) => each !== null && timeOfId(each) !== null,
  );
  const tiktokId = digits ?? address?.tiktokId ?? null;
  const dates = [data.create_time, data.createTime, data.createTimeISO, data.created_at, data.createdAt];
  const when = dates.map((each) => readDate(each ?? '', null)).find((each) => typeof each === 'object') ?? null;
  if (tiktokId === null && when === null) return null;
  const told = [data.desc, data.text, data.video_description, data.description, data.caption];
  const words = told.find((each) => typeof each === 'string') ?? null;
  const isPhotos =
    data.image_post_info != null || data.isSlideshow === true || /\/photo\/\d/.test(data.webVideoUrl ?? '');
  return {
    ...blank,
    source: 'sidecar',
    origin,
    tiktokId,
    time: when?.time ?? null,
    uploader: data.author ?? data.authorMeta ?? data.username ?? address?.uploader ?? null,
    text: words === null ? data.title || null : plainBreaks(words),
    kind: isPhotos ? 'photos' : null,
    seconds: isPhotos ? null : data.duration,
    likes: data.digg_count ?? data.diggCount ?? data.like_count,
    watermarked: false,
  };
}
