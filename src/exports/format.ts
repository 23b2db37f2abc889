import type { Export } from '../model/model.ts';

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

/**
 * A form in which TikTok hands out posts. Each is one file in this folder and one line in index.ts.
 * Formats see names and bytes only: no path, no clock, no platform.
 */
export interface ExportFormat {
  readonly name: Export['format'];
  /**
   * Reads the posts out of these files; null where there is nothing of this form among them.
   * @param given `--account`: the name of exports that have none
   * @throws ExportError if they cannot be read or are of several accounts; NoPostsError if there is no post in them
   */
  read(files: readonly ExportFile[], given: string | null): Promise<Export | null>;
}
