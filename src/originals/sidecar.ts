import * as z from 'zod';
import { timeOfId } from './tiktok-id.ts';

/** What a downloader wrote beside a file, as far as finding the post goes. */
export interface Sidecar {
  readonly tiktokId: string | null;
  /** Unix seconds. */
  readonly time: number | null;
  /** The uploader's user name; null where it is not told. */
  readonly uploader: string | null;
  /** It says that this is the version with TikTok's moving watermark. */
  readonly watermarked: boolean;
}

const text = z.string().nullable().catch(null);
const seconds = z.coerce.number().int().positive().nullable().catch(null);

/** yt-dlp's `.info.json` and gallery-dl's JSON in one: their fields have different names (shapes of 2023 to 2026). */
const schema = z.object({
  id: z
    .union([z.string(), z.number().transform(String)])
    .nullable()
    .catch(null),
  timestamp: seconds,
  createTime: seconds,
  uploader: text,
  author: z
    .union([z.object({ uniqueId: z.string() }).transform((author) => author.uniqueId), z.string()])
    .nullable()
    .catch(null),
  format_id: text,
  format_note: text,
  format: text,
});

/** The places where a downloader puts the sidecar of a media file: `x.info.json`, `x.mp4.json`, `x.json`. */
export function sidecarNames(mediaName: string): readonly string[] {
  const stem = mediaName.replace(/\.\w+$/, '');
  return [`${stem}.info.json`, `${mediaName}.json`, `${stem}.json`];
}

/** null where the text is no sidecar of a TikTok post. */
export function readSidecar(json: string): Sidecar | null {
  const parsed = schema.safeParse(parse(json));
  if (!parsed.success) return null;
  const { id, timestamp, createTime, uploader, author, format_id, format_note, format } = parsed.data;
  const tiktokId = id !== null && timeOfId(id) !== null ? id : null;
  const time = timestamp ?? createTime;
  if (tiktokId === null && time === null) return null;
  const said = `${format_note ?? ''} ${format ?? ''}`;
  const watermarked =
    /^download/.test(format_id ?? '') || (/watermarked/i.test(said) && !/\bno[nt]?[- ]?watermark/i.test(said));
  return { tiktokId, time, uploader: author ?? uploader, watermarked };
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return null;
  }
}
