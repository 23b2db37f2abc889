import { ExportError, NoPostsError } from './errors.ts';
import type { Export } from './model.ts';
import { readWithinBounds } from './read-apart.ts';
import type { Archive } from './tools/tools.ts';

/**
 * The export in an archive. Where there is none, what was left out of the archive is told with it: it may be the export.
 * @param given `--account`: the name of exports that have none
 * @throws ExportError as `readWithinBounds`
 */
export async function readArchive({ files, setAside }: Archive, given: string | null = null): Promise<Export> {
  try {
    return await readWithinBounds(files, given);
  } catch (error) {
    const [left] = setAside;
    if (!(error instanceof ExportError) || error instanceof NoPostsError || left === undefined) throw error;
    throw new ExportError(`${error.message} Left out: ${left.actual}`, { cause: error });
  }
}
