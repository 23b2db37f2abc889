import type { Issue, IssueCode } from '../model/issue.ts';
import type { ImageProbe, VideoProbe, VideoStream } from '../model/probe.ts';
import type { Limit, PhotoAccept, VideoAccept } from '../targets/target.ts';
import { monoPair } from './streams.ts';

/** Durations within this difference are equal, because containers round to their own time base. */
export const secondsTolerance = 0.05;

/**
 * Relative tolerance for rates and aspect ratios: 30.1 does not exceed a limit of 30, and 1079x1920 matches 1080x1920.
 */
const ratioTolerance = 0.005;

/**
 * The reasons why a platform would refuse this video; empty if it accepts it unchanged. This one predicate is applied
 * to the original (to decide between copy and re-encoding), to a target's own `encode` (contract suite) and to the
 * finished file (check).
 */
export function whyNotVideo(probe: VideoProbe, accept: VideoAccept): Issue[] {
  const { video } = probe;
  if (video === null) return [refusal('no-picture', null, null)];
  const { width, height } = displaySize(video);
  const issues: Issue[] = [];
  const refuse = (code: IssueCode, actual: Issue['actual'], limit: Issue['limit']) =>
    issues.push(refusal(code, actual, limit));

  if (!includes(accept.containers, probe.container)) refuse('container', probe.format, list(accept.containers));
  else if (probe.fragmented) refuse('fragments', 'fragments', 'one index');
  else if (!probe.moovFirst) refuse('moov-position', 'last', 'first');
  if (video.dolbyVision !== null) refuse('dolby-vision', video.dolbyVision, 'HDR10, HLG, SDR');
  if (!includes(accept.codecs, video.codec)) refuse('video-codec', video.codec, list(accept.codecs));
  else issues.push(...whyNotCoding(probe, video, accept));
  if (video.changesSize) refuse('size-changes', 'several', 1);
  if (probe.jumps) refuse('clock-jumps', 'jumps', 'steady');
  if (video.reordered && video.decodeTimesOnly) refuse('frame-order', 'decoding', 'showing');
  if (video.keyFrameAt !== null) refuse('key-frame-late', round(video.keyFrameAt), 0);
  if (probe.pictures > 1) refuse('picture-tracks', probe.pictures, 1);
  if (isHdr(video)) refuse('hdr', video.transfer, 'SDR');
  else if (!includes(accept.pixelFormats, video.pixelFormat)) {
    refuse('pixel-format', video.pixelFormat, list(accept.pixelFormats));
  }
  if (Math.abs(video.sampleAspect - 1) > ratioTolerance) refuse('sample-aspect', round(video.sampleAspect), 1);
  if (video.interlaced) refuse('interlaced', 'interlaced', 'progressive');
  if (video.fps > accept.maxFps.value * (1 + ratioTolerance))
    refuse('frame-rate', round(video.fps), accept.maxFps.value);
  if (accept.minFps && video.fps < accept.minFps.value * (1 - ratioTolerance)) {
    refuse('frame-rate', round(video.fps), accept.minFps.value);
  }
  if (accept.maxWidth && width > accept.maxWidth.value) refuse('width', width, accept.maxWidth.value);
  issues.push(...whyNotSides(width, height, accept));
  issues.push(...whyNotShape(width, height, accept));
  issues.push(...whyNotLength(probe, accept));
  issues.push(...whyNotSound(probe, accept));
  if (probe.hasLocation) issues.push(placeInside);
  if (probe.trailer) issues.push({ ...placeInside, code: 'trailer' });
  return issues;
}

/**
 * Checks profile and tag of an accepted codec: profiles that phones cannot decode, tags that Apple's players reject.
 */
function whyNotCoding({ container }: VideoProbe, { codec, profile, tag }: VideoStream, accept: VideoAccept): Issue[] {
  const issues: Issue[] = [];
  // A number or `unknown` carries no information, and other codecs name their profiles differently.
  const named = profile !== null && /^[A-Z]/.test(profile) && (codec === 'h264' || codec === 'hevc');
  if (named && !includes(accept.profiles, profile)) {
    issues.push(refusal('video-profile', `${codec} ${profile}`, list(accept.profiles)));
  }
  if (codec === 'hevc' && container !== 'other' && tag !== accept.hevcTag.value) {
    issues.push(refusal('codec-tag', tag, accept.hevcTag.value));
  }
  return issues;
}

/**
 * Whether the sound continues so long after the last frame that the picture is a still, as for a song with one frame.
 * Players hold the last frame, but platforms may not. Shorter differences are common.
 */
export function endsEarly({ seconds, video }: VideoProbe): boolean {
  if (video === null || video.seconds === null) return false;
  const end = video.startsAt + video.seconds;
  return seconds - end > stillSeconds && end < seconds / 2;
}

const stillSeconds = 0.5;

/** The reasons why a platform would refuse this image in a photo post; empty if it accepts it unchanged. */
export function whyNotImage(probe: ImageProbe, accept: PhotoAccept): Issue[] {
  const { width, height } = probe;
  const issues: Issue[] = [];
  const refuse = (code: IssueCode, actual: Issue['actual'], limit: Issue['limit']) =>
    issues.push(refusal(code, actual, limit));

  if (!includes(accept.formats, probe.format)) refuse('image-format', probe.format, list(accept.formats));
  if (probe.frames > 1) refuse('image-animated', probe.frames, 1);
  if (probe.orientation !== 1) refuse('image-orientation', probe.orientation, 1);
  if (probe.space !== 'srgb' && probe.space !== 'b-w') refuse('image-colour', probe.space, 'srgb');
  else if (probe.profile !== null) refuse('image-colour', probe.profile, 'srgb');
  if (accept.maxBytes && probe.bytes > accept.maxBytes.value) refuse('bytes', probe.bytes, accept.maxBytes.value);
  if (accept.minWidth && width < accept.minWidth.value) refuse('width', width, accept.minWidth.value);
  if (accept.maxWidth && width > accept.maxWidth.value) refuse('width', width, accept.maxWidth.value);
  issues.push(...whyNotShape(width, height, accept));
  if (probe.hasLocation) issues.push(placeInside);
  if (probe.hasSerial) issues.push({ ...placeInside, code: 'serial-number' });
  if (probe.hasAttachment) issues.push({ ...placeInside, code: 'image-attachment' });
  return issues;
}

/** Whether two aspect ratios (width divided by height) are visually equal. */
export function isSameShape(a: number, b: number): boolean {
  return Math.abs(a / b - 1) <= ratioTolerance;
}

/** Display size in square pixels: after rotation and sample aspect ratio. */
export function displaySize(video: VideoStream): { readonly width: number; readonly height: number } {
  const width = Math.round(video.width * video.sampleAspect);
  const turned = video.rotation === 90 || video.rotation === 270;
  return turned ? { width: video.height, height: width } : { width, height: video.height };
}

/** Whether the transfer is PQ (HDR10) or HLG, which a standard display shows wrongly. */
export function isHdr(video: VideoStream): boolean {
  return video.transfer === 'smpte2084' || video.transfer === 'arib-std-b67';
}

function whyNotShape(width: number, height: number, accept: Pick<VideoAccept, 'minAspect' | 'maxAspect'>): Issue[] {
  const aspect = width / height;
  const shape = `${width}x${height}`;
  const { minAspect, maxAspect } = accept;
  if (maxAspect && aspect > maxAspect.value * (1 + ratioTolerance))
    return [refusal('shape', shape, round(maxAspect.value))];
  if (minAspect && aspect < minAspect.value * (1 - ratioTolerance))
    return [refusal('shape', shape, round(minAspect.value))];
  return [];
}

function whyNotSides(width: number, height: number, accept: VideoAccept): Issue[] {
  const { minShortSide, maxShortSide, maxLongSide } = accept;
  const [short, long] = width < height ? (['width', 'height'] as const) : (['height', 'width'] as const);
  const [shorter, longer] = [Math.min(width, height), Math.max(width, height)];
  const issues: Issue[] = [];
  if (minShortSide && shorter < minShortSide.value) issues.push(refusal(short, shorter, minShortSide.value));
  if (maxShortSide && shorter > maxShortSide.value) issues.push(refusal(short, shorter, maxShortSide.value));
  if (maxLongSide && longer > maxLongSide.value) issues.push(refusal(long, longer, maxLongSide.value));
  return issues;
}

function whyNotLength(probe: VideoProbe, accept: VideoAccept): Issue[] {
  const { minSeconds, maxSeconds, maxBytes } = accept;
  const seconds = round(probe.seconds);
  const issues: Issue[] = [];
  if (endsEarly(probe)) issues.push(refusal('picture-ends', round(probe.video?.seconds ?? 0), seconds));
  if (maxSeconds && probe.seconds > maxSeconds.value + secondsTolerance) {
    issues.push(refusal('duration', seconds, maxSeconds.value));
  }
  if (minSeconds && probe.seconds < minSeconds.value - secondsTolerance) {
    issues.push(refusal('duration', seconds, minSeconds.value));
  }
  if (maxBytes && probe.bytes > maxBytes.value) issues.push(refusal('bytes', probe.bytes, maxBytes.value));
  return issues;
}

function whyNotSound(probe: VideoProbe, accept: VideoAccept): Issue[] {
  const [first, ...others] = probe.audio;
  if (first === undefined) return [refusal('audio-missing', 0, accept.audioTracks.value)];
  const issues: Issue[] = [];
  // HE-AAC shares the codec name `aac`; only the profile distinguishes it. null means ffprobe found no profile: assume
  // LC.
  const plainAac = first.codec !== 'aac' || first.profile === null || first.profile === 'LC';
  if (!includes(accept.audioCodecs, first.codec) || !plainAac) {
    issues.push(
      refusal('audio-codec', plainAac ? first.codec : `${first.codec} ${first.profile}`, list(accept.audioCodecs)),
    );
  }
  if (first.channels > accept.maxChannels.value) {
    issues.push(refusal('audio-channels', first.channels, accept.maxChannels.value));
  }
  if (first.sampleRate > accept.maxSampleRate.value) {
    issues.push(refusal('sample-rate', first.sampleRate, accept.maxSampleRate.value));
  }
  if (others.length > 0) {
    const code = monoPair(probe.audio) ? 'audio-mono-pair' : 'audio-tracks';
    issues.push(refusal(code, probe.audio.length, accept.audioTracks.value));
  }
  return issues;
}

/** No platform refuses a file with a GPS position, but port never publishes one. */
const placeInside: Issue = { code: 'location', severity: 'warning', actual: 'present', limit: 'none' };

function refusal(code: IssueCode, actual: Issue['actual'], limit: Issue['limit']): Issue {
  return { code, severity: 'error', actual, limit };
}

function includes(limit: Limit<readonly string[]>, value: string): boolean {
  return limit.value.includes(value);
}

function list(limit: Limit<readonly string[]>): string {
  return limit.value.join(', ');
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
