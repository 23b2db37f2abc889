import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeMedia, picture, tone } from './media.ts';

export const aviKey = '2025-03-02_09-00-00';

/** An export of one video: H.264 with B frames in AVI, whose remux loses the order of its frames. */
export async function aviExport(folder: string): Promise<{ readonly json: string; readonly media: string }> {
  const media = join(folder, 'media');
  await mkdir(media);
  await makeMedia(media, `${aviKey}.avi`, [
    ...[...picture('96x160', 1), ...tone(), '-c:v', 'libx264', '-preset', 'ultrafast', '-bf', '3'],
    ...['-pix_fmt', 'yuv420p', '-c:a', 'libmp3lame', '-ac', '2'],
  ]);
  const list = [{ Date: '2025-03-02 09:00:00', Link: 'https://video.tiktokv.com/a', WhoCanView: 'Everyone' }];
  const profile = { 'Profile Info': { ProfileMap: { userName: 'maya' } } };
  const json = join(folder, 'user_data_tiktok.json');
  await writeFile(json, JSON.stringify({ Profile: profile, Post: { Posts: { VideoList: list } } }));
  return { json, media };
}
