import { basename, dirname } from 'node:path';
import { isSystemError, quoted, UsageError } from '../errors.ts';
import { isClientsCsv } from '../report/clients-csv.ts';
import type { Files } from '../tools/files.ts';

const longestHeader = 200;

/**
 * Checks, before the first post, that the summary file can be written: it replaces an earlier summary and nothing else.
 * @param path absolute
 * @throws UsageError if the path exists and was not written by port
 */
export async function checkSummaryPath(
  path: string,
  files: Pick<Files, 'facts' | 'links' | 'real' | 'readStart'>,
): Promise<void> {
  try {
    if (await isFree(path, files)) return;
  } catch (error) {
    if (!isSystemError(error)) throw error;
    throw new UsageError(`${quoted(path)} cannot be written (${error.message}). Name another file with --summary.`);
  }
  throw new UsageError(
    `${quoted(path)} is there already and is no summary of port's, so it is not replaced. Name another file with --summary, or move that one away.`,
  );
}

async function isFree(path: string, files: Parameters<typeof checkSummaryPath>[1]): Promise<boolean> {
  const facts = await files.facts(path);
  if (facts !== null) return isClientsCsv(await files.readStart(path, longestHeader));
  for (let folder = dirname(path); folder !== dirname(folder); folder = dirname(folder)) {
    if ((await files.facts(folder)) !== null) throw new UsageError(belowFile(path, folder));
  }
  // A broken symbolic link also belongs to somebody.
  return (await files.real(path)) === null && !(await files.links(dirname(path))).includes(basename(path));
}

function belowFile(path: string, file: string): string {
  return `${quoted(path)} cannot be written: ${quoted(file)} is a file, no folder. Name another file with --summary.`;
}
