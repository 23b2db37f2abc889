import { createHash } from 'node:crypto';
import type { FfmpegJob } from '../model/render-job.ts';
import { contentHashArgs, packetHashArgs } from '../plan/ffmpeg-args.ts';
import { packetListArgs } from '../plan/look-args.ts';
import type { Span } from '../plan/plan.ts';
import type { Ffmpeg } from '../tools/ffmpeg.ts';

/** A stream of a file, by its index among all streams. */
export interface StreamOf {
  readonly path: string;
  readonly stream: number;
}

/**
 * Whether two streams have the same packets or, if a container changed the form of packets, decode to the same data.
 */
export async function isSameStream(
  source: StreamOf,
  made: StreamOf,
  ffmpeg: Ffmpeg,
  signal: AbortSignal,
): Promise<boolean> {
  for (const args of [packetHashArgs, contentHashArgs]) {
    const [first, second] = await said(
      [args(source.path, source.stream), args(made.path, made.stream)],
      hashBytes,
      ffmpeg,
      signal,
    );
    if (first !== '' && first === second) return true;
  }
  return false;
}

/**
 * Whether a part contains exactly the packets of its range in the source. Each range starts where the previous one
 * ends, so the parts together contain all packets. If a container changed the form of packets, the decoded data is
 * compared.
 */
export async function isSameCut(
  source: StreamOf,
  made: StreamOf,
  span: Span,
  ffmpeg: Ffmpeg,
  signal: AbortSignal,
): Promise<boolean> {
  // Reads slightly more, to find where the next range starts.
  const around = { from: span.from, to: span.to === null ? null : span.to + lookAhead };
  const whole = { from: 0, to: null };
  const listed = async (job: Omit<FfmpegJob, 'output'>, stretch: Pick<Span, 'from' | 'to'>) => {
    const packets = packetsOf(stretch);
    await ffmpeg.lines(job, signal, packets.take);
    return packets.hash();
  };
  // For sound that starts late, ffmpeg writes an edit list that ends one packet early (5.1 and 2018); the packet is in
  // the file.
  const found = async (options: readonly string[]) =>
    listed(packetListArgs(made.path, made.stream, whole, options), whole);
  const listedSource = listed(packetListArgs(source.path, source.stream, around), span);
  const [wanted, first] = await Promise.all([listedSource, found([])]);
  if (wanted !== null && (wanted === first || wanted === (await found(['-ignore_editlist', '1'])))) return true;

  const contents = [contentHashArgs(source.path, source.stream, span), contentHashArgs(made.path, made.stream)];
  const [before, after] = await said(contents, hashBytes, ffmpeg, signal);
  return before !== '' && before === after;
}

const hashBytes = 1000;
const lookAhead = 2;

/**
 * Hashes the packets of a range in file order: from the first one displayed at 0 (or earlier at the start of the
 * source, because AAC needs a priming packet) to the last one before the next range. Uses constant memory.
 */
export function packetsOf({ from, to }: Pick<Span, 'from' | 'to'>): {
  /**
   * Takes one line of ffmpeg's list: `#tb 0: 1/15360`, or `0, -1024, 0, 512, 6400, 9e1ab4...` with the presentation
   * timestamp third.
   */
  readonly take: (line: string) => void;
  /** null: no packets. */
  readonly hash: () => string | null;
} {
  const hash = createHash('sha256');
  let unit = 1;
  let count = 0;
  let isOver = false;
  return {
    take(line) {
      const [, above, below] = /^#tb 0: (\d+)\/(\d+)/.exec(line) ?? [];
      if (above && below) unit = Number(above) / Number(below);
      const [, , shown, , , packet] = line.split(',');
      if (isOver || line.startsWith('#') || shown === undefined || packet === undefined) return;
      const at = Number(shown) * unit;
      if (count === 0 && from > 0 && at < 0) return;
      isOver = count > 0 && to !== null && at >= to - from;
      if (isOver) return;
      hash.update(`${packet.trim()}\n`);
      count++;
    },
    hash: () => (count === 0 ? null : hash.digest('hex')),
  };
}

async function said(
  jobs: readonly Omit<FfmpegJob, 'output'>[],
  maxBytes: number,
  ffmpeg: Ffmpeg,
  signal: AbortSignal,
): Promise<string[]> {
  const all = await Promise.all(jobs.map(async (job) => ffmpeg.capture(job, maxBytes, signal)));
  return all.map((each) => new TextDecoder().decode(each));
}
