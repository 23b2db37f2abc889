import type { ExportFile } from '../model/export-file.ts';
import type { Export } from '../model/post.ts';

/**
 * A file format in which TikTok exports posts. Each format is one file in this folder and one line in index.ts. A
 * format sees file names and bytes only: no path, no clock, no platform.
 */
export interface ExportFormat {
  readonly name: Export['format'];
  /**
   * Reads the posts from these files. Returns null if none of the files has this format.
   * @param given the value of `--account`, used for exports without an account name
   * @throws ExportError if the files cannot be read or belong to several accounts
   * @throws NoPostsError if there is no post in them
   */
  read(files: readonly ExportFile[], given: string | null): Promise<Export | null>;
}
