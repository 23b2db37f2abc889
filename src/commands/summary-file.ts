import { quoted, UsageError } from '../errors.ts';
import { isClientsCsv } from '../report/clients-csv.ts';
import type { Files } from '../tools/tools.ts';

const longestHeader = 200;

/**
 * Asked before the first post is touched: a table of the run takes the place of an earlier one, and of nothing else.
 * @param path absolute
 * @throws UsageError where something stands under this name that port did not write
 */
export async function checkSummaryPath(
  path: string,
  files: Pick<Files, 'facts' | 'real' | 'readStart'>,
): Promise<void> {
  const facts = await files.facts(path);
  if (facts === null && (await files.real(path)) === null) return;
  if (facts !== null && isClientsCsv(await files.readStart(path, longestHeader))) return;
  throw new UsageError(
    `${quoted(path)} is there already and is no summary of port's, so it is not replaced. Name another file with --summary, or move that one away.`,
  );
}
