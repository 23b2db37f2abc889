import { mkdir, mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { QueuedRun } from '../../src/queue/bullmq/contract.ts';
import {
  ensureOutId,
  outcomesIn,
  readOutcome,
  readOutId,
  readRun,
  runIdOf,
  writeOutcome,
  writeRun,
} from '../../src/queue/files.ts';
import { dropHint, findOutFolder, runsInSharedFolder, WrongFolderError } from '../../src/queue/run-folders.ts';
import { openSharedFolder } from '../../src/queue/shared-folder.ts';
import { handleWrongFolders } from '../../src/queue/wrong-folders.ts';
import { createFiles } from '../../src/tools/disk-files.ts';

const files = createFiles();
let root: string;
let folder: string;
beforeAll(async () => {
  root = await realpath(await mkdtemp(join(tmpdir(), 'port-run-files-')));
});
afterAll(async () => rm(root, { recursive: true }));
beforeEach(async () => {
  folder = await mkdtemp(join(root, 'account-'));
});

const queued = async (name: string, text: string) => {
  await mkdir(join(folder, '.port/queue'), { recursive: true });
  await writeFile(join(folder, '.port/queue', name), text);
};

describe('the id of an output folder', () => {
  it('is made once and stays', async () => {
    expect(await readOutId(folder, files)).toBe(null);
    const id = await ensureOutId(folder, files);
    expect(id).toMatch(/^[0-9a-f]{16}$/);
    expect(await ensureOutId(folder, files)).toBe(id);
    expect(await readOutId(folder, files)).toBe(id);
    expect(await ensureOutId(join(folder, 'other'), files)).not.toBe(id);
  });

  it.each([
    ['no JSON', '{'],
    ['another version', '{"schemaVersion":2,"id":"0123456789abcdef"}'],
    ['another kind', '{"schemaVersion":1,"id":5}'],
    ['another length', '{"schemaVersion":1,"id":"0123456789abcde"}'],
    ['more behind it', '{"schemaVersion":1,"id":"0123456789abcdef0"}'],
    ['a far too long document', `{"schemaVersion":1,"id":"0123456789abcdef"}${' '.repeat(2000)}`],
  ])('that is %s is replaced', async (_, text) => {
    await mkdir(join(folder, '.port'));
    await writeFile(join(folder, '.port/queue.json'), text);
    expect(await readOutId(folder, files)).toBe(null);
    expect(await ensureOutId(folder, files)).toMatch(/^[0-9a-f]{16}$/);
  });

  it('with the name of the account’s folder gives the id of the run', () => {
    const id = runIdOf('0123456789abcdef', 'maya');
    expect(id).toMatch(/^[0-9a-f]{16}$/);
    expect(runIdOf('0123456789abcdef', 'maya')).toBe(id);
    expect(runIdOf('0123456789abcdef', 'bo')).not.toBe(id);
    expect(runIdOf('fedcba9876543210', 'maya')).not.toBe(id);
  });
});

const key = '2025-03-02_09-15-04';

const run = {
  ...({ schemaVersion: 1, version: '1.0.0', libavcodec: 60, account: 'maya', root: '/mnt', nameless: false } as const),
  ...{ exports: ['maya.zip'], media: [], music: null, tiktokIds: {} },
  options: { to: 'rednote' },
  posts: {
    [key]: {
      ...{ linkPath: null, caption: null, issues: [], isUnsure: false, posted: [], held: null, subtitles: null },
      choices: { cover: '', targets: '', fit: '' },
    },
  },
};

describe('the document of a run', () => {
  it('is read as it was written; an equal one is the same run, another one is not', async () => {
    const id = await writeRun(folder, run, files);
    expect(id).toMatch(/^[0-9a-f]{16}$/);
    expect(await readRun(folder, files)).toMatchObject({ ...run, run: id, options: { to: [{ name: 'rednote' }] } });
    expect(await writeRun(folder, { ...run }, files)).toBe(id);
    expect(await writeRun(folder, { ...run, account: 'bo' }, files)).not.toBe(id);
    expect((await readRun(folder, files))?.account).toBe('bo');
  });

  it.each<[string, (run: Record<string, unknown>) => unknown]>([
    ['of another version', (about) => ({ ...about, schemaVersion: 2 })],
    ['without an id', ({ run: _, ...about }) => about],
    ['without exports', (about) => ({ ...about, exports: [] })],
    ['with an export that lies outside', (about) => ({ ...about, exports: ['../maya.zip'] })],
    ['with media that lie outside', (about) => ({ ...about, media: ['/etc'] })],
    [
      'with music that lies outside',
      (about) => ({ ...about, music: { path: '/x', bytes: 1, sha256: 'a'.repeat(64) } }),
    ],
    ['with music of another hash', (about) => ({ ...about, music: { path: 'x', bytes: 1, sha256: 'a' } })],
    ['with options that do not exist', (about) => ({ ...about, options: { to: 'nowhere' } })],
    ['with a post of another key', (about) => ({ ...about, posts: { '../x': run.posts[key] } })],
    ['with a post that is half', (about) => ({ ...about, posts: { [key]: {} } })],
    [
      'with an endless cell',
      (about) => ({
        ...about,
        posts: { [key]: { ...run.posts[key], choices: { cover: 'x'.repeat(4001), targets: '', fit: '' } } },
      }),
    ],
    ['with an endless root', (about) => ({ ...about, root: 'x'.repeat(4001) })],
    ['with an endless version', (about) => ({ ...about, version: 'x'.repeat(101) })],
    ['with half a version of ffmpeg', (about) => ({ ...about, libavcodec: 60.5 })],
  ])('%s is none', async (_, change) => {
    await writeRun(folder, run, files);
    const written = JSON.parse(await readFile(join(folder, '.port/queue/run.json'), 'utf8')) as Record<string, unknown>;
    await queued('run.json', JSON.stringify(change(written)));
    expect(await readRun(folder, files)).toBe(null);
  });

  it('that is missing, or no JSON, is none', async () => {
    expect(await readRun(folder, files)).toBe(null);
    await queued('run.json', '{');
    expect(await readRun(folder, files)).toBe(null);
  });
});

const issue = { code: 'render-failed', severity: 'error', actual: 'x', limit: null, message: 'It broke.' } as const;
const row = {
  ...{ key, target: 'rednote', status: 'failed', issues: [issue], original: null, declarations: [], toDeclare: [] },
  ...{ linkPath: null, caption: null, files: [] },
};
const outcome = {
  ...{ schemaVersion: 1, run: 'fedcba9876543210', key, attempt: 1, inputHashes: { rednote: 'x' }, plans: [] },
  rows: [{ row, unchanged: false }],
  fetched: { isNew: true, hasOriginal: false, issues: [] },
};

describe('the outcome of a post', () => {
  it('is read as it was written, and listed by its key', async () => {
    await writeOutcome(folder, outcome as unknown as Parameters<typeof writeOutcome>[1], files);
    await writeRun(folder, run, files);
    expect(await readOutcome(folder, key, files)).toEqual(outcome);
    expect(await outcomesIn(folder, files)).toEqual([key]);
    expect(await readOutcome(folder, '2025-03-02_09-15-05', files)).toBe(null);
    expect(await outcomesIn(join(folder, 'none'), files)).toEqual([]);
  });

  it('files of other names are none', async () => {
    for (const name of ['run.json', `${key}.json.tmp`, `x${key}.json`, 'notes.json', `${key}-2.json`])
      await queued(name, '{}');
    expect(await outcomesIn(folder, files)).toEqual([`${key}-2`]);
  });

  it('with the hashes of no platform has none', async () => {
    const { inputHashes: _, ...without } = outcome;
    await queued(`${key}.json`, JSON.stringify(without));
    expect((await readOutcome(folder, key, files))?.inputHashes).toEqual({});
  });

  const rowWith = (odd: object) => ({ ...outcome, rows: [{ row: { ...row, ...odd }, unchanged: false }] });
  const own = {
    path: `rednote/${key}/01.jpg`,
    role: 'photo',
    bytes: 4,
    sha256: '',
    action: 'copy',
    why: [],
    rendition: 'x',
  };

  it('of a delivered post needs no reason', async () => {
    const made = rowWith({ status: 'delivered', issues: [], files: [own] });
    await queued(`${key}.json`, JSON.stringify(made));
    expect(await readOutcome(folder, key, files)).toEqual(made);
  });

  it.each<[string, unknown]>([
    ['of another version', { ...outcome, schemaVersion: 2 }],
    ['of another post', { ...outcome, key: '2025-03-02_09-15-05' }],
    ['with the row of another post', rowWith({ key: '2025-03-02_09-15-05' })],
    ['of a platform that there is not', rowWith({ target: 'nowhere' })],
    ['without a reason', rowWith({ issues: [] })],
    ['of no known status', rowWith({ status: 'lost' })],
    ['with a file that lies outside', rowWith({ files: [{ ...own, path: '../x' }] })],
    ['with a file of another post', rowWith({ files: [{ ...own, path: 'rednote/2025-03-02_09-15-05/01.jpg' }] })],
    ['with a row that is text', { ...outcome, rows: [{ row: 'x', unchanged: false }] }],
    ['of no attempt', { ...outcome, attempt: 0 }],
    ['of half an attempt', { ...outcome, attempt: 1.5 }],
    ['of another kind of run', { ...outcome, run: '../x' }],
    ['with an endless hash', { ...outcome, inputHashes: { rednote: 'x'.repeat(101) } }],
    ['that does not say what was fetched', { ...outcome, fetched: null }],
    ['that is far too long', { ...outcome, more: 'x'.repeat(6_000_000) }],
  ])('%s is none', async (_, value) => {
    await queued(`${key}.json`, JSON.stringify(value));
    expect(await readOutcome(folder, key, files)).toBe(null);
  });
});

describe('runs of a folder that this machine does not have', () => {
  const at = async () => openSharedFolder(root, files);
  const about = (name: string, outId: string, odd: object = {}): QueuedRun => ({
    ...{ id: 'a', counts: { open: 1, done: 0, failed: 0 } },
    data: {
      ...{ schemaVersion: 1, out: name, outId, folder: 'maya', run: 'fedcba9876543210', account: 'maya' },
      ...{ posts: 1, startedAt: 1, version: '1.0.0', libavcodec: 60, ...odd },
    },
  });
  const sentence = (name: string) =>
    `The queue has posts for "${name}/maya", and the shared folder "${root}" is not the one of the run: there is no such folder, or another one of that name. If it was deleted: port queue drop ${name}/maya --queue <address>.`;

  it('are told of; those of a folder that it has are not', async () => {
    const [name = ''] = [folder.slice(root.length + 1)];
    const id = await ensureOutId(folder, files);
    const shared = await at();
    const job = { out: name, outId: id };
    expect(await findOutFolder(job, shared, files)).toBe(folder);
    expect(await findOutFolder({ ...job, outId: '0123456789abcdef' }, shared, files)).toBe(null);
    expect(await findOutFolder({ ...job, out: 'none' }, shared, files)).toBe(null);
    const warned: string[] = [];
    const warn = (message: string) => void warned.push(message);
    const broken = { ...about(name, id), data: { account: 5 } };
    const none = await runsInSharedFolder([broken], shared, files, warn);
    expect([none, warned]).toEqual([[], []]);
    const here = await runsInSharedFolder([about('gone', id), about(name, id), broken], shared, files, warn);
    expect(here.map(({ out }) => out)).toEqual([name]);
    expect(warned).toEqual([expect.stringContaining(sentence('gone'))]);
  });

  it('if there is no other run, nothing can be done here', async () => {
    const runs = [about('gone', '0123456789abcdef'), about('lost', '0123456789abcdef')];
    const warn = () => expect.unreachable();
    await expect(runsInSharedFolder(runs, await at(), files, warn)).rejects.toThrow(sentence('gone'));
  });

  it.each([
    ['ported', 'maya', 'ported/maya'],
    ['.', 'maya', 'maya'],
    ['my posts', 'maya', '"my posts/maya"'],
    ['$(x)', 'maya', '"$(x)/maya"'],
  ])('%s and %s are dropped by a word of the shell', (out, name, word) => {
    expect(dropHint({ out, folder: name })).toBe(
      `If nobody wants that run any more: port queue drop ${word} --queue <address>.`,
    );
  });

  it('leave a post to others up to ten times, and let it fail where the folder is known to be right', async () => {
    const shared = await at();
    const error = (name: string) => new WrongFolderError({ out: name, folder: 'maya' }, shared);
    const warned: string[] = [];
    const unsure = handleWrongFolders(false, (message) => void warned.push(message));
    const later = { kind: 'later', milliseconds: 3000 };
    const failed = (name: string) => ({ kind: 'failed', reason: error(name).message });
    expect(unsure.endOf(error('a'), 1)).toEqual(later);
    expect(unsure.endOf(error('a'), 9)).toEqual(later);
    expect(unsure.endOf(error('a'), 10)).toEqual(failed('a'));
    unsure.isRight();
    expect(unsure.endOf(error('b'), 1)).toEqual(failed('b'));
    expect(warned).toEqual([error('a').message, error('b').message]);
    expect(handleWrongFolders(true, () => {}).endOf(error('a'), 1)).toEqual(failed('a'));
  });

  it('are told of at most twenty times', async () => {
    const shared = await at();
    const warned: string[] = [];
    const unsure = handleWrongFolders(false, (message) => void warned.push(message));
    for (let index = 0; index < 30; index++)
      unsure.endOf(new WrongFolderError({ out: `${index}`, folder: 'x' }, shared), 1);
    expect(warned).toHaveLength(20);
  });
});
