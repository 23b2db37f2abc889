import { appendFile, mkdir, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
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

  it('is not written again where it is as it was', async () => {
    const folder = await heard();
    await utimes(speechPath(folder, key), 5, 5);
    await (await openTranscripts(folder, files)).put(key, 'another', command, cues);
    expect((await stat(speechPath(folder, key))).mtimeMs).toBe(5000);
  });

  it('is not written in a dry run', async () => {
    const folder = await heard();
    await rm(speechPath(folder, key));
    expect((await openTranscripts(folder, files, { readOnly: true })).subtitlesOf(key)?.cues).toEqual(cues);
    expect(await textOf(speechPath(folder, key))).toBeNull();
  });

  it('is a line behind those of earlier runs, without an empty one between', async () => {
    const folder = await heard();
    await (await openTranscripts(folder, files)).put('2025-03-03_09-15-04', 'video', command, others);
    expect((await textOf(transcriptsPath(folder)))?.split('\n').map((each) => each === '')).toEqual([
      ...[false, false, true],
    ]);
  });

  it('after a kill in the middle of a line: the line counts as not there, and the next is whole', async () => {
    const folder = await heard();
    await appendFile(transcriptsPath(folder), '{"key": "2025-');
    const again = await openTranscripts(folder, files);
    const keys = ['2025-03-03_09-15-04', '2025-03-04_09-15-04'];
    for (const each of keys) await again.put(each, 'video', command, others);
    const last = await openTranscripts(folder, files);
    expect([key, ...keys].map((each) => last.subtitlesOf(each)?.video)).toEqual(['video', 'video', 'video']);
    // Three lines, the half one, and the end of the last.
    expect((await textOf(transcriptsPath(folder)))?.split('\n')).toHaveLength(5);
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
    await again.put(key, 'video', command, cues);
    expect([again.isKnown(key, null), again.isUnreadable(key, command)]).toEqual([true, false]);
  });

  it('in no video of a post is not known, and not unreadable', async () => {
    const again = await openTranscripts(await heard(), files);
    const unknown = '2025-03-03_09-15-04';
    expect([again.isKnown(unknown, 'video'), again.isKnown(unknown, null)]).toEqual([false, false]);
    expect([again.isUnreadable(unknown, command), again.subtitlesOf(unknown), again.spokenIn(unknown)]).toEqual([
      ...[false, null, null],
    ]);
  });

  it('forged lines and names write nothing outside, and are no posts', async () => {
    const folder = await temporaryFolder();
    const forged = ['../../evil', '__proto__', `${key}/../../x`].map((name) =>
      JSON.stringify({ key: name, video: 'v', command: 'c', srt: '1\n00:00:00,000 --> 00:00:01,000\nx\n' }),
    );
    await writeFile(transcriptsPath(folder), ['null', '[]', '{', ...forged, ''].join('\n'));
    await mkdir(join(folder, 'speech', `${key}.srt`), { recursive: true });
    const srt = '1\n00:00:00,000 --> 00:00:01,000\nx\n';
    for (const name of ['notes.srt', `${key}.txt`]) await writeFile(join(folder, 'speech', name), srt);
    const opened = await openTranscripts(folder, files);
    expect([key, 'notes'].map((name) => opened.subtitlesOf(name))).toEqual([null, null]);
    expect(opened.isKnown(key, null)).toBe(false);
    expect((await readdir(folder)).sort()).toEqual(['speech', 'transcripts.jsonl']);
    expect((await readdir(join(folder, 'speech'))).sort()).toEqual([`${key}.srt`, `${key}.txt`, 'notes.srt']);
  });
});

describe('subtitles of a person', () => {
  const srt = '1\n00:00:00,000 --> 00:00:01,000\nGood evening\n';

  it('of a video that was never heard count for any video', async () => {
    const folder = await temporaryFolder();
    await mkdir(join(folder, 'speech'));
    await writeFile(speechPath(folder, key), srt);
    const opened = await openTranscripts(folder, files);
    expect(opened.subtitlesOf(key)).toEqual({ cues: [{ ...cues[0], text: 'Good evening' }], video: null });
    expect([opened.isKnown(key, 'video'), opened.isUnreadable(key, command)]).toEqual([true, false]);
  });

  it.each<[string, (ours: string) => string]>([
    ['that an editor saved with a mark at their start', (ours) => `\uFEFF${ours}`],
    ['that are far too long to be any', (ours) => ours.repeat(200_000)],
    ['that are empty', () => ''],
  ])('%s are never replaced', async (_what, change) => {
    const folder = await heard();
    const hers = change((await textOf(speechPath(folder, key))) ?? '');
    await writeFile(speechPath(folder, key), hers);
    const again = await openTranscripts(folder, files);
    expect(again.isKnown(key, 'another')).toBe(true);
    await again.put(key, 'another', command, others);
    expect((await textOf(speechPath(folder, key))) === hers).toBe(true);
  });

  it('that are empty, in a video in which nobody spoke, are never replaced', async () => {
    const folder = await heard([]);
    await mkdir(join(folder, 'speech'));
    await writeFile(speechPath(folder, key), '');
    await (await openTranscripts(folder, files)).put(key, 'another', command, others);
    expect(await textOf(speechPath(folder, key))).toBe('');
  });
});
