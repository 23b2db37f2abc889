import { basename } from 'node:path';
import type { Issue } from '../model/issue.ts';
import { withDocumentLock } from '../state/document-lock.ts';
import type { Entry } from '../state/documents.ts';
import { accountOfFolder, manifestPath, rowsIn } from '../state/manifest.ts';
import type { Files } from '../tools/files.ts';
import type { Tools } from '../tools/tools.ts';
import { writeCalendar } from './calendar.ts';
import { changePosting, isSheetAsOpened, openPosting, type Posting, savePosting } from './posting.ts';
import { type Edits, type PostingRecord, type PostingRow, parseRecord } from './record.ts';
import { packageIds, type Upload, uploadId } from './upload.ts';

/** An upload that is delivered according to the manifest. */
export interface DeliveredUpload extends Upload {
  /** Its title, else the first line of its text; empty if it has neither. */
  readonly name: string;
  /** How many parts its video was split into; 1: it was not. */
  readonly parts: number;
}

export interface PostingFolder {
  /** Absolute. */
  readonly folder: string;
  readonly account: string;
  /** The uploads that are delivered there, the newest post first. */
  readonly uploads: readonly DeliveredUpload[];
  readonly posting: Posting;
}

/** The tools for planning and ticking posts. `now`: Unix seconds. */
export type PostingTools = Pick<Tools, 'files' | 'locks' | 'now'> & { readonly memory?: PostingMemory };

/**
 * A cache of the documents of one folder, for code that opens it repeatedly: reading the manifest of ten thousand posts takes
 * a second, and posting.json a third of that.
 */
export interface PostingMemory {
  /** Of the manifest with this size and time. */
  manifest?: Pick<PostingFolder, 'account' | 'uploads'> & { readonly state: string };
  /** By the text of posting.json. */
  record?: { readonly json: string; readonly record: PostingRecord | null };
  /** The calendar events of rows. */
  events?: WeakMap<PostingRow, string>;
}

/** Reads the plan and the posted posts of an account's folder. Writes nothing. @param zone see `openPosting` */
export async function openPostingFolder(
  folder: string,
  { files, now, memory = {} }: Omit<PostingTools, 'locks'>,
  zone: string | null = null,
): Promise<PostingFolder> {
  const { account, uploads } = await manifestOf(folder, files, memory);
  const parse = (json: string | null): PostingRecord | null => {
    if (json === null) return parseRecord(json);
    if (memory.record?.json !== json) memory.record = { json, record: parseRecord(json) };
    return memory.record.record;
  };
  return { folder, account, uploads, posting: await openPosting(folder, uploads, files, now() * 1000, zone, parse) };
}

async function manifestOf(folder: string, files: Files, memory: PostingMemory) {
  const state = JSON.stringify(await files.factsOf([manifestPath(folder)]));
  if (memory.manifest?.state === state) return memory.manifest;
  const uploads = [...(await rowsIn(folder, files))].flatMap(uploadsOf);
  const account = (await accountOfFolder(folder, files)) ?? basename(folder);
  memory.manifest = { state, account, uploads };
  // Titles may have changed.
  memory.events = new WeakMap();
  return memory.manifest;
}

/** Reads the posting documents, without rows for new uploads. The manifest is read only if a person changed the sheet. */
export async function readPosting(folder: string, { files, now }: Omit<PostingTools, 'locks'>): Promise<Posting> {
  const uploads = async () => [...(await rowsIn(folder, files))].flatMap(uploadsOf);
  return await openPosting(folder, uploads, files, now() * 1000);
}

/** The upload of a row of the manifest: none if it is not delivered. */
export function uploadsOf({ key, target, status, caption, parts }: RowOfUpload): readonly DeliveredUpload[] {
  if (status !== 'delivered') return [];
  const words = parts?.[0]?.caption ?? caption;
  const count = packageIds({ key, parts }).length;
  const name = words?.title ?? words?.body.split('\n')[0] ?? '';
  return [{ key, target, name: (count > 1 ? name.replace(/ \(1\/\d+\)$/, '') : name).slice(0, 120), parts: count }];
}

type RowOfUpload = Pick<Entry, 'key' | 'target' | 'status' | 'caption' | 'parts'>;

/**
 * Changes posting.csv, posting.json and the calendar of a folder while it holds their lock.
 * @param change returns the changes to the current state; if it throws, nothing is written
 * @param zone of a new plan
 * @returns the folder after the change, and the issues of the sheet
 * @throws OutputError if another port holds the lock for too long
 */
export async function changePostingFolder(
  folder: string,
  tools: PostingTools,
  platform: (target: string) => string,
  change: (opened: PostingFolder) => Edits,
  zone: string | null = null,
): Promise<PostingFolder & { readonly issues: readonly Issue[] }> {
  const { locks, now, memory = {} } = tools;
  const { files } = tools;
  return await withDocumentLock(folder, 'posting', locks, async () => {
    for (let attempts = 1; ; attempts++) {
      const opened = await openPostingFolder(folder, tools, zone);
      const posting = changePosting(opened.posting, change(opened), zone ?? opened.posting.record.zone);
      // A spreadsheet ignores the lock and may have saved the sheet meanwhile.
      if (attempts < maxAttempts && !(await isSheetAsOpened(folder, posting, files))) continue;
      const unwritten = await savePosting(folder, posting, files, (json, record) => {
        memory.record = { json, record };
      });
      const titles = new Map(opened.uploads.map((upload) => [uploadId(upload), titleOf(upload)]));
      memory.events ??= new WeakMap();
      const words = { account: opened.account, platform, titles, events: memory.events };
      await writeCalendar(folder, posting.record, words, files, now() * 1000);
      return { ...opened, posting, issues: [...posting.issues, ...unwritten] };
    }
  });
}

const maxAttempts = 5;

/** The title of an upload in calendars and messages. */
export function titleOf({ name, parts, key }: DeliveredUpload): string {
  return parts > 1 ? `${name || key} (${parts} parts, one after the other)` : name || key;
}
