import * as z from 'zod';
import { commandWords } from '../text/command-words.ts';
import type { Engine } from './contract.ts';
import { jsonOf } from './service.ts';

/**
 * A program of the user: it reads one JSON object a line, `{ "id", "from", "to", "text" }`, and writes `{ "id", "text" }`,
 * in any order. One start for all texts of a run, because many such programs load a model first.
 */
export const command: Engine = {
  name: 'command',
  form: 'command:<command line>',
  read(rest, written) {
    const words = commandWords(rest);
    if (words === null) return 'needs a command line whose quotes are closed, such as command:python3 translate.py';
    return {
      written,
      address: null,
      place: `the program ${words[0]} on this machine`,
      needsKey: false,
      open: ({ tools, key }) => ({
        batch: { texts: 500, characters: 500_000 },
        parallel: 1,
        together: () => '',
        async translate(pieces, onAnswer, signal) {
          const input = pieces.map(({ id, from, to, text }) => `${JSON.stringify({ id, from, to, text })}\n`).join('');
          let isMute = true;
          const onLine = (line: string) => {
            if (line.trim() !== '') isMute = false;
            const read = answer.safeParse(jsonOf(line));
            if (read.success) onAnswer(read.data.id, read.data.text);
          };
          const limits = { seconds: secondsFor(input.length), outputBytes: 1_000_000 + 20 * input.length };
          const { failure } = await tools.commands.run(words, { input, ...limits, onLine, signal });
          // The program has the key in its environment, and may have printed it.
          const printed = failure ?? (isMute ? 'it printed no answer' : null);
          const reason = key === null ? printed : (printed?.replaceAll(key, '(key)') ?? null);
          return reason === null ? null : { reason, again: false, waitMilliseconds: null, isFinal: true };
        },
      }),
    };
  },
};

const answer = z.object({ id: z.string(), text: z.string() });

/** Five minutes to load a model, and then ten characters a second: a language model without a graphics card. */
function secondsFor(characters: number): number {
  return 300 + characters / 10;
}
