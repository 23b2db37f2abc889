import * as z from 'zod';
import { ProgramError } from '../errors.ts';
import type { AudioStream, Container, Packet, VideoProbe, VideoStream } from '../model/probe.ts';
import { languageOf, moviesOf, soundsOf, titleOf } from './chosen-streams.ts';

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
  has_b_frames: number.catch(0),
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
 * Converts ffprobe's JSON to a `VideoProbe`.
 * @param boxes the top-level boxes of an MP4 or MOV in order, empty for other containers
 * @throws ProgramError if it is not ffprobe's output
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
    breaksOff: false,
    jumps: false,
    severalEdits: false,
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
 * The duration. In Matroska, ffmpeg writes the end time of the last packet, and the first timestamp need not be 0
 * (measured with 5.1, 2026-11). For files of other programs it is the duration, as the format defines it.
 */
function lengthOf({ format_name, duration, start_time, tags: said }: z.infer<typeof document>['format']): number {
  const byClock = format_name.startsWith('matroska') && /^Lavf/.test(said['ENCODER'] ?? said['encoder'] ?? '');
  return byClock && start_time > 0 && start_time < duration ? duration - start_time : duration;
}

/**
 * Whether the first packet of a stream is a key frame, from `packets` in ffprobe's JSON; null if there is none.
 * @param index index of the stream; undefined: none
 */
export function firstPacketIsKey(json: string, index: number | undefined): boolean | null {
  const { data } = firstPackets.safeParse(parseJson(json));
  const first = data?.packets.find(({ stream_index }) => stream_index === index);
  return first ? first.flags.startsWith('K') : null;
}

/** Parses lines such as `9.000000,8.933333,K__`, with `N/A` for unknown values. */
export function readPackets(csv: string): Packet[] {
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

/** Converts ISO 8601 to Unix seconds. Programs that do not know the time write the epoch of MP4 or of Unix. */
function creationTime(text: string | undefined): number | null {
  const time = Date.parse(text ?? '') / 1000;
  return Number.isFinite(time) && time > 0 ? Math.floor(time) : null;
}

/** ffprobe has one name for MP4 and MOV; the major brand distinguishes them. */
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
    reordered: from.has_b_frames > 0,
    decodeTimesOnly: false,
  };
}

/**
 * A profile of Dolby Vision whose base layer has colours that ordinary players do not support: 1, 3 and 5 always, later
 * ones if no compatible signal is named (Dolby Vision Profiles and Levels 1.4.1, 2.2; 2026-11).
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
 * The rotation and mirroring in the display matrix (ISO/IEC 14496-12, 6.2.2: `a b u c d v x y w`). ffprobe's own angle
 * ignores mirroring and is counter-clockwise; the `rotate` tag of old builds is clockwise.
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

/** `a b c d` from the three numbered lines that ffprobe prints. */
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
