import type { VideoProbe, VideoStream } from '../model/probe.ts';
import type { PacketTimes, StreamTimes } from './packet-times.ts';

/** Rounding to the container's time base plus one audio packet: a header this close is correct, in seconds. */
const tolerance = 0.1;

/** The relative difference allowed between the frame rate in the header and the actual one. */
const rateTolerance = 0.03;

/** Containers with the frame rate in their header; for others ffprobe takes it from the stream itself. */
const ratesInHeader = ['matroska', 'flv'];

/**
 * Corrects the probe of a container without a sample table by measuring its packets: duration, start of picture and
 * sound, number of frames, and the first key frame. A longer duration in the header is kept: then the file is
 * truncated, which the check finds later.
 * @returns null if none of several frames has a presentation timestamp
 */
export function byPackets(probe: VideoProbe, { streams, jumps }: PacketTimes): VideoProbe | null {
  const { video, audio, clock } = probe;
  const times = video && streams.get(video.index);
  if (times && times.packets > 1 && times.last <= times.start) return null;
  const used = [video, ...audio.slice(0, 1)].flatMap((each) => (each && streams.get(each.index)) ?? []);
  const endOf = (all: Iterable<StreamTimes>) => Math.max(0, ...[...all].map(({ end }) => end - clock));
  const measured = endOf(used);
  if (video && !(measured > 0) && !(probe.seconds > 0)) return null;
  // A duration in the header shorter than the packets would cut off the last ones.
  const isHeaderRight = probe.seconds >= measured && probe.seconds - measured <= tolerance;
  const isLonger = probe.seconds > endOf(streams.values()) + tolerance && !jumps;
  // The last frame of a slideshow or a still screen may be displayed as long as an earlier one.
  const mayStand = [...streams.values()].some(({ last, longestGap }) => last + longestGap - clock >= probe.seconds);
  const breaksOff = isLonger && !mayStand;
  return {
    ...probe,
    seconds: measured > 0 && !isHeaderRight && !isLonger ? measured : probe.seconds,
    jumps,
    breaksOff,
    // For a truncated file the picture's duration stays as in the header.
    video:
      video && times
        ? { ...video, ...pictureBy(video, times, probe), ...(isLonger && { seconds: video.seconds }) }
        : video,
    audio: audio.map((each) => {
      const start = streams.get(each.index)?.start;
      return start === undefined ? each : { ...each, startsAt: Math.max(0, start - clock) };
    }),
  };
}

function pictureBy(
  video: VideoStream,
  { packets, start, end, firstKey, beforeKey, decodeTimeOnly }: StreamTimes,
  { clock, format }: VideoProbe,
): Partial<VideoStream> {
  const seconds = end - clock;
  const counted = packets / Math.max(end - start, 1e-6);
  const isRateRight = video.fps > 0 && Math.abs(counted / video.fps - 1) <= rateTolerance;
  const measuresRate = packets > 1 && !isRateRight && (video.fps === 0 || ratesInHeader.includes(format));
  const fps = measuresRate ? Math.round(counted * 1000) / 1000 : video.fps;
  return {
    seconds: Math.abs((video.seconds ?? 0) - seconds) <= tolerance ? video.seconds : seconds,
    startsAt: Math.max(0, start - clock),
    keyFrameAt: beforeKey > 0 && firstKey !== null ? firstKey - clock : null,
    decodeTimesOnly: decodeTimeOnly * 2 > packets,
    fps,
    baseFps: video.baseFps > 0 ? video.baseFps : fps,
  };
}
