import { basename, resolve } from 'node:path';
import { ExportError, NoPostsError, quoted } from '../errors.ts';
import type { Export } from '../model/post.ts';
import type { Archive } from '../tools/archive.ts';
import { readWithinBounds } from './read-in-child.ts';

/**
 * Reads the export in an archive. If there is none, the error names skipped entries, one of which may be the export.
 * @param given `--account`: the name for exports without one
 * @throws ExportError as `readWithinBounds`
 */
export async function readArchive(archive: Archive, given: string | null = null): Promise<Export> {
  const [left] = archive.setAside;
  try {
    return await readWithinBounds(archive.files, given);
  } catch (error) {
    if (!(error instanceof ExportError) || error instanceof NoPostsError) throw error;
    if (left !== undefined) throw new ExportError(`${error.message} Left out: ${left.actual}`, { cause: error });
    if (isOutput(archive)) throw new ExportError(aboutOutput(archive), { cause: error });
    throw error;
  }
}

/** Whether the archive only has output of port, and no file that could be an export. */
function isOutput({ files, portFolders = [] }: Archive): boolean {
  return portFolders.length > 0 && !files.some(({ name, keptBy }) => !keptBy && /\.(?:json|txt)$/i.test(name));
}

function aboutOutput({ path, files }: Archive): string {
  const name = quoted(basename(resolve(path)));
  const media = files.some(({ keptBy }) => keptBy) ? ` The originals in it are used with --media ${quoted(path)}.` : '';
  return `${name} is what port wrote and no export: name the ZIP, JSON or folder that came from TikTok.${media}`;
}
