import * as z from 'zod';
import { ProgramError } from '../errors.ts';
import type { VideoProbe } from '../model/probe.ts';
import { loudnessArgs } from '../plan/look-args.ts';
import type { Loudness } from '../plan/loudness.ts';
import { monoPair } from '../plan/streams.ts';
import type { Tools } from '../tools/tools.ts';

const number = z.coerce.number();
const summary = z.object({ input_i: number, input_tp: number });

/**
 * How loud the sound of a video is that is used, as stereo if it is surround; null for silence.
 * @param gain dB; what has one, has its peaks held down too
 */
export async function measureLoudness(
  path: string,
  { audio }: VideoProbe,
  tools: Tools,
  signal: AbortSignal,
  gain = 0,
): Promise<Loudness | null> {
  const [sound] = audio;
  if (!sound) return null;
  const pair = monoPair(audio);
  const from = { stream: pair?.left ?? sound.index, right: pair?.right };
  const job = loudnessArgs(path, from, sound.channels > 2, gain);
  return readLoudness(await tools.ffmpeg.report(job, signal));
}

/**
 * `loudnorm`'s summary, a small JSON among other lines. Silence is `-inf`, which no number can be.
 * @throws ProgramError if it is not there
 */
export function readLoudness(lines: readonly string[]): Loudness | null {
  const text = lines.join('\n');
  const json = text.slice(text.lastIndexOf('{'), text.lastIndexOf('}') + 1);
  const said = summary.safeParse(parseJson(json.replaceAll('"-inf"', '"-1000"')));
  if (!said.success) throw new ProgramError('ffmpeg told no loudness', 'ffmpeg', text);
  const { input_i: integrated, input_tp: truePeak } = said.data;
  return integrated <= silence ? null : { integrated, truePeak };
}

/** EBU R128 hears nothing below, LUFS. */
const silence = -70;

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
