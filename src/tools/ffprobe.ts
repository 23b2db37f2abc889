import { stat } from 'node:fs/promises';
import * as z from 'zod';
import { ProgramError } from '../errors.ts';
import type { AudioStream, Container, VideoProbe, VideoStream } from '../model.ts';
import { byPackets } from './by-packets.ts';
import { languageOf, moviesOf, soundsOf, titleOf } from './chosen-streams.ts';
import { mediaGuard } from './ffmpeg.ts';
import { type Mp4Boxes, readBoxes } from './mp4/boxes.ts';
import { withBoxes } from './mp4/facts.ts';
import { packetReader } from './packet-times.ts';
import { pasteable, runProgram } from './run-program.ts';
import type { Ffprobe, Packet } from './tools.ts';
import { whyUnreadable } from './unreadable.ts';

/** @param path of the program */
export function createFfprobe(path: string): Ffprobe {
  return {
    async probe(file, signal) {
      const args = ['-v', 'error', ...mediaGuard, ...described, '-i', `file:${file}`];
      const printed = await ask(path, args, file, signal);
      const { size } = await stat(file);
      const boxes = await readBoxes(file);
      const early = boxes.end - size;
      if (early > 0) throw new ProgramError(`it ends ${early} bytes early`, pasteable([path, ...args]), '');
      const found = withBoxes(readProbe(printed, size, boxes.order), boxes);
      const unreadable = await whyUnreadable(file, found, boxes);
      if (unreadable) throw unreadable;
      const measured = needsPackets(found, printed) ? await measure(path, file, found, signal) : found;
      if (measured === null) throw new ProgramError(noTimes, pasteable([path, ...args]), '');
      const video = measured.video && {
        ...measured.video,
        interlaced: await hasFields(path, file, measured, signal),
        changesSize: await hasSeveralSizes(path, file, measured, boxes.changes, signal),
      };
      return { ...measured, video };
    },
    async packets(file, stream, from, to, signal) {
      const what = [
        '-select_streams',
        `${stream}`,
        '-show_entries',
        'packet=pts_time,dts_time,flags',
        '-of',
        'csv=p=0',
      ];
      const stretch = ['-read_intervals', `${from.toFixed(3)}%${to.toFixed(3)}`];
      const args = ['-v', 'error', ...mediaGuard, ...what, ...stretch, '-i', `file:${file}`];
      return readPackets(await ask(path, args, file, signal, 32_000_000));
    },
  };
}

const neverInterlaced = ['vp8', 'vp9', 'av1', 'mjpeg', 'gif', 'png'];

/** MP4 and MOV say whether a picture is interlaced. Matroska and AVI often do not, or say it wrong: there the first frame tells. */
async function hasFields(
  path: string,
  file: string,
  { container, video }: VideoProbe,
  signal: AbortSignal,
): Promise<boolean> {
  if (video === null || video.interlaced || container !== 'other' || neverInterlaced.includes(video.codec)) {
    return video?.interlaced ?? false;
  }
  const first = [
    '-select_streams',
    `${video.index}`,
    '-read_intervals',
    '%+#1',
    '-show_entries',
    'frame=interlaced_frame',
  ];
  try {
    return /^1\b/m.test(
      await ask(path, ['-v', 'error', ...mediaGuard, ...first, '-of', 'csv=p=0', '-i', `file:${file}`], file, signal),
    );
  } catch (error) {
    // A frame that cannot be decoded is found out when the video is made.
    if (error instanceof ProgramError) return false;
    throw error;
  }
}

/** Those that are remuxed, and those of recordings whose size follows a connection or a window. */
const resizable = ['h264', 'hevc', 'vp8', 'vp9', 'av1'];

/**
 * Whether frames differ in size, as of recordings of streams and calls: sizes change at key frames, so these are decoded.
 * An MP4 with a table of its samples is looked into only where its boxes say that something changes.
 */
async function hasSeveralSizes(
  path: string,
  file: string,
  { container, fragmented, video }: VideoProbe,
  changes: Mp4Boxes['changes'],
  signal: AbortSignal,
): Promise<boolean> {
  if (video === null || !resizable.includes(video.codec)) return false;
  if (video.changesSize || (changes === null && container !== 'other' && !fragmented)) return video.changesSize;
  const what = ['-skip_frame', 'nokey', '-select_streams', `${video.index}`, '-show_entries', 'frame=width,height'];
  try {
    const args = ['-v', 'error', ...mediaGuard, ...what, '-of', 'csv=p=0', '-i', `file:${file}`];
    const sizes = [...(await ask(path, args, file, signal)).matchAll(/^(\d+),(\d+)/gm)].map(([size]) => size);
    return new Set(sizes).size > 1;
  } catch (error) {
    if (error instanceof ProgramError) return false;
    throw error;
  }
}
/** Besides streams and format the first packets, which tell whether the picture begins with a key frame. */
const described = ['-show_format', '-show_streams', '-show_packets', '-read_intervals', '%+#8', '-of', 'json'];

const noTimes = 'none of its frames says when it is shown; play it into a new file with a player or an editor';

/**
 * A table of samples tells all that a header says of length and frames. Where there is none, or it tells nothing, or the
 * picture begins between two key frames, packets are counted, for which all of the file is read.
 */
function needsPackets({ container, fragmented, seconds, video }: VideoProbe, printed: string): boolean {
  if (video === null && seconds > 0) return false;
  if (container === 'other' || fragmented || !(seconds > 0)) return true;
  const first = firstPackets
    .safeParse(parseJson(printed))
    .data?.packets.find(({ stream_index }) => stream_index === video?.index);
  return first !== undefined && !first.flags.startsWith('K');
}

/** Bytes a second that any disk reads; and those of a line for each packet. */
const slowestDisk = 10_000_000;
const listedBytes = 4_000_000_000;

/** By all packets, of which nothing is kept. */
async function measure(path: string, file: string, probe: VideoProbe, signal: AbortSignal): Promise<VideoProbe | null> {
  const what = ['-show_entries', 'packet=stream_index,pts_time,dts_time,duration_time,flags'];
  const args = ['-v', 'error', ...mediaGuard, ...what, '-of', 'compact=p=0:nk=1', '-i', `file:${file}`];
  const reader = packetReader(probe.format === 'mpegts');
  let begun = '';
  const onChunk = (chunk: Buffer) => {
    const lines = (begun + chunk.toString('latin1')).split('\n');
    begun = lines.pop() ?? '';
    for (const line of lines) reader.take(line);
  };
  try {
    const seconds = 60 + probe.bytes / slowestDisk;
    await runProgram(path, args, { seconds, outputBytes: listedBytes, signal, onChunk });
  } catch (error) {
    // What was read before it broke off counts all the same.
    if (!(error instanceof ProgramError)) throw error;
  }
  reader.take(begun);
  return byPackets(probe, reader.times());
}

async function ask(
  path: string,
  args: readonly string[],
  file: string,
  signal: AbortSignal,
  outputBytes = 4_000_000,
): Promise<string> {
  try {
    return await runProgram(path, args, { seconds: 60, outputBytes, signal });
  } catch (error) {
    if (!(error instanceof ProgramError)) throw error;
    // The file's name is said elsewhere; what is left is what is wrong with it.
    throw new ProgramError(error.message.replace(`file:${file}: `, ''), error.command, error.lastLines, error);
  }
}

const number = z.coerce.number().refine(Number.isFinite);
const tags = z.record(z.string(), z.string()).catch({});
const flag = z.number().catch(0);
const noFlags = { default: 0, attached_pic: 0, timed_thumbnails: 0, comment: 0, visual_impaired: 0 };
const stream = z.object({
  index: number.catch(-1),
  codec_type: z.string().catch(''),
  codec_name: z.string().catch('unknown'),
  codec_tag_string: z.string().catch(''),
  profile: z.string().nullable().catch(null),
  width: number.catch(0),
  height: number.catch(0),
  sample_aspect_ratio: z.string().catch('1:1'),
  pix_fmt: z.string().catch('unknown'),
  bits_per_raw_sample: number.catch(0),
  avg_frame_rate: z.string().catch('0/0'),
  r_frame_rate: z.string().catch('0/0'),
  field_order: z.string().catch('unknown'),
  color_transfer: z.string().nullable().catch(null),
  color_primaries: z.string().nullable().catch(null),
  color_space: z.string().nullable().catch(null),
  color_range: z.string().nullable().catch(null),
  bit_rate: number.nullable().catch(null),
  channels: number.catch(0),
  sample_rate: number.catch(0),
  duration: number.catch(0),
  start_time: number.nullable().catch(null),
  nb_frames: number.catch(0),
  disposition: z
    .object({ default: flag, attached_pic: flag, timed_thumbnails: flag, comment: flag, visual_impaired: flag })
    .catch(noFlags),
  side_data_list: z
    .array(
      z.object({
        rotation: number.optional().catch(undefined),
        displaymatrix: z.string().catch(''),
        dv_profile: number.optional().catch(undefined),
        dv_bl_signal_compatibility_id: number.optional().catch(undefined),
      }),
    )
    .catch([]),
  tags,
});
const document = z.object({
  streams: z.array(stream),
  format: z.object({ format_name: z.string(), duration: number.catch(0), start_time: number.catch(0), tags }),
});
const firstPackets = z.object({ packets: z.array(z.object({ stream_index: z.number(), flags: z.string() })) });
type Stream = z.infer<typeof stream>;

/**
 * ffprobe's JSON as the facts of a `VideoProbe`.
 * @param boxes the top-level boxes of an MP4 or MOV in their order, empty for other containers
 * @throws ProgramError if it is not what ffprobe prints
 */
export function readProbe(json: string, bytes: number, boxes: readonly string[]): VideoProbe {
  const parsed = document.safeParse(parseJson(json));
  if (!parsed.success) throw new ProgramError('ffprobe found no media in this file', 'ffprobe', json.slice(0, 500));
  const { format } = parsed.data;
  const streams = parsed.data.streams.map((each, place) => ({ ...each, index: each.index < 0 ? place : each.index }));
  const movies = moviesOf(streams);
  const [picture] = movies;
  const ordinal = (one: Stream) => streams.filter(isBefore(one)).length;
  const mdat = boxes.indexOf('mdat');
  const moov = boxes.indexOf('moov');
  return {
    container: containerOf(format.format_name, format.tags),
    format: format.format_name.split(',')[0] ?? format.format_name,
    moovFirst: moov >= 0 && (mdat < 0 || moov < mdat),
    fragmented: boxes.includes('moof'),
    trailer: false,
    seconds: lengthOf(format) || Math.max(0, ...streams.map(({ duration }) => duration)),
    jumps: false,
    clock: format.start_time,
    bytes,
    video: picture ? videoStream(picture, ordinal(picture), format.start_time) : null,
    pictures: movies.length,
    audio: soundsOf(streams).map((sound) => audioStream(sound, ordinal(sound), format.start_time)),
    createdAt: creationTime(format.tags['creation_time']),
    hasLocation: [format.tags, ...streams.map((each) => each.tags)].some((each) =>
      Object.keys(each).some((name) => /location|GPS|xyz/i.test(name)),
    ),
  };
}

/**
 * In Matroska ffmpeg writes when the last packet ends, by a clock that need not begin at 0 (measured with 5.1, 2026-11).
 * What others write there is taken for the length that the format's description calls it.
 */
function lengthOf({ format_name, duration, start_time, tags: said }: z.infer<typeof document>['format']): number {
  const byClock = format_name.startsWith('matroska') && /^Lavf/.test(said['ENCODER'] ?? said['encoder'] ?? '');
  return byClock && start_time > 0 && start_time < duration ? duration - start_time : duration;
}

/** Lines such as `9.000000,8.933333,K__`, with `N/A` for what is not known. */
function readPackets(csv: string): Packet[] {
  return csv.split('\n').flatMap((line) => {
    const [shown, decoded, flags] = line.split(',');
    if (shown === undefined || decoded === undefined || flags === undefined) return [];
    return [{ shownAt: secondsOf(shown), decodedAt: secondsOf(decoded), key: flags.startsWith('K') }];
  });
}

function secondsOf(text: string): number | null {
  const seconds = Number.parseFloat(text);
  return Number.isFinite(seconds) ? seconds : null;
}

/** ISO 8601 in unix seconds. Programs that do not know the time write the epoch of MP4 or of Unix. */
function creationTime(text: string | undefined): number | null {
  const time = Date.parse(text ?? '') / 1000;
  return Number.isFinite(time) && time > 0 ? Math.floor(time) : null;
}

/** MP4 and MOV have one name for ffprobe; the brand tells them apart. */
function containerOf(formatName: string, formatTags: Record<string, string>): Container {
  if (!formatName.split(',').includes('mp4')) return 'other';
  return formatTags['major_brand'] === 'qt  ' || formatTags['major_brand'] === undefined ? 'mov' : 'mp4';
}

/** Streams of the same kind that come earlier in the file. */
function isBefore({ codec_type, index }: Stream): (other: Stream) => boolean {
  return (other) => other.codec_type === codec_type && other.index < index;
}

function videoStream(from: Stream, ordinal: number, clock: number): VideoStream {
  const fps = ratio(from.avg_frame_rate, '/') || ratio(from.r_frame_rate, '/');
  return {
    index: from.index,
    ordinal,
    codec: from.codec_name,
    tag: from.codec_tag_string,
    profile: from.profile,
    width: from.width,
    height: from.height,
    ...turnOf(from),
    sampleAspect: ratio(from.sample_aspect_ratio, ':') || 1,
    seconds: from.duration || null,
    pixelFormat: from.pix_fmt,
    bitDepth: from.bits_per_raw_sample || Number(/p(\d\d)[lb]e$/.exec(from.pix_fmt)?.[1] ?? 8),
    fps,
    baseFps: ratio(from.r_frame_rate, '/') || fps,
    interlaced: ['tt', 'bb', 'tb', 'bt'].includes(from.field_order),
    transfer: from.color_transfer,
    primaries: from.color_primaries,
    matrix: from.color_space,
    range: from.color_range === 'tv' ? 'limited' : from.color_range === 'pc' ? 'full' : null,
    bitRate: from.bit_rate,
    startsAt: from.start_time === null ? 0 : from.start_time - clock,
    dolbyVision: dolbyVisionAlone(from),
    changesSize: false,
    keyFrameAt: null,
  };
}

/**
 * The profile of Dolby Vision whose base layer by itself has no colours that a usual player knows: 1, 3 and 5 never, later
 * ones where no signal is named that it is compatible with (Dolby Vision Profiles and Levels 1.4.1, 2.2; 2026-11).
 */
function dolbyVisionAlone({ side_data_list }: Stream): number | null {
  const said = side_data_list.find(({ dv_profile }) => dv_profile !== undefined);
  const profile = said?.dv_profile ?? null;
  if (profile === null) return null;
  const isAlone = [1, 3, 5].includes(profile) || (profile >= 10 && said?.dv_bl_signal_compatibility_id === 0);
  return isAlone ? profile : null;
}

function audioStream(from: Stream, ordinal: number, clock: number): AudioStream {
  return {
    index: from.index,
    ordinal,
    codec: from.codec_name,
    tag: from.codec_tag_string,
    profile: from.profile,
    channels: from.channels,
    sampleRate: from.sample_rate,
    bitRate: from.bit_rate,
    title: titleOf(from.tags),
    language: languageOf(from.tags),
    startsAt: from.start_time === null ? 0 : from.start_time - clock,
  };
}

/**
 * How a player turns the picture, by the display matrix (ISO/IEC 14496-12, 6.2.2: `a b u c d v x y w`). ffprobe's own
 * angle knows no mirror, and turns counter-clockwise; the `rotate` tag of old builds is clockwise.
 */
function turnOf({ side_data_list, tags: streamTags }: Stream): Pick<VideoStream, 'rotation' | 'mirrored'> {
  const [first] = side_data_list.filter(({ displaymatrix }) => displaymatrix !== '');
  const [a = 1, b = 0, c = 0, d = 1] = first ? matrixIn(first.displaymatrix) : [];
  const mirrored = a * d - b * c < 0;
  const counter = side_data_list.find(({ rotation }) => rotation !== undefined)?.rotation;
  const clockwise = first
    ? (Math.atan2(mirrored ? -b : b, mirrored ? -a : a) * 180) / Math.PI
    : counter === undefined
      ? Number(streamTags['rotate'] ?? 0)
      : -counter;
  const turned = ((Math.round(clockwise / 90) * 90) % 360) + 360;
  return { rotation: ([0, 90, 180, 270] as const).find((angle) => angle === turned % 360) ?? 0, mirrored };
}

/** `a b c d` of the three lines that ffprobe prints, each with its number. */
function matrixIn(printed: string): number[] {
  const rows = printed.split('\n').flatMap((line) => {
    const numbers = line
      .replace(/^[\da-f]+:/, '')
      .trim()
      .split(/\s+/)
      .map(Number);
    return numbers.length === 3 ? [numbers] : [];
  });
  return rows.slice(0, 2).flatMap((row) => row.slice(0, 2));
}

function ratio(text: string, separator: string): number {
  const [above = 0, below = 0] = text.split(separator).map(Number);
  return below > 0 && above > 0 ? above / below : 0;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
