/**
 * A file of an export, wherever it lies (ZIP entry, file in a folder, a lone file). `name` is a label with `/` between
 * its parts, as the archive gives it: fit for matching and messages, never for a path.
 */
export interface ExportFile {
  readonly name: string;
  /** Uncompressed, as the container declares it. */
  readonly bytes: number;
  /**
   * The whole content.
   * @throws ExportError if there is more than `maxBytes`, or the entry is damaged
   */
  read(maxBytes: number): Promise<Uint8Array>;
}
