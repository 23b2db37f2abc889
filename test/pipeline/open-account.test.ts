import { mkdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { IncompleteError } from '../../src/errors.ts';
import type { RunEvent } from '../../src/model/event.ts';
import type { Post } from '../../src/model/post.ts';
import { orIncomplete, saveKeys, saveState } from '../../src/pipeline/open-account.ts';
import { toJson } from '../../src/state/documents.ts';
import { setInclusion } from '../../src/state/inclusions.ts';
import { entry, file } from '../deliver/contact-sheet/entries.ts';
import { document, row, video } from '../exports/files.ts';
import { temporaryFolder } from '../media.ts';
import { buildZip } from '../tools/zip-builder.ts';
import { type ExportRow, type OpenedRun, openAccountRun, realTools, writeExport } from './account-run.ts';

const [first, second, secret] = ['2025-06-01_10-00-00', '2025-06-02_10-00-00', '2025-06-03_10-00-00'];
const rows: readonly ExportRow[] = [
  { Date: '2025-06-01 10:00:00' },
  { Date: '2025-06-02 10:00:00' },
  { Date: '2025-06-03 10:00:00', WhoCanView: 'Only me' },
];

type Flags = Readonly<Record<string, unknown>>;

/** An export, and the folder of its account with these documents. */
async function folderWith(documents: Readonly<Record<string, string>> = {}, posts = rows) {
  const out = await temporaryFolder();
  const folder = join(out, 'maya');
  for (const [name, text] of Object.entries(documents)) {
    await mkdir(join(folder, name, '..'), { recursive: true });
    await writeFile(join(folder, name), text);
  }
  return { export: await writeExport(out, posts), out, folder };
}

const warningsIn = (events: readonly RunEvent[]) =>
  events.flatMap((event) => (event.type === 'warning' ? [event.message] : []));
const reportOf = (events: readonly RunEvent[]) => events.find(({ type }) => type === 'run');
const textOf = async (...path: string[]) => readFile(join(...path), 'utf8').catch(() => null);

const delivered = entry({ key: first, files: [file(`rednote/${first}/video.mp4`, 'video')] });
const manifest = (posts: readonly object[] = [delivered]) =>
  toJson({
    tool: 'content-port 1.0.0',
    export: { files: [], account: 'maya', posts: posts.length },
    totals: {},
    posts,
  });
const packaged = { [`rednote/${first}/post.json`]: toJson(delivered) };

describe('what is reported when an account is opened', () => {
  it.each<[string, Flags, object]>([
    ['two posts and a private one', {}, { posts: 3, selected: 2, reported: 3 }],
    ['private ones too', { include: ['private'] }, { posts: 3, selected: 3, reported: 3 }],
    ['one post', { only: [first] }, { posts: 3, selected: 1, reported: 1 }],
    ['a private post by its key', { only: [secret] }, { posts: 3, selected: 0, reported: 1 }],
    ['several platforms', { to: 'rednote,shorts' }, { targets: ['rednote', 'shorts'] }],
  ])('%s', async (_name, flags, expected) => {
    const { events } = await openAccountRun(await folderWith(), flags);
    expect(reportOf(events)).toMatchObject({ export: 'posts.json', account: 'maya', ...expected });
    expect(warningsIn(events)).toEqual([]);
  });

  it.each<[string, Flags, string]>([
    [
      'a post of --only that is not there',
      { only: ['2024-01-01_00-00-00'] },
      'There is no post "2024-01-01_00-00-00".',
    ],
    ['a row that is not understood', {}, 'Not understood and left out: '],
  ])('%s: a warning', async (_name, flags, sentence) => {
    const odd = sentence.startsWith('Not') ? [...rows, { Date: 'in spring' }] : rows;
    const { events } = await openAccountRun(await folderWith({}, odd), flags);
    expect(warningsIn(events)).toEqual([expect.stringContaining(sentence)]);
  });

  it.each<[string, string, readonly string[]]>([
    ['in one script', 'maya', []],
    ['with a Cyrillic letter', 'm\u0430ya', ['mixes letters of Latin and Cyrillic, which look alike']],
  ])('a name %s', async (_name, account, sentences) => {
    const place = await folderWith();
    await writeFile(place.export, JSON.stringify(document([row()], [], account)));
    expect(warningsIn((await openAccountRun(place)).events)).toEqual(
      sentences.map((each) => expect.stringContaining(each)),
    );
  });

  it('an entry that was left out of a ZIP: a warning', async () => {
    const place = await folderWith();
    const path = join(place.out, 'posts.zip');
    const content = await readFile(place.export);
    await writeFile(
      path,
      buildZip([
        { name: 'user_data_tiktok.json', content },
        { name: '../notes.txt', content: 'x' },
      ]),
    );
    const { events, work } = await openAccountRun({ ...place, export: path });
    for (const archive of work.account.archives) await archive.close();
    expect(warningsIn(events)).toEqual([expect.stringContaining('../notes.txt')]);
  });

  it('files of --media whose names are two hours late: a warning', async () => {
    const place = await folderWith({
      '../media/2025-06-01_12-00-00.mp4': 'x',
      '../media/2025-06-02_12-00-00.mp4': 'x',
    });
    const { events } = await openAccountRun(place, { media: [join(place.out, 'media')] });
    expect(warningsIn(events)).toEqual([expect.stringContaining('add --media-shift -7200')]);
  });

  it('a post that a person included by hand goes along, and a warning names it', async () => {
    const place = await folderWith();
    const inclusion = { at: '2026-11-01T12:00:00Z', visibility: 'private', linkPath: null };
    await mkdir(place.folder);
    await setInclusion(place.folder, secret, inclusion, await realTools());
    const { run, events } = await openAccountRun(place);
    expect(run.selection.selected.map(({ key }) => key)).toEqual([secret, second, first]);
    expect(events).toContainEqual(
      expect.objectContaining({
        type: 'warning',
        message: expect.stringMatching(/^1 post goes along/),
        posts: [secret],
      }),
    );
  });
});

describe('a document of an earlier run', () => {
  const sentence = 'manifest.json could not be read. It was set aside as manifest.json.broken and made anew.';
  it.each<[string, Readonly<Record<string, string>>, readonly string[], string | null]>([
    ['that is whole: its rows', { 'manifest.json': manifest() }, [], null],
    ['a missing manifest: the rows of the packages', packaged, [], null],
    [
      'a manifest cut off: set aside, the rows of the packages',
      { ...packaged, 'manifest.json': '{"posts": [' },
      [sentence],
      '{"posts": [',
    ],
    ['an empty manifest: set aside, the rows of the packages', { ...packaged, 'manifest.json': '' }, [sentence], ''],
    [
      'broken caches: its rows',
      { 'manifest.json': manifest(), '.port/cache.json': '{', '.port/up-to-date.jsonl': '{' },
      [],
      null,
    ],
    [
      'broken sources of originals: its rows',
      { 'manifest.json': manifest(), 'originals/sources.jsonl': '{\n[]' },
      [],
      null,
    ],
  ])('%s', async (_name, documents, warnings, aside) => {
    const place = await folderWith(documents);
    const { run, events } = await openAccountRun(place);
    expect(run.manifest.rowsOf(first)).toEqual([delivered]);
    expect(warningsIn(events)).toEqual(warnings);
    expect(await textOf(place.folder, 'manifest.json.broken')).toBe(aside);
  });

  it.each(['{', '{"schemaVersion": 1, "posts": {"x": 1}}'])(
    '%s for inclusions: private posts stay held',
    async (text) => {
      const place = await folderWith({ 'included.json': text });
      const { run } = await openAccountRun(place);
      expect(run.selection.selected.map(({ key }) => key)).toEqual([second, first]);
      expect(await textOf(place.folder, 'included.json')).toBe(text);
    },
  );

  it('that is written through a link to another place: refused, and the place stays as it is', async () => {
    const place = await folderWith();
    const { run } = await openAccountRun(place);
    await mkdir(join(place.out, 'other'));
    await symlink(join(place.out, 'other'), join(place.folder, 'rednote'), 'junction');
    await expect(run.tools.files.write(join(place.folder, 'rednote/post.json'), 'x')).rejects.toThrow();
    expect(await textOf(place.out, 'other/post.json')).toBeNull();
  });
});

describe('saveKeys', () => {
  const twins = (WhoCanView: string, ...objects: string[]) =>
    objects.map((each) => ({ Date: '2025-06-01 10:00:00', Link: video(each), WhoCanView }));
  const keysOf = async (place: Awaited<ReturnType<typeof folderWith>>) => {
    const { run, work } = await openAccountRun(place);
    const posts = [...run.selection.selected, ...run.selection.held.map(({ post }) => post)];
    const objectOf = (post: Post) => /tx\/(\w+)/.exec(post.links[0]?.url ?? '')?.[1];
    const keys = Object.fromEntries(posts.map((post) => [objectOf(post), post.key]));
    return { keys, save: async () => saveKeys(work.account, run) };
  };

  it.each(['Everyone', 'Only me'])(
    'posts of one second for %s keep their keys in an export that has one of them no longer',
    async (audience) => {
      const place = await folderWith({}, twins(audience, 'a', 'b', 'c'));
      const { keys: before, save } = await keysOf(place);
      await save();
      await writeExport(place.out, twins(audience, 'c', 'b'));
      expect((await keysOf(place)).keys).toEqual({ b: before['b'], c: before['c'] });
    },
  );

  it('writes nothing when all keys are known', async () => {
    const place = await folderWith();
    await (await keysOf(place)).save();
    const { ino } = await stat(join(place.folder, 'manifest.json'));
    await (await keysOf(place)).save();
    expect((await stat(join(place.folder, 'manifest.json'))).ino).toBe(ino);
  });
});

describe('saveState', () => {
  it('the next run finds the rows, and a post that no run reached as not selected', async () => {
    const place = await folderWith();
    const { run, work } = await openAccountRun(place);
    run.manifest.set(delivered);
    await saveKeys(work.account, run);
    await saveState(work.account, run);
    const { run: next } = await openAccountRun(place);
    expect(next.manifest.rowsOf(first)).toEqual([delivered]);
    const [unreached] = next.manifest.rowsOf(second);
    expect(unreached).toMatchObject({ target: 'rednote', status: 'held', issues: [{ code: 'not-selected' }] });
  });

  it('the next run does not look at a file again', async () => {
    const place = await folderWith();
    const cached = async ({ run: { probeCache } }: OpenedRun, fact: string) =>
      probeCache.get(place.export, 'fact', z.string(), async () => fact);
    const opened = await openAccountRun(place);
    await cached(opened, 'of the first run');
    await saveState(opened.work.account, opened.run);
    expect(await cached(await openAccountRun(place), 'of the second run')).toBe('of the first run');
    expect(await cached(await openAccountRun(place, { verify: true }), 'of the third run')).toBe('of the third run');
  });

  it.each<[string, unknown, boolean]>([
    ['nothing happened', undefined, true],
    ['Ctrl-C', new Error('interrupted'), true],
    ['another run took the folder over', new IncompleteError('taken over'), false],
  ])('%s', async (_name, reason, isWritten) => {
    const controller = new AbortController();
    const place = await folderWith();
    const { run, work } = await openAccountRun({ ...place, signal: controller.signal });
    run.manifest.set(delivered);
    if (reason !== undefined) controller.abort(reason);
    await saveState(work.account, run);
    expect((await textOf(place.folder, 'manifest.json')) !== null).toBe(isWritten);
  });

  it('a folder where the manifest cannot be written: a sentence says that what was finished is there', async () => {
    const place = await folderWith();
    const { run, work } = await openAccountRun(place);
    run.manifest.set(delivered);
    await mkdir(join(place.folder, 'manifest.json/inside'), { recursive: true });
    const saving = saveState(work.account, run);
    await expect(saving).rejects.toThrow(IncompleteError);
    await expect(saving).rejects.toThrow('What was finished is there: mend this and run the same command again.');
  });

  it('an error that is none of the system is not called incomplete', async () => {
    const { run } = await openAccountRun(await folderWith());
    const bug = new TypeError('a bug');
    await expect(orIncomplete(run, async () => Promise.reject(bug))).rejects.toBe(bug);
  });
});
