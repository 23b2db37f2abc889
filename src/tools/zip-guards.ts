import { ExportError } from '../errors.ts';

/** Limits far above any real export and far below anything harmful. */
export const limits = {
  entries: 200_000,
  /**
   * The ratio of unpacked to packed size. Exports of 100,000 generated posts reach 60; bombs 1000. Small files may have
   * any ratio.
   */
  ratio: 200,
  ratioFrom: 16 * 1024 * 1024,
  nameLength: 1024,
};

/** An entry in the ZIP's central directory. Offsets and sizes in bytes. */
export interface EntryFacts {
  readonly name: string;
  readonly start: number;
  readonly compressed: number;
  readonly bytes: number;
  /** Unix mode; 0 if the archive was made on another system. */
  readonly mode: number;
  readonly encrypted: boolean;
  readonly method: number;
}

const FILE_TYPE = 0o170000;
const REGULAR = 0o100000;
const FOLDER = 0o040000;
const LINK = 0o120000;

const DEVICE = /^(?:con|prn|aux|nul|com\d|lpt\d|conin\$|conout\$)(?:\.|$)/i;
/** Control characters and direction marks, which can make a name look like another. */
const UNSEEN = /[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/;

/** Why an entry is skipped; null for a valid one, `folder` for one that is not a file. */
export function whyLeftOut({ name, mode }: EntryFacts): string | null {
  const type = mode & FILE_TYPE;
  if (name === '') return 'it has no name';
  if (name.length > limits.nameLength) return 'its name is too long';
  if (UNSEEN.test(name)) return 'its name holds control characters';
  if (/^\/|^[a-z]:/i.test(name)) return 'its name is an absolute path';
  const parts = name.split('/');
  if (parts.includes('..')) return 'its name leads out of the archive';
  if (parts.some((part) => DEVICE.test(part.trim()))) return 'its name is that of a device';
  if (type === FOLDER || name.endsWith('/')) return 'folder';
  if (type === LINK) return 'it is a symbolic link';
  if (type !== 0 && type !== REGULAR) return 'it is no regular file';
  return null;
}

/** Why an entry's content must not be read; null if it may. `archiveBytes`: the size of the whole archive. */
export function whyUnreadable(
  { start, compressed, bytes, encrypted, method }: EntryFacts,
  archiveBytes: number,
): string | null {
  if (encrypted) return 'is protected by a password: unzip the archive with it, and give port the folder';
  if (method !== 0 && method !== 8)
    return `is packed in a way that port cannot read (method ${method}): unzip the archive, and give port the folder`;
  if (start + 30 + compressed > archiveBytes)
    return 'lies beyond the end of the archive: it is cut off. Download or copy it again';
  if (method === 0 && compressed !== bytes)
    return 'has two different sizes in the list of contents: the archive is damaged or made to deceive';
  if (bytes > limits.ratioFrom && bytes > compressed * limits.ratio) {
    return `would unpack to ${Math.round(bytes / Math.max(1, compressed))} times its size: port takes it for a compression bomb`;
  }
  return null;
}

/**
 * Refuses overlapping entries: they unpack to far more than the archive contains, and no honest program writes them.
 * @throws ExportError if any two entries overlap
 */
export function refuseOverlaps(entries: readonly EntryFacts[], archiveBytes: number, label: string): void {
  const sorted = entries
    .filter((entry) => entry.start + 30 + entry.compressed <= archiveBytes)
    .sort((one, other) => one.start - other.start);
  let end = 0;
  for (const entry of sorted) {
    // A local header has at least 30 bytes; the length of its name is only known from the header itself, so it is
    // ignored.
    if (entry.start < end)
      throw new ExportError(`${label} is refused: its entries overlap, which is the mark of a compression bomb.`);
    end = entry.start + 30 + entry.compressed;
  }
}
