import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import { ExportError, quoted } from '../errors.ts';
import type { ArchiveFile } from './archive.ts';

const CHUNK = 1024 * 1024;
/** Text compresses to a tenth or less; zip bombs to a thousandth. */
const MAX_RATIO = 200;
const RATIO_FROM = 16 * 1024 * 1024;

/** Whether these are the first bytes of a gzip file (RFC 1952). */
export function isGzip(start: Uint8Array): boolean {
  return start[0] === 0x1f && start[1] === 0x8b && start[2] === 8;
}

/** The file inside `user_data.json.gz`, decompressed while it is read. */
export class GzippedFile implements ArchiveFile {
  readonly path = null;
  readonly name: string;
  /** The compressed size; the actual one is only known after reading. */
  readonly bytes: number;
  readonly #path: string;

  /**
   * Creates the file.
   * @param name without `.gz`
   */
  constructor(path: string, name: string, packedBytes: number) {
    this.#path = path;
    this.name = name;
    this.bytes = packedBytes;
  }

  async *stream(signal?: AbortSignal): AsyncIterable<Uint8Array> {
    let bytes = 0;
    try {
      const unpacked = createReadStream(this.#path, { highWaterMark: CHUNK, ...(signal && { signal }) });
      const gunzip = createGunzip();
      unpacked.on('error', (error) => gunzip.destroy(error));
      for await (const chunk of unpacked.pipe(gunzip) as AsyncIterable<Uint8Array>) {
        bytes += chunk.length;
        if (bytes > RATIO_FROM && bytes > this.bytes * MAX_RATIO) {
          throw new ExportError(
            `${quoted(this.name)} would unpack to more than ${MAX_RATIO} times its size: port takes it for a compression bomb.`,
          );
        }
        yield chunk;
      }
    } catch (error) {
      if (signal?.aborted === true || error instanceof ExportError) throw error;
      const reason = error instanceof Error ? error.message : String(error);
      throw new ExportError(
        `${quoted(`${this.name}.gz`)} cannot be unpacked: it is damaged or cut off (${reason}). Download or copy it again.`,
        { cause: error },
      );
    }
  }

  async read(maxBytes: number): Promise<Uint8Array> {
    const chunks: Uint8Array[] = [];
    let bytes = 0;
    for await (const chunk of this.stream()) {
      bytes += chunk.length;
      if (bytes > maxBytes) {
        throw new ExportError(
          `${quoted(this.name)} is larger than the ${Math.round(maxBytes / 1024 / 1024)} MB that port reads of such a file.`,
        );
      }
      chunks.push(chunk);
    }
    return Buffer.concat(chunks);
  }

  /**
   * The first decompressed bytes.
   * @throws ExportError if the file is damaged
   */
  async start(length: number): Promise<Buffer> {
    const chunks: Uint8Array[] = [];
    let bytes = 0;
    for await (const chunk of this.stream()) {
      chunks.push(chunk);
      bytes += chunk.length;
      if (bytes >= length) break;
    }
    return Buffer.concat(chunks).subarray(0, length);
  }
}
