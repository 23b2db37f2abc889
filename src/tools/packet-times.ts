/** When the packets of one stream are shown, as a container without a table of samples tells it: packet by packet. */
export interface StreamTimes {
  readonly packets: number;
  /** When the first packet is shown, and the last one, seconds of the file's own clock. */
  readonly start: number;
  readonly last: number;
  /** When the last one ends. All on a clock that goes on where the file's own one jumps. */
  readonly end: number;
  /** Of the first packet that decodes by itself; null where there is none. */
  readonly firstKey: number | null;
  /** The packets before that one, which show nothing. */
  readonly beforeKey: number;
  /** The packets that say when they are decoded and not when they are shown. */
  readonly decodeTimeOnly: number;
  /** The longest time between two packets that follow each other in the file, seconds. */
  readonly longestGap: number;
}

export interface PacketTimes {
  readonly streams: ReadonlyMap<number, StreamTimes>;
  /** The file's clock jumps: recordings that were put together. */
  readonly jumps: boolean;
}

interface Reading {
  packets: number;
  first: number;
  last: number;
  end: number;
  /** When the next packet is due to be decoded, on the clock that goes on. */
  due: number | null;
  lastShown: number | null;
  step: number;
  firstKey: number | null;
  beforeKey: number;
  decodeTimeOnly: number;
  longestGap: number;
}

/** As ffmpeg has it (`-dts_delta_threshold`, and a tenth of a second backwards): further off, the clock has jumped. */
const forwards = 10;
const backwards = 0.1;

/** Where nothing tells how long the last packet is shown, seconds; and the most that those before it can tell: of slides. */
const unknownStep = 0.04;
const longestStep = 1;

/**
 * Reads the lines of `ffprobe -show_entries packet=stream_index,pts_time,dts_time,duration_time,flags -of compact=p=0:nk=1`,
 * one after the other: however many there are, nothing of them is kept.
 * @param mayJump the container may hold recordings that were put together (MPEG-TS): their clock is made to go on
 */
export function packetReader(mayJump: boolean): {
  readonly take: (line: string) => void;
  readonly times: () => PacketTimes;
} {
  const streams = new Map<number, Reading>();
  /** What the clock lost or won at the jumps so far. */
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
        ...{ end: Number.NEGATIVE_INFINITY, step: 0, firstKey: null, beforeKey: 0, decodeTimeOnly: 0, longestGap: 0 },
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
      // An edit list hides it.
      if (flags[1] === 'D') return;
      known.packets++;
      if (seconds(pts) === null) known.decodeTimeOnly++;
      known.longestGap = Math.max(known.longestGap, Math.abs(at - (known.lastShown ?? at)));
      known.step = length || Math.abs(at - (known.lastShown ?? at)) || known.step;
      known.lastShown = at;
      known.first = Math.min(known.first, at);
      known.last = Math.max(known.last, at);
      known.end = Math.max(known.end, at + length);
    },
    times() {
      const found = [...streams].flatMap(([index, each]): [number, StreamTimes][] => {
        if (each.packets === 0) return [];
        const { packets, first, last, end, step, firstKey, beforeKey, decodeTimeOnly, longestGap } = each;
        // Of B frames two neighbours in the file lie far apart on the clock: the average is nearer.
        const usual = packets > 1 ? (last - first) / (packets - 1) : step || unknownStep;
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
