/** An export as TikTok would hand it out, of posts that a bench made up. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** @param index of a post, from 0 @returns its date as the export writes it, but with a `T` in the middle */
function dateOf(index) {
  return new Date(Date.UTC(2015, 0, 1, 0, index * 7)).toISOString().slice(0, 19);
}

/** The name of a post's file, without its extension. @param index of a post, from 0 */
export function keyOf(index) {
  return dateOf(index).replace('T', '_').replaceAll(':', '-');
}

/**
 * @param folder that is there
 * @param photos of each post how many it has, 0 for a video
 * @returns the export's file
 */
export function writeExport(folder, photos) {
  const video = (index) => `https://video-va.tiktokv.com/a/${index}`;
  const image = (index) => `https://p16-ttdyd-sign-sg.ibyteimg.com/tos-alisg-i-photomode-sg/${index}~tplv-noop.jpeg`;
  const linksOf = (count, index) =>
    count === 0 ? video(index) : Array.from({ length: count }, (_, number) => image(index * 100 + number)).join('\n');
  const rows = photos.map((count, index) => ({
    Date: dateOf(index).replace('T', ' '),
    WhoCanView: 'Everyone',
    Link: linksOf(count, index),
  }));
  const file = join(folder, 'export.json');
  const profile = { 'Profile Info': { ProfileMap: { userName: 'bench' } } };
  writeFileSync(file, JSON.stringify({ Profile: profile, Post: { Posts: { VideoList: rows } } }));
  return file;
}
