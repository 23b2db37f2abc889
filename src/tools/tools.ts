import type { ExportFile } from '../exports/format.ts';
import type { ImageProbe, Issue, VideoProbe } from '../model/model.ts';

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

// ── Files ────────────────────────────────────────────────────────────────────────────────────────────────────────

export interface FileFacts {
  readonly bytes: number;
  /** Unix seconds, with fractions. */
  readonly modified: number;
}

export interface Files {
  /** null where there is no regular file (a symbolic link is none). */
  facts(path: string): Promise<FileFacts | null>;
  /** The same of several files, in their order, in less time than one by one. */
  factsOf(paths: readonly string[]): Promise<readonly (FileFacts | null)[]>;
  /** When something was last added to these folders, taken out of them or renamed in them; null where there is none. */
  foldersOf(paths: readonly string[]): Promise<readonly (FileFacts | null)[]>;
  /** Names of files and folders inside; empty where there is no such folder. Symbolic links are left out. */
  list(path: string): Promise<readonly { readonly name: string; readonly folder: boolean }[]>;
  /** Names of the symbolic links in a folder; none where there is no such folder. */
  links(path: string): Promise<readonly string[]>;
  /** The path without any symbolic link in it; null where there is nothing. */
  real(path: string): Promise<string | null>;
  /**
   * The way from a folder to what lies in it, with `/`, `.` for the folder itself; null where the path leads out of the
   * folder, or a symbolic link stands on the way or at its end. The folder itself may be reached by a link. What is not there
   * yet is judged by the folders that are.
   */
  wayInside(folder: string, path: string): Promise<string | null>;
  /**
   * These files for work in one folder: what would be made, changed, moved, removed, or read in it through a symbolic link is
   * refused with a system error, and so is whatever would be written outside. Files elsewhere can be read.
   * @param also folders in which may be written too
   */
  confined(folder: string, also?: readonly string[]): Files;
  /** All of a file; null where there is none. A system error where it is larger than `maxBytes`. */
  read(path: string, maxBytes: number): Promise<Uint8Array | null>;
  /** The same as text. A system error also where so many brackets are in it that it would not fit into memory as JSON. */
  readText(path: string, maxBytes: number): Promise<string | null>;
  /** The first bytes of a file, at most so many. */
  readStart(path: string, bytes: number): Promise<Uint8Array>;
  /** So many bytes from a place on; fewer where the file ends. */
  readAt(path: string, at: number, bytes: number): Promise<Uint8Array>;
  /**
   * Whole or not at all: temporary name in the same folder, fsync, rename. Makes the folders above.
   * @param data where it is long, its pieces one after the other, which need not be in memory together
   */
  write(path: string, data: string | Uint8Array | Iterable<string>): Promise<void>;
  /** Adds to the end of a file, which may be cut off there if the machine dies: for logs. Makes the folders above. */
  append(path: string, text: string): Promise<void>;
  /** Like `write`, from a stream; resolves to what was written. Stops with an error past `maxBytes`. */
  writeStream(
    path: string,
    data: AsyncIterable<Uint8Array>,
    maxBytes: number,
    signal: AbortSignal,
  ): Promise<{ readonly bytes: number; readonly sha256: string }>;
  sha256(path: string, signal: AbortSignal): Promise<string>;
  /** Whether two names are one file on the disk. */
  same(a: string, b: string): Promise<boolean>;
  /** Makes `to` the same file as `from`: a hard link where the disk can, else a copy. */
  link(from: string, to: string): Promise<void>;
  /** Makes `to` a file of its own with the same bytes: a reflink where the disk can, else a copy. */
  copy(from: string, to: string): Promise<void>;
  /** Renames; what is held is tried again for two seconds, and from another disk it is copied and removed. */
  move(from: string, to: string): Promise<void>;
  remove(path: string): Promise<void>;
  makeFolder(path: string): Promise<void>;
  /** Sets the time of a file, where the disk lets it be set. */
  setModified(path: string, unixSeconds: number): Promise<void>;
  /**
   * Makes a file read-only, for all its links, where the disk has modes: who edits a delivered copy in place must not reach
   * the original.
   */
  protect(path: string): Promise<void>;
}

// ── Archives ─────────────────────────────────────────────────────────────────────────────────────────────────────

/** A file inside an export. The entry's name is never used as a path. */
export interface ArchiveFile extends ExportFile {
  /** Absolute, where it lies as a file of its own (a folder was opened); null inside a ZIP. */
  readonly path: string | null;
  /** The content as a stream, in bounded memory. Fails where the archive is damaged at this entry. */
  stream(signal: AbortSignal): AsyncIterable<Uint8Array>;
  /** An original that `port` keeps in a folder that it filled, this one or another. */
  readonly keptBy?: PortFolder;
}

/** A folder that `port` filled for one account, found by its manifest.json among the files of an archive. */
export interface PortFolder {
  /** Whose it is; null where the export named nobody. */
  readonly account: string | null;
  /** The sha256, lower-case hex, of all that was made there and is no copy of an original. */
  renditions(): Promise<ReadonlySet<string>>;
}

/** A ZIP, an unzipped folder or a lone file: all look the same from here on. */
export interface Archive {
  readonly path: string;
  /** Without what `port` made: packages, upload folders and their documents are nobody's media. */
  readonly files: readonly ArchiveFile[];
  /** Folders of `port` that lie in it, or in which it lies. */
  readonly portFolders?: readonly PortFolder[];
  /** Entries that were skipped, each with the reason. */
  readonly setAside: readonly Issue[];
  close(): Promise<void>;
}

export interface Archives {
  /** @throws ExportError with a sentence for people: not there, not a ZIP, damaged, too large, hostile */
  open(path: string): Promise<Archive>;
}

// ── Network ──────────────────────────────────────────────────────────────────────────────────────────────────────

export type Downloaded =
  | {
      readonly ok: true;
      readonly bytes: number;
      readonly sha256: string;
      /** The first bytes of the file, at most 4096. */
      readonly head: Uint8Array;
    }
  | { readonly ok: false; readonly issue: Issue };

export interface DownloadOptions {
  /** Hosts (`name` or `name:port`) that may be private and may speak plain http. */
  readonly allowHosts: readonly string[];
  readonly maxBytes: number;
  readonly signal: AbortSignal;
  /** Judges the first bytes: null to go on, else what came instead of media. */
  readonly notMedia: (head: Uint8Array) => string | null;
  /** Whether the disk can take this many bytes more. Asked at the start and while it goes on. */
  readonly hasRoom: (bytes: number) => Promise<boolean>;
}

export interface Http {
  /**
   * Brings one media file to `path`, whole or not at all; what came so far stays beside it as `.<name>.part`, and the
   * next call for the same path goes on from there. Public addresses only, unless the host is in `allowHosts`.
   * Trouble is an issue, not an exception; only the signal throws.
   */
  download(url: string, path: string, options: DownloadOptions): Promise<Downloaded>;
}

// ── Disk ─────────────────────────────────────────────────────────────────────────────────────────────────────────

export interface Disk {
  /** Bytes that may still be written at this folder or, where it is not there yet, above it; Infinity if unknown. */
  free(folder: string): Promise<number>;
}

// ── Locks ────────────────────────────────────────────────────────────────────────────────────────────────────────

export interface Locks {
  /**
   * Takes the lock file `path` for this process; one that a dead run left is broken.
   * @returns how to give it back, and whether a run had died with it; `lost` is aborted with an IncompleteError where this
   * process stood still (Ctrl-Z, a machine asleep) until another run took the lock for dead: nothing may be written then
   * @throws OutputError where another living run holds it
   */
  take(path: string): Promise<{
    readonly release: () => Promise<void>;
    readonly brokeDead: boolean;
    readonly lost: AbortSignal;
  }>;
}

// ── Programs ─────────────────────────────────────────────────────────────────────────────────────────────────────

export interface Ffprobe {
  /** @throws ProgramError where the file is no media that ffprobe can read */
  probe(path: string, signal: AbortSignal): Promise<VideoProbe>;
  /**
   * The packets of one stream (by its number among all of the file) from the key frame before `from` up to `to` (seconds of the file's
   * own clock), in the order in which they are decoded.
   * @throws ProgramError where the file cannot be read
   */
  packets(path: string, stream: number, from: number, to: number, signal: AbortSignal): Promise<readonly Packet[]>;
}

/** Times in seconds of the file's own clock; null where the container does not say. */
export interface Packet {
  readonly shownAt: number | null;
  readonly decodedAt: number | null;
  readonly key: boolean;
}

/** One run of ffmpeg as argument lists: nothing in them passes through a shell. */
export interface FfmpegJob {
  readonly inputs: readonly FfmpegInput[];
  readonly outputOptions: readonly string[];
  readonly output: string;
  /** Called for each line in which ffmpeg says that what it decodes is damaged. */
  readonly onDecodeError?: () => void;
}

export interface FfmpegInput {
  readonly options: readonly string[];
  /** A path, or what a `-f lavfi` input names. */
  readonly source: { readonly file: string } | { readonly lavfi: string };
}

export interface Ffmpeg {
  /**
   * @param onSeconds how far the output has come
   * @throws ProgramError with a command that can be pasted into a shell and ffmpeg's last lines
   */
  run(job: FfmpegJob, signal: AbortSignal, onSeconds?: (seconds: number) => void): Promise<void>;
  /** Runs a job whose output is `-` and returns what ffmpeg wrote, at most `maxBytes`. */
  capture(job: Omit<FfmpegJob, 'output'>, maxBytes: number, signal: AbortSignal): Promise<Uint8Array>;
  /** The same for lists of any length: each line of ASCII is handed over as it comes, and none is kept. */
  lines(job: Omit<FfmpegJob, 'output'>, signal: AbortSignal, onLine: (line: string) => void): Promise<void>;
  /** Names of the filters in this build. Asked once, when first wanted. */
  filters(): Promise<ReadonlySet<string>>;
  /** Names of its H.264 encoders. */
  h264Encoders(): Promise<ReadonlySet<string>>;
  /** Runs a job that writes nothing (`-f null`) and returns the last lines of what it said, such as a filter's summary. */
  report(job: Omit<FfmpegJob, 'output'>, signal: AbortSignal): Promise<readonly string[]>;
}

// ── Images ───────────────────────────────────────────────────────────────────────────────────────────────────────

export interface ImageSettings {
  readonly format: 'jpeg' | 'png' | 'webp';
  /** 1-100, for formats that have it: where to begin. */
  readonly quality: number;
  /** Quality is stepped down until the file is as small as this, or no step is left. */
  readonly maxBytes: number;
  readonly width: number;
  readonly height: number;
  /** `scale`: the source has this shape already. The others say what becomes of a different one. */
  readonly fit: 'scale' | 'blur' | 'pad' | 'crop';
  /** For `blur` and `pad`: the picture stands inside this box, in the middle of the frame; without it, it fills the frame. */
  readonly within?: { readonly width: number; readonly height: number };
}

export interface Images {
  /**
   * @throws ProgramError where the file is no image that sharp can read; ImageError where it is one, and of a codec or
   * size that is not opened
   */
  probe(path: string): Promise<ImageProbe>;
  /**
   * Draws `source` (a path, or the bytes of an image) as `settings` say into `output`, sRGB and upright. All that it says
   * of itself is `time`, unix seconds, when the picture was made.
   */
  render(source: string | Uint8Array, settings: ImageSettings, output: string, time: number): Promise<void>;
  /**
   * Where in an image attention lies: the middle of the window of this shape that holds most of it, in shares of width and
   * height.
   * @param image the bytes of one
   */
  attention(
    image: Uint8Array,
    window: { readonly width: number; readonly height: number },
  ): Promise<{ readonly x: number; readonly y: number }>;
  /** Writes the picture of a JPEG, PNG or WebP into `output`, bit for bit, without anything that stands beside it. */
  strip(source: string, output: string): Promise<void>;
  /** Equal for two files that show the same picture, bit for bit; null where it cannot be told. */
  pictureHash(path: string): Promise<string | null>;
}

export interface YtDlp {
  /**
   * Saves the video of one page into `folder`, which is its own: what an earlier call left there is gone on with.
   * @returns the path of the file
   * @throws ProgramError where yt-dlp does not get it
   */
  download(
    page: string,
    folder: string,
    options: { readonly maxBytes: number; readonly signal: AbortSignal },
  ): Promise<string>;
  /**
   * The posts of a profile as yt-dlp knows them without visiting each: one JSON document a line. What came before there was
   * trouble (no network, too slow, too much) is returned along with it.
   */
  list(
    profile: string,
    options: { readonly seconds: number; readonly maxBytes: number; readonly signal: AbortSignal },
  ): Promise<{ readonly lines: string; readonly trouble: string | null }>;
}
