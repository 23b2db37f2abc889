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
