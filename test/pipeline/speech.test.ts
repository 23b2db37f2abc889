import { copyFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { countToTranscribe, openSpeech, transcribeForWorkers } from '../../src/pipeline/speech.ts';
import { caption, entry } from '../deliver/contact-sheet/entries.ts';
import { photo } from '../exports/files.ts';
import { makeMedia, picture, recipes, temporaryFolder } from '../media.ts';
import { openAccountRun, writeExport } from './account-run.ts';
import { smallPhoto, smallVideo } from './small-posts.ts';

const script = resolve(import.meta.dirname, '../stand-ins/transcriber.mjs');
const names = ['spoken', 'silent', 'worded', 'photos', 'gone', 'damaged', 'brief'] as const;
type Name = (typeof names)[number];
const keyOf = (name: Name) => `2025-06-0${names.indexOf(name) + 1}_10-00-00`;
const said = 'Good morning from the quiet street,';

/** The originals, and another video. */
let media = '';
let other = '';
beforeAll(async () => {
  media = join(await temporaryFolder(), 'media');
  await mkdir(join(media, keyOf('photos')), { recursive: true });
  await smallVideo(media, `${keyOf('spoken')}.mp4`, 3);
  await makeMedia(media, `${keyOf('silent')}.mp4`, [...picture('160x284'), ...recipes.noSound.slice(picture().length)]);
  await copyFile(join(media, `${keyOf('spoken')}.mp4`), join(media, `${keyOf('worded')}.mp4`));
  await smallPhoto(join(media, keyOf('photos'), '01.jpg'), 'teal');
  await writeFile(join(media, `${keyOf('damaged')}.mp4`), 'no video');
  await smallVideo(media, `${keyOf('brief')}.mp4`, 1);
  other = await smallVideo(await temporaryFolder(), 'other.mp4', 2);
});
afterEach(() => vi.unstubAllEnvs());

/** An account with these posts; `worded` has a caption. */
async function worldWith(...wanted: readonly Name[]) {
  const out = await temporaryFolder();
  const [folder, given, log] = [join(out, 'maya'), join(out, 'words.csv'), join(out, 'heard.jsonl')];
  const rows = wanted.map((name) => ({
    Date: keyOf(name).replace('_10-00-00', ' 10:00:00'),
    ...(name === 'photos' && { Link: photo('one') }),
  }));
  const place = { export: await writeExport(out, rows), out };
  await writeFile(given, `key,caption\n${keyOf('worded')},The street by the sea\n`);
  await mkdir(folder);
  /** A run with a recogniser that answers in this way (test/stand-ins/transcriber.mjs). */
  const run = async (how = 'srt', flags: Readonly<Record<string, unknown>> = {}, signal?: AbortSignal) => {
    const transcribe = how.includes(' ') ? how : `"${process.execPath}" "${script}" ${how}`;
    const options = { to: 'rednote', media: [media], captions: [given], transcribe, ...flags };
    const opened = await openAccountRun({ ...place, ...(signal && { signal }) }, options);
    const speech = openSpeech(opened.run, opened.run.options);
    if (speech === null) throw new Error('no speech');
    const posts = wanted.map((name) => opened.postOf(keyOf(name)));
    const fetched = async (post: (typeof posts)[number]) => opened.run.originals.get(post, opened.run.signal);
    return {
      ...{ run: opened.run, speech, posts },
      /** Transcribes what a run does. @returns how often the recogniser was started */
      async hear(): Promise<number> {
        vi.stubEnv('PORT_TRANSCRIBER_LOG', log);
        await rm(log, { force: true });
        for (const post of posts) {
          const original = await fetched(post);
          if (await speech.wants(post, original, opened.run)) await speech.transcribe(post, original);
        }
        await speech.save();
        return (await readFile(log, 'utf8').catch(() => '')).split('\n').filter(Boolean).length;
      },
      wants: async (odd: object = {}) => {
        const [post] = posts;
        if (post === undefined) throw new Error('no post');
        return speech.wants(post, await fetched(post), { ...opened.run, ...odd });
      },
      transcribe: async () => Promise.all(posts.map(async (post) => speech.transcribe(post, await fetched(post)))),
      issues: async (name: Name = 'spoken') => (await speech.loadedCaptions.all()).issuesOf(keyOf(name)),
      subtitles: async (name: Name = 'spoken') =>
        (await speech.loadedCaptions.all()).subtitlesOf(keyOf(name))?.cues.map(({ text }) => text),
    };
  };
  return { folder, out, run, sheet: async () => readFile(join(folder, 'captions.csv'), 'utf8') };
}

it('without --transcribe nothing is opened', async () => {
  const { run } = await (await worldWith('spoken')).run();
  expect(openSpeech(run, { ...run.options, transcribe: undefined })).toBeNull();
});

describe('which posts have to be transcribed', () => {
  it.each<[Name, boolean]>([
    ['spoken', true],
    ['silent', true],
    ['worded', false],
    ['photos', false],
    ['gone', false],
  ])('%s: %s', async (name, expected) => {
    const { run, wants } = await (await worldWith(name)).run();
    expect(await wants()).toBe(expected);
    expect(await countToTranscribe(run.selection.selected, run, run)).toBe(expected || name === 'gone' ? 1 : 0);
  });

  it.each<[string, string, object, boolean]>([
    ['it goes nowhere', 'none', {}, false],
    ['it goes to another platform', 'reels', {}, false],
    ['it is out on the only platform', '', { isPosted: () => true }, false],
    ['it goes there', 'rednote', {}, true],
  ])('%s', async (_name, targets, odd, expected) => {
    const { folder, run } = await worldWith('spoken');
    await writeFile(join(folder, 'captions.csv'), `key,caption,targets\n${keyOf('spoken')},,${targets}\n`);
    const { run: opened, wants } = await run();
    expect(await wants(odd)).toBe(expected);
    expect(await countToTranscribe(opened.selection.selected, opened, { ...opened, ...odd })).toBe(expected ? 1 : 0);
  });

  it('not one whose caption.txt a person wrote', async () => {
    const { run: opened, wants } = await (await worldWith('spoken')).run();
    opened.manifest.set(entry({ key: keyOf('spoken'), caption: caption({ source: 'edited' }) }));
    expect(await wants()).toBe(false);
  });
});

describe('a video is transcribed once', () => {
  it.each<[string, readonly string[]]>([
    ['nothing is lost', []],
    ['the caches and captions.csv are deleted', ['.port', 'captions.csv', 'captions.json']],
    ['the subtitles are deleted', ['speech']],
  ])('%s: a second run starts nothing, and has the subtitles', async (_name, lost) => {
    const { folder, run, sheet } = await worldWith('spoken');
    expect(await (await run()).hear()).toBe(1);
    expect(await sheet()).toContain(said);
    for (const name of lost) await rm(join(folder, name), { recursive: true });
    const { hear, subtitles } = await run();
    expect(await hear()).toBe(0);
    expect(await subtitles()).toContain(said);
  });

  it('another video of the post is heard anew, but not where a person wrote the subtitles', async () => {
    const { folder, out, run } = await worldWith('spoken');
    await (await run()).hear();
    const changed = join(out, 'changed');
    await mkdir(changed);
    await copyFile(other, join(changed, `${keyOf('spoken')}.mp4`));
    await rm(join(folder, 'originals'), { recursive: true, force: true });
    const { wants } = await run('srt', { media: [changed] });
    expect(await wants()).toBe(true);
    const own = '1\n00:00:00,000 --> 00:00:01,000\nmine\n';
    await writeFile(join(folder, 'speech', `${keyOf('spoken')}.srt`), own);
    const next = await run('srt', { media: [changed] });
    expect(await next.hear()).toBe(0);
    expect(await next.subtitles()).toEqual(['mine']);
  });

  it('one without sound starts nothing, and is known to be silent', async () => {
    const { run } = await worldWith('silent');
    const one = await run('fail');
    expect(await one.hear()).toBe(0);
    expect([await one.issues('silent'), await one.subtitles('silent')]).toEqual([[], undefined]);
    expect(await (await run()).wants()).toBe(false);
  });

  it('one that is damaged starts nothing, and has no issue beside its own', async () => {
    const { hear, issues } = await (await worldWith('damaged')).run();
    expect([await hear(), await issues('damaged')]).toEqual([0, []]);
  });
});

describe('a recogniser that does not answer', () => {
  const place = `the program ${process.execPath} on this machine`;
  it.each<[string, string]>([
    ['fail', `${place}: `],
    ['mute', `${place}: it printed nothing (error: failed to read audio file`],
    ['prose', `${place} printed neither SRT, WebVTT nor the JSON of whisper`],
  ])('%s: the post has the reason, and only the next run tries again', async (how, reason) => {
    const { run } = await worldWith('spoken');
    const one = await run(how);
    expect([await one.hear(), await one.hear()]).toEqual([1, 0]);
    const actual = expect.stringContaining(reason);
    expect(await one.issues()).toMatchObject([{ code: 'speech-failed', severity: 'warning', actual }]);
    const two = await run();
    expect(await two.hear()).toBe(1);
    expect(await two.issues()).toEqual([]);
  });

  it('an answer that could not be read is told of by a run that does not try again, until the post has words', async () => {
    const { folder, run } = await worldWith('spoken');
    await (await run('prose')).hear();
    expect(await (await run('prose')).issues()).toMatchObject([{ code: 'speech-failed' }]);
    await writeFile(join(folder, 'captions.csv'), `key,caption\n${keyOf('spoken')},My words\n`);
    expect(await (await run('prose')).issues()).toEqual([]);
  });
});

describe('transcribe', () => {
  it('two at once: the second is started when the first one is through', async () => {
    const { out, run } = await worldWith('spoken', 'worded');
    const log = join(out, 'turns');
    const turns = join(out, 'turns.mjs');
    const line = (word: string) => `appendFileSync(${JSON.stringify(log)}, '${word} ');`;
    const text = `import { appendFileSync } from 'node:fs';${line('start')}setTimeout(() => {${line('end')}}, 100);`;
    await writeFile(turns, text);
    await (await run(`"${process.execPath}" "${turns}"`)).transcribe();
    expect(await readFile(log, 'utf8')).toBe('start end start end ');
  });

  it('interrupted: nothing is started, and other accounts go on', async () => {
    const controller = new AbortController();
    const { run, folder } = await worldWith('spoken');
    const { run: aborted, speech, posts } = await run('srt', {}, controller.signal);
    const [post] = posts;
    if (post === undefined) throw new Error('no post');
    const fetched = await aborted.originals.get(post, aborted.signal);
    const opened = await run();
    controller.abort(new Error('Ctrl-C'));
    await expect(speech.transcribe(post, fetched)).rejects.toThrow('Ctrl-C');
    await expect(readFile(join(folder, 'transcripts.jsonl'))).rejects.toThrow('ENOENT');
    expect(await opened.hear()).toBe(1);
  });
});

it.each<[string, Name, string, boolean]>([
  ['a video that is delivered', 'spoken', 'rednote', true],
  ['a video that its platform rejects, being too short', 'brief', 'reels', false],
  ['a video with words', 'worded', 'rednote', false],
  ['a video that is nowhere', 'gone', 'rednote', false],
])('for workers, %s', async (_name, name, to, isHeard) => {
  const { folder, run } = await worldWith(name);
  const opened = await run('srt', { to });
  await transcribeForWorkers(opened.posts, opened.speech, opened.run);
  expect((await opened.subtitles(name)) !== undefined).toBe(isHeard);
  expect((await readFile(join(folder, 'captions.csv'), 'utf8').catch(() => '')).includes(said)).toBe(isHeard);
});
