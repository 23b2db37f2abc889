/** The sample tables of one track of an MP4 or MOV. */
export interface Mp4Track {
  /** `vide`, `soun`, `text`, `tmcd` ... */
  readonly handler: string;
  /** One for each sample description; more than one if the coding changes in mid-stream. */
  readonly entries: readonly Mp4SampleEntry[];
  /** The number of samples; 0 in a fragmented file, which lists them elsewhere. */
  readonly samples: number;
  /** The byte offset of the first sample in the file; null if there is none. */
  readonly firstOffset: number | null;
  /** The byte offsets of key frames, in order. */
  readonly keyOffsets: readonly number[];
  /** The number of media ranges that the edit list joins; 1 without an edit list, or with a simple one. */
  readonly stretches: number;
}

export interface Mp4SampleEntry {
  /** `avc1`, `hvc1`, `mp4a` ... */
  readonly type: string;
  /** Width of a picture in pixels; 0 for other tracks. */
  readonly width: number;
  readonly height: number;
  /** Bytes of the length before each NAL unit of H.264 or HEVC; null for other codecs. */
  readonly lengthSize: number | null;
  /** MPEG-4 audio object type (ISO/IEC 14496-3, table 1.17); null if unknown. */
  readonly audioObjectType: number | null;
}

/** Boxes whose body consists of boxes. */
const parents = new Set(['moov', 'trak', 'edts', 'mdia', 'minf', 'stbl']);

/**
 * If there are more key frames, an evenly spaced selection is used: a change of the coding lasts longer than one of
 * them.
 */
const maxKeyFrames = 500;

/** Larger than the table of a ten-hour film. */
const maxEntries = 10_000_000;

/**
 * Parses the tracks. Damaged or truncated boxes are read as far as possible.
 * @param moov the whole box
 */
export function tracksOf(moov: Buffer): readonly Mp4Track[] {
  const all = [...boxesIn(moov, 8, moov.length)];
  const [header] = all.filter(({ type }) => type === 'mvhd');
  const unit = header ? timescaleIn(moov.subarray(header.body, header.end)) : 0;
  return all.filter(({ type }) => type === 'trak').map(({ body, end }) => trackOf(moov.subarray(body, end), unit));
}

interface Box {
  readonly type: string;
  readonly body: number;
  readonly end: number;
}

function* boxesIn(bytes: Buffer, from: number, to: number): Iterable<Box> {
  let at = from;
  while (at + 8 <= to) {
    const size = bytes.readUInt32BE(at);
    const end = size === 0 ? to : at + size;
    if ((size !== 0 && size < 8) || end > to) return;
    yield { type: bytes.toString('latin1', at + 4, at + 8), body: at + 8, end };
    at = end;
  }
}

/**
 * Parses one track.
 * @param unit time units per second of the movie
 */
function trackOf(trak: Buffer, unit: number): Mp4Track {
  const found = new Map<string, Buffer>();
  const open: [number, number][] = [[0, trak.length]];
  for (let range = open.pop(); range; range = open.pop()) {
    for (const { type, body, end } of boxesIn(trak, ...range)) {
      if (parents.has(type)) open.push([body, end]);
      else if (!found.has(type) || type !== 'hdlr') found.set(type, trak.subarray(body, end));
    }
  }
  const get = (type: string) => found.get(type) ?? Buffer.alloc(0);
  const handler = get('hdlr').toString('latin1', 8, 12);
  const sizes = found.has('stsz') ? get('stsz') : get('stz2');
  const samples = number(sizes, 8);
  const entries = entriesOf(get('stsd'), handler);
  const large = found.has('co64');
  const first = large ? Number(bigNumber(get('co64'), 8)) : number(get('stco'), 8);
  const firstOffset = samples > 0 && first > 0 && Number.isSafeInteger(first) ? first : null;
  const keyOffsets = handler === 'vide' ? keyOffsetsOf(get, samples) : [];
  const stretches = stretchesOf(get('elst'), unit, timescaleIn(get('mdhd')));
  return { handler, entries, samples, firstOffset, keyOffsets, stretches };
}

/** The time units per second in `mvhd` and `mdhd`. */
function timescaleIn(header: Buffer): number {
  return number(header, header[0] === 1 ? 20 : 12);
}

/** More than any editor writes. */
const maxEdits = 1000;

/** Counts consecutive edits in the media as one; empty edits only delay (ISO/IEC 14496-12, 8.6.6). */
function stretchesOf(list: Buffer, movieUnit: number, mediaUnit: number): number {
  if (movieUnit === 0 || mediaUnit === 0) return 1;
  const long = list[0] === 1;
  const size = long ? 20 : 12;
  const tolerance = 1.5 / movieUnit + 1.5 / mediaUnit;
  let stretches = 0;
  let due = Number.NaN;
  for (let index = 0; index < Math.min(number(list, 4), maxEdits); index++) {
    const at = 8 + index * size;
    const length = (long ? Number(bigNumber(list, at)) : number(list, at)) / movieUnit;
    const start = long ? Number(BigInt.asIntN(64, bigNumber(list, at + 8))) : number(list, at + 4) | 0;
    if (start < 0 || at + size > list.length) continue;
    const from = start / mediaUnit;
    if (!(Math.abs(from - due) <= tolerance)) stretches++;
    due = from + length;
  }
  return Math.max(1, stretches);
}

function entriesOf(stsd: Buffer, handler: string): Mp4SampleEntry[] {
  return [...boxesIn(stsd, 8, stsd.length)].map(({ type, body, end }) => {
    const entry = stsd.subarray(body, end);
    const picture = handler === 'vide';
    const width = picture && entry.length >= 28 ? entry.readUInt16BE(24) : 0;
    const height = picture && entry.length >= 28 ? entry.readUInt16BE(26) : 0;
    const lengthSize = picture ? lengthSizeOf(entry) : null;
    return { type, width, height, lengthSize, audioObjectType: handler === 'soun' ? objectTypeOf(entry) : null };
  });
}

/** ISO/IEC 14496-15, 5.3.3 and 8.3.3: the two lowest bits plus one. */
function lengthSizeOf(entry: Buffer): number | null {
  for (const { type, body, end } of boxesIn(entry, 78, entry.length)) {
    const at = type === 'avcC' ? body + 4 : type === 'hvcC' ? body + 21 : end;
    if (at < end) return ((entry[at] ?? 0) & 3) + 1;
  }
  return null;
}

/**
 * From the decoder configuration in `esds`, which in MOV may be inside `wave`: descriptors of a tag, a length in 7-bit
 * groups, and content (ISO/IEC 14496-1, 7.2.6).
 */
function objectTypeOf(entry: Buffer): number | null {
  const at = entry.indexOf('esds', 0, 'latin1');
  if (at < 0) return null;
  // For MPEG-4 audio, DecoderSpecificInfo follows 13 bytes of the DecoderConfigDescriptor.
  const config = /\x04[\x80-\xff]{0,3}[\x0f-\x7f]\x40[\s\S]{12}\x05[\x80-\xff]{0,3}[\x02-\x7f]([\s\S]{2})/.exec(
    entry.toString('latin1', at + 8),
  )?.[1];
  if (config === undefined) return null;
  const [first, second] = [config.charCodeAt(0), config.charCodeAt(1)];
  const type = first >> 3;
  return type === 31 ? 32 + (((first & 7) << 3) | (second >> 5)) : type;
}

function keyOffsetsOf(get: (type: string) => Buffer, samples: number): number[] {
  const [stss, stsc, stsz] = [get('stss'), get('stsc'), get('stsz')];
  const large = get('co64').length > 0;
  const chunks = large ? get('co64') : get('stco');
  // Without a table every sample is a key frame: intra-frame codecs.
  const count = Math.min(number(stss, 4), samples, maxEntries);
  if (count === 0) return [];
  const step = Math.max(1, Math.ceil(count / maxKeyFrames));
  const wanted = new Set<number>();
  for (let index = 0; index < count; index += step) wanted.add(number(stss, 8 + index * 4));
  wanted.add(number(stss, 8 + (count - 1) * 4));

  const offsets: number[] = [];
  const fixed = number(stsz, 4);
  const runs = number(stsc, 4);
  const chunkCount = Math.min(number(chunks, 4), maxEntries);
  let sample = 1;
  let run = 0;
  for (let chunk = 1; chunk <= chunkCount && sample <= samples; chunk++) {
    while (run + 1 < runs && number(stsc, 8 + (run + 1) * 12) <= chunk) run++;
    const inChunk = number(stsc, 12 + run * 12);
    if (inChunk === 0) break;
    let at = large ? Number(bigNumber(chunks, 8 + (chunk - 1) * 8)) : number(chunks, 8 + (chunk - 1) * 4);
    for (let each = 0; each < inChunk && sample <= samples; each++, sample++) {
      if (wanted.has(sample) && Number.isSafeInteger(at)) offsets.push(at);
      at += fixed === 0 ? number(stsz, 12 + (sample - 1) * 4) : fixed;
    }
  }
  return offsets;
}

/** 0 past the end. */
function number(bytes: Buffer, at: number): number {
  return at + 4 <= bytes.length ? bytes.readUInt32BE(at) : 0;
}

function bigNumber(bytes: Buffer, at: number): bigint {
  return at + 8 <= bytes.length ? bytes.readBigUInt64BE(at) : 0n;
}

/**
 * The sequence parameter sets (size, aspect ratio, colours of the following frames) at the start of an H.264 or HEVC
 * sample, as one string; `''` if there are none.
 * @param entry the sample description of its track
 */
export function parameterSets(sample: Buffer, { type, lengthSize }: Mp4SampleEntry): string {
  if (lengthSize === null) return '';
  const hevc = /^(?:h[ev]|dvh)/.test(type);
  const sets: string[] = [];
  let at = 0;
  while (at + lengthSize < sample.length) {
    const length = sample.readUIntBE(at, lengthSize);
    const start = at + lengthSize;
    const first = sample[start] ?? 0;
    const isSet = hevc ? ((first >> 1) & 0x3f) === 33 : (first & 0x1f) === 7;
    if (isSet) sets.push(sample.toString('latin1', start, Math.min(start + length, sample.length)));
    at = start + length;
  }
  return sets.join('\n');
}
