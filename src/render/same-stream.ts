import { createHash } from 'node:crypto';
import type { FfmpegJob } from '../model/render-job.ts';
import { contentHashArgs, packetHashArgs } from '../plan/ffmpeg-args.ts';
import { packetListArgs } from '../plan/look-args.ts';
import type { Span } from '../plan/plan.ts';
import type { Ffmpeg } from '../tools/ffmpeg.ts';

/** A stream of a file, by its number among all of them. */
export interface StreamOf {
  readonly path: string;
  readonly stream: number;
}

/** The same packets; or, where a container changed their form, packets that decode to the same. */
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
 * The packets of a stretch of the source, all of them and no others: since one stretch begins where the one before it
 * ends, the packets of all parts add up to those of the source. Where a container changed their form, what they decode to
 * is the same.
 */
export async function isSameCut(
  source: StreamOf,
  made: StreamOf,
  span: Span,
  ffmpeg: Ffmpeg,
  signal: AbortSignal,
): Promise<boolean> {
  // A little more, to see where the next stretch begins.
  const around = { from: span.from, to: span.to === null ? null : span.to + lookAhead };
  const whole = { from: 0, to: null };
  const listed = async (job: Omit<FfmpegJob, 'output'>, stretch: Pick<Span, 'from' | 'to'>) => {
    const packets = packetsOf(stretch);
    await ffmpeg.lines(job, signal, packets.take);
    return packets.hash();
  };
  // Of sound that sets in late, ffmpeg writes an edit list that ends a packet early (5.1 and 2018): the packet is there.
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
 * One hash of the packets of a stretch in the order of the file: from the first one that is shown at 0 (or, where the
 * source begins, before it: AAC needs a packet that is not heard) to the one before that with which the next stretch
 * begins. However long the stretch is, nothing of it is kept.
 */
export function packetsOf({ from, to }: Pick<Span, 'from' | 'to'>): {
  /** One line of ffmpeg's list: `#tb 0: 1/15360`, or `0, -1024, 0, 512, 6400, 9e1ab4...` with the time of showing third. */
  readonly take: (line: string) => void;
  /** null: there are none. */
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
