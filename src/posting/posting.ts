import type { Issue } from '../model/issue.ts';
import { documentHash } from '../state/document-hash.ts';
import { noneIfTooLarge } from '../state/documents.ts';
import type { FileFacts, Files } from '../tools/files.ts';
import { type CellColumn, type CellContext, cellColumns, contextNow, readCell } from './cells.ts';
import { type Merged, mergeSheet } from './merge.ts';
import { postingPath, recordPath } from './paths.ts';
import {
  type Edits,
  edited,
  maxRecordBytes,
  noRecord,
  type PostingRecord,
  type PostingRow,
  parseRecord,
  recordJson,
} from './record.ts';
import { maxSheetBytes, type PostingSheet, readSheet, sheetText } from './sheet.ts';
import { type Upload, uploadId } from './upload.ts';

/** The plan and the posted posts of one account's folder: posting.csv and posting.json, merged. */
export interface Posting {
  readonly record: PostingRecord;
  /** The issues of the sheet. */
  readonly issues: readonly Issue[];
  /** Whether the documents differ from this. */
  readonly isChanged: boolean;
  readonly context: CellContext;
  /** null: there is none, or port itself wrote it last. */
  readonly sheet: PostingSheet | null;
  /** The sheet cannot be read, so it must not be overwritten. */
  readonly isBroken: boolean;
  /** The revision that was opened. */
  readonly opened: number;
  /** The size and time of the sheet that was opened; null: there was none. */
  readonly facts: FileFacts | null;
  /** Its hash; null: it was not read. */
  readonly found: string | null;
}

/**
 * Opens the documents of a folder and merges what a person changed. Writes nothing.
 * @param folder the account's folder
 * @param uploads all uploads that are delivered there: each gets a row. A function is called only if a person changed the
 * sheet
 * @param zone for times without offset; null: that of the last plan, else of this machine
 * @param parse reads posting.json
 */
export async function openPosting(
  folder: string,
  uploads: readonly Upload[] | (() => Promise<readonly Upload[]>),
  files: Files,
  now: number,
  zone: string | null = null,
  parse = parseRecord,
): Promise<Posting> {
  const path = postingPath(folder);
  // A record that is too large counts as broken.
  const json = await files
    .readText(recordPath(folder), maxRecordBytes)
    .catch((error: unknown) => noneIfTooLarge(error) ?? '');
  const parsed = parse(json);
  const known = parsed ?? noRecord;
  const lost = json !== null && parsed === null ? [issue('posting-record-broken', 'posting.json', null)] : [];
  const facts = await files.facts(path);
  const context = {
    ...contextNow(zone ?? known.zone, now),
    ...(facts && { saved: Math.min(facts.modified * 1000, now) }),
  };
  const isAdded = typeof uploads !== 'function' && uploads.some((upload) => !known.rows.has(uploadId(upload)));
  const bytes = facts === null || facts.bytes > maxSheetBytes ? null : await files.read(path, maxSheetBytes);
  const found = bytes === null ? null : documentHash(bytes);
  const isOwn = found !== null && found === known.sha256;
  const opened = known.revision;
  const about = { context, opened, facts, found, isBroken: false, sheet: null };
  if (isOwn && !isAdded && !known.isTroubled)
    return { ...about, record: known, issues: [], isChanged: known.written < known.revision };
  const delivered = typeof uploads === 'function' ? await uploads() : uploads;
  const tooLarge = facts !== null && facts.bytes > maxSheetBytes;
  const read = tooLarge ? `it is larger than ${maxSheetBytes >> 20} MB` : await sheetIn(bytes, known);
  if (typeof read === 'string') {
    const record = withRows(known, delivered);
    const issues = [...lost, issue('posting-unread', read, null)];
    return { ...about, record, issues, isChanged: record !== known, isBroken: true };
  }
  // A row that a person added for a post that was not delivered yet counts once it is.
  const expected = new Set([...known.rows.keys(), ...delivered.map(uploadId)]);
  const doubled = new Set(read?.contradictory.map(uploadId));
  const rows = read?.rows.filter((row) => expected.has(uploadId(row)) && !doubled.has(uploadId(row))) ?? [];
  // Google Sheets writes neither a last line break nor a byte order mark. A truncated file lacks rows, unless it ends in the
  // last one.
  const seen = new Set(read?.rows.map(uploadId));
  const mayBeTorn = bytes?.[0] === 0xef || [...known.rows.keys()].some((id) => !seen.has(id));
  const merged = mergeSheet(known, rows, context, mayBeTorn ? read?.openCell : null);
  const record = edited(withRows(known, delivered), merged.edits, true);
  const issues = [...lost, ...issuesOf(merged, read, expected)];
  return { ...about, record, issues, isChanged: record !== known || !isOwn, sheet: read };
}

async function sheetIn(
  bytes: Uint8Array | null,
  { rows, changes }: PostingRecord,
): Promise<PostingSheet | string | null> {
  if (bytes === null || (bytes.length < 100 && new TextDecoder().decode(bytes).trim() === '')) return null;
  const texts = [...rows.values()].flatMap((row) => cellColumns.map((column) => row[column]));
  return await readSheet(bytes, new Set([...texts, ...changes.map(({ before }) => before)]));
}

/** With a row for each upload. */
function withRows(record: PostingRecord, uploads: readonly Upload[]): PostingRecord {
  const added = uploads.filter((upload) => !record.rows.has(uploadId(upload)));
  return edited(
    record,
    added.map(({ key, target }) => ({ key, target, cells: {} })),
  );
}

/** A posting with new values. @param zone of a new plan */
export function changePosting(posting: Posting, edits: Edits, zone: string | null = posting.record.zone): Posting {
  const changed = edited(posting.record, edits);
  const record = zone === changed.zone ? changed : { ...changed, zone };
  return record === posting.record ? posting : { ...posting, record, isChanged: true };
}

/** Whether posting.csv is unchanged since it was opened. */
export async function isSheetAsOpened(
  folder: string,
  { facts }: Pick<Posting, 'facts'>,
  files: Pick<Files, 'facts'>,
): Promise<boolean> {
  const now = await files.facts(postingPath(folder));
  return now?.bytes === facts?.bytes && now?.modified === facts?.modified;
}

/**
 * Writes both documents if they changed. If the sheet cannot be written, because a spreadsheet holds it open or saved it
 * after it was opened, the record has the changes, and the next call writes them.
 * @param onRecord called with the new text of posting.json
 * @returns why the sheet could not be written
 */
export async function savePosting(
  folder: string,
  posting: Posting,
  files: Files,
  onRecord: (json: string, record: PostingRecord) => void = () => {},
): Promise<readonly Issue[]> {
  const writeRecord = async (record: PostingRecord) => {
    const json = recordJson(record);
    await files.write(recordPath(folder), json);
    onRecord(json, record);
  };
  if (!posting.isChanged) return [];
  const { record } = posting;
  const path = postingPath(folder);
  if (posting.isBroken) {
    await writeRecord(record);
    return [];
  }
  const sheet = posting.sheet ?? (await reread(folder, posting, files));
  const untouched = new Set(sheet?.contradictory.map(uploadId));
  const unread = sheet === null ? [] : unreadCells(sheet, posting);
  const text = sheetText(asWritten(record.rows, unread), sheet?.table ?? null, untouched);
  const isTroubled = unread.length + untouched.size + (sheet?.strange.length ?? 0) > 0;
  let issues: readonly Issue[] = [];
  let written: Pick<PostingRecord, 'written' | 'sha256'> = record;
  try {
    const sha256 = documentHash(text);
    if (!(await isSheetAsOpened(folder, posting, files))) {
      issues = [issue('posting-unwritten', 'another program saves it again and again', null)];
    } else {
      if (sha256 !== posting.found || posting.facts === null) await files.write(path, text);
      written = { written: record.revision, sha256 };
    }
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    const why = error.code === 'EISDIR' ? 'a folder lies in its place: move it away' : String(error.code);
    issues = [issue('posting-unwritten', why, null)];
  }
  await writeRecord({ ...record, ...written, isTroubled });
  return issues;
}

/** The sheet as port wrote it, which was not parsed at first because its hash was unchanged. */
async function reread(folder: string, { record }: Posting, files: Files): Promise<PostingSheet | null> {
  const read = await sheetIn(await files.read(postingPath(folder), maxSheetBytes), record);
  return typeof read === 'string' ? null : read;
}

type UnreadCell = Upload & { readonly column: CellColumn; readonly text: string };

/** Cells that cannot be read and were not changed otherwise since. */
function unreadCells({ rows }: PostingSheet, { record, opened, context }: Posting): readonly UnreadCell[] {
  const name = (cell: Upload & { readonly column: CellColumn }) => `${cell.column} ${uploadId(cell)}`;
  const changed = new Set(record.changes.filter(({ revision }) => revision > opened).map(name));
  return rows.flatMap(({ key, target, texts }) =>
    cellColumns.flatMap((column) => {
      const cell = { key, target, column, text: texts[column] ?? '' };
      const value = record.rows.get(uploadId(cell))?.[column] ?? '';
      return 'why' in readCell(column, cell.text, context, [value]) && !changed.has(name(cell)) ? [cell] : [];
    }),
  );
}

/** Rows for the sheet: cells that cannot be read stay as a person wrote them. */
function asWritten(
  rows: ReadonlyMap<string, PostingRow>,
  unread: readonly UnreadCell[],
): ReadonlyMap<string, PostingRow> {
  if (unread.length === 0) return rows;
  const shown = new Map(rows);
  for (const { text, column, ...upload } of unread) {
    const row = shown.get(uploadId(upload));
    if (row) shown.set(uploadId(upload), { ...row, [column]: text });
  }
  return shown;
}

function issuesOf(
  { unread, conflicts, stale }: Merged,
  sheet: PostingSheet | null,
  expected: ReadonlySet<string>,
): readonly Issue[] {
  const place = ({ key, target, column }: Upload & { readonly column: CellColumn }) =>
    `${column} of ${key} on ${target}`;
  const unknown = sheet?.rows.filter((row) => !expected.has(uploadId(row))) ?? [];
  const strange = [...(sheet?.strange ?? []), ...unknown.map(({ key, target }) => `${key} ${target}`)];
  return [
    ...unread.map((cell) => issue('posting-cell', `${place(cell)}: “${cell.text.trim().slice(0, 60)}”`, cell.why)),
    ...(sheet?.contradictory ?? []).map(({ key, target }) => issue('posting-twice', `${key} on ${target}`, null)),
    ...conflicts.map((cell) => issue('posting-conflict', place(cell), cell.kept === '' ? 'empty' : cell.kept)),
    ...(stale.length === 0 ? [] : [issue('posting-stale', stale.slice(0, 5).map(place).join(', '), stale.length)]),
    ...(strange.length === 0 ? [] : [issue('posting-strange', `“${strange[0] ?? ''}”`, strange.length)]),
  ];
}

function issue(code: Issue['code'], actual: string, limit: string | number | null): Issue {
  return { code, severity: 'warning', actual, limit };
}

/** The platforms on which a post is out, with at least one of its parts. */
export function postedTargets({ record }: Pick<Posting, 'record'>): ReadonlyMap<string, ReadonlySet<string>> {
  const out = new Map<string, Set<string>>();
  for (const { key, target, posted, parts } of record.rows.values()) {
    if (posted !== '' || parts.length > 0) out.set(key, (out.get(key) ?? new Set<string>()).add(target));
  }
  return out;
}
