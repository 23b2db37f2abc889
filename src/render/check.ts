import { asError, stopsRun } from '../errors.ts';
import type { Issue } from '../model/issue.ts';
import { throwIfMachine } from '../model/machine-errors.ts';
import type { VideoProbe } from '../model/probe.ts';
import { whyNotImage, whyNotVideo } from '../plan/accept.ts';
import { decodeArgs } from '../plan/ffmpeg-args.ts';
import type { Operation, PlannedFile } from '../plan/plan.ts';
import { streamsOf } from '../plan/streams.ts';
import type { Target } from '../targets/target.ts';
import { readCues, srtText } from '../text/subtitles.ts';
import type { Tools } from '../tools/tools.ts';
import { firstChangedCut, firstChangedStream } from './same-stream.ts';
import { outOfStep } from './sync.ts';

/** Maximum difference of duration: two frames at 24 a second plus one AAC packet. */
const lengthTolerance = 0.11;

/**
 * A copied stream may end later by this many seconds: with a variable frame rate, ffmpeg of 2018 shows the last frame
 * for longer (0.13 s where frames were 0.1 s apart). Its packets are compared one by one anyway.
 */
const copyTolerance = 0.5;

/** Seconds to decode at the start of a copied range: a key frame that is not decodable shows errors at once. */
const cutSample = 2;

/**
 * Checks a finished file independently, before it gets its final name. A copy must equal the original byte for byte.
 * Everything else must pass the platforms' own predicate; copied streams must contain the same packets, encoded streams
 * must decode, and sound and picture must be in sync.
 * @param probeSource returns the probe with which the source was planned
 * @returns what is wrong; empty if the file is as planned
 */
export async function check(
  file: PlannedFile,
  made: string,
  targets: readonly Target[],
  probeSource: (path: string) => Promise<VideoProbe>,
  tools: Tools,
  signal: AbortSignal,
): Promise<Issue[]> {
  switch (file.operation.kind) {
    case 'copy':
      return await checkCopy(file, made, tools, signal);
    case 'image':
    case 'strip':
      return await checkImage(file, file.operation, made, targets, tools);
    case 'subtitles':
      return await checkSubtitles(file.operation, made, tools);
    case 'slideshow':
      return await checkSlideshow(file, made, targets, tools, signal);
    default:
      return await checkVideo(file, file.operation, made, targets, probeSource, tools, signal);
  }
}

/** A link or copy must have the original's hash. */
async function checkCopy({ source }: PlannedFile, made: string, tools: Tools, signal: AbortSignal): Promise<Issue[]> {
  if (await tools.files.same(source.path, made)) return [];
  const sha256 = await tools.files.sha256(made, signal);
  return sha256 === source.sha256 ? [] : [failed('sha256', sha256, source.sha256)];
}

/** Cues that are read again have to be the planned ones. */
async function checkSubtitles(
  { text }: Extract<Operation, { readonly kind: 'subtitles' }>,
  made: string,
  { files }: Tools,
): Promise<Issue[]> {
  const written = await files.read(made, Buffer.byteLength(text));
  const same = written !== null && srtText(readCues(new TextDecoder().decode(written))) === text;
  return same ? [] : [failed('subtitles', 'changed', 'the same')];
}

async function checkSlideshow(
  file: PlannedFile,
  made: string,
  targets: readonly Target[],
  { ffprobe, ffmpeg }: Tools,
  signal: AbortSignal,
): Promise<Issue[]> {
  const probe = await ffprobe.probe(made, signal);
  const refused = targets.flatMap((target) => whyNotVideo(probe, target.video.accept));
  const wrong = [...refused.map((issue) => failed(issue.code, issue.actual, issue.limit)), ...checkLength(file, probe)];
  const streams = streamsOf(probe);
  if (wrong.length === 0 && streams) await ffmpeg.capture(decodeArgs(made, streams), 1000, signal);
  return wrong;
}

async function checkVideo(
  file: PlannedFile,
  operation: PlannedFile['operation'] & { readonly kind: 'remux' | 'transcode' },
  made: string,
  targets: readonly Target[],
  probeSource: (path: string) => Promise<VideoProbe>,
  tools: Tools,
  signal: AbortSignal,
): Promise<Issue[]> {
  const source = file.source.path;
  const { span } = operation;
  const probe = await tools.ffprobe.probe(made, signal);
  const original = await probeSource(source);
  const copiesPicture = operation.kind === 'remux' || operation.picture === 'copy';
  const length = checkLength(file, probe, copiesPicture ? copyTolerance : lengthTolerance);
  const isShort = length.length > 0 && (file.seconds ?? 0) > probe.seconds;
  if (isShort || probe.video === null) {
    const end = (span?.from ?? 0) + (probe.video === null ? 0 : probe.seconds);
    const brokenOff = await checkSource(source, original, end, tools, signal);
    if (brokenOff) return [brokenOff];
  }
  const refused = targets.flatMap((target) => whyNotVideo(probe, target.video.accept));
  const wrong = [
    ...refused.map((issue) => failed(issue.code, issue.actual, issue.limit)),
    ...length,
    ...checkStep(operation, original, probe),
  ];
  if (wrong.length > 0) return wrong;

  const streams = streamsOf(probe);
  if (streams === null || file.streams === null) return [failed('no-picture', null, null)];
  const pair = (what: string, from: number, to: number) => ({
    ...{ what, source: { path: source, stream: from }, made: { path: made, stream: to } },
  });
  const copied = copiesPicture ? [pair('picture packets', file.streams.picture, streams.picture)] : [];
  if (operation.sound === 'copy' && file.streams.sound !== null) {
    if (streams.sound === null) return [failed('audio-missing', 0, 1)];
    copied.push(pair('sound packets', file.streams.sound, streams.sound));
  }
  const changed = span
    ? await firstChangedCut(copied, span, tools.ffmpeg, signal)
    : await firstChangedStream(copied, tools.ffmpeg, signal);
  if (changed) return [failed(changed.what, 'changed', 'the same')];
  if (operation.kind === 'transcode') {
    const decoding = tools.ffmpeg.capture(decodeArgs(made, streams), 1000, signal);
    // The copied stream may be the one that does not decode: then encoding everything can help.
    if (copiesPicture || operation.sound === 'copy') return await decoding.then(() => [], undecodable);
    await decoding;
  } else if (span) await tools.ffmpeg.capture(decodeArgs(made, streams, cutSample), 1000, signal);
  return [];
}

function undecodable(error: unknown): Issue[] {
  if (stopsRun(error)) throw error;
  throwIfMachine(error);
  return [failed(`decoded: ${asError(error).message}`, null, 'without errors')];
}

/**
 * Detects a truncated source: some containers do not report that their end is missing (Matroska, AVI), but packets are
 * missing.
 */
async function checkSource(
  path: string,
  { clock, seconds, video, audio }: VideoProbe,
  end: number,
  { ffprobe }: Tools,
  signal: AbortSignal,
): Promise<Issue | null> {
  if (seconds - end <= lengthTolerance) return null;
  const [sound] = audio;
  for (const stream of [video, sound].flatMap((each) => (each ? [each.index] : []))) {
    const packets = await ffprobe
      .packets(path, stream, clock + end, clock + seconds, signal)
      .catch((error: unknown) => {
        if (stopsRun(error)) throw error;
        throwIfMachine(error);
        return [];
      });
    if (packets.some(({ shownAt }) => shownAt !== null && shownAt > clock + end + lengthTolerance)) return null;
  }
  const tenths = (value: number) => Math.round(value * 10) / 10;
  return { code: 'breaks-off', severity: 'error', actual: tenths(end), limit: tenths(seconds) };
}

function checkStep(operation: Parameters<typeof outOfStep>[0], source: VideoProbe, result: VideoProbe): Issue[] {
  const seconds = outOfStep(operation, source, result);
  return seconds === 0 ? [] : [failed('sound against picture', `${seconds} s`, 'in step')];
}

async function checkImage(
  file: PlannedFile,
  operation: Extract<Operation, { readonly kind: 'image' | 'strip' }>,
  made: string,
  targets: readonly Target[],
  tools: Tools,
): Promise<Issue[]> {
  const probe = await tools.images.probe(made);
  const wrong: Issue[] = [];
  if (operation.kind === 'strip') {
    const [before, after] = await Promise.all([file.source.path, made].map(tools.images.pictureHash));
    if (before === null || before !== after) wrong.push(failed('picture', 'changed', 'the same'));
  } else {
    const { format, width, height } = operation.settings;
    if (probe.format !== format) wrong.push(failed('format', probe.format, format));
    if (probe.width !== width || probe.height !== height) {
      wrong.push(failed('size', `${probe.width}x${probe.height}`, `${width}x${height}`));
    }
  }
  if (file.role === 'cover') return wrong;
  for (const { photos } of targets) {
    if (!photos) continue;
    wrong.push(...whyNotImage(probe, photos.accept).map(({ code, actual, limit }) => failed(code, actual, limit)));
  }
  return wrong;
}

/**
 * Checks the duration.
 * @param longer maximum difference in seconds
 */
function checkLength({ seconds }: PlannedFile, probe: VideoProbe, longer = lengthTolerance): Issue[] {
  if (seconds === null) return [];
  const more = probe.seconds - seconds;
  if (more <= longer && more >= -lengthTolerance) return [];
  return [failed('duration', Math.round(probe.seconds * 100) / 100, Math.round(seconds * 100) / 100)];
}

function failed(what: string, actual: Issue['actual'], limit: Issue['limit']): Issue {
  const found = actual === null ? what : `${what}: ${actual}`;
  return { code: 'check-failed', severity: 'error', actual: found, limit: limit === null ? 'as planned' : `${limit}` };
}
