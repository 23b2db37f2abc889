import * as z from 'zod';
import { type Cue, maxCues, readCues, tidyCues } from '../text/subtitles.ts';
import { jsonOf } from './service.ts';

/** The transcript of a video. No cues: nobody speaks. */
export interface Transcript {
  readonly cues: readonly Cue[];
}

/**
 * Reads what a recogniser printed: SubRip, WebVTT, the lines of whisper and of faster-whisper's example, or JSON of
 * whisper.cpp (`-oj`), openai-whisper or faster-whisper, as one document or a segment a line.
 * @returns null if it is none of these
 */
export function readTranscript(printed: string): Transcript | null {
  const text = printed.replace(/^\ufeff/, '').trim();
  if (text === '' || text === 'WEBVTT') return { cues: [] };
  const found = /^[[{]\s*["{\]]/.test(text) ? ofJson(text) : undefined;
  if (found !== undefined) return found;
  const lines = [...text.matchAll(secondsLine)];
  if (lines.length > 0)
    return transcript(
      lines.map(([, from, to, said = '']) => ({ from: 1000 * Number(from), to: 1000 * Number(to), text: said })),
    );
  const cues = readCues(text);
  const isEmptyVtt = /^WEBVTT(?:[ \t]|\n|$)/.test(text) && !text.includes('-->');
  // Times without words are an answer as well.
  return cues.length > 0 || isEmptyVtt || /\d[,.]\d+\s*-->\s*\d/.test(text) ? { cues } : null;
}

/** As faster-whisper's example prints a segment: `[0.00s -> 2.50s]  Hello`. */
const secondsLine = /^\[(\d{1,6}(?:\.\d{1,3})?)s -> (\d{1,6}(?:\.\d{1,3})?)s\](.*)$/gm;

const segment = z.object({ start: z.number(), end: z.number(), text: z.string() });
const segments = z.array(segment);
const ofWhisper = z.object({ segments });
const ofWhisperCpp = z.object({
  transcription: z.array(z.object({ offsets: z.object({ from: z.number(), to: z.number() }), text: z.string() })),
});

/** `undefined`: no JSON. */
function ofJson(text: string): Transcript | null | undefined {
  const whole = jsonOf(text);
  const value =
    whole === undefined
      ? text
          .split('\n')
          .filter((line) => line.trim() !== '')
          .map((line) => jsonOf(line))
      : whole;
  if (Array.isArray(value) && value.includes(undefined)) return undefined;
  const cpp = ofWhisperCpp.safeParse(value).data;
  if (cpp) {
    const cues = cpp.transcription.map(({ offsets, text: said }) => ({ ...offsets, text: said }));
    return transcript(cues);
  }
  const python = ofWhisper.safeParse(value).data;
  const list = python?.segments ?? segments.safeParse(value).data ?? segments.safeParse([value]).data;
  if (list === undefined) return null;
  const cues = list.map(({ start, end, text: said }) => ({ from: 1000 * start, to: 1000 * end, text: said }));
  return transcript(cues);
}

function transcript(cues: readonly Cue[]): Transcript {
  return { cues: tidyCues(cues.slice(0, maxCues)) };
}
