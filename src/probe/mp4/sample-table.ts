import { type Boxes, NotPlain, only, rowsIn, u32, u64 } from './strict-boxes.ts';

/** A key frame of a track. */
export interface KeyFrame {
  /** When it is displayed, in units of the track, before its edit list. */
  readonly shownAt: number;
  /** Where its bytes are in the file. */
  readonly offset: number;
  readonly bytes: number;
}

/** What the sample tables of a track say (ISO/IEC 14496-12, 8.6 and 8.7). Times in units of the track. */
export interface SampleTable {
  readonly samples: number;
  readonly totalBytes: number;
  readonly duration: number;
  /** The duration of every sample, apart from the last one; null if they differ. */
  readonly step: number | null;
  /** Whether samples are displayed in another order than they are stored in, or may be. */
  readonly hasShifts: boolean;
  /** When the first sample is displayed. */
  readonly firstShown: number;
  readonly firstOffset: number;
  readonly firstBytes: number;
  /** Where its samples are in the file, in their order: ranges of bytes without gaps. */
  readonly ranges: readonly (readonly [from: number, to: number])[];
  /** All of them; of a track without a table of key frames none are listed, and `everyIsKey` is true. */
  readonly keyFrames: readonly KeyFrame[];
  readonly everyIsKey: boolean;
}

/** Nine hours at 60 frames a second. What a forged table may cost is bounded by these numbers. */
const maxSamples = 2_000_000;
const maxKeyFrames = 100_000;
const maxRanges = 200_000;

/**
 * Reads the tables of a track and checks that they fit together.
 * @param stbl the boxes of its sample table box
 * @throws NotPlain if they do not
 */
export function readSampleTable(stbl: Boxes): SampleTable {
  const sizes = sizesOf(only(stbl, 'stsz'));
  const { samples } = sizes;
  if (samples === 0 || samples > maxSamples) throw new NotPlain('no samples, or too many');
  const { duration, step, stepOf } = timesOf(only(stbl, 'stts'), samples);
  const shiftOf = shiftsOf(stbl.get('ctts')?.[0], samples);
  const sync = stbl.get('stss')?.[0];
  const isKey = sync === undefined ? [] : keysOf(sync, samples);
  const offsets = offsetsOf(stbl, samples);

  let totalBytes = 0;
  const ranges: [number, number][] = [];
  let [firstOffset, firstBytes] = [0, 0];
  const keyFrames: KeyFrame[] = [];
  let [decodedAt, firstShown, nextKey] = [0, 0, 0];
  for (const { sample, at } of offsets(sizes.of)) {
    const bytes = sizes.of(sample);
    const shownAt = decodedAt + shiftOf(sample);
    decodedAt += stepOf(sample);
    if (sample === 0) [firstOffset, firstBytes, firstShown] = [at, bytes, shownAt];
    if (isKey[nextKey] === sample) {
      keyFrames.push({ shownAt, offset: at, bytes });
      nextKey++;
    }
    totalBytes += bytes;
    const last = ranges.at(-1);
    if (last?.[1] === at) last[1] = at + bytes;
    else if (ranges.push([at, at + bytes]) > maxRanges) throw new NotPlain('too many chunks');
  }
  if (nextKey !== isKey.length) throw new NotPlain('key frames that are no samples');
  const common = { samples, totalBytes, duration, step, firstShown, firstOffset, firstBytes, ranges };
  return { ...common, keyFrames, everyIsKey: sync === undefined, hasShifts: stbl.has('ctts') };
}

function sizesOf(stsz: Buffer): { readonly samples: number; readonly of: (sample: number) => number } {
  const fixed = u32(stsz, 4);
  const samples = u32(stsz, 8);
  if (fixed > 0) return { samples, of: () => fixed };
  if (12 + samples * 4 !== stsz.length) throw new NotPlain('sizes with another length than they say');
  return { samples, of: (sample) => stsz.readUInt32BE(12 + sample * 4) };
}

/** The value of each sample in a table of runs, `[count, value]` each, when samples are asked for in their order. */
function valuesIn(rows: Buffer): (sample: number) => number {
  let run = 0;
  let end = rows.readUInt32BE(0);
  return (sample) => {
    while (sample >= end) end += rows.readUInt32BE(++run * 8);
    return rows.readUInt32BE(run * 8 + 4);
  };
}

function timesOf(stts: Buffer, samples: number) {
  const { count, rows } = rowsIn(stts, 8);
  let covered = 0;
  let duration = 0;
  for (let row = 0; row < count; row++) {
    const [many, each] = [rows.readUInt32BE(row * 8), rows.readUInt32BE(row * 8 + 4)];
    // libavformat takes such durations for mistakes, and mends them in its own way.
    if (many === 0 || each === 0 || each > 0x7fff_ffff) throw new NotPlain('a duration of zero, or less');
    covered += many;
    duration += many * each;
  }
  if (covered !== samples || !Number.isSafeInteger(duration)) throw new NotPlain('times for other samples');
  const isSteady = count === 1 || (count === 2 && rows.readUInt32BE(8) === 1);
  const step = isSteady ? rows.readUInt32BE(4) : null;
  return { duration, step, stepOf: valuesIn(rows) };
}

/** Composition offsets; those below zero move all times, so they are left to ffprobe. */
function shiftsOf(ctts: Buffer | undefined, samples: number): (sample: number) => number {
  if (ctts === undefined) return () => 0;
  const { count, rows } = rowsIn(ctts, 8);
  let covered = 0;
  for (let row = 0; row < count; row++) {
    covered += rows.readUInt32BE(row * 8);
    if (rows.readInt32BE(row * 8 + 4) < 0) throw new NotPlain('an offset below zero');
  }
  if (covered !== samples) throw new NotPlain('offsets for other samples');
  return valuesIn(rows);
}

/** Numbers of key frames from 0, rising. */
function keysOf(stss: Buffer, samples: number): number[] {
  const { count, rows } = rowsIn(stss, 4);
  if (count > maxKeyFrames) throw new NotPlain('too many key frames');
  const keys = Array.from({ length: count }, (_, row) => rows.readUInt32BE(row * 4) - 1);
  const isRising = keys.every((key, index) => key > (keys[index - 1] ?? -1) && key < samples);
  if (!isRising) throw new NotPlain('key frames in another order');
  return keys;
}

/** The offset of each sample in order: chunks, and how many samples each has. */
function offsetsOf(stbl: Boxes, samples: number) {
  const [large] = stbl.get('co64') ?? [];
  const { count: chunks, rows } = large ? rowsIn(large, 8) : rowsIn(only(stbl, 'stco'), 4);
  const { count: runCount, rows: runRows } = rowsIn(only(stbl, 'stsc'), 12);
  if (runCount === 0 || runRows.readUInt32BE(0) !== 1) throw new NotPlain('chunks without samples');
  return function* (sizeOf: (sample: number) => number): Iterable<{ readonly sample: number; readonly at: number }> {
    let sample = 0;
    let run = 0;
    for (let chunk = 1; chunk <= chunks; chunk++) {
      const next = (run + 1) * 12;
      if (next < runRows.length && runRows.readUInt32BE(next) === chunk) run++;
      const many = runRows.readUInt32BE(run * 12 + 4);
      // One sample description for all.
      if (many === 0 || runRows.readUInt32BE(run * 12 + 8) !== 1) throw new NotPlain('an odd chunk');
      let at = large ? u64(rows, (chunk - 1) * 8) : rows.readUInt32BE((chunk - 1) * 4);
      for (let each = 0; each < many; each++, sample++) {
        if (sample >= samples) throw new NotPlain('more samples in chunks');
        yield { sample, at };
        at += sizeOf(sample);
      }
    }
    if (sample !== samples || run !== runCount - 1) throw new NotPlain('fewer samples in chunks');
  };
}
