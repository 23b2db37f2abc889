import { commandWords } from '../text/command-words.ts';
import type { Commands } from '../tools/commands.ts';
import { readTranscript, type Transcript } from './transcript.ts';

/** A program of the user that prints what is said in a video. */
export interface Transcriber {
  /** As the user wrote it. */
  readonly written: string;
  /** For messages: `the program whisper-cli on this machine`. */
  readonly place: string;
  /**
   * Runs it once, without a shell.
   * @param path the video, absolute: it cannot be taken for an option
   * @param seconds of the video
   * @throws InterruptedError
   */
  run(path: string, seconds: number, commands: Commands, signal: AbortSignal): Promise<TranscriberResult>;
}

/** `cues` is null if it succeeded, and printed something else than a transcript. `failed`: another run may succeed. */
export type TranscriberResult = Transcript | { readonly cues: null } | { readonly failed: string };

const maxBytes = 5_000_000;

/** @returns the program, or what is wrong with the command line, as half a sentence */
export function readTranscriber(written: string): Transcriber | string {
  const words = commandWords(written);
  if (words === null)
    return 'takes a command line whose quotes are closed, such as "whisper-cli -m model.bin -np -f {}"';
  const [program, ...args] = words;
  const place = `the program ${program} on this machine`;
  return {
    written,
    place,
    async run(path, seconds, commands, signal) {
      const hasPlace = args.some((word) => word.includes('{}'));
      // Not a pattern: a path may contain `$&`.
      const given = hasPlace ? args.map((word) => word.split('{}').join(path)) : [...args, path];
      const limits = { seconds: secondsFor(seconds), outputBytes: maxBytes, without: ['PORT_TRANSLATOR_KEY'] };
      let complaint: string | null = null;
      const onErrors = (errors: string) => {
        complaint = errorIn(errors);
      };
      const { output, failure } = await commands.run([program, ...given], { ...limits, onErrors, signal });
      const reason = failure ?? (output.trim() === '' ? complaint : null);
      if (reason !== null) return { failed: `${place}: ${reason}` };
      return readTranscript(output) ?? { cues: null };
    },
  };
}

/**
 * What a program complains of that prints nothing and exits 0, as whisper-cli does if it cannot read a file: that is not
 * a video in which nobody speaks.
 */
function errorIn(errors: string): string | null {
  const line = errors.split('\n').findLast((each) => /\b(?:error|failed|cannot|could not|unable)\b/i.test(each));
  return line === undefined ? null : `it printed nothing (${line.trim().slice(0, 300)})`;
}

/** A large model without a graphics card takes many times the length of the video, and minutes to load. */
function secondsFor(seconds: number): number {
  return Math.min(600 + 30 * seconds, 6 * 3600);
}
