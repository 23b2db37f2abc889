import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';

/** The n-th post's key. */
export const keyOf = (index: number) => `2025-05-${String(index + 1).padStart(2, '0')}_12-00-00`;

const photo = async (red: number) =>
  sharp({ create: { width: 120, height: 160, channels: 3, background: { r: red, g: 90, b: 120 } } })
    .jpeg()
    .toBuffer();

/** A small photo, as the posts of these exports have it. */
export const photoBytes = async (): Promise<Buffer> => photo(40);

/** An unzipped export of so many photo posts with one small photo each, which lie in it, and of a video behind a link. */
export async function photoExport(folder: string, account: string, posts: number, link?: string): Promise<string> {
  const path = join(folder, account);
  const VideoList: object[] = [];
  if (link !== undefined) VideoList.push({ Date: '2025-06-01 12:00:00', Link: link, WhoCanView: 'Everyone' });
  for (let index = 0; index < posts; index++) {
    const day = keyOf(index).slice(0, 10);
    const inside = join(path, 'media', keyOf(index));
    await mkdir(inside, { recursive: true });
    await writeFile(join(inside, '01.jpg'), await photo(40 + index * 5));
    VideoList.push({ Date: `${day} 12:00:00`, Link: 'N/A', Title: `Post ${index}`, WhoCanView: 'Everyone' });
  }
  await writeExport(path, account, VideoList);
  return path;
}

/** One of photo posts that are all behind links: two photos each, which are the same. */
export async function linkExport(folder: string, account: string, links: readonly string[]): Promise<string> {
  const path = join(folder, account);
  await mkdir(path, { recursive: true });
  const rows = links.map((link, index) => ({
    ...{ Date: `${keyOf(index).slice(0, 10)} 12:00:00`, Title: `Post ${index}`, WhoCanView: 'Everyone' },
    Link: [1, 2].map((n) => `${link}?n=${n}&x-tos-expires=4102444800&x-tos-signature=verysecret`).join('\n'),
  }));
  await writeExport(path, account, rows);
  return path;
}

async function writeExport(path: string, account: string, VideoList: readonly object[]): Promise<void> {
  const Profile = { 'Profile Info': { ProfileMap: { userName: account } } };
  await writeFile(join(path, 'user_data_tiktok.json'), JSON.stringify({ Profile, Post: { Posts: { VideoList } } }));
}
