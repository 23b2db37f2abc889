import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { makeMedia, picture, recipes, tone } from '../media.ts';
import { type ExportRow, writeExport } from './account-run.ts';

/** The posts of `makeSmallPosts`, by what is special about them. */
export const smallPosts = {
  /** A second that RedNote, Lemon8 and Shorts take as it is; Reels rejects it, because it is too short. */
  video: '2025-06-01_10-00-00',
  /** Two photos of 120 x 160 with the title `Two photos`; Reels gets them encoded, Shorts as a slideshow. */
  photos: '2025-06-02_10-00-00',
  /** Its original is nowhere. */
  gone: '2025-06-03_10-00-00',
  /** A video that only its creator may see, with its original. */
  secret: '2025-06-04_10-00-00',
} as const;

/** What every platform takes but for its length, of this colour. */
export async function smallVideo(folder: string, name: string, seconds = 1): Promise<string> {
  const encoded = recipes.compliant.slice(recipes.compliant.indexOf('-c:v'));
  return await makeMedia(folder, name, [...picture('160x284', seconds), ...tone(seconds), ...encoded]);
}

export async function smallPhoto(path: string, background: string): Promise<void> {
  const drawn = sharp({ create: { width: 120, height: 160, channels: 3, background } });
  await drawn.jpeg().toFile(path);
}

/**
 * Writes an export with `smallPosts`, and their originals into a folder `media` beside it.
 * @param more rows of further posts
 */
export async function makeSmallPosts(
  folder: string,
  more: readonly ExportRow[] = [],
): Promise<{ readonly export: string; readonly media: string }> {
  const media = join(folder, 'media');
  const { video, photos, secret } = smallPosts;
  await mkdir(join(media, photos), { recursive: true });
  await smallVideo(media, `${video}.mp4`);
  await smallVideo(media, `${secret}.mp4`);
  await smallPhoto(join(media, photos, '01.jpg'), 'teal');
  await smallPhoto(join(media, photos, '02.jpg'), 'olive');
  const path = await writeExport(folder, [
    { Date: '2025-06-01 10:00:00' },
    { Date: '2025-06-02 10:00:00', Title: 'Two photos' },
    { Date: '2025-06-03 10:00:00' },
    { Date: '2025-06-04 10:00:00', WhoCanView: 'Only me' },
    ...more,
  ]);
  return { export: path, media };
}
