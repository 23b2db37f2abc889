import { type FileHandle, open } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { crc32 } from 'node:zlib';
import {
  type Entry,
  fromRandomAccessReaderPromise,
  getFileNameLowLevel,
  RandomAccessReader,
  type ZipFile,
} from 'yauzl';
import { ExportError, quoted } from '../errors.ts';
import { type EntryFacts, limits, refuseOverlaps, whyLeftOut, whyUnreadable } from './zip-guards.ts';
import type { ByteRange } from './zip-prefix.ts';
import { withoutPrefix } from './zip-prefix.ts';

/** A file in a ZIP. Its name is a label with `/` between the parts, never a path. */
export interface ZipEntry {
  readonly name: string;
  /** The declared uncompressed size, which is verified while reading. */
  readonly bytes: number;
  /** The compressed size. */
  readonly compressed: number;
  /** The range of a stored entry in the file on disk; null if it is compressed. */
  storedAt(): Promise<ByteRange | null>;
  /**
   * The content.
   * @throws ExportError if the archive is damaged at this entry, its metadata is false, or it is encrypted
   */
  stream(signal?: AbortSignal): AsyncIterable<Uint8Array>;
}

export interface Zip {
  readonly entries: readonly ZipEntry[];
  /** Skipped entries, and why. */
  readonly skipped: readonly string[];
  close(): Promise<void>;
}

/**
 * Lists a ZIP in time proportional to the number of entries, without reading content.
 * @param label its name in messages
 * @param range its position in the file, for a ZIP that is stored inside another
 * @throws ExportError if it is not a ZIP, truncated, or hostile
 */
export async function openZip(path: string, label: string, range?: ByteRange): Promise<Zip> {
  const handle = await open(path, 'r');
  try {
    const { start, end } = await withoutPrefix(handle, range ?? { start: 0, end: (await handle.stat()).size });
    return { ...(await list(new RangeReader(handle, start, end), label)), close: () => handle.close() };
  } catch (error) {
    await handle.close();
    throw error;
  }
}

async function list(reader: RangeReader, label: string): Promise<Omit<Zip, 'close'>> {
  const zip = await openList(reader, label);
  const seen: EntryFacts[] = [];
  const entries: ZipEntry[] = [];
  const skipped: string[] = [];
  try {
    for await (const entry of zip.eachEntry()) {
      const facts = factsOf(entry);
      seen.push(facts);
      const why = whyLeftOut(facts);
      if (why === null) entries.push(zipEntry(zip, entry, facts, reader, label));
      else if (why !== 'folder') skipped.push(`${quoted(facts.name)}: ${why}`);
    }
  } catch (error) {
    // Entries listed before the damage are still valid and may contain the posts.
    if (entries.length === 0) throw damaged(label, error);
    skipped.push(`everything after entry ${seen.length}: the list of contents is damaged (${reasonOf(error)})`);
  }
  reader.listed();
  refuseOverlaps(seen, reader.bytes, label);
  return { entries, skipped };
}

async function openList(reader: RangeReader, label: string): Promise<ZipFile> {
  // Names and sizes are checked entry by entry, because yauzl would refuse the whole archive for one invalid entry.
  const options = { autoClose: false, decodeStrings: false, validateEntrySizes: false };
  const zip = await fromRandomAccessReaderPromise(reader, reader.bytes, options).catch((error: unknown) => {
    throw damaged(label, error);
  });
  if (zip.entryCount <= limits.entries) return zip;
  throw new ExportError(
    `${label} is refused: it lists ${zip.entryCount} files, port reads at most ${limits.entries}. Unzip it, and give port the folder of the export alone.`,
  );
}

function factsOf(entry: Entry): EntryFacts {
  return {
    name: getFileNameLowLevel(entry.generalPurposeBitFlag, entry.fileNameRaw, entry.extraFields, false),
    start: entry.relativeOffsetOfLocalHeader,
    compressed: entry.compressedSize,
    bytes: entry.uncompressedSize,
    mode: entry.externalFileAttributes >>> 16,
    encrypted: entry.isEncrypted(),
    method: entry.compressionMethod,
  };
}

function zipEntry(zip: ZipFile, entry: Entry, facts: EntryFacts, reader: RangeReader, label: string): ZipEntry {
  const where = `${quoted(facts.name)} in ${label}`;
  const refuse = whyUnreadable(facts, reader.bytes);
  return {
    name: facts.name,
    bytes: facts.bytes,
    compressed: facts.compressed,
    async storedAt() {
      if (facts.method !== 0 || refuse !== null) return null;
      const header = await zip.readLocalFileHeaderPromise(entry, { minimal: true }).catch((error: unknown) => {
        throw damaged(where, error);
      });
      const start = reader.start + header.fileDataStart;
      return { start, end: start + facts.compressed };
    },
    async *stream(signal) {
      if (refuse !== null) throw new ExportError(`${where} ${refuse}.`);
      let bytes = 0;
      let sum = 0;
      try {
        const content: AsyncIterable<Uint8Array> = await zip.openReadStreamPromise(entry);
        for await (const chunk of content) {
          signal?.throwIfAborted();
          bytes += chunk.length;
          if (bytes > facts.bytes) break;
          sum = crc32(chunk, sum);
          yield chunk;
        }
      } catch (error) {
        if (signal?.aborted === true) throw error;
        throw damaged(where, error);
      }
      if (bytes !== facts.bytes) {
        const much = bytes > facts.bytes ? 'more' : 'less';
        throw new ExportError(
          `${where} holds ${much} than the ${facts.bytes} bytes it declares: it is damaged, or made to deceive. ${AGAIN}`,
        );
      }
      if (sum !== entry.crc32) throw new ExportError(`${where} is damaged: its checksum is wrong. ${AGAIN}`);
    },
  };
}

/** One read covers a thousand or more entries of the central directory. */
const WINDOW = 256 * 1024;
const CHUNK = 64 * 1024;

/** Lets yauzl read a range of a file: all of it, or a ZIP that is stored inside another. */
class RangeReader extends RandomAccessReader {
  readonly #handle: FileHandle;
  readonly start: number;
  readonly bytes: number;
  #window: { readonly at: number; readonly data: Buffer } | null = null;
  #listing = true;

  constructor(handle: FileHandle, start: number, end: number) {
    super();
    this.#handle = handle;
    this.start = start;
    this.bytes = end - start;
  }

  /** Disables read-ahead: later reads are far apart. */
  listed(): void {
    this.#listing = false;
    this.#window = null;
  }

  override _readStreamForRange(start: number, end: number): Readable {
    return Readable.from(this.#chunks(start, end), { objectMode: false });
  }

  async *#chunks(start: number, end: number): AsyncGenerator<Buffer> {
    for (let at = start; at < end; ) {
      const chunk = Buffer.allocUnsafe(Math.min(CHUNK, end - at));
      await this.#readFully(chunk, 0, chunk.length, at);
      yield chunk;
      at += chunk.length;
    }
  }

  override read(
    buffer: Buffer,
    offset: number,
    length: number,
    position: number,
    callback: (error: Error | null) => void,
  ): void {
    this.#fill(buffer, offset, length, position).then(() => callback(null), callback);
  }

  async #fill(buffer: Buffer, offset: number, length: number, position: number): Promise<void> {
    if (!(position >= 0 && position + length <= this.bytes)) throw new Error('it points beyond its own end');
    const window = this.#window;
    if (window !== null && position >= window.at && position + length <= window.at + window.data.length) {
      window.data.copy(buffer, offset, position - window.at, position - window.at + length);
      return;
    }
    if (!this.#listing) {
      await this.#readFully(buffer, offset, length, position);
      return;
    }
    const data = Buffer.alloc(Math.min(Math.max(length, WINDOW), this.bytes - position));
    await this.#readFully(data, 0, data.length, position);
    this.#window = { at: position, data };
    data.copy(buffer, offset, 0, length);
  }

  async #readFully(buffer: Buffer, offset: number, length: number, position: number): Promise<void> {
    for (let done = 0; done < length; ) {
      const { bytesRead } = await this.#handle.read(buffer, offset + done, length - done, this.start + position + done);
      if (bytesRead === 0) throw new Error('the file ends too early');
      done += bytesRead;
    }
  }
}

const AGAIN = 'Download or copy the archive again.';

function damaged(what: string, error: unknown): ExportError {
  return new ExportError(`${what} cannot be read: it is damaged, cut off, or no ZIP (${reasonOf(error)}). ${AGAIN}`, {
    cause: error,
  });
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message.slice(0, 200) : String(error);
}
