import type { AudioStream, VideoProbe, VideoStream } from '../../model/probe.ts';
import { languageOf, titleOf } from '../chosen-streams.ts';
import type { Mp4Boxes, ReadBytes } from './boxes.ts';
import { matrixOf, primariesOf, transferOf } from './colours.ts';
import { type Picture, readPicture } from './plain-picture.ts';
import { readSound } from './plain-sound.ts';
import { readTrack, rotationOf, type Track } from './plain-track.ts';
import type { KeyFrame } from './sample-table.ts';
import type { Signal } from './sequence.ts';
import { boxesOf, isLong, NotPlain, only, u32, u64 } from './strict-boxes.ts';

/** A plain MP4 or MOV: a picture in H.264 or HEVC, and at most one sound track in AAC LC. */
export interface PlainVideo {
  readonly probe: VideoProbe;
  readonly picture: Picture;
  /** The key frames of the picture, with the time in seconds from the start of the file. */
  readonly keyFrames: readonly (Omit<KeyFrame, 'shownAt'> & { readonly at: number })[];
}

/** A larger first frame is left to ffprobe. */
const maxSample = 8_000_000;

/**
 * Reads what ffprobe would say of a plain file, in this process and in a few milliseconds. All of it has to be
 * understood: an unknown box, an odd number or a contradiction leaves the file to ffprobe, so that this never gives
 * another answer (held by a test over odd and mutated files).
 * @param boxes the boxes of the file, from `readBoxes`
 * @param size bytes of the file
 * @returns null if ffprobe has to be asked
 */
export async function readPlainVideo(read: ReadBytes, size: number, boxes: Mp4Boxes): Promise<PlainVideo | null> {
  try {
    const movie = readMovie(boxes, size);
    if (movie === null) return null;
    const { firstOffset, firstBytes } = movie.video.table;
    if (firstBytes > maxSample) return null;
    const sample = await read(firstOffset, firstBytes);
    if (sample.length !== firstBytes || !movie.picture.begins(sample)) return null;
    return movie;
  } catch (error) {
    if (error instanceof NotPlain || error instanceof RangeError) return null;
    throw error;
  }
}

const topLevel = new Set(['ftyp', 'moov', 'mdat', 'free', 'skip', 'wide']);
const inMovie = new Set(['mvhd', 'trak', 'udta', 'meta', 'iods']);

function readMovie(boxes: Mp4Boxes, size: number): (PlainVideo & { readonly video: Track }) | null {
  const { order, end, moov, brand, changes } = boxes;
  const isWhole = end === size && !boxes.trailer && changes === null;
  if (moov === null || brand === null || !isWhole || order[0] !== 'ftyp') return null;
  if (
    order.some((type) => !topLevel.has(type)) ||
    ['ftyp', 'moov', 'mdat'].some((type) => countOf(order, type) !== 1)
  ) {
    return null;
  }
  const movie = boxesOf(moov.subarray(8), inMovie, new Set(['trak', 'free']));
  const described = [...(movie.get('udta') ?? []), ...(movie.get('meta') ?? [])];
  if (described.some((each) => mayMatter.test(each.toString('latin1')))) return null;
  const header = movieHeader(only(movie, 'mvhd'));
  const tracks = (movie.get('trak') ?? []).map((trak) => readTrack(trak, header.timescale));
  const [video, ...pictures] = tracks.filter(({ handler }) => handler === 'vide');
  const [sound, ...sounds] = tracks.filter(({ handler }) => handler === 'soun');
  if (!video || pictures.length > 0 || sounds.length > 0 || tracks.length > 2) return null;
  checkPlaces(tracks, boxes.media ?? [0, 0]);
  return assemble(boxes, brand, header, video, sound, tracks.indexOf(video), size);
}

/** @throws NotPlain if samples are outside of the media, or share bytes: then one of them is something else */
function checkPlaces(tracks: readonly Track[], [from, to]: readonly [number, number]): void {
  const ranges = tracks.flatMap(({ table }) => table.ranges).toSorted(([one], [other]) => one - other);
  let end = from;
  for (const range of ranges) {
    if (range[0] < end || range[1] > to) throw new NotPlain('samples in odd places');
    end = range[1];
  }
}

/**
 * In the metadata of the movie: what ffprobe would tell as a place, as a time or as another picture. Only names are
 * looked for, which may also occur by chance.
 */
const mayMatter = /location|gps|xyz|loci|creation_time|covr|major_brand/i;

function countOf(order: readonly string[], type: string): number {
  return order.filter((each) => each === type).length;
}

interface MovieHeader {
  readonly timescale: number;
  /** Seconds. */
  readonly duration: number;
  readonly createdAt: number | null;
}

/** Between the epochs of MP4 (1904) and Unix, in seconds. */
const epochs = 2_082_844_800;

function movieHeader(mvhd: Buffer): MovieHeader {
  const long = isLong(mvhd);
  const created = long ? u64(mvhd, 4) : u32(mvhd, 4);
  const timescale = u32(mvhd, long ? 20 : 12);
  const duration = long ? u64(mvhd, 24) : u32(mvhd, 16);
  const matrix = mvhd.subarray(long ? 48 : 36);
  const isSane = timescale > 0 && duration > 0 && duration < 0xffff_ffff && created < 2 ** 33;
  if (!isSane || rotationOf(matrix.subarray(0, 36)) !== 0) throw new NotPlain('an odd movie header');
  // Some programs write Unix time.
  const unix = created >= epochs ? created - epochs : created;
  return { timescale, duration: micro(duration / timescale), createdAt: unix > 0 ? unix : null };
}

/** ffprobe prints six decimals. */
function micro(seconds: number): number {
  return Math.round(seconds * 1e6) / 1e6;
}

function assemble(
  { order, hasLocation }: Mp4Boxes,
  brand: string,
  movie: MovieHeader,
  video: Track,
  sound: Track | undefined,
  index: number,
  size: number,
): PlainVideo & { readonly video: Track } {
  const picture = readPicture(video.entry.type, video.entry.body);
  const starts = [video, ...(sound ? [sound] : [])].map(startOf);
  const clock = Math.min(...starts);
  const stream = videoStream(video, picture, index, (starts[0] ?? 0) - clock);
  const ends = [video, ...(sound ? [sound] : [])].map((track, at) => (starts[at] ?? 0) - clock + lengthOf(track));
  // Versions of ffprobe before 4.3 tell the length of the longest track, later ones that of the movie.
  if (Math.abs(Math.max(...ends) - movie.duration) > secondsTolerance) throw new NotPlain('two durations');
  const offset = video.edit.delay - (video.edit.from ?? 0) / video.timescale - clock;
  const probe: VideoProbe = {
    container: brand === 'qt  ' ? 'mov' : 'mp4',
    format: 'mov',
    moovFirst: order.indexOf('moov') < order.indexOf('mdat'),
    ...{ fragmented: false, trailer: false, breaksOff: false, jumps: false, severalEdits: false },
    seconds: movie.duration,
    clock,
    bytes: size,
    video: stream,
    pictures: 1,
    audio: sound ? [audioStream(sound, 1 - index, (starts[1] ?? 0) - clock)] : [],
    createdAt: movie.createdAt,
    hasLocation,
  };
  const keyFrames = video.table.keyFrames.map(({ shownAt, ...where }) => ({
    ...where,
    at: Math.max(0, micro(shownAt / video.timescale + offset)),
  }));
  return { probe, picture, video, keyFrames };
}

/** Durations within this difference are equal, in seconds: each track has its own unit. */
const secondsTolerance = 0.05;

/** Seconds of a track that are displayed. */
function lengthOf({ duration, table, edit, timescale }: Track): number {
  const length = Math.min(duration, table.duration);
  return micro(Math.min(length, edit.length ?? length) / timescale);
}

/** More than any AAC encoder needs before the first sound, in samples. */
const maxPriming = 4096;

/** When the first sample is displayed, in seconds, by the edit list. @throws NotPlain if that cuts something off */
function startOf({ handler, edit, table, timescale }: Track): number {
  const { delay, from, length } = edit;
  if (from === null || length === null) return micro(table.firstShown / timescale);
  const isPriming = handler === 'soun' && from <= maxPriming;
  if (!isPriming && from !== table.firstShown) throw new NotPlain('an edit that cuts the start');
  if (length < table.duration - from - 1.5 * (table.step ?? 0)) throw new NotPlain('an edit that cuts the end');
  return micro(delay);
}

function videoStream(track: Track, { codec, sequence, signal }: Picture, index: number, startsAt: number): VideoStream {
  const { entry, table, timescale, rotation, width, height, duration } = track;
  const { step, samples } = table;
  if (step === null) throw new NotPlain('a variable frame rate');
  if (samples < 2 || table.everyIsKey || table.keyFrames[0]?.offset !== table.firstOffset)
    throw new NotPlain('odd keys');
  // Then decoders find out by the frames.
  if (table.hasShifts && !sequence.reordered) throw new NotPlain('an order that the sequence denies');
  if (width !== sequence.width || height !== sequence.height) throw new NotPlain('another size for display');
  const baseFps = timescale / step;
  const colours = coloursOf(sequence.signal, signal, codec);
  return {
    ...{ index, ordinal: 0, codec, tag: entry.type, profile: sequence.profile },
    ...{ width: sequence.width, height: sequence.height, rotation, mirrored: false, sampleAspect: 1 },
    seconds: lengthOf(track),
    pixelFormat: pixelFormat(sequence.bitDepth, colours.range),
    bitDepth: sequence.bitDepth,
    fps: (samples * timescale) / table.duration,
    baseFps,
    interlaced: false,
    ...colours,
    bitRate: Math.floor((table.totalBytes * 8 * timescale) / Math.min(duration, table.duration)),
    startsAt,
    ...{ dolbyVision: null, changesSize: false, keyFrameAt: null },
    reordered: sequence.reordered,
    decodeTimesOnly: false,
  };
}

function pixelFormat(bitDepth: 8 | 10, range: VideoStream['range']): string {
  if (bitDepth === 10) return 'yuv420p10le';
  return range === 'full' ? 'yuvj420p' : 'yuv420p';
}

/** The colours of the stream and those of the container; they have to be the same, or one of them silent. */
function coloursOf(
  stream: Signal | null,
  container: Signal | null,
  codec: Picture['codec'],
): Pick<VideoStream, 'transfer' | 'primaries' | 'matrix' | 'range'> {
  const signal = stream ?? container;
  if (signal === null)
    return { transfer: null, primaries: null, matrix: null, range: codec === 'hevc' ? 'limited' : null };
  if (container && !(stream && isSameSignal(stream, container)))
    throw new NotPlain('colours that the container tells alone');
  const [primaries, transfer, matrix] = [
    primariesOf(signal.primaries),
    transferOf(signal.transfer),
    matrixOf(signal.matrix),
  ];
  if (primaries === undefined || transfer === undefined || matrix === undefined) throw new NotPlain('odd colours');
  return { transfer, primaries, matrix, range: signal.full ? 'full' : 'limited' };
}

function isSameSignal(one: Signal, other: Signal): boolean {
  return (['full', 'primaries', 'transfer', 'matrix'] as const).every((each) => one[each] === other[each]);
}

function audioStream(
  { entry, table, timescale, duration, name, language }: Track,
  index: number,
  startsAt: number,
): AudioStream {
  if (entry.type !== 'mp4a') throw new NotPlain(`a codec of its own: ${entry.type}`);
  const { channels, sampleRate } = readSound(entry.body);
  if (timescale !== sampleRate) throw new NotPlain('another unit than samples');
  const tags = { handler_name: name, language };
  return {
    ...{ index, ordinal: 0, codec: 'aac', tag: entry.type, profile: 'LC', channels, sampleRate },
    bitRate: Math.floor((table.totalBytes * 8 * timescale) / Math.min(duration, table.duration)),
    title: titleOf(tags),
    language: languageOf(tags),
    startsAt,
  };
}
