import { readSidecarFile } from '../captions/sidecar.ts';
import type { DownloadNote } from '../captions/yt-dlp-info.ts';
import type { ArchiveFile } from '../tools/archive.ts';

/** The facts in a downloader's sidecar that identify the post. */
export type Sidecar = Pick<DownloadNote, 'tiktokId' | 'time' | 'uploader' | 'watermarked' | 'hasSound'>;

/** The names that a downloader gives the sidecar of a media file: `x.info.json`, `x.mp4.json`, `x.json`. */
export function sidecarNames(mediaName: string): readonly string[] {
  const stem = mediaName.replace(/\.\w+$/, '');
  return [`${stem}.info.json`, `${mediaName}.json`, `${stem}.json`];
}

/** null if the file is not a sidecar of a TikTok post, or describes several. */
export async function readSidecarOf(file: ArchiveFile): Promise<Sidecar | null> {
  const [only = null, ...more] = (await readSidecarFile(file))?.notes ?? [];
  return more.length === 0 ? only : null;
}
