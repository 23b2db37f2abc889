#!/usr/bin/env node
// A recogniser for `--transcribe`: prints what its first argument names (srt, vtt, cpp, whisper, lines, none, prose, huge),
// or fails (fail, slow; mute: as whisper-cli does with a file that it cannot read, without an exit code). The last argument is the video. With PORT_TRANSCRIBER_LOG it appends its arguments to that file.
import { appendFileSync, existsSync } from 'node:fs';

const [how = 'srt', ...rest] = process.argv.slice(2);
const log = process.env.PORT_TRANSCRIBER_LOG;
if (log) appendFileSync(log, `${JSON.stringify(rest)}\n`);
if (!existsSync(rest.at(-1) ?? '')) process.exit(4);
if (process.env.PORT_TRANSLATOR_KEY) process.exit(5);

const said = [
  [0, 1.5, 'Good morning from the quiet street,'],
  [1.5, 4, 'it is = seven o’clock.'],
  [8, 9, 'See you tomorrow.'],
];
const clock = (seconds, sign) => `00:00:${seconds.toFixed(3).padStart(6, '0').replace('.', sign)}`;
const cues = (sign) =>
  said.map(([from, to, text]) => `${clock(from, sign)} --> ${clock(to, sign)}\n${text}\n`).join('\n');
const printed = {
  srt: () => cues(','),
  vtt: () => `WEBVTT\n\n${cues('.')}`,
  cpp: () =>
    JSON.stringify({
      systeminfo: 'x',
      result: { language: 'en' },
      transcription: said.map(([from, to, text]) => ({
        offsets: { from: 1000 * from, to: 1000 * to },
        text: ` ${text}`,
      })),
    }),
  whisper: () =>
    JSON.stringify({
      text: '',
      language: 'en',
      segments: said.map(([start, end, text], id) => ({ id, start, end, text })),
    }),
  lines: () => said.map(([from, to, text]) => `[${clock(from, '.')} --> ${clock(to, '.')}]   ${text}`).join('\n'),
  none: () => '',
  prose: () => 'Good morning from the quiet street.',
  huge: () => 'x'.repeat(6_000_000),
};
if (how === 'fail') {
  console.error('no model at /models/base.bin');
  process.exit(3);
}
if (how === 'mute') {
  console.error(`error: failed to read audio file '${rest.at(-1)}'`);
  process.exit(0);
}
if (how === 'slow') await new Promise((resolve) => setTimeout(resolve, 60_000));
process.stdout.write(printed[how]());
