/** Timestamps of one stream in a container without a sample table, collected packet by packet. */
export interface StreamTimes {
  readonly packets: number;
  /** Presentation times of the first and last packet, in seconds of the file's timestamps. */
  readonly start: number;
  readonly last: number;
  /** The end of the last packet. All times continue where the file's timestamps jump. */
  readonly end: number;
  /** The time of the first key frame; null if there is none. */
  readonly firstKey: number | null;
  /** The number of packets before it, which cannot be displayed. */
  readonly beforeKey: number;
  /** The number of packets with a decode timestamp but no presentation timestamp. */
  readonly decodeTimeOnly: number;
  /** The longest time between consecutive packets in the file, in seconds. */
  readonly longestGap: number;
}

export interface PacketTimes {
  readonly streams: ReadonlyMap<number, StreamTimes>;
  /** The timestamps jump, as in concatenated recordings. */
  readonly jumps: boolean;
}

interface Reading {
  packets: number;
  first: number;
  last: number;
  end: number;
  /** The decode time of the next packet, on the continuous clock. */
  due: number | null;
  lastShown: number | null;
  firstKey: number | null;
  beforeKey: number;
  decodeTimeOnly: number;
  longestGap: number;
}

/** Thresholds as in ffmpeg (`-dts_delta_threshold`, and a tenth of a second backwards): a larger step is a jump. */
const forwards = 10;
const backwards = 0.1;

/**
 * The duration of the last packet if it is unknown, in seconds; and the most that earlier packets can imply, as for
 * slides.
 */
const unknownStep = 0.04;
const longestStep = 1;

/**
 * Parses the lines of `ffprobe -show_entries packet=stream_index,pts_time,dts_time,duration_time,flags -of
 * compact=p=0:nk=1` one by one, in constant memory.
 * @param mayJump the container may hold concatenated recordings (MPEG-TS): jumps are removed from the timestamps
 */
export function packetReader(mayJump: boolean): {
  readonly take: (line: string) => void;
  readonly times: () => PacketTimes;
} {
  const streams = new Map<number, Reading>();
  /** The sum of the jumps so far. */
  let offset = 0;
  let jumps = false;
  return {
    take(line) {
      const [stream, pts, dts, duration, flags = ''] = line.split('|');
      const shown = seconds(pts) ?? seconds(dts);
      const index = Number(stream);
      if (shown === null || stream === '' || !Number.isInteger(index)) return;
      const decoded = seconds(dts) ?? shown;
      const known = streams.get(index) ?? {
        ...{ packets: 0, first: Number.POSITIVE_INFINITY, last: Number.NEGATIVE_INFINITY, due: null, lastShown: null },
        ...{ end: Number.NEGATIVE_INFINITY, firstKey: null, beforeKey: 0, decodeTimeOnly: 0, longestGap: 0 },
      };
      streams.set(index, known);
      if (mayJump && known.due !== null) {
        const off = decoded + offset - known.due;
        if (off > forwards || off < -backwards) {
          offset -= off;
          jumps = true;
        }
      }
      const at = shown + offset;
      const length = seconds(duration) ?? 0;
      known.due = decoded + offset + length;
      if (known.firstKey === null) {
        if (flags.startsWith('K')) known.firstKey = at;
        else known.beforeKey++;
      }
      // An edit list hides this packet.
      if (flags[1] === 'D') return;
      known.packets++;
      if (seconds(pts) === null) known.decodeTimeOnly++;
      known.longestGap = Math.max(known.longestGap, Math.abs(at - (known.lastShown ?? at)));
      known.lastShown = at;
      known.first = Math.min(known.first, at);
      known.last = Math.max(known.last, at);
      known.end = Math.max(known.end, at + length);
    },
    times() {
      const found = [...streams].flatMap(([index, each]): [number, StreamTimes][] => {
        if (each.packets === 0) return [];
        const { packets, first, last, end, firstKey, beforeKey, decodeTimeOnly, longestGap } = each;
        // With B frames, neighbours in the file are far apart in time, so the average is a better estimate.
        const usual = packets > 1 ? (last - first) / (packets - 1) : unknownStep;
        const ends = end > last ? end : last + Math.min(usual, longestStep);
        return [[index, { packets, start: first, last, end: ends, firstKey, beforeKey, decodeTimeOnly, longestGap }]];
      });
      return { streams: new Map(found), jumps };
    },
  };
}

function seconds(text: string | undefined): number | null {
  const value = Number.parseFloat(text ?? '');
  return Number.isFinite(value) ? value : null;
}
