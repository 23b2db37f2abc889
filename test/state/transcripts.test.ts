import { appendFile, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openTranscripts, speechPath, transcriptsPath } from '../../src/state/transcripts.ts';
import { createFiles } from '../../src/tools/disk-files.ts';
import { temporaryFolder } from '../media.ts';
import { fullOnce } from './full-disk.ts';

const key = '2025-03-02_09-15-04';
const command = 'whisper -k secret-key {}';
const cues = [{ from: 0, to: 1000, text: 'Good morning' }];
const others = [{ from: 0, to: 2000, text: 'Good night' }];
const files = createFiles();
const textOf = async (path: string) => readFile(path, 'utf8').catch(() => null);

async function heard(what: readonly (typeof cues)[number][] | null = cues) {
  const folder = await temporaryFolder();
  await (await openTranscripts(folder, files)).put(key, 'video', command, what);
  return folder;
}

describe('what was heard', () => {
  it('is there in the next run, and its command line is in no document', async () => {
    const folder = await heard();
    const again = await openTranscripts(folder, files);
    expect(again.subtitlesOf(key)).toEqual({ cues, video: 'video' });
    expect(again.spokenIn(key)).toBe('Good morning');
    expect(again.isKnown(key, 'video')).toBe(true);
    expect(await textOf(transcriptsPath(folder))).not.toContain('secret-key');
  });

  it('in another video is not known, and takes the place of the former', async () => {
    const folder = await heard();
    const again = await openTranscripts(folder, files);
    expect([again.isKnown(key, 'another'), again.isKnown(key, null)]).toEqual([false, true]);
    await again.put(key, 'another', command, others);
    expect((await openTranscripts(folder, files)).subtitlesOf(key)).toEqual({ cues: others, video: 'another' });
    expect(await textOf(speechPath(folder, key))).toContain('Good night');
    await again.put(key, 'silent', command, []);
    expect(await textOf(speechPath(folder, key))).toBeNull();
    expect((await openTranscripts(folder, files)).subtitlesOf(key)).toBeNull();
  });

  it('that a person corrected is hers, for any video, and is not heard again or replaced', async () => {
    const folder = await heard();
    await writeFile(speechPath(folder, key), '1\r\n00:00:00,000 --> 00:00:01,000\r\nGood evening\r\n');
    const again = await openTranscripts(folder, files);
    expect(again.subtitlesOf(key)).toEqual({ cues: [{ ...cues[0], text: 'Good evening' }], video: null });
    expect(again.isKnown(key, 'another')).toBe(true);
    await again.put(key, 'another', command, others);
    expect(await textOf(speechPath(folder, key))).toContain('Good evening');
  });

  it('that a person emptied is nothing, and that she deleted comes back', async () => {
    const folder = await heard();
    await writeFile(speechPath(folder, key), '');
    expect((await openTranscripts(folder, files)).subtitlesOf(key)).toBeNull();
    await rm(speechPath(folder, key));
    expect((await openTranscripts(folder, files)).subtitlesOf(key)?.cues).toEqual(cues);
    expect(await textOf(speechPath(folder, key))).toContain('Good morning');
  });

  it('is not written in a dry run', async () => {
    const folder = await heard();
    await rm(speechPath(folder, key));
    expect((await openTranscripts(folder, files, { readOnly: true })).subtitlesOf(key)?.cues).toEqual(cues);
    expect(await textOf(speechPath(folder, key))).toBeNull();
  });

  it('after a kill in the middle of a line: the line counts as not there, and the next is whole', async () => {
    const folder = await heard();
    await appendFile(transcriptsPath(folder), '{"key": "2025-');
    const again = await openTranscripts(folder, files);
    await again.put('2025-03-03_09-15-04', 'video', command, others);
    const last = await openTranscripts(folder, files);
    expect([last.spokenIn(key), last.spokenIn('2025-03-03_09-15-04')]).toEqual(['Good morning', 'Good night']);
  });

  it('is kept where the disk was full in the middle of the line before', async () => {
    const folder = await temporaryFolder();
    const memory = await openTranscripts(folder, fullOnce(files));
    await expect(memory.put(key, 'video', command, cues)).rejects.toThrow('disk full');
    const keys = ['2025-03-03_09-15-04', '2025-03-04_09-15-04'];
    await Promise.all(keys.map(async (each) => memory.put(each, 'video', command, others)));
    const last = await openTranscripts(folder, files);
    expect([key, ...keys].map((each) => last.subtitlesOf(each)?.video)).toEqual([undefined, 'video', 'video']);
  });

  it('after a kill between two subtitles of two videos: the newer ones are written', async () => {
    const folder = await heard();
    const before = (await textOf(speechPath(folder, key))) ?? '';
    await (await openTranscripts(folder, files)).put(key, 'another', command, others);
    await writeFile(speechPath(folder, key), before);
    expect((await openTranscripts(folder, files)).subtitlesOf(key)).toEqual({ cues: others, video: 'another' });
    expect(await textOf(speechPath(folder, key))).toContain('Good night');
  });

  it('an answer that could not be read is asked for again: the program may have been mended', async () => {
    const again = await openTranscripts(await heard(null), files);
    expect([again.isKnown(key, 'video'), again.isUnreadable(key, command)]).toEqual([false, true]);
    expect([again.isKnown(key, null), again.isUnreadable(key, 'other')]).toEqual([false, false]);
  });

  it('forged lines and names write nothing outside, and are no posts', async () => {
    const folder = await temporaryFolder();
    const forged = ['../../evil', '__proto__', `${key}/../../x`].map((name) =>
      JSON.stringify({ key: name, video: 'v', command: 'c', srt: '1\n00:00:00,000 --> 00:00:01,000\nx\n' }),
    );
    await writeFile(transcriptsPath(folder), ['null', '[]', '{', ...forged, ''].join('\n'));
    await mkdir(join(folder, 'speech', `${key}.srt`), { recursive: true });
    await writeFile(join(folder, 'speech', 'notes.srt'), 'x');
    const opened = await openTranscripts(folder, files);
    expect(opened.subtitlesOf(key)).toBeNull();
    expect((await readdir(folder)).sort()).toEqual(['speech', 'transcripts.jsonl']);
    expect((await readdir(join(folder, 'speech'))).sort()).toEqual([`${key}.srt`, 'notes.srt']);
  });
});
