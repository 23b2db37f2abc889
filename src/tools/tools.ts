import type { Archives } from './archive.ts';
import type { Bergamot } from './bergamot.ts';
import type { Commands } from './commands.ts';
import type { Disk } from './disk.ts';
import type { Ffmpeg } from './ffmpeg.ts';
import type { Ffprobe } from './ffprobe.ts';
import type { Files } from './files.ts';
import type { Http } from './http.ts';
import type { Images } from './images.ts';
import type { Locks } from './locks.ts';
import type { YtDlp } from './yt-dlp.ts';

/**
 * The interfaces to the outside world, as one argument. Types only. Tools do what they are told and make no decisions;
 * tests pass their own object where a real program would be impractical.
 */
export interface Tools {
  readonly files: Files;
  readonly archives: Archives;
  readonly http: Http;
  readonly disk: Disk;
  readonly locks: Locks;
  /** null if the program was not found. */
  readonly ytDlp: YtDlp | null;
  readonly ffprobe: Ffprobe;
  readonly ffmpeg: Ffmpeg;
  readonly images: Images;
  /** Programs that the user names. */
  readonly commands: Commands;
  /** A translator on this machine. */
  readonly bergamot: Bergamot;
  /** Unix seconds. */
  readonly now: () => number;
}
