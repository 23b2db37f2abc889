import { join } from 'node:path';
import type { Entry } from '../state/documents.ts';
import type { Target } from '../targets/target.ts';
import type { Files } from '../tools/files.ts';
import { timeOfKey } from './contact-sheet/cards.ts';
import { isSheet, sheetPage, sheetStartBytes } from './contact-sheet/page.ts';
import { sheetScript } from './contact-sheet/script.ts';
import type { SheetPosting } from './contact-sheet/state.ts';
import type { PresenceCheck } from './present.ts';
import { uploadFiles, uploadFolderOf, writeUploadFolders } from './upload-folders.ts';

export interface SheetJob {
  /** The account's folder, absolute. */
  readonly folder: string;
  readonly account: string;
  readonly target: Target;
  /** The keys of all posts in the folder's manifest. */
  readonly keys: readonly string[];
  /**
   * The rows of the target, newest first. They are iterated several times or not at all, and never held in memory
   * together.
   */
  readonly rows: Iterable<Entry>;
  /** The plan and the posted posts. Called only if the page is rendered. */
  readonly posting: () => Promise<SheetPosting>;
}

/**
 * Writes the pages for posting: `index.html` next to the packages of a target and, if its upload page titles videos by
 * file name, the upload folders.
 * @param hashOf see `writeUploadFolders`
 * @param options.isDrawn whether the existing page already shows these rows
 */
export async function writeContactSheet(
  { folder, account, target, keys, rows, posting }: SheetJob,
  files: Files,
  hashOf: PresenceCheck['hashOf'],
  { isDrawn = false } = {},
): Promise<void> {
  const batch = target.uploadBatch?.value ?? null;
  const script = sheetScript();
  const path = join(folder, target.name, 'index.html');
  // The cache and the page could both be planted by somebody else. A page of ours allows no other script.
  const stays = isDrawn && isSheet(await files.readStart(path, sheetStartBytes), script);
  if (stays && batch === null) return;
  const videos = batch === null ? [] : uploadFiles(rows, batch);
  if (batch !== null) {
    const times = new Set(keys.map((key) => timeOfKey(key) ?? 0));
    await writeUploadFolders(folder, target.name, videos, times, files, hashOf);
  }
  if (stays) return;
  const uploadFolder = videos.length > 0 ? uploadFolderOf(target.name) : null;
  const sheet = { account, target, rows, posting: await posting(), uploadFolder, script };
  if (!isMadeOf(await files.read(path, maxPageBytes), sheetPage(sheet))) await files.write(path, sheetPage(sheet));
}

/**
 * Renders an existing page again, without its upload folders, if its content would change.
 * @param isCurrent whether the rows are still those of the folder: asked before the page is replaced
 */
export async function redrawContactSheet(
  { folder, account, target, rows, posting }: Omit<SheetJob, 'keys'>,
  files: Files,
  isCurrent: () => Promise<boolean>,
): Promise<void> {
  const path = join(folder, target.name, 'index.html');
  const script = sheetScript();
  if ((await files.facts(path)) === null || !isSheet(await files.readStart(path, sheetStartBytes), script)) return;
  const batch = target.uploadBatch?.value ?? null;
  const hasUploads = batch !== null && uploadFiles(rows, batch).length > 0;
  const uploadFolder = hasUploads ? uploadFolderOf(target.name) : null;
  const sheet = { account, target, rows, posting: await posting(), uploadFolder, script };
  if (isMadeOf(await files.read(path, maxPageBytes), sheetPage(sheet))) return;
  if (await isCurrent()) await files.write(path, sheetPage(sheet));
}

function isMadeOf(there: Uint8Array | null, pieces: Iterable<string>): boolean {
  if (there === null) return false;
  const bytes = Buffer.from(there.buffer, there.byteOffset, there.byteLength);
  let at = 0;
  for (const piece of pieces) {
    const end = at + Buffer.byteLength(piece);
    if (!bytes.subarray(at, end).equals(Buffer.from(piece))) return false;
    at = end;
  }
  return at === bytes.length;
}

const maxPageBytes = 500_000_000;
