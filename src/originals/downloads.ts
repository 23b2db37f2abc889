import { idsInName } from '../captions/tiktok-id.ts';

/** Names that yt-dlp, gallery-dl, browsers, aria2 and other downloaders use, from public code and file lists, 2026-11. */

/** Extensions of unfinished downloads. */
const unfinishedEnd =
  /\.(?:part|part-frag\d+|ytdl|crdownload|download|opdownload|partial|filepart|!ut|!qb|aria2|fdmdownload|tmp|temp)$/i;
/** yt-dlp writes to `x.temp.mp4` while it merges, and keeps the formats that it merges as `x.f137.mp4`. */
const unfinishedInfix =
  /\.(?:temp|part|tmp|f(?:\d{2,4}|(?:h26[45]|bytevc[12]|avc|hevc|av1|download|play|audio|hls|dash|http)[\w.-]*))(?=\.\w+$)/i;
/** Safari keeps an unfinished file in a folder of this name. */
const unfinishedFolder = /\.(?:download|crdownload)\//i;

/**
 * The final name of an unfinished download; null for any other file.
 * @param names the names of all files of the archive
 */
export function finishedName(name: string, names: ReadonlySet<string>): string | null {
  // aria2 stores its progress in a control file next to the unfinished one.
  if (names.has(`${name}.aria2`)) return name;
  const finished = name.replace(unfinishedFolder, '/').replace(unfinishedEnd, '').replace(unfinishedInfix, '');
  return finished === name ? null : finished;
}

const image = /\.(?:jpe?g|jfif|png|webp|gif|heic|avif|image)$/i;
const playable = ['mp4', 'm4v', 'mov', 'webm', 'mkv', 'm4a', 'mp3', 'aac', 'opus', 'ogg'];
/** Names of a post's stills in TikTok's API, which yt-dlp uses as well. */
const stillOfVideo = /[._-](?:(?:origin|dynamic)?cover|thumb(?:nail)?)\.\w+$/i;

/**
 * Whether an image is a thumbnail that a downloader saved with a video or sound, as with yt-dlp's `--write-thumbnail`.
 * For a photo post yt-dlp downloads only the sound and a thumbnail of the page, not the photos.
 * @param names the names of all files of the archive
 */
export function isThumbnail(name: string, names: ReadonlySet<string>): boolean {
  if (!image.test(name)) return false;
  const stem = name.replace(/\.\w+$/, '');
  if (names.has(`${stem}.info.json`) || stillOfVideo.test(name)) return true;
  // Phones also store a short video with a photo, but their names contain no id.
  return idsInName(stem).length > 0 && playable.some((extension) => names.has(`${stem}.${extension}`));
}

/** Why a file that looks like an original is not one, as a sentence. */
export const whyNoOriginal = {
  unfinished: 'A downloader left it there: it is not the finished file.',
  still: 'It is the still that a downloader saves beside a video or a sound, not a photo of the post.',
};
