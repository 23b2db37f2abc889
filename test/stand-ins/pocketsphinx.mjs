#!/usr/bin/env node
// Debian's pocketsphinx for `--transcribe`: its words with their times become SRT, a cue an utterance.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const [video] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), 'pocketsphinx-'));
try {
  const wave = join(folder, 'sound.wav');
  execFileSync('ffmpeg', ['-v', 'error', '-i', `file:${video}`, '-vn', '-ar', '16000', '-ac', '1', wave]);
  const args = ['-infile', wave, '-time', 'yes', '-logfn', '/dev/null'];
  const lines = execFileSync('pocketsphinx_continuous', args, {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  }).split('\n');
  const cues = [];
  for (const line of lines) {
    const [, word, from, to] = /^(\S+) (\d+\.\d+) (\d+\.\d+) \d+\.\d+$/.exec(line) ?? [];
    if (word === '<s>') cues.push({ from: Number(from), to: Number(to), words: [] });
    else if (word !== undefined && cues.length > 0) {
      if (!word.startsWith('<') && !word.startsWith('[')) cues.at(-1).words.push(word.replace(/\(\d+\)$/, ''));
      cues.at(-1).to = Number(to);
    }
  }
  const clock = (time) => new Date(Math.round(1000 * time)).toISOString().slice(11, 23).replace('.', ',');
  const blocks = cues.map(
    ({ from, to, words }, index) => `${index + 1}\n${clock(from)} --> ${clock(to)}\n${words.join(' ')}\n`,
  );
  console.log(blocks.join('\n'));
} finally {
  rmSync(folder, { recursive: true });
}
