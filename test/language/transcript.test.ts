import { execFileSync } from 'node:child_process';
import { copyFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readTranscriber } from '../../src/language/transcriber.ts';
import { readTranscript } from '../../src/language/transcript.ts';
import { srtText } from '../../src/text/subtitles.ts';
import { createCommands } from '../../src/tools/commands.ts';
import { temporaryFolder } from '../media.ts';

const script = resolve(import.meta.dirname, '../stand-ins/transcriber.mjs');
const signal = new AbortController().signal;

const three = [
  { from: 0, to: 1500, text: 'Good morning from the quiet street,' },
  { from: 1500, to: 4000, text: 'it is = seven o’clock.' },
  { from: 8000, to: 9000, text: 'See you tomorrow.' },
];

async function heard(how: string, path = script, seconds = 1) {
  const transcriber = readTranscriber(`"${process.execPath}" "${script}" ${how}`);
  if (typeof transcriber === 'string') throw new Error(transcriber);
  return await transcriber.run(path, seconds, createCommands(), signal);
}

describe('a transcriber', () => {
  it.each(['srt', 'vtt', 'cpp', 'whisper', 'lines', 'srt --file {}'])('that prints %s: its cues', async (how) => {
    expect(await heard(how)).toEqual({ cues: three });
  });

  it('that prints nothing: nobody speaks', async () => {
    expect(await heard('none')).toEqual({ cues: [] });
  });

  it('that prints nothing but an error, and exits 0: failed with its error, and not “nobody speaks”', async () => {
    expect(await heard('mute')).toEqual({ failed: expect.stringContaining('failed to read audio file') });
  });

  it('that prints prose: not readable', async () => {
    expect(await heard('prose')).toEqual({ cues: null });
  });

  it.each([
    ['fail', 'it failed'],
    ['huge', 'printed too much'],
  ])('%s: failed with the reason', async (how, part) => {
    expect(await heard(how)).toEqual({ failed: expect.stringContaining(part) });
  });

  it('that is not there: a sentence', async () => {
    const transcriber = readTranscriber('nowhere/whisper');
    if (typeof transcriber === 'string') throw new Error(transcriber);
    expect(await transcriber.run(script, 1, createCommands(), signal)).toEqual({
      failed: 'the program nowhere/whisper on this machine: there is no such program',
    });
  });

  it.each(['a b; touch x $(y) `z`.mp4', '"quoted" \'twice\'.mp4', '-rf $& {}.mp4'])(
    'gets the path %s as one argument, without a shell',
    async (name) => {
      const path = join(await temporaryFolder(), name);
      await copyFile(script, path);
      expect(await heard('srt', path)).toEqual({ cues: three });
      expect(await heard('srt -f {}', path)).toEqual({ cues: three });
    },
  );

  it('whose command line has an open quote is refused', () => {
    expect(readTranscriber('whisper "a')).toContain('quotes are closed');
  });
});

describe('readTranscript', () => {
  it.each([
    ['segments alone', '[{"start":0,"end":1,"text":"a"}]'],
    ['a segment a line', '{"start":0,"end":1,"text":"a"}\n{"start":2,"end":3,"text":" "}'],
    ['a segment a line, with blank lines', '{"start":0,"end":1,"text":"a"}\n\n{"start":2,"end":3,"text":" "}'],
    ['one segment', '{"start":0,"end":1,"text":"a"}'],
    ['more than it needs', '{"segments":[{"start":0,"end":1,"text":"a","words":[1],"seek":0}],"language":7}'],
  ])('JSON, %s', (_what, text) => {
    expect(readTranscript(text)).toEqual({ cues: [{ from: 0, to: 1000, text: 'a' }] });
  });

  it('the lines of faster-whisper’s example: their cues', () => {
    const printed = "Detected language 'en' with probability 0.98\n[0.00s -> 1.50s]  Good\n[1.50s -> 61.25s]  morning";
    expect(readTranscript(printed)).toEqual({
      cues: [
        { from: 0, to: 1500, text: 'Good' },
        { from: 1500, to: 61_250, text: 'morning' },
      ],
    });
  });

  it.each(['{}', '[1]', '{"segments": 1}', '{"start":"0","end":1,"text":"a"}'])('%s is no transcript', (text) => {
    expect(readTranscript(text)).toBeNull();
  });

  it.each(['[]', '{"segments":[]}', '{"transcription":[]}', 'WEBVTT\n\n', '00:00:00,000 --> 00:00:01,000\n\n'])(
    '%j: nobody speaks',
    (text) => {
      expect(readTranscript(text)).toEqual({ cues: [] });
    },
  );

  it('whatever is printed, it answers, and what it answers can be written', () => {
    const piece = fc.constantFrom(
      '{',
      '[',
      '"start":',
      '1e999',
      '00:00:01,000 --> 00:00:02,000',
      '\n',
      '"text":"a"',
      '}',
      ']',
      ',',
    );
    const printed = fc.oneof(
      fc.string({ maxLength: 200 }),
      fc.array(piece, { maxLength: 30 }).map((all) => all.join('')),
      fc.json(),
    );
    fc.assert(
      fc.property(printed, (text) => {
        srtText(readTranscript(text)?.cues ?? []);
      }),
      { numRuns: 1000 },
    );
  });
});

/** A real recogniser: Debian's pocketsphinx on speech of espeak-ng. */
const isThere = has('pocketsphinx_continuous', '-version') && has('espeak-ng', '--version');
if (!isThere) console.warn('pocketsphinx, its English model or espeak-ng is not installed: their test is skipped.');

function has(program: string, option: string): boolean {
  try {
    execFileSync(program, [option], { stdio: 'ignore' });
    return true;
  } catch (error) {
    return error instanceof Error && 'status' in error && error.status !== null;
  }
}

describe.skipIf(!isThere)('pocketsphinx', () => {
  it('hears words of a video in which espeak-ng speaks, with their times', async () => {
    const folder = await temporaryFolder();
    const wave = join(folder, 'said.wav');
    execFileSync('espeak-ng', ['-v', 'en-us', '-s', '130', '-w', wave, 'we will go to the school in the morning']);
    const video = join(folder, 'a video.mp4');
    const black = ['-f', 'lavfi', '-i', 'color=black:s=64x64:r=5', '-i', wave, '-shortest', '-c:a', 'aac'];
    execFileSync('ffmpeg', ['-v', 'error', ...black, `file:${video}`]);
    const sphinx = resolve(import.meta.dirname, '../stand-ins/pocketsphinx.mjs');
    const transcriber = readTranscriber(`"${process.execPath}" "${sphinx}" {}`);
    if (typeof transcriber === 'string') throw new Error(transcriber);
    const found = await transcriber.run(video, 5, createCommands(), signal);
    if ('failed' in found) throw new Error(found.failed);
    const text = (found.cues ?? []).map((cue) => cue.text).join(' ');
    expect(text).toContain('we will go to the');
    expect(found.cues?.at(-1)?.to).toBeLessThan(8000);
  }, 120_000);
});
