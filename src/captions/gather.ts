import { basename, extname } from 'node:path';
import PQueue from 'p-queue';
import type { Issue } from '../model/issue.ts';
import { isSourcesDocument } from '../state/original-sources.ts';
import type { Archive, ArchiveFile } from '../tools/archive.ts';
import { readCsv } from './csv.ts';
import { saveAsUtf8 } from './decode.ts';
import { spreadsheetName } from './file-kind.ts';
import { readSidecarFile } from './sidecar.ts';
import type { Note, Reading } from './source.ts';

/** The notes from one place, and what could not be read there. */
export interface Gathered {
  /** The name of the place, for messages. */
  readonly name: string;
  readonly notes: readonly Note[];
  readonly issues: readonly Issue[];
}

const filesAtOnce = 16;
const maxSheetBytes = 100 << 20;
/** `yt-dlp -j` prints about 50 kB for each post. */
const maxListBytes = 400_000_000;

/**
 * Reads the spreadsheets and sidecars that `--captions` names, in a folder or single files.
 * @param known see `decodeTable`
 */
export async function gatherGiven(archive: Archive, known: Iterable<string> = []): Promise<Gathered> {
  const files = archive.files.filter(({ name }) => !isLitter(name) && !isSourcesDocument(basename(name)));
  const alone = files.length === 1;
  const gathered = await gather(archive, files, (file) => {
    if (isJson(file)) return readGivenJson(file);
    if (spreadsheetName.test(file.name)) return readSpreadsheet(file);
    return alone || /\.(?:csv|tsv)$/i.test(file.name) ? readSheet(file, known) : null;
  });
  if (gathered.notes.length > 0 || gathered.issues.length > 0) return gathered;
  return { ...gathered, issues: [unread(gathered.name, 'there are no captions in it')] };
}

async function readGivenJson(file: ArchiveFile): Promise<Reading> {
  const reading = await readSidecarFile(file, maxListBytes);
  return reading ?? { notes: [], problem: 'it contains no TikTok post that port understands' };
}

function readSpreadsheet({ name }: ArchiveFile): Promise<Reading> {
  const ending = extname(name).slice(1).toLowerCase();
  const program = ending === 'ods' ? 'LibreOffice' : ending === 'numbers' ? 'Numbers' : 'Excel';
  return Promise.resolve({ notes: [], problem: `it is a file of ${program} (${ending}) and no CSV: ${saveAsUtf8}` });
}

/** Reads sidecars next to media files. Other JSON files are ignored. */
export async function gatherBeside(archive: Archive): Promise<Gathered> {
  const files = archive.files.filter((file) => isJson(file) && !isLitter(file.name));
  return await gather(archive, files, async (file) => {
    const reading = await readSidecarFile(file);
    const claims = /\.(?:info|\w{3,4})\.json$/i.test(file.name);
    if (reading === null && /\.info\.json$/i.test(file.name))
      return { notes: [], problem: 'it contains no TikTok post' };
    return reading && (claims || reading.isUnread || reading.notes.length > 0) ? reading : null;
  });
}

async function gather(
  { path }: Archive,
  files: readonly ArchiveFile[],
  read: (file: ArchiveFile) => Promise<Reading> | null,
): Promise<Gathered> {
  const queue = new PQueue({ concurrency: filesAtOnce });
  const readings = await queue.addAll(files.map((file) => async () => ({ file, reading: await read(file) })));
  const withProblems = readings.flatMap(({ file, reading }) =>
    reading?.problem ? [unread(file.name, reading.problem)] : [],
  );
  const shown = withProblems.slice(0, 3);
  const rest = withProblems.length - shown.length;
  const more: Issue[] =
    rest > 0 ? [{ code: 'captions-unread-more', severity: 'warning', actual: rest, limit: null }] : [];
  return { name: path, notes: readings.flatMap(({ reading }) => reading?.notes ?? []), issues: [...shown, ...more] };
}

async function readSheet(file: ArchiveFile, known: Iterable<string>): Promise<Reading> {
  try {
    return await readCsv(await file.read(maxSheetBytes), file.name, known);
  } catch (error) {
    return { notes: [], problem: error instanceof Error ? error.message : String(error) };
  }
}

function unread(name: string, why: string): Issue {
  return { code: 'captions-unread', severity: 'warning', actual: name, limit: why };
}

function isJson({ name }: ArchiveFile): boolean {
  return ['.json', '.jsonl', '.ndjson'].includes(extname(name).toLowerCase());
}

function isLitter(name: string): boolean {
  return /(?:^|\/)(?:\.|__MACOSX\/)/.test(name);
}
