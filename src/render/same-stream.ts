import { contentHashArgs, packetHashArgs } from '../plan/ffmpeg-args.ts';
import { packetListArgs } from '../plan/look-args.ts';
import type { Span } from '../plan/plan.ts';
import type { Ffmpeg, FfmpegJob } from '../tools/tools.ts';

type Stream = 'v:0' | 'a:0';

/** The same packets; or, where a container changed their form, packets that decode to the same. */
export async function isSameStream(
  source: string,
  made: string,
  stream: Stream,
  ffmpeg: Ffmpeg,
  signal: AbortSignal,
): Promise<boolean> {
  for (const args of [packetHashArgs, contentHashArgs]) {
    const [first, second] = await said([args(source, stream), args(made, stream)], hashBytes, ffmpeg, signal);
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
  source: string,
  made: string,
  stream: Stream,
  span: Span,
  ffmpeg: Ffmpeg,
  signal: AbortSignal,
): Promise<boolean> {
  // A little more, to see where the next stretch begins.
  const around = { from: span.from, to: span.to === null ? null : span.to + lookAhead };
  // Of sound that sets in late, ffmpeg writes an edit list that ends a packet early (5.1 and 2018): the packet is there.
  const whole = { from: 0, to: null };
  const lists = [
    packetListArgs(source, stream, around),
    packetListArgs(made, stream, whole),
    packetListArgs(made, stream, whole, ['-ignore_editlist', '1']),
  ];
  const [before = '', ...after] = await said(lists, listBytes, ffmpeg, signal);
  const wanted = hashesOf(stretchOf(readPackets(before), span));
  if (wanted !== '' && after.some((list) => hashesOf(readPackets(list)) === wanted)) return true;

  const contents = [contentHashArgs(source, stream, span), contentHashArgs(made, stream)];
  const [first, second] = await said(contents, hashBytes, ffmpeg, signal);
  return first !== '' && first === second;
}

function hashesOf(packets: readonly ListedPacket[]): string {
  return packets.map(({ hash }) => hash).join();
}

const hashBytes = 1000;
const listBytes = 200_000_000;
const lookAhead = 2;

export interface ListedPacket {
  /** Seconds from where the stretch begins. */
  readonly shownAt: number;
  readonly hash: string;
}

/**
 * In the order of the file: from the first packet that is shown at 0 (or, where the source begins, before it: AAC needs a
 * packet that is not heard) to the one before that with which the next stretch begins.
 */
export function stretchOf(packets: readonly ListedPacket[], { from, to }: Span): readonly ListedPacket[] {
  const first = from === 0 ? 0 : packets.findIndex(({ shownAt }) => shownAt >= 0);
  const next = to === null ? -1 : packets.findIndex(({ shownAt }, at) => at > first && shownAt >= to - from);
  return first < 0 ? [] : packets.slice(first, next < 0 ? undefined : next);
}

/** `#tb 0: 1/15360`, then lines such as `0, -1024, 0, 512, 6400, 9e1ab4...` with the time of showing third. */
export function readPackets(list: string): ListedPacket[] {
  const [, above = '1', below = '1'] = /^#tb 0: (\d+)\/(\d+)/m.exec(list) ?? [];
  const unit = Number(above) / Number(below);
  return list.split('\n').flatMap((line) => {
    const fields = line.split(',').map((field) => field.trim());
    const [, , shown, , , hash] = fields;
    return line.startsWith('#') || shown === undefined || hash === undefined
      ? []
      : [{ shownAt: Number(shown) * unit, hash }];
  });
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
