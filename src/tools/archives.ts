import { createReadStream, statSync } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { basename, isAbsolute, resolve } from 'node:path';
import { ExportError, quoted } from '../errors.ts';
import type { Issue } from '../model/issue.ts';
import type { Archive, ArchiveFile, Archives, PortFolder } from './archive.ts';
import { findFiles } from './folder-walk.ts';
import { GzippedFile, isGzip } from './gzip-file.ts';
import { openNestedZip, unpackBudget } from './nested-zip.ts';
import { whyNoArchive, whyNotWhole } from './odd-containers.ts';
import { portFolderAbove, withoutPortFiles } from './port-folders.ts';
import { openZip, type Zip } from './zip.ts';

/**
 * Opens every form of an export: TikTok's ZIP, the unzipped folder, a single `.json` or `.txt`, and a ZIP inside any of
 * them.
 */
export function createArchives(): Archives {
  return { open: openArchive };
}

/** The state while an archive is opened: its files, issues, and what has to be closed at the end. */
interface Contents {
  readonly files: ArchiveFile[];
  readonly setAside: Issue[];
  readonly closers: (() => Promise<void>)[];
}

/** People sometimes zip their ZIP. More nested ZIPs than this are a folder of downloads, not an export. */
const MAX_NESTED = 50;
const CHUNK = 1024 * 1024;
/** The number of bytes that are read to recognise a file type. */
const HEAD = 1024;

async function openArchive(path: string): Promise<Archive> {
  const contents: Contents = { files: [], setAside: [], closers: [] };
  const close = async () => {
    for (const closer of contents.closers.splice(0)) await closer();
  };
  try {
    await gather(path, contents);
    const above = (await stat(path)).isDirectory() ? await portFolderAbove(path) : null;
    const { files, portFolders } = await withoutPortFiles(contents.files, above);
    const [reason] = contents.setAside;
    if (contents.files.length === 0 && reason !== undefined) {
      throw new ExportError(`Nothing in ${quoted(basename(path))} can be read. ${reason.actual}`);
    }
    return { path, files, portFolders, setAside: contents.setAside, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function gather(path: string, contents: Contents): Promise<void> {
  const facts = await stat(path).catch((error: NodeJS.ErrnoException) => {
    throw new ExportError(
      error.code === 'ENOENT'
        ? `${quoted(path)} does not exist. Check the path.`
        : `${quoted(path)} cannot be opened (${error.code}).`,
    );
  });
  if (facts.isDirectory()) return gatherFolder(path, contents);
  if (!facts.isFile()) throw new ExportError(`${quoted(path)} is neither a file nor a folder.`);
  const start = await firstBytes(path);
  // Files of Excel, LibreOffice and Numbers are ZIPs, even if they are named .csv: the caption reader reports what they
  // are.
  if (spreadsheet.test(path)) return void contents.files.push(new FileOnDisk(resolve(path), basename(path)));
  const notWhole = whyNotWhole(path);
  if (isZip(start) || /\.zip$/i.test(path)) return gatherNamedZip(path, start, notWhole, contents);
  if (notWhole !== null) throw new ExportError(notWhole);
  const notArchive = whyNoArchive(path, start);
  if (notArchive !== null) throw new ExportError(notArchive);
  if (isGzip(start)) return gatherGzip(path, facts.size, contents);
  if (!plainFile.test(path) && !isJson(start)) {
    throw new ExportError(
      `${quoted(path)} is no export: port reads TikTok's ZIP, its folder, the .json in it, or the posts .txt.`,
    );
  }
  contents.files.push(new FileOnDisk(resolve(path), named(basename(path), start)));
}

/** A file that starts like a ZIP or is named like one. There may be data before the ZIP, or it may be another type. */
async function gatherNamedZip(path: string, start: Buffer, notWhole: string | null, contents: Contents): Promise<void> {
  try {
    await gatherZip(path, contents);
  } catch (error) {
    if (!(error instanceof ExportError)) throw error;
    if (notWhole !== null) throw new ExportError(notWhole, { cause: error });
    if (isZip(start)) throw error;
    throw new ExportError(
      whyNoArchive(path, start) ??
        `${quoted(path)} is named .zip but is none: the download may have failed. Download it again.`,
      { cause: error },
    );
  }
}

async function gatherGzip(path: string, bytes: number, contents: Contents): Promise<void> {
  const name = basename(path).replace(/\.(?:gz|gzip)$/i, '');
  const file = new GzippedFile(resolve(path), name, bytes);
  const start = await file.start(HEAD);
  if (!plainFile.test(name) && !isJson(start)) {
    throw new ExportError(
      `${quoted(path)} is a gzip archive of something else than an export's JSON or TXT: unpack it, and give port what is inside.`,
    );
  }
  contents.files.push(new GzippedFile(resolve(path), named(name, start), bytes));
}

/** Files that are accepted by name, including spreadsheets for `--captions`. */
const plainFile = /\.(?:json|jsonl|ndjson|txt|csv|tsv)$/i;
const spreadsheet = /\.(?:csv|tsv|xlsx?|xlsm|ods|numbers)$/i;

/** Names a single file by its content, because formats look at file name extensions. */
function named(name: string, start: Buffer): string {
  if (/\.txt$/i.test(name) && isJson(start)) return /\.json\.txt$/i.test(name) ? name : `${name}.json`;
  return plainFile.test(name) ? name : `${name}.json`;
}

/** Whether it starts like JSON, in UTF-8 or UTF-16. */
function isJson(start: Buffer): boolean {
  return /^(?:\ufeff|\u00ef\u00bb\u00bf|\u00ff\u00fe|\u00fe\u00ff|\s)*[{[]/.test(
    start.toString('latin1').replaceAll('\0', ''),
  );
}

/** Compressed JSON or TXT of an export in a folder. */
const PACKED = /\.(?:json|txt)\.gz$/i;

async function gatherFolder(path: string, contents: Contents): Promise<void> {
  const found = await findFiles(path);
  contents.setAside.push(...found.skipped.map(skipped));
  let nested = 0;
  for (const { path: file, name } of found.files) {
    const where = isAbsolute(file) ? file : resolve(file);
    const notWhole = whyNotWhole(name);
    if (notWhole !== null) contents.setAside.push(skipped(notWhole));
    else if (PACKED.test(name)) {
      contents.files.push(
        new GzippedFile(where, name.replace(/\.gz$/i, ''), (await stat(where).catch(() => null))?.size ?? 0),
      );
    } else if (!/\.zip$/i.test(name) || ++nested > MAX_NESTED) contents.files.push(new FileOnDisk(where, name));
    else await tolerate(contents, async () => addZip(await openNamedZip(file, name), `${name}/`, contents));
  }
}

/**
 * Opens a file with the name of a ZIP.
 * @throws ExportError that names the actual type of the file
 */
async function openNamedZip(path: string, name: string): Promise<Zip> {
  try {
    return await openZip(path, quoted(name));
  } catch (error) {
    const why = error instanceof ExportError ? whyNoArchive(path, await firstBytes(path)) : null;
    throw why === null ? error : new ExportError(why, { cause: error });
  }
}

async function gatherZip(path: string, contents: Contents): Promise<void> {
  const label = quoted(basename(path));
  const outer = await openZip(path, label);
  const inner = outer.entries
    .filter((entry) => /\.zip$/i.test(entry.name) && !isSystemFile(entry.name))
    .slice(0, MAX_NESTED);
  addZip({ ...outer, entries: outer.entries.filter((entry) => !inner.includes(entry)) }, '', contents);
  const budget = unpackBudget();
  for (const entry of inner) {
    const name = `${quoted(entry.name)} in ${label}`;
    await tolerate(contents, async () =>
      addZip(await openNestedZip(path, entry, name, budget), `${entry.name}/`, contents),
    );
  }
}

function addZip(zip: Zip, prefix: string, contents: Contents): void {
  contents.closers.push(zip.close);
  contents.setAside.push(...zip.skipped.map(skipped));
  for (const entry of zip.entries) {
    if (isSystemFile(entry.name)) continue;
    contents.files.push({
      path: null,
      name: prefix + entry.name,
      bytes: entry.bytes,
      stream: (signal) => entry.stream(signal),
      read: (maxBytes) => readWhole(entry.stream(), entry.bytes, maxBytes, quoted(prefix + entry.name)),
    });
  }
}

/** A damaged ZIP next to other files is reported, and the other files are used. */
async function tolerate(contents: Contents, action: () => Promise<void>): Promise<void> {
  try {
    await action();
  } catch (error) {
    if (!(error instanceof ExportError)) throw error;
    contents.setAside.push(skipped(error.message));
  }
}

/** A file on disk. A media folder has tens of thousands, so each holds only two strings and is stat'ed on demand. */
class FileOnDisk implements ArchiveFile {
  readonly path: string;
  readonly name: string;
  keptBy?: PortFolder;

  /**
   * Creates the file.
   * @param path absolute
   */
  constructor(path: string, name: string) {
    this.path = path;
    this.name = name;
  }

  /** 0 if stat fails: reading the file then reports the reason. */
  get bytes(): number {
    try {
      return statSync(this.path).size;
    } catch {
      return 0;
    }
  }

  stream(signal?: AbortSignal): AsyncIterable<Uint8Array> {
    return createReadStream(this.path, { highWaterMark: CHUNK, ...(signal && { signal }) });
  }

  async read(maxBytes: number): Promise<Uint8Array> {
    return await readWhole(this.stream(), this.bytes, maxBytes, quoted(this.name));
  }
}

async function readWhole(
  chunks: AsyncIterable<Uint8Array>,
  declared: number,
  maxBytes: number,
  label: string,
): Promise<Uint8Array> {
  const tooLarge = () =>
    new ExportError(
      `${label} is larger than the ${Math.round(maxBytes / 1024 / 1024)} MB that port reads of such a file.`,
    );
  if (declared > maxBytes) throw tooLarge();
  // The system commits memory only when it is filled, so a false size costs nothing.
  const whole = Buffer.allocUnsafeSlow(declared);
  let bytes = 0;
  for await (const chunk of chunks) {
    if (bytes + chunk.length > declared)
      throw new ExportError(`${label} is larger than it says: it is damaged, or being written to.`);
    whole.set(chunk, bytes);
    bytes += chunk.length;
  }
  return whole.subarray(0, bytes);
}

async function firstBytes(path: string): Promise<Buffer> {
  const handle = await open(path, 'r').catch((error: NodeJS.ErrnoException) => {
    throw new ExportError(`${quoted(path)} cannot be opened (${error.code}).`);
  });
  try {
    const buffer = Buffer.alloc(HEAD);
    const { bytesRead } = await handle.read(buffer, 0, buffer.length, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

/** Whether it starts with the local header of a file, or with the end record of an empty archive. */
function isZip(start: Buffer): boolean {
  const signature = start.toString('latin1', 0, 4);
  return signature === 'PK\u0003\u0004' || signature === 'PK\u0005\u0006';
}

/** Metadata files that macOS and Windows add to archives. */
function isSystemFile(name: string): boolean {
  return /(?:^|\/)(?:__MACOSX\/|\._|\.DS_Store$|Thumbs\.db$|desktop\.ini$)/i.test(name);
}

function skipped(actual: string): Issue {
  return { code: 'entry-skipped', severity: 'warning', actual, limit: null };
}
