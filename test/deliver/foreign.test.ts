import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { keepForeign, rescueForeign } from '../../src/deliver/foreign.ts';
import type { FileRow } from '../../src/state/documents.ts';
import { createFiles } from '../../src/tools/disk-files.ts';
import { post } from '../builders.ts';
import { temporaryFolder } from '../tools/folder.ts';
import { entry, file } from './contact-sheet/entries.ts';

const { key, time } = post();
const hash = (text: string) => createHash('sha256').update(text).digest('hex');
const row = (name: string, content: string, odd: Partial<FileRow> = {}): FileRow =>
  file(`rednote/${key}/${name}`, name.endsWith('.txt') ? 'caption' : 'video', {
    ...{ bytes: Buffer.byteLength(content), sha256: hash(content), rendition: 'r' },
    ...odd,
  });

/** All files of a folder with their texts. */
function textsIn(folder: string): Record<string, string> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((each) => each.isFile());
  const paths = entries.map((each) => join(each.parentPath, each.name));
  return Object.fromEntries(
    paths.map((path) => [path.slice(folder.length + 1).replaceAll('\\', '/'), readFileSync(path, 'utf8')]),
  );
}

/** The folder of an earlier run, which is about to be deleted, and the one of this run. */
function folders(before: Readonly<Record<string, string>>, now: Readonly<Record<string, string>>, modified = time) {
  const root = temporaryFolder();
  const [old, final] = [join(root, '.old', key), join(root, key)] as const;
  for (const [folder, texts] of [
    [old, before],
    [final, now],
  ] as const) {
    mkdirSync(folder, { recursive: true });
    for (const [name, text] of Object.entries(texts)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
      utimesSync(join(folder, name), modified, modified);
    }
  }
  return { old, final };
}

const made = { 'video.mp4': 'new', 'caption.txt': 'new words' };
const rows = [row('video.mp4', 'old'), row('caption.txt', 'old words', { action: 'text', rendition: null })];

describe('when a post is made again', () => {
  it.each<[string, Readonly<Record<string, string>>, Readonly<Record<string, string>>, readonly string[]]>([
    ['port’s own files are replaced', { 'video.mp4': 'old', 'caption.txt': 'old words' }, made, []],
    ['notes of a person stay', { 'notes.txt': 'mine' }, { ...made, 'notes.txt': 'mine' }, []],
    ['a folder of a person stays', { 'raw/a.mov': 'mine' }, { ...made, 'raw/a.mov': 'mine' }, ['raw/a.mov']],
    [
      'a video of a person takes the place of port’s',
      { 'video.mp4': 'mine!' },
      { ...made, 'video.mp4': 'mine!' },
      ['video.mp4'],
    ],
    ['another video of a person stays', { 'b.mp4': 'mine' }, { ...made, 'b.mp4': 'mine' }, ['b.mp4']],
    [
      'words of a person that have no place any more are kept aside',
      { 'part-1/caption.txt': 'my words' },
      { ...made, 'part-1-caption-before.txt': 'my words' },
      [],
    ],
    ['the document of the earlier run goes', { 'post.json': '{}' }, made, []],
  ])('%s', async (_name, before, expected, media) => {
    const { old, final } = folders(before, made);
    expect(await keepForeign(old, final, { key, files: rows }, createFiles())).toEqual(media);
    expect(textsIn(final)).toEqual(expected);
  });

  it.each<[string, Readonly<Record<string, string>>, Readonly<Record<string, string>>]>([
    ['the first time', {}, { 'caption-before.txt': 'my words' }],
    [
      'once more',
      { 'caption-before.txt': 'earlier words' },
      { 'caption-before.txt': 'earlier words', 'caption-before-2.txt': 'my words' },
    ],
    [
      'a third time',
      { 'caption-before.txt': 'first words', 'caption-before-2.txt': 'second words' },
      {
        ...{ 'caption-before.txt': 'first words', 'caption-before-2.txt': 'second words' },
        ...{ 'caption-before-3.txt': 'my words' },
      },
    ],
  ])('an edited caption without a place in the new folder is kept aside, %s', async (_name, before, kept) => {
    const now = { 'part-1/caption.txt': 'new words' };
    const { old, final } = folders({ ...before, 'caption.txt': 'my words' }, now);
    await keepForeign(old, final, { key, files: rows }, createFiles());
    expect(textsIn(final)).toEqual({ ...now, ...kept });
  });

  it('a text that the earlier run listed as edited is the person’s, though its hash is recorded', async () => {
    const { old, final } = folders({ 'caption.txt': 'old words' }, {});
    const edited = [row('caption.txt', 'old words', { action: 'text', rendition: null, edited: true })];
    await keepForeign(old, final, { key, files: edited }, createFiles());
    expect(textsIn(final)).toEqual({ 'caption-before.txt': 'old words' });
  });

  it('port’s video with another time is known by its bytes', async () => {
    const { old, final } = folders({ 'video.mp4': 'old' }, made, time + 86_400);
    expect(await keepForeign(old, final, { key, files: rows }, createFiles())).toEqual([]);
    expect(textsIn(final)).toEqual(made);
  });

  it.each<[string, string, number, boolean]>([
    ['two seconds later are port’s on a failing disk', 'own', 2, false],
    ['three seconds later are the person’s', 'own', 3, true],
    ['two seconds earlier are port’s on a failing disk', 'own', -2, false],
    ['three seconds earlier are the person’s', 'own', -3, true],
  ])('bytes of a video with the size of port’s %s', async (_name, content, seconds, isTheirs) => {
    const { old, final } = folders({ 'video.mp4': content }, made, time + seconds);
    const media = await keepForeign(old, final, { key, files: rows }, createFiles());
    expect(media).toEqual(isTheirs ? ['video.mp4'] : []);
    expect(textsIn(final)).toEqual({ ...made, 'video.mp4': isTheirs ? content : 'new' });
  });

  it.each([
    ['in place of port’s', { ours: hash('old') }],
    ['beside port’s', {}],
  ])(
    'a video of a person that is listed as theirs stays, though it has the time of the post: %s',
    async (_name, odd) => {
      const { old, final } = folders({ 'video.mp4': 'mine' }, { 'cover.jpg': 'new' });
      const listed = [row('video.mp4', 'mine', { action: 'own', rendition: null, ...odd })];
      expect(await keepForeign(old, final, { key, files: listed }, createFiles())).toEqual(['video.mp4']);
      expect(textsIn(final)).toEqual({ 'cover.jpg': 'new', 'video.mp4': 'mine' });
    },
  );

  it('a text of a person with the size and time of port’s is theirs', async () => {
    const { old, final } = folders({ 'caption.txt': 'own words' }, {});
    await keepForeign(old, final, { key, files: rows }, createFiles());
    expect(textsIn(final)).toEqual({ 'caption-before.txt': 'own words' });
  });

  it('of a post whose key has no time, bytes tell whose a video is', async () => {
    const { old, final } = folders({ 'video.mp4': 'own', 'cover.jpg': 'old' }, made, 0);
    const known = [...rows, row('cover.jpg', 'old')].map((each) => ({ ...each, path: each.path.replace(key, 'odd') }));
    expect(await keepForeign(old, final, { key: 'odd', files: known }, createFiles())).toEqual(['video.mp4']);
    expect(textsIn(final)).toEqual({ ...made, 'video.mp4': 'own' });
  });

  it('an edited caption whose part is made again is not kept besides: its words are read before', async () => {
    const { old, final } = folders({ 'caption.txt': 'my words' }, made);
    await keepForeign(old, final, { key, files: rows }, createFiles());
    expect(textsIn(final)).toEqual(made);
  });

  it('notes without an ending and in a folder are kept beside those of the new folder', async () => {
    const { old, final } = folders(
      { 'raw/LIES': 'earlier', 'b.txt': '1' },
      { 'raw/LIES': 'later', 'b.txt': '2', 'b-before.txt': '3' },
    );
    expect(await keepForeign(old, final, { key, files: rows }, createFiles())).toEqual([]);
    expect(textsIn(final)).toEqual({
      ...{ 'raw/LIES': 'later', 'raw/LIES-before': 'earlier' },
      ...{ 'b.txt': '2', 'b-before.txt': '3', 'b-before-2.txt': '1' },
    });
  });

  it('a file that was kept aside earlier keeps its name, in whatever order they are listed', async () => {
    const { old, final } = folders({ LIES: '1', 'LIES-before': '0' }, { LIES: '2' });
    await keepForeign(old, final, { key, files: rows }, createFiles());
    expect(textsIn(final)).toEqual({ LIES: '2', 'LIES-before': '0', 'LIES-before-2': '1' });
  });

  it('a file of a person with the size of port’s, saved later, is kept', async () => {
    const { old, final } = folders({ 'video.mp4': 'own' }, made, time + 86_400);
    expect(await keepForeign(old, final, { key, files: rows }, createFiles())).toEqual(['video.mp4']);
    expect(textsIn(final)).toEqual({ ...made, 'video.mp4': 'own' });
  });

  it('notes of a person that are in the new folder already stay there, and the earlier ones beside them', async () => {
    const { old, final } = folders({ 'notes.txt': 'earlier' }, { ...made, 'notes.txt': 'later' });
    await keepForeign(old, final, { key, files: rows }, createFiles());
    expect(textsIn(final)).toEqual({ ...made, 'notes.txt': 'later', 'notes-before.txt': 'earlier' });
  });

  it('notes of a person that are the same in the new folder are there once', async () => {
    const { old, final } = folders({ 'notes.txt': 'mine' }, { ...made, 'notes.txt': 'mine' });
    await keepForeign(old, final, { key, files: rows }, createFiles());
    expect(textsIn(final)).toEqual({ ...made, 'notes.txt': 'mine' });
  });

  it('after a killed run the folder’s own post.json says what is port’s', async () => {
    const document = JSON.stringify({ schemaVersion: 1, ...entry({ key, files: rows }) });
    const { old, final } = folders({ 'post.json': document, 'video.mp4': 'old', 'notes.txt': 'mine' }, made);
    await rescueForeign(old, final, createFiles());
    expect(textsIn(final)).toEqual({ ...made, 'notes.txt': 'mine' });
  });

  it('after a killed run a video of a person in the new folder stays, and an earlier one beside it', async () => {
    const document = (video: string) =>
      JSON.stringify({ schemaVersion: 1, ...entry({ key, files: [row('video.mp4', video)] }) });
    const { old, final } = folders(
      { 'post.json': document('old'), 'video.mp4': 'mine, earlier' },
      { 'post.json': document('new'), 'video.mp4': 'mine, later' },
    );
    await rescueForeign(old, final, createFiles());
    const { 'post.json': _, ...texts } = textsIn(final);
    expect(texts).toEqual({ 'video.mp4': 'mine, later', 'video-before.mp4': 'mine, earlier' });
  });

  it('after a killed run a video of a person takes the place of the one that port made', async () => {
    const document = (video: string) =>
      JSON.stringify({ schemaVersion: 1, ...entry({ key, files: [row('video.mp4', video)] }) });
    const { old, final } = folders(
      { 'post.json': document('old'), 'video.mp4': 'mine' },
      { 'post.json': document('new'), 'video.mp4': 'new' },
    );
    await rescueForeign(old, final, createFiles());
    const { 'post.json': _, ...texts } = textsIn(final);
    expect(texts).toEqual({ 'video.mp4': 'mine' });
  });
});
