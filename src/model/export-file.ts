/**
 * A file of an export: a ZIP entry, a file in a folder or a single file. `name` is a label with `/` between its parts,
 * as in the archive: use it for matching and messages, never as a path.
 */
export interface ExportFile {
  readonly name: string;
  /** The uncompressed size that the container declares. */
  readonly bytes: number;
  /**
   * The whole content.
   * @throws ExportError if it is larger than `maxBytes`, or the entry is damaged
   */
  read(maxBytes: number): Promise<Uint8Array>;
}
