import { readSidecarFile } from '../captions/sidecar.ts';
import type { DownloadNote } from '../captions/yt-dlp-info.ts';
import type { ArchiveFile } from '../tools/archive.ts';

/** What a downloader wrote beside a file, as far as finding the post goes. */
export type Sidecar = Pick<DownloadNote, 'tiktokId' | 'time' | 'uploader' | 'watermarked' | 'hasSound'>;

/** The places where a downloader puts the sidecar of a media file: `x.info.json`, `x.mp4.json`, `x.json`. */
export function sidecarNames(mediaName: string): readonly string[] {
  const stem = mediaName.replace(/\.\w+$/, '');
  return [`${stem}.info.json`, `${mediaName}.json`, `${stem}.json`];
}

/** null where the file is no sidecar of a TikTok post, or tells of several. */
export async function readSidecarOf(file: ArchiveFile): Promise<Sidecar | null> {
  const notes = (await readSidecarFile(file))?.notes ?? [];
  return notes.length === 1 ? (notes[0] ?? null) : null;
}
