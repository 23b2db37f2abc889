import { basename, join } from 'node:path';
import * as z from 'zod';
import type { Totals } from '../../model/event.ts';
import { type FoundSheet, readStart } from './sheets.ts';

/** A contact sheet on the start page. */
export interface ListedSheet {
  readonly steps: FoundSheet;
  /** The account's name, and the platform: browsers keep the ticks of the sheet by these. */
  readonly account: string | null;
  readonly target: string;
  /** Its posts by status; null if the manifest does not say. */
  readonly totals: Totals | null;
}

const count = z.number().int().nonnegative();
const head = z.object({
  export: z.object({ account: z.string() }),
  totals: z.record(z.string(), z.object({ delivered: count, held: count, rejected: count, failed: count })),
});

/** Account, files and totals are at the start of the manifest; a hundred exports need a tenth of this. */
const headBytes = 64 * 1024;

/**
 * Adds the counts of the accounts' manifests to the sheets, of which only the beginnings are read.
 * @param root the served folder, absolute
 */
export async function withCounts(root: string, sheets: readonly FoundSheet[]): Promise<readonly ListedSheet[]> {
  const heads = new Map<string, z.infer<typeof head> | null>();
  const listed: ListedSheet[] = [];
  for (const steps of sheets) {
    const folder = join(root, ...steps);
    const path = join(folder, '..', 'manifest.json');
    if (!heads.has(path)) heads.set(path, headOf(await readStart(path, headBytes)));
    const known = heads.get(path) ?? null;
    const target = basename(folder);
    const totals = known?.totals[target] ?? null;
    listed.push({ steps, account: known?.export.account ?? null, target, totals });
  }
  return listed;
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
