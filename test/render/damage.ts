/** Files as apps and broken recordings leave them, made of whole ones: what no encoder here writes by itself. */

interface Box {
  readonly type: string;
  readonly whole: Buffer;
}

export function boxesOf(bytes: Buffer): Box[] {
  const found: Box[] = [];
  for (let at = 0; at + 8 <= bytes.length; at += Math.max(8, bytes.readUInt32BE(at))) {
    const whole = bytes.subarray(at, at + Math.max(8, bytes.readUInt32BE(at)));
    found.push({ type: bytes.toString('latin1', at + 4, at + 8), whole });
  }
  return found;
}

export function boxed(type: string, ...body: readonly Buffer[]): Buffer {
  const header = Buffer.alloc(8);
  header.writeUInt32BE(8 + body.reduce((sum, { length }) => sum + length, 0));
  header.write(type, 4, 'latin1');
  return Buffer.concat([header, ...body]);
}

const numbers = (...values: readonly number[]) => {
  const bytes = Buffer.alloc(values.length * 4);
  for (const [index, value] of values.entries()) bytes.writeInt32BE(value, index * 4);
  return bytes;
};

/** A JPEG of one grey pixel row block, 16x16: what ffprobe takes for a picture. */
const jpeg = Buffer.from(
  '/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDABALDA4MChAODQ4SERATGCgaGBYWGDEjJR0oOjM9PDkzODdASFxOQERXRTc4UG1RV19iZ2hnPk1xeXBkeFxlZ2P/wAALCAAQABABAREA/8QAHwAAAQUBAQEBAQEAAAAAAAAAAAECAwQFBgcICQoL/8QAtRAAAgEDAwIEAwUFBAQAAAF9AQIDAAQRBRIhMUEGE1FhByJxFDKBkaEII0KxwRVS0fAkM2JyggkKFhcYGRolJicoKSo0NTY3ODk6Q0RFRkdISUpTVFVWV1hZWmNkZWZnaGlqc3R1dnd4eXqDhIWGh4iJipKTlJWWl5iZmqKjpKWmp6ipqrKztLW2t7i5usLDxMXGx8jJytLT1NXW19jZ2uHi4+Tl5ufo6erx8vP09fb3+Pn6/9oACAEBAAA/AOgr/9k=',
  'base64',
);

/** Cover art right behind `mvhd`, as taggers write it, so that the still is stream 0. Of an MP4 whose `moov` is last. */
export function coverBeforePicture(file: Buffer): Buffer {
  const art = boxed('covr', boxed('data', numbers(13, 0), jpeg));
  const handler = boxed('hdlr', Buffer.alloc(8), Buffer.from('mdirappl'), Buffer.alloc(9));
  const words = boxed('udta', boxed('meta', Buffer.alloc(4), handler, boxed('ilst', art)));
  const parts = boxesOf(file).map(({ type, whole }) => {
    if (type !== 'moov') return whole;
    const [head, ...others] = boxesOf(whole.subarray(8)).filter((each) => each.type !== 'udta');
    return boxed('moov', head?.whole ?? Buffer.alloc(0), words, ...others.map((each) => each.whole));
  });
  return Buffer.concat(parts);
}

/** The length in the header of an FLV, or of a Matroska file as ffmpeg writes it. */
export function saysHalfASecond(file: Buffer, format: 'flv' | 'mkv'): Buffer {
  const changed = Buffer.from(file);
  if (format === 'flv') changed.writeDoubleBE(0.5, changed.indexOf('duration') + 9);
  else changed.writeDoubleBE(500, changed.indexOf(Buffer.from([0x44, 0x89, 0x88])) + 3);
  return changed;
}

/** Two stretches of an MP4 whose `moov` is last, seconds, as phones cut the middle out. */
export function editedInTwo(file: Buffer, ...stretches: readonly (readonly [number, number])[]): Buffer {
  const whole = Math.round(stretches.reduce((sum, [from, to]) => sum + to - from, 0) * 1000);
  const track = (trak: Buffer): Buffer => {
    const scale = trak.readUInt32BE(trak.indexOf('mdhd') + 16);
    const shifted = trak.indexOf('ctts');
    const sound = trak.includes('soun');
    const start = sound ? 1024 : shifted < 0 ? 0 : trak.readUInt32BE(shifted + 16);
    const edits = stretches.map(([from, to]) =>
      numbers(Math.round((to - from) * 1000), start + Math.round(from * scale), 0x10000),
    );
    const list = boxed('edts', boxed('elst', numbers(0, stretches.length), ...edits));
    const [head, ...others] = boxesOf(trak.subarray(8)).filter(({ type }) => type !== 'edts');
    const header = Buffer.from(head?.whole ?? []);
    header.writeUInt32BE(whole, 28);
    return boxed('trak', header, list, ...others.map((each) => each.whole));
  };
  const parts = boxesOf(file).map(({ type, whole: box }) => {
    if (type !== 'moov') return box;
    const inside = boxesOf(box.subarray(8)).map((each) => {
      if (each.type === 'trak') return track(each.whole);
      if (each.type !== 'mvhd') return each.whole;
      const header = Buffer.from(each.whole);
      header.writeUInt32BE(whole, 24);
      return header;
    });
    return boxed('moov', ...inside);
  });
  return Buffer.concat(parts);
}

/** A transport stream that was joined late: its two tables, and what comes after this share of its packets. */
export function fromPacket(file: Buffer, share: number): Buffer {
  const size = 188;
  const packets = Math.floor(file.length / size);
  return Buffer.concat([file.subarray(0, 3 * size), file.subarray(Math.floor(packets * share) * size)]);
}

/** All times in the tables and headers of an MP4 without sound are 0, as of an app that forgot them. */
export function withoutSampleTimes(file: Buffer): Buffer {
  const changed = Buffer.from(file);
  const table = changed.indexOf('stts');
  const entries = changed.readUInt32BE(table + 8);
  for (let index = 0; index < entries; index++) changed.writeUInt32BE(0, table + 16 + 8 * index);
  for (const [type, at] of [
    ['mvhd', 20],
    ['mdhd', 20],
    ['tkhd', 24],
  ] as const) {
    changed.writeUInt32BE(0, changed.indexOf(type) + at);
  }
  const edits = changed.indexOf('edts');
  if (edits > 0) changed.write('free', edits, 'latin1');
  return changed;
}
