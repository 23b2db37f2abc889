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

/** A stream that was copied, in the source and in the result. */
export interface CopiedStream {
  readonly source: StreamOf;
  readonly made: StreamOf;
}

/**
 * Compares streams of one file with their copies in another one: by their packets, each file in one run of ffmpeg, because
 * starting it costs more than reading a short video; where these differ, because a container changed the form of packets,
 * by what they decode to.
 * @param copied streams of the same two files
 * @returns the first stream that differs; null if all are the same
 */
export async function firstChangedStream<Copied extends CopiedStream>(
  copied: readonly Copied[],
  ffmpeg: Ffmpeg,
  signal: AbortSignal,
): Promise<Copied | null> {
  const [first] = copied;
  if (!first) return null;
  const hashed = (of: 'source' | 'made') =>
    packetHashArgs(
      first[of].path,
      copied.map((each) => each[of].stream),
    );
  const [before = '', after = ''] = await said([hashed('source'), hashed('made')], hashBytes, ffmpeg, signal);
  const [old, now] = [linesOf(before), linesOf(after)];
  for (const [index, each] of copied.entries()) {
    if (old[index] !== undefined && old[index] === now[index]) continue;
    const contents = [each.source, each.made].map(({ path, stream }) => contentHashArgs(path, stream));
    const [decoded, again] = await said(contents, hashBytes, ffmpeg, signal);
    if (decoded === '' || decoded !== again) return each;
  }
  return null;
}

function linesOf(hashes: string): string[] {
  return hashes.split('\n').filter((line) => line !== '');
}

/** The same for a part: the first stream that does not hold exactly the packets of its range; null if all do. */
export async function firstChangedCut<Copied extends CopiedStream>(
  copied: readonly Copied[],
  span: Span,
  ffmpeg: Ffmpeg,
  signal: AbortSignal,
): Promise<Copied | null> {
  for (const each of copied) if (!(await isSameCut(each.source, each.made, span, ffmpeg, signal))) return each;
  return null;
}

/**
 * Whether a part contains exactly the packets of its range in the source. Each range starts where the previous one
 * ends, so the parts together contain all packets. If a container changed the form of packets, the decoded data is
 * compared.
 */
async function isSameCut(
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
