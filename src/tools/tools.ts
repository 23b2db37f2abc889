import type { Archives } from './archive.ts';
import type { Disk } from './disk.ts';
import type { Ffmpeg } from './ffmpeg.ts';
import type { Ffprobe } from './ffprobe.ts';
import type { Files } from './files.ts';
import type { Http } from './http.ts';
import type { Locks } from './locks.ts';
import type { Images } from './sharp.ts';
import type { YtDlp } from './yt-dlp.ts';

/**
 * The world, as one argument. Types only. What is behind them is told what to do and decides nothing; tests pass an
 * object of their own where a real program would get in the way.
 */
export interface Tools {
  readonly files: Files;
  readonly archives: Archives;
  readonly http: Http;
  readonly disk: Disk;
  readonly locks: Locks;
  /** null where the program is not to be found. */
  readonly ytDlp: YtDlp | null;
  readonly ffprobe: Ffprobe;
  readonly ffmpeg: Ffmpeg;
  readonly images: Images;
  /** Unix seconds. */
  readonly now: () => number;
}
