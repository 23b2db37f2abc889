import { basename, dirname, join } from 'node:path';
import * as z from 'zod';
import type { Totals } from '../../model/event.ts';
import { dayOf, machineZone, momentOf } from '../../posting/local-time.ts';
import { openPosting } from '../../posting/posting.ts';
import { noRecord, type PostingRecord } from '../../posting/record.ts';
import { manifestPath } from '../../state/manifest.ts';
import type { Tools } from '../../tools/tools.ts';
import { type FoundSheet, readStart } from './sheets.ts';

/** A contact sheet on the start page. */
export interface ListedSheet {
  readonly steps: FoundSheet;
  readonly posting: PostingCounts;
  /** Its posts by status; null if the manifest does not say. */
  readonly totals: Totals | null;
}

/** The numbers of planned and posted posts on a platform. */
export interface PostingCounts {
  readonly posted: number;
  /** Planned before now and not posted. */
  readonly overdue: number;
  /** Planned for today and not overdue. */
  readonly today: number;
  /** Planned for later days. */
  readonly planned: number;
}

const count = z.number().int().nonnegative();
const head = z.object({
  totals: z.record(z.string(), z.object({ delivered: count, held: count, rejected: count, failed: count })),
});

/** The files and the totals are at the start of the manifest; a hundred exports need a tenth of this. */
const headBytes = 64 * 1024;

/**
 * Adds the counts of the accounts' manifests, of which only the beginnings are read, and of their postings to the sheets.
 * @param root the served folder, absolute
 */
export async function withCounts(
  root: string,
  sheets: readonly FoundSheet[],
  tools: Pick<Tools, 'files' | 'now'>,
): Promise<readonly ListedSheet[]> {
  const accounts = new Map<string, Account>();
  const listed: ListedSheet[] = [];
  for (const steps of sheets) {
    const folder = join(root, ...steps);
    const account = accounts.get(dirname(folder)) ?? (await readAccount(dirname(folder), tools));
    accounts.set(dirname(folder), account);
    const target = basename(folder);
    const posting = countsOf(account.record, target, tools.now() * 1000);
    listed.push({ steps, posting, totals: account.head?.totals[target] ?? null });
  }
  return listed;
}

interface Account {
  readonly head: z.infer<typeof head> | null;
  readonly record: PostingRecord;
}

async function readAccount(folder: string, { files, now }: Pick<Tools, 'files' | 'now'>): Promise<Account> {
  const start = await readStart(manifestPath(folder), headBytes);
  const opened = await openPosting(folder, [], files.confined(folder), now() * 1000).catch(() => null);
  return { head: headOf(start), record: opened?.record ?? noRecord };
}

/** @param now milliseconds since 1970 */
export function countsOf({ rows, zone }: PostingRecord, target: string, now: number): PostingCounts {
  const counts = { posted: 0, overdue: 0, today: 0, planned: 0 };
  const day = dayOf(momentOf(now, zone ?? machineZone()));
  for (const row of rows.values()) {
    if (row.target !== target) continue;
    if (row.posted !== '') counts.posted++;
    else if (row.planned === '') continue;
    else if (Date.parse(row.planned) < now) counts.overdue++;
    else if (dayOf(row.planned) <= day) counts.today++;
    else counts.planned++;
  }
  return counts;
}

/** What the manifest says before its keys and rows; null if it is laid out differently. */
function headOf(start: Uint8Array | null): z.infer<typeof head> | null {
  const text = new TextDecoder().decode(start ?? new Uint8Array());
  const end = /,\s*(?:"keys"\s*:\s*\{|"posts"\s*:\s*\[)/.exec(text)?.index;
  if (end === undefined) return null;
  try {
    return head.safeParse(JSON.parse(`${text.slice(0, end)}}`)).data ?? null;
  } catch {
    return null;
  }
}
