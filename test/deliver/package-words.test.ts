import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { issuesOfWords } from '../../src/deliver/own-words.ts';
import type { PackageJob } from '../../src/deliver/package-job.ts';
import { captionOf, issuesNow, readWords, sha256 } from '../../src/deliver/package-words.ts';
import type { Issue } from '../../src/model/issue.ts';
import type { FileRow } from '../../src/state/documents.ts';
import { createFiles } from '../../src/tools/disk-files.ts';
import { post } from '../builders.ts';
import { temporaryFolder } from '../tools/folder.ts';
import { caption, entry, file } from './contact-sheet/entries.ts';

const path = `rednote/${post().key}/caption.txt`;
const now = {
  title: null,
  body: 'The sea at noon',
  hashtags: ['sea'],
  removed: [{ text: '@maya', reason: 'contact' }],
};
const ours = 'The sea at noon\n\n#sea\n';
const before = caption({ title: null, body: 'The sea', hashtags: [] });
const rowOf = (text: string, odd: Partial<FileRow> = {}) => file(path, 'caption', { sha256: sha256(text), ...odd });

/** An account's folder. @param onDisk the caption.txt of a post, if there is one */
async function folderWith(onDisk: string | null): Promise<string> {
  const folder = temporaryFolder();
  if (onDisk !== null) {
    mkdirSync(join(folder, dirname(path)), { recursive: true });
    writeFileSync(join(folder, path), onDisk);
  }
  return folder;
}

/** A post with one part. */
function jobOf(folder: string, previous: PackageJob['previous'], odd: Partial<PackageJob> = {}): PackageJob {
  return {
    ...{ folder, target: 'rednote', post: post(), hasTitle: false, hasThreads: false, pickedTags: false },
    ...{ parts: [{ folder: '', caption: now, files: [] }], keepsWords: false, previous },
    ...{ words: { source: 'sidecar', matchedBy: 'id', seconds: 3 } },
    ...odd,
  } as unknown as PackageJob;
}

/** Reads the words of a post with one part. */
async function words(onDisk: string | null, row: FileRow | null, odd: Partial<PackageJob> = {}) {
  const previous = row && entry({ caption: before, files: [row] });
  const [first] = await readWords(jobOf(await folderWith(onDisk), previous, odd), createFiles());
  return first && { text: first.text, source: first.caption.source, body: first.caption.body };
}

describe('the caption.txt of a post', () => {
  const mine = 'My own words\n';
  const [fromPort, fromPerson] = [
    { text: ours, source: 'sidecar', body: 'The sea at noon' },
    { text: mine, source: 'edited', body: 'My own words' },
  ];
  it.each<[string, string | null, FileRow | null, object]>([
    ['that is not there is written', null, null, fromPort],
    ['that was deleted is written again', null, rowOf('The sea\n'), fromPort],
    ['that port wrote gets the new words', 'The sea\n', rowOf('The sea\n'), fromPort],
    ['that has the new words already is port’s', ours, rowOf('The sea\n'), fromPort],
    ['that a person changed stays', mine, rowOf('The sea\n'), fromPerson],
    ['that a person changed in an earlier run stays', mine, rowOf(mine, { edited: true }), fromPerson],
    ['that nobody recorded stays', mine, null, fromPerson],
    ['that a person emptied stays empty', '', rowOf('The sea\n'), { text: '', source: 'edited', body: '' }],
  ])('%s', async (_name, onDisk, row, expected) => {
    expect(await words(onDisk, row)).toEqual(expected);
  });

  it.each<[string, string | null, FileRow, object]>([
    [
      'stays as it was delivered',
      'The sea\n',
      rowOf('The sea\n'),
      { text: 'The sea\n', source: 'csv', body: 'The sea' },
    ],
    ['stays as a person changed it', mine, rowOf('The sea\n'), fromPerson],
    ['is written if it was deleted', null, rowOf('The sea\n'), fromPort],
  ])('%s while a better caption cannot be read', async (_name, onDisk, row, expected) => {
    expect(await words(onDisk, row, { keepsWords: true })).toEqual(expected);
  });

  it('of port has where its words came from, its language and its replies; one that a person changed has not', async () => {
    const from = { ...now, language: 'es', thread: ['More'] };
    const parts = [{ folder: '', caption: from, files: [] }] as unknown as PackageJob['parts'];
    const read = async (onDisk: string | null, odd: Partial<PackageJob> = {}) => {
      const [first] = await readWords(jobOf(await folderWith(onDisk), null, { parts, ...odd }), createFiles());
      return first?.caption;
    };
    expect(await read(null)).toEqual({ ...from, source: 'sidecar', matchedBy: 'id', seconds: 3 });
    expect(await read(mine, { hasThreads: true })).toEqual({
      ...{ title: null, body: 'My own words', hashtags: [], source: 'edited' },
      ...{ matchedBy: null, seconds: null, removed: [] },
    });
    const [plain] = await readWords(jobOf(temporaryFolder(), null, { words: null }), createFiles());
    expect(plain?.caption).toStrictEqual({ ...now, source: 'none', matchedBy: null, seconds: null });
  });

  it('without a caption from anywhere says so', async () => {
    expect(await words(null, null, { words: null })).toMatchObject({ source: 'none' });
  });
});

it('the words of an earlier run are those of the part with this caption.txt', () => {
  const parts = ['one', 'two'].map((body) => ({
    caption: caption({ body }),
    files: [`rednote/k/${body}/caption.txt`],
  }));
  const row = entry({ caption: parts[0]?.caption ?? null, parts });
  const bodyOf = (of: string) => captionOf(row, `rednote/k/${of}/caption.txt`)?.body ?? null;
  expect([bodyOf('one'), bodyOf('two'), bodyOf('three')]).toEqual(['one', 'two', null]);
  expect(captionOf(entry({ caption: null }), path)).toBeNull();
  expect(captionOf(null, path)).toBeNull();
});

describe('the issues of texts that a person edited', () => {
  const issue = (code: string, actual: string | null = null, at?: number) =>
    ({
      code,
      severity: 'info',
      actual,
      limit: null,
      ...(at !== undefined && { place: { part: 'body', at } }),
    }) as Issue;
  const [own, made] = [caption({ source: 'edited', body: 'mine' }), caption({ source: 'csv', body: 'made' })];
  const planned = ['sound-lost', 'title-cut', 'word-watched', 'caption-edited'].map((code) => issue(code));
  it.each<[string, ReturnType<typeof caption>[], string[]]>([
    ['none edited: as planned', [made, made], ['sound-lost', 'title-cut', 'word-watched', 'caption-edited']],
    ['the only text: those of the planned one go', [own], ['sound-lost', 'own-word mine', 'caption-edited']],
    [
      'a later part: those of the first stay, and its words are looked at again',
      [made, own],
      ['sound-lost', 'title-cut', 'own-word made', 'own-word mine', 'caption-edited'],
    ],
    ['two parts with the same word: told once', [own, own], ['sound-lost', 'own-word mine', 'caption-edited']],
  ])('%s', (_name, captions, expected) => {
    const told = issuesOfWords(planned, captions, ({ body }) => [issue('own-word', body)]);
    expect(told.map((each) => [each.code, (each as Issue).actual].filter(Boolean).join(' '))).toEqual(expected);
  });

  it.each(['own-file', 'own-file-unfit', 'own-file-damaged', 'no-original', 'sound-lost'])(
    'what is said of something else than texts stays: %s',
    (code) => {
      expect(issuesOfWords([issue(code)], [own], () => []).map((each) => each.code)).toEqual([code, 'caption-edited']);
    },
  );

  it.each([
    ...['no-words', 'title-cut', 'title-made', 'body-cut', 'body-thread', 'hashtags-cut', 'contacts-removed'],
    ...['character-refused', 'footer-contact', 'footer-too-long', 'word-bait', 'own-contact'],
  ])('what is said of the planned texts goes: %s', (code) => {
    expect(issuesOfWords([issue(code)], [own], () => []).map((each) => each.code)).toEqual(['caption-edited']);
  });

  it('are those of a package as it would be written now', async () => {
    const job = jobOf(await folderWith('My own words\n'), null, { judge: ({ body }) => [issue('own-contact', body)] });
    const told = issuesNow(job, planned, await readWords(job, createFiles()));
    expect(told.map(({ code, actual }) => `${code} ${actual}`)).toEqual([
      ...['sound-lost null', 'own-contact My own words', 'caption-edited null'],
    ]);
  });

  it('a word that two parts have is reported with its place in the first', () => {
    const [first, second] = [caption({ ...own, body: 'a' }), caption({ ...own, body: 'b' })];
    const judge = ({ body }: { readonly body: string }) => [issue('word-bait', 'free', body === 'a' ? 3 : 9)];
    expect(issuesOfWords([], [first, second], judge)).toEqual([
      ...[issue('word-bait', 'free', 3), issue('caption-edited')],
    ]);
  });
});
