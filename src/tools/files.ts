export interface FileFacts {
  readonly bytes: number;
  /** Unix seconds, with fractions. */
  readonly modified: number;
}

export interface Files {
  /** null if there is no regular file (a symbolic link is not one). */
  facts(path: string): Promise<FileFacts | null>;
  /** The same for several files in their order, faster than one by one. */
  factsOf(paths: readonly string[]): Promise<readonly (FileFacts | null)[]>;
  /**
   * The modification times of folders, which change when an entry is added, removed or renamed; null if there is no
   * folder.
   */
  foldersOf(paths: readonly string[]): Promise<readonly (FileFacts | null)[]>;
  /** Names of the files and folders in a folder; empty if there is no such folder. Symbolic links are left out. */
  list(path: string): Promise<readonly { readonly name: string; readonly folder: boolean }[]>;
  /** Names of the symbolic links in a folder; empty if there is no such folder. */
  links(path: string): Promise<readonly string[]>;
  /** The path with all symbolic links resolved; null if it does not exist. */
  real(path: string): Promise<string | null>;
  /**
   * The relative path from a folder to something in it, with `/`, or `.` for the folder itself; null if the path leads
   * out of the folder or through a symbolic link. The folder itself may be reached by a link. For a path that does not
   * exist yet, the existing folders count.
   */
  pathInside(folder: string, path: string): Promise<string | null>;
  /**
   * File access confined to one folder: creating, changing, moving, removing or reading through a symbolic link in it
   * fails with a system error, and so does writing outside. Files elsewhere can be read.
   * @param also other folders that may be written to
   */
  confined(folder: string, also?: readonly string[]): Files;
  /** The whole content; null if there is no file. Throws a system error if it is larger than `maxBytes`. */
  read(path: string, maxBytes: number): Promise<Uint8Array | null>;
  /**
   * The same as text. Also throws a system error if it contains so many brackets that the parsed JSON would not fit
   * into memory.
   */
  readText(path: string, maxBytes: number): Promise<string | null>;
  /** The first bytes of a file, at most `bytes`. */
  readStart(path: string, bytes: number): Promise<Uint8Array>;
  /** Reads `bytes` from an offset; fewer at the end of the file. */
  readAt(path: string, at: number, bytes: number): Promise<Uint8Array>;
  /**
   * Writes atomically: temporary name in the same folder, fsync, rename. Creates parent folders.
   * @param data for long data an iterable of pieces, which need not be in memory together
   */
  write(path: string, data: string | Uint8Array | Iterable<string>): Promise<void>;
  /** Appends to a file, for logs: the end may be lost if the machine crashes. Creates parent folders. */
  append(path: string, text: string): Promise<void>;
  /** Like `write`, from a stream; resolves to the size and hash. Fails past `maxBytes`. */
  writeStream(
    path: string,
    data: AsyncIterable<Uint8Array>,
    maxBytes: number,
    signal: AbortSignal,
  ): Promise<{ readonly bytes: number; readonly sha256: string }>;
  sha256(path: string, signal: AbortSignal): Promise<string>;
  /** Whether two paths are the same file (same inode). */
  same(a: string, b: string): Promise<boolean>;
  /** Makes `to` a hard link to `from` if the file system supports it, else a copy. */
  link(from: string, to: string): Promise<void>;
  /** Makes `to` an independent copy: a reflink if the file system supports it, else a copy of the bytes. */
  copy(from: string, to: string): Promise<void>;
  /** Renames. A locked file is retried for two seconds; across file systems it is copied and removed. */
  move(from: string, to: string): Promise<void>;
  remove(path: string): Promise<void>;
  makeFolder(path: string): Promise<void>;
  /** Sets the modification time, if the file system allows it. */
  setModified(path: string, unixSeconds: number): Promise<void>;
  /**
   * Makes a file read-only, including all its hard links, if the file system has modes: editing a delivered copy in
   * place must not change the original.
   */
  protect(path: string): Promise<void>;
}
