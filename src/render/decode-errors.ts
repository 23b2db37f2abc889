import type { Issue } from '../model/issue.ts';
import type { FfmpegJob } from '../model/render-job.ts';
import type { Ffmpeg } from '../tools/ffmpeg.ts';
import type { Tools } from '../tools/tools.ts';

/** A file with some damage is delivered anyway, but a person has to know. */
export const decodeErrors: Issue = { code: 'decode-errors', severity: 'warning', actual: null, limit: null };

/** The tools of one post, and whether ffmpeg has reported decoding errors so far. */
export interface WatchedTools {
  readonly tools: Tools;
  readonly metDamage: () => boolean;
}

/**
 * Wraps the tools to detect errors in everything that is decoded for a post anyway (encoding, covers, measurements).
 * Nothing is decoded only for this.
 */
export function watchDecoding(tools: Tools): WatchedTools {
  let damaged = false;
  const onDecodeError = () => {
    damaged = true;
  };
  const watched = <Job extends Omit<FfmpegJob, 'output'>>(job: Job): Job => ({ ...job, onDecodeError });
  const { ffmpeg } = tools;
  const watching: Ffmpeg = {
    ...ffmpeg,
    run: async (job, signal, onSeconds) => ffmpeg.run(watched(job), signal, onSeconds),
    capture: async (job, maxBytes, signal) => ffmpeg.capture(watched(job), maxBytes, signal),
    frames: async (job, bytes, signal, onFrame) => ffmpeg.frames(watched(job), bytes, signal, onFrame),
    lines: async (job, signal, onLine) => ffmpeg.lines(watched(job), signal, onLine),
    report: async (job, signal) => ffmpeg.report(watched(job), signal),
  };
  return { tools: { ...tools, ffmpeg: watching }, metDamage: () => damaged };
}
