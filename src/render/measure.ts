import type { OriginalFile } from '../model/original.ts';
import type { VideoProbe } from '../model/probe.ts';
import type { Answers, Measure, Of } from '../plan/measure.ts';
import type { Tools } from '../tools/tools.ts';
import { attentionCentre } from './attention.ts';
import { coverMoment } from './cover-moment.ts';
import { findCutPoints } from './cut-points.ts';
import { measureLoudness } from './loudness.ts';
import type { Stills } from './stills.ts';

export interface Video {
  readonly file: OriginalFile;
  readonly probe: VideoProbe;
}

type Measurer<Kind extends Measure['kind']> = (
  wanted: Of<Kind>,
  video: Video,
  tools: Tools,
  signal: AbortSignal,
  stills: Stills | undefined,
) => Promise<Answers[Kind]>;

/** The implementation of each measurement. */
const measurers: { readonly [Kind in Measure['kind']]: Measurer<Kind> } = {
  cover: coverMoment,
  'cut-points': async (window, { file, probe }, tools, signal) =>
    findCutPoints(file.path, probe, window, tools, signal),
  sound: async ({ from, to }, { file, probe: { clock, audio } }, { ffprobe }, signal) => {
    const [sound] = audio;
    if (!sound) return false;
    const packets = await ffprobe.packets(file.path, sound.index, clock + from, clock + to, signal);
    return packets.some(({ shownAt }) => shownAt !== null && shownAt >= clock + from && shownAt < clock + to);
  },
  loudness: async (_wanted, { file, probe }, tools, signal) => measureLoudness(file.path, probe, tools, signal),
  'limited-loudness': async ({ gain }, { file, probe }, tools, signal) =>
    measureLoudness(file.path, probe, tools, signal, gain),
  attention: attentionCentre,
  zscale: async (_wanted, _video, { ffmpeg }) => (await ffmpeg.filters()).has('zscale'),
};

/**
 * Takes a measurement of a video for a plan.
 * @param stills gets the frame of the best cover, if it was decoded whole
 * @throws ProgramError if the video cannot be read
 * @throws InterruptedError
 */
export async function measure<Kind extends Measure['kind']>(
  wanted: Of<Kind>,
  video: Video,
  tools: Tools,
  signal: AbortSignal,
  stills?: Stills,
): Promise<Answers[Kind]> {
  const measurer: Measurer<Kind> = measurers[wanted.kind as Kind];
  return await measurer(wanted, video, tools, signal, stills);
}
