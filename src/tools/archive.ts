import type { ExportFile } from '../model/export-file.ts';
import type { Issue } from '../model/issue.ts';

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
