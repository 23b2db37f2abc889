import type { EditedCells, PostingRow } from './record.ts';
import { readPackageId } from './upload.ts';

/** Whether a package is out: the post of the row, or the part that the id names. */
export function isOut({ posted, parts }: Pick<PostingRow, 'posted' | 'parts'>, packageId: string): boolean {
  const part = readPackageId(packageId)?.part ?? null;
  return posted !== '' || (part !== null && parts.includes(part));
}

/**
 * The row after a tick: a split video is out when all of its parts are.
 * @param packageId the post, or one part of it
 * @param moment when it went out
 * @param count the number of parts; 1 for a post that is not split
 */
export function ticked(
  row: Pick<PostingRow, 'posted' | 'parts'>,
  packageId: string,
  posted: boolean,
  moment: string,
  count: number,
): EditedCells {
  const part = readPackageId(packageId)?.part ?? null;
  if (part === null || count < 2) return { posted: posted ? row.posted || moment : '', parts: [] };
  const all = Array.from({ length: count }, (_, index) => `part-${index + 1}`);
  const before = row.posted === '' ? row.parts : all;
  const parts = all.filter((each) => (each === part ? posted : before.includes(each)));
  return parts.length === count ? { posted: row.posted || moment, parts: [] } : { posted: '', parts };
}
