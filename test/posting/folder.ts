import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { tableText } from '../../src/captions/spreadsheet.ts';
import { changePosting, openPosting, type Posting, savePosting } from '../../src/posting/posting.ts';
import type { Edits } from '../../src/posting/record.ts';
import type { Upload } from '../../src/posting/upload.ts';
import { uploadId } from '../../src/posting/upload.ts';
import { createFiles } from '../../src/tools/disk-files.ts';
import type { Files } from '../../src/tools/files.ts';
import { temporaryFolder } from '../media.ts';

/** A folder with posting.csv on a real disk, and what people and port do in it. */

export const now = Date.parse('2026-11-30T10:00:00Z');
export const header = ['key', 'target', 'planned', 'posted', 'url', 'note'];
export const first: Upload = { key: '2025-01-01_10-00-00', target: 'rednote' };
export const second: Upload = { key: '2025-01-01_10-00-00', target: 'reels' };
export const third: Upload = { key: '2025-01-02_10-00-00', target: 'rednote' };
export const dates = {
  noon: '2026-12-01T12:00:00+00:00',
  evening: '2026-12-01T18:00:00+00:00',
  next: '2026-12-02T12:00:00+00:00',
} as const;

export interface Desk {
  readonly folder: string;
  readonly path: (name: string) => string;
  /** What port does to the documents. @returns the posting after it, and why the sheet could not be written */
  readonly change: (edits: Edits, uploads?: readonly Upload[]) => Promise<Posting>;
  readonly open: (uploads?: readonly Upload[]) => Promise<Posting>;
  readonly sheet: () => Promise<string>;
  /** What a spreadsheet saves. */
  readonly save: (content: string | Uint8Array | readonly (readonly string[])[]) => Promise<void>;
}

/** @param edits of the first revision */
export async function openDesk(
  edits: Edits = [],
  uploads: readonly Upload[] = [first, second, third],
  files: Files = createFiles(),
): Promise<Desk> {
  const folder = await temporaryFolder();
  const path = (name: string) => join(folder, name);
  const open = async (there: readonly Upload[] = uploads) => openPosting(folder, there, files, now, 'Europe/Lisbon');
  const change = async (wanted: Edits, there: readonly Upload[] = uploads) => {
    const posting = changePosting(await open(there), wanted);
    const unwritten = await savePosting(folder, posting, files);
    return { ...posting, issues: [...posting.issues, ...unwritten] };
  };
  await change(edits);
  return {
    ...{ folder, path, open, change },
    sheet: async () => readFile(path('posting.csv'), 'utf8'),
    async save(content) {
      const isTable = typeof content !== 'string' && !(content instanceof Uint8Array);
      await writeFile(path('posting.csv'), isTable ? tableText(content) : content);
    },
  };
}

/** The cells of rows that have something, by their platform and key. */
export function cellsIn({ record }: Pick<Posting, 'record'>): Record<string, string> {
  const filled = [...record.rows.values()].flatMap((row) => {
    const { planned, posted, url, note } = row;
    const text = [planned, posted, url, note].join(' | ');
    return text === ' |  |  | ' ? [] : [[uploadId(row), text] as const];
  });
  return Object.fromEntries(filled);
}

export const codes = ({ issues }: Pick<Posting, 'issues'>) => issues.map(({ code }) => code);
