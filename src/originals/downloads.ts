import { idsInName } from '../captions/tiktok-id.ts';
import type { PostKind } from '../model/post.ts';

/** Forms seen in public code and file lists of yt-dlp, gallery-dl, browsers, aria2 and other downloaders, read 2026-11. */

/** What stands behind a name while the download goes on, and after it broke off. */
const unfinishedEnd =
  /\.(?:part|part-frag\d+|ytdl|crdownload|download|opdownload|partial|filepart|!ut|!qb|aria2|fdmdownload|tmp|temp)$/i;
/** yt-dlp writes to `x.temp.mp4` while it merges, and keeps the formats that it merges as `x.f137.mp4`. */
const unfinishedInfix =
  /\.(?:temp|part|tmp|f(?:\d{2,4}|(?:h26[45]|bytevc[12]|avc|hevc|av1|download|play|audio|hls|dash|http)[\w.-]*))(?=\.\w+$)/i;
/** Safari keeps an unfinished file in a folder of this name. */
const unfinishedFolder = /\.(?:download|crdownload)\//i;

/**
 * The name that a file would have if its download had been finished, for a file that is only what a downloader left of
 * it; null for all others.
 * @param names of all files beside it
 */
export function finishedName(name: string, names: ReadonlySet<string>): string | null {
  // aria2 keeps what is still missing in a file beside the one that it fills.
  if (names.has(`${name}.aria2`)) return name;
  const finished = name.replace(unfinishedFolder, '/').replace(unfinishedEnd, '').replace(unfinishedInfix, '');
  return finished === name ? null : finished;
}

const image = /\.(?:jpe?g|jfif|png|webp|gif|heic|avif|image)$/i;
const playable = ['mp4', 'm4v', 'mov', 'webm', 'mkv', 'm4a', 'mp3', 'aac', 'opus', 'ogg'];
/** What TikTok's own interface, and so yt-dlp, calls the stills of a post. */
const stillOfVideo = /[._-](?:(?:origin|dynamic)_?cover|cover|thumb(?:nail)?)(?:\.\w+)$/i;

/**
 * Whether an image is the still that a downloader saves beside a video or a sound: yt-dlp's `--write-thumbnail`. Of a
 * photo post yt-dlp has nothing but the sound and such a still, which shows the page, not the photos.
 * @param names of all files beside it
 */
export function isThumbnail(name: string, names: ReadonlySet<string>): boolean {
  if (!image.test(name)) return false;
  const stem = name.replace(/\.\w+$/, '');
  if (names.has(`${stem}.info.json`) || stillOfVideo.test(name)) return true;
  // A phone too puts a film beside a photo, but knows no id.
  return idsInName(stem).length > 0 && playable.some((extension) => names.has(`${stem}.${extension}`));
}

/** Why a file that looks like a post's is none of its originals, as a sentence. */
export function whyNoOriginal(kind: PostKind | 'unfinished'): string {
  return kind === 'unfinished'
    ? 'A downloader left it there: it is not the finished file.'
    : 'It is the still that a downloader saves beside a video or a sound, not a photo of the post.';
}
