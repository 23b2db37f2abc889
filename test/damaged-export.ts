import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeMedia, picture, tone } from './media.ts';

export const damagedKey = '2025-03-02_09-00-00';

/**
 * An export of one video in Matroska: its H.264 could be copied and its MP3 could not, and a key frame has spoilt bytes, so
 * that the check of the copy finds that it does not decode.
 */
export async function damagedExport(folder: string): Promise<{ readonly json: string; readonly media: string }> {
  const media = join(folder, 'media');
  await mkdir(media);
  const path = await makeMedia(media, `${damagedKey}.mkv`, [
    ...[...picture('96x160', 1), ...tone(), '-c:v', 'libx264', '-preset', 'ultrafast', '-qp', '8', '-threads', '1'],
    ...['-pix_fmt', 'yuv420p', '-c:a', 'libmp3lame', '-ac', '2'],
  ]);
  const file = await readFile(path);
  // Behind the encoder's own words, in the codes of the first key frame.
  file.fill(0xaa, file.indexOf('x264 - core') + 2500, file.indexOf('x264 - core') + 2540);
  await writeFile(path, file);
  const list = [{ Date: '2025-03-02 09:00:00', Link: 'https://video.tiktokv.com/a', WhoCanView: 'Everyone' }];
  const profile = { 'Profile Info': { ProfileMap: { userName: 'maya' } } };
  const json = join(folder, 'user_data_tiktok.json');
  await writeFile(json, JSON.stringify({ Profile: profile, Post: { Posts: { VideoList: list } } }));
  return { json, media };
}
