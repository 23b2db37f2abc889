import type { ExportFile } from '../model/export-file.ts';
import type { Export } from '../model/post.ts';

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
