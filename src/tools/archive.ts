import type { ExportFile } from '../model/export-file.ts';
import type { Issue } from '../model/issue.ts';

/** A file inside an export. The entry's name is never used as a path. */
export interface ArchiveFile extends ExportFile {
  /** The absolute path if it is a file on disk (a folder was opened); null inside a ZIP. */
  readonly path: string | null;
  /** The content as a stream, in bounded memory. Throws if the archive is damaged at this entry. */
  stream(signal: AbortSignal): AsyncIterable<Uint8Array>;
  /** Set for an original that is stored in an account folder of `port`, this one or another. */
  readonly keptBy?: PortFolder;
}

/** An account folder of `port`, recognised by its manifest.json among the files of an archive. */
export interface PortFolder {
  /** The account name; null if the export has none. */
  readonly account: string | null;
  /** The sha256 (lower-case hex) of all files that port made there, except copies of originals. */
  renditions(): Promise<ReadonlySet<string>>;
}

/** A ZIP, an unzipped folder or a single file, behind one interface. */
export interface Archive {
  readonly path: string;
  /** Without files that `port` made: packages, upload folders and documents are not source media. */
  readonly files: readonly ArchiveFile[];
  /** Account folders of `port` inside the archive, or around it. */
  readonly portFolders?: readonly PortFolder[];
  /** Skipped entries, each with the reason. */
  readonly setAside: readonly Issue[];
  close(): Promise<void>;
}

export interface Archives {
  /**
   * Opens an archive.
   * @throws ExportError with a message for the user: missing, not a ZIP, damaged, too large, hostile
   */
  open(path: string): Promise<Archive>;
}
