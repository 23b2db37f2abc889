import { crc32, deflateRawSync } from 'node:zlib';

/** An entry of a ZIP that is built by hand, so that any field of it can lie. */
export interface BuiltEntry {
  readonly name: string | Uint8Array;
  readonly content?: string | Uint8Array;
  readonly deflate?: boolean;
  readonly mode?: number;
  readonly flags?: number;
  readonly method?: number;
  /** Lies of the list of contents. */
  readonly bytes?: number;
  readonly compressed?: number;
  readonly crc?: number;
  readonly offset?: number;
  /** What is stored instead of the packed content. */
  readonly raw?: Uint8Array;
  readonly extra?: Uint8Array;
  /** Of the header before the content. */
  readonly signature?: number;
}

/** A ZIP with these entries, in this order. @param changes `listed`: the order in which its list of contents has them */
export function buildZip(
  entries: readonly BuiltEntry[],
  changes: { readonly count?: number; readonly comment?: string; readonly listed?: readonly number[] } = {},
): Buffer {
  const locals: Buffer[] = [];
  const centrals: Buffer[] = [];
  let at = 0;
  for (const entry of entries) {
    const name = Buffer.from(entry.name as string);
    const content = Buffer.from((entry.content ?? '') as string);
    const packed = Buffer.from(entry.raw ?? (entry.deflate === true ? deflateRawSync(content) : content));
    const method = entry.method ?? (entry.deflate === true ? 8 : 0);
    const extra = Buffer.from(entry.extra ?? []);

    const local = Buffer.alloc(30);
    local.writeUInt32LE(entry.signature ?? 0x04034b50, 0);
    local.writeUInt16LE(20, 4);
    local.writeUInt16LE(entry.flags ?? 0x800, 6);
    local.writeUInt16LE(method, 8);
    local.writeUInt32LE(crc32(content), 14);
    local.writeUInt32LE(packed.length, 18);
    local.writeUInt32LE(content.length, 22);
    local.writeUInt16LE(name.length, 26);
    locals.push(local, name, packed);

    const central = Buffer.alloc(46);
    central.writeUInt32LE(0x02014b50, 0);
    central.writeUInt16LE((3 << 8) | 20, 4);
    central.writeUInt16LE(20, 6);
    central.writeUInt16LE(entry.flags ?? 0x800, 8);
    central.writeUInt16LE(method, 10);
    central.writeUInt32LE(entry.crc ?? crc32(content), 16);
    central.writeUInt32LE(entry.compressed ?? packed.length, 20);
    central.writeUInt32LE(entry.bytes ?? content.length, 24);
    central.writeUInt16LE(name.length, 28);
    central.writeUInt16LE(extra.length, 30);
    central.writeUInt32LE(((entry.mode ?? 0o100644) << 16) >>> 0, 38);
    central.writeUInt32LE(entry.offset ?? at, 42);
    centrals.push(Buffer.concat([central, name, extra]));
    at += 30 + name.length + packed.length;
  }
  const order = changes.listed ?? centrals.keys();
  const list = Buffer.concat([...order].map((index) => centrals[index] ?? Buffer.alloc(0)));
  const comment = Buffer.from(changes.comment ?? '');
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(changes.count ?? entries.length, 8);
  end.writeUInt16LE(changes.count ?? entries.length, 10);
  end.writeUInt32LE(list.length, 12);
  end.writeUInt32LE(at, 16);
  end.writeUInt16LE(comment.length, 20);
  return Buffer.concat([...locals, list, end, comment]);
}

/** Only the end of a ZIP64 that claims `count` entries at `offset`. */
export function buildZip64End(count: bigint, offset: bigint): Buffer {
  const end = Buffer.alloc(56 + 20 + 22);
  end.writeUInt32LE(0x06064b50, 0);
  end.writeBigUInt64LE(44n, 4);
  end.writeBigUInt64LE(count, 24);
  end.writeBigUInt64LE(count, 32);
  end.writeBigUInt64LE(offset, 48);
  end.writeUInt32LE(0x07064b50, 56);
  end.writeUInt32LE(1, 72);
  end.writeUInt32LE(0x06054b50, 76);
  end.fill(0xff, 84, 96);
  return end;
}
