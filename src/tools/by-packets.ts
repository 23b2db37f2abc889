import type { VideoProbe, VideoStream } from '../model/probe.ts';
import type { PacketTimes, StreamTimes } from './packet-times.ts';

/** What containers round to their own clocks, and a last packet of sound: a header this close is right, seconds. */
const tolerance = 0.1;

/** How far the rate in a header may lie from the frames that are there: a share. */
const rateTolerance = 0.03;

/** Containers whose rate stands in the header; of others ffprobe takes it from the stream itself. */
const ratesInHeader = ['matroska', 'flv'];

/**
 * A probe of a container without a table of samples, measured by its packets: how long it is, when picture and sound begin,
 * how many frames there are, and where the first key frame comes. A length in the header that is greater than that of all
 * packets stays: the file breaks off, and is found to do so when it is made.
 * @returns null where none of several frames says when it is shown
 */
export function byPackets(probe: VideoProbe, { streams, jumps }: PacketTimes): VideoProbe | null {
  const { video, audio, clock } = probe;
  const times = video && streams.get(video.index);
  if (times && times.packets > 1 && times.last <= times.start) return null;
  const used = [video, ...audio.slice(0, 1)].flatMap((each) => (each && streams.get(each.index)) ?? []);
  const endOf = (all: Iterable<StreamTimes>) => Math.max(0, ...[...all].map(({ end }) => end - clock));
  const measured = endOf(used);
  if (video && !(measured > 0) && !(probe.seconds > 0)) return null;
  // A header that is shorter than the packets would cut off the last of them.
  const isHeaderRight = probe.seconds >= measured && probe.seconds - measured <= tolerance;
  const isLonger = probe.seconds > endOf(streams.values()) + tolerance && !jumps;
  // The last slide of a slideshow, or of a screen that stands still, may stand as long as one before it did.
  const mayStand = [...streams.values()].some(({ last, longestGap }) => last + longestGap - clock >= probe.seconds);
  const breaksOff = isLonger && !mayStand;
  return {
    ...probe,
    seconds: measured > 0 && !isHeaderRight && !isLonger ? measured : probe.seconds,
    jumps,
    breaksOff,
    // Of a file that breaks off, the length of the picture stays what the header says: it does not end there, it is cut off.
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
