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
 * Measures the loudness of a video's selected sound, with surround mixed down to stereo; null for silence.
 * @param gain gain in dB; with a gain the peaks are limited too
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
 * Parses the summary of `loudnorm`, a small JSON object among other lines. Silence is `-inf`, which is not a JSON
 * number.
 * @throws ProgramError if it is missing
 */
export function readLoudness(lines: readonly string[]): Loudness | null {
  const text = lines.join('\n');
  const json = text.slice(text.lastIndexOf('{'), text.lastIndexOf('}') + 1);
  const said = summary.safeParse(parseJson(json.replaceAll('"-inf"', '"-1000"')));
  if (!said.success) throw new ProgramError('ffmpeg printed no loudness', 'ffmpeg', text);
  const { input_i: integrated, input_tp: truePeak } = said.data;
  return integrated <= silence ? null : { integrated, truePeak };
}

/** The absolute gate of EBU R128, LUFS: anything below counts as silence. */
const silence = -70;

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
