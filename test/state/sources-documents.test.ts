import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isSourcesDocument, openOriginalSources, type SourceRow } from '../../src/state/original-sources.ts';
import { runFile } from '../../src/state/queue-paths.ts';
import { createFiles } from '../../src/tools/disk-files.ts';
import type { Files } from '../../src/tools/files.ts';
import { temporaryFolder } from '../tools/folder.ts';

const sha256 = 'a'.repeat(64);
const row: SourceRow = { source: 'link', matchedBy: 'link', seconds: null, link: 'example.com/v', sha256 };
const other: SourceRow = { source: 'media', matchedBy: 'id', seconds: 3, sha256: 'b'.repeat(64) };
const disk = createFiles();

const lineOf = (name: string, of: object) => `${JSON.stringify({ name, ...of })}\n`;

/** A folder of originals with these documents. */
function setUp(documents: Readonly<Record<string, string>> = {}) {
  const folder = temporaryFolder();
  const root = join(folder, 'originals');
  mkdirSync(root);
  for (const [name, text] of Object.entries(documents)) writeFileSync(join(root, name), text);
  return {
    ...{ folder, root },
    open: async (files: Files = disk, writer?: string) => openOriginalSources(folder, files, writer),
    text: (name = 'sources.jsonl') => readFileSync(join(root, name), 'utf8'),
    names: () => readdirSync(root).sort(),
  };
}

describe('a source', () => {
  it.each([
    ...(['bundled', 'media', 'link', 'page'] as const).map((source) => ({ ...other, source })),
    ...(['key', 'sidecar', 'id', 'name-time', 'file-time', 'link', 'page'] as const).map((matchedBy) => ({
      ...{ ...other, matchedBy },
    })),
    { ...row, link: 'x'.repeat(4000) },
  ])('%j is read as it was recorded', async (each) => {
    const { open } = setUp();
    await (await open()).record('a.mp4', each);
    expect(await (await open()).get('a.mp4')).toEqual(each);
  });

  it.each<[string, object]>([
    ['of another kind', { ...row, source: 'else' }],
    ['that was matched in another way', { ...row, matchedBy: 'else' }],
    ['with a link of more than 4000 characters', { ...row, link: 'x'.repeat(4001) }],
    ['with a short hash', { ...row, sha256: 'a'.repeat(63) }],
    ['with a long hash', { ...row, sha256: 'a'.repeat(65) }],
    ['with a hash in capitals', { ...row, sha256: 'A'.repeat(64) }],
    ['with a hash behind something else', { ...row, sha256: `x${sha256}` }],
    ['with a hash before something else', { ...row, sha256: `${sha256}x` }],
  ])('%s is none', async (_what, odd) => {
    const { open } = setUp({ 'sources.jsonl': lineOf('a.mp4', odd) });
    expect(await (await open()).get('a.mp4')).toBeNull();
  });

  it('of a file without a name, or with one of more than 4000 characters, is none', async () => {
    const long = 'x'.repeat(4001);
    const { open } = setUp({ 'sources.jsonl': lineOf('', row) + lineOf(long, row) });
    const sources = await open();
    expect([await sources.get(''), await sources.get(long)]).toEqual([null, null]);
  });
});

describe('a document of sources', () => {
  it.each([
    ['sources.jsonl', true],
    ['sources.host-1_a.jsonl', true],
    ['sources..jsonl', false],
    ['sources.a.b.jsonl', false],
    ['mysources.jsonl', false],
    ['sources.jsonl.bak', false],
    ['sources.mp4', false],
  ])('%s: %s', (name, isOne) => {
    expect(isSourcesDocument(name)).toBe(isOne);
  });

  it.each<[string, string, string]>([
    ['is not there', '', lineOf('b.mp4', other)],
    ['is whole', lineOf('a.mp4', row), lineOf('a.mp4', row) + lineOf('b.mp4', other)],
    [
      'is cut off in its last line',
      `${lineOf('a.mp4', row)}{"na`,
      `${lineOf('a.mp4', row)}{"na\n${lineOf('b.mp4', other)}`,
    ],
    ['begins with an empty line', `\n${lineOf('a.mp4', row)}`, `\n${lineOf('a.mp4', row)}${lineOf('b.mp4', other)}`],
  ])('that %s gets the next line at once, and nothing else', async (_what, before, after) => {
    const { open, text } = setUp(before === '' ? {} : { 'sources.jsonl': before });
    await (await open()).record('b.mp4', other);
    expect(text()).toBe(after);
  });

  it('that is empty gets its first line at once', async () => {
    const { open, text } = setUp({ 'sources.jsonl': '' });
    await (await open()).record('b.mp4', other);
    expect(text()).toBe(lineOf('b.mp4', other));
  });

  it('of more lines than any archive has files is none, and stays', async () => {
    const { open, text } = setUp({ 'sources.jsonl': `${lineOf('a.mp4', row)}${'\n'.repeat(500_000)}` });
    expect(await (await open()).get('a.mp4')).toBeNull();
    expect(text()).toHaveLength(lineOf('a.mp4', row).length + 500_000);
  });

  it('of a worker begins with its first line, though that of the account is cut off', async () => {
    const { open, text } = setUp({ 'sources.jsonl': '{"na' });
    await (await open(disk, 'host-1')).record('b.mp4', other);
    expect(text('sources.host-1.jsonl')).toBe(lineOf('b.mp4', other));
  });

  it.each([
    [1, 18, false],
    [1, 19, true],
    [3, 22, false],
    [3, 23, true],
  ])('with %i files and %i lines is written again: %s', async (count, lines, isAnew) => {
    const names = Array.from({ length: lines }, (_, at) => `${at % count}.mp4`).reverse();
    const before = names.map((name) => lineOf(name, row)).join('');
    const { open, text } = setUp({ 'sources.jsonl': before });
    expect(await (await open()).get('0.mp4')).toEqual(row);
    const sorted = [...new Set(names)].sort().map((name) => lineOf(name, row));
    expect(text()).toBe(isAnew ? sorted.join('') : before);
  });

  it('that cannot be read is as good as empty, and stays', async () => {
    const { open, text } = setUp({ 'sources.jsonl': lineOf('a.mp4', row) });
    const sources = await open(unreadable('sources.jsonl'));
    expect(await sources.get('a.mp4')).toBeNull();
    await sources.record('b.mp4', other);
    expect(text()).toBe(lineOf('a.mp4', row) + lineOf('b.mp4', other));
  });

  it('that a folder stands in place of is used without, where the folder cannot be moved away', async () => {
    const { root, open } = setUp();
    mkdirSync(join(root, 'sources.jsonl'));
    const fixed = (error: Error): Files => ({ ...disk, move: async () => Promise.reject(error) });
    const refused = Object.assign(new Error('EROFS'), { code: 'EROFS', syscall: 'rename' });
    expect(await (await open(fixed(refused))).get('a.mp4')).toBeNull();
    await expect(open(fixed(new TypeError('ours')))).rejects.toThrow('ours');
  });
});

describe('documents that are put together', () => {
  it('leave other files of the folder alone', async () => {
    const others = ['a.mp4', 'mysources.jsonl', 'sources.jsonl.bak', 'sources.a.b.jsonl'];
    const { open, names, text } = setUp({
      ...{ 'sources.jsonl': lineOf('a.mp4', row), 'sources.host-1.jsonl': lineOf('b.mp4', other) },
      ...Object.fromEntries(others.map((name) => [name, 'x'])),
    });
    await (await open()).merge();
    expect(names()).toEqual(['sources.jsonl', ...others].sort());
    expect(text()).toBe(lineOf('a.mp4', row) + lineOf('b.mp4', other));
  });

  it('are one, where a worker recorded what was there', async () => {
    const { open, names, text } = setUp({
      ...{ 'sources.jsonl': lineOf('a.mp4', row), 'sources.host-1.jsonl': lineOf('a.mp4', row) },
    });
    await (await open()).merge();
    expect([names(), text()]).toEqual([['sources.jsonl'], lineOf('a.mp4', row)]);
  });

  it('take the next line whole, though one of them was cut off', async () => {
    const { open, text } = setUp({ 'sources.jsonl': `${lineOf('a.mp4', row)}{"na`, 'sources.x.jsonl': '{' });
    const sources = await open();
    await sources.merge();
    await sources.record('b.mp4', other);
    expect(text()).toBe(lineOf('a.mp4', row) + lineOf('b.mp4', other));
  });

  it('have of two workers the same, in whatever order a disk lists them', async () => {
    for (const isReversed of [true, false]) {
      const { open } = setUp({ 'sources.a.jsonl': lineOf('a.mp4', row), 'sources.b.jsonl': lineOf('a.mp4', other) });
      const listing: Files = {
        ...disk,
        list: async (path) => {
          const sorted = [...(await disk.list(path))].sort((one, another) => (one.name < another.name ? -1 : 1));
          return isReversed ? sorted.reverse() : sorted;
        },
      };
      expect(await (await open(listing)).get('a.mp4')).toEqual(other);
    }
  });

  it('lose no line that a worker adds meanwhile', async () => {
    const { root, open, names } = setUp({ 'sources.host-1.jsonl': lineOf('a.mp4', row) });
    const busy: Files = {
      ...disk,
      async write(path, data) {
        await disk.write(path, data);
        await disk.append(join(root, 'sources.host-1.jsonl'), lineOf('b.mp4', other));
      },
    };
    await (await open(busy)).merge();
    expect(names()).toEqual(['sources.host-1.jsonl', 'sources.jsonl']);
    expect(await (await open()).get('b.mp4')).toEqual(other);
  });

  it('are not, where a worker removed its document meanwhile', async () => {
    const { root, open, names } = setUp({ 'sources.host-1.jsonl': lineOf('a.mp4', row) });
    const busy: Files = {
      ...disk,
      async write(path, data) {
        await disk.write(path, data);
        rmSync(join(root, 'sources.host-1.jsonl'));
      },
    };
    await (await open(busy)).merge();
    expect(names()).toEqual(['sources.jsonl']);
  });

  it.each(['sources.jsonl', 'sources.host-1.jsonl'])('stay as they are while %s cannot be read', async (name) => {
    const { open, names } = setUp({
      ...{ 'sources.jsonl': lineOf('a.mp4', row), 'sources.host-1.jsonl': lineOf('b.mp4', other) },
    });
    await (await open(unreadable(name))).merge();
    expect(names()).toEqual(['sources.host-1.jsonl', 'sources.jsonl']);
    const sources = await open();
    expect([await sources.get('a.mp4'), await sources.get('b.mp4')]).toEqual([row, other]);
  });

  it('stay as they are for a worker, and while posts are in a queue', async () => {
    const { folder, open, names } = setUp({ 'sources.host-1.jsonl': lineOf('a.mp4', row) });
    await (await open(disk, 'host-2')).merge();
    mkdirSync(join(runFile(folder), '..'), { recursive: true });
    writeFileSync(runFile(folder), '{}');
    await (await open()).merge();
    expect(names()).toEqual(['sources.host-1.jsonl']);
  });
});

describe('sources in the cache of an earlier version', () => {
  const facts = { origin: { source: 'media', matchedBy: 'id', seconds: 3 }, sha256: other.sha256 };

  function writeCache(folder: string, files: Readonly<Record<string, object>>) {
    const texts = Object.entries(files).map(([name, odd]) => [
      name,
      JSON.stringify({ bytes: 1, modified: 1, facts: odd }),
    ]);
    mkdirSync(join(folder, '.port'));
    writeFileSync(
      join(folder, '.port/cache.json'),
      JSON.stringify({ schemaVersion: 1, files: Object.fromEntries(texts) }),
    );
  }

  it.each<[string, object, SourceRow | null]>([
    ['from Windows', { 'originals\\a\\01.jpg': facts }, other],
    ['without a link', { 'originals/a/01.jpg': { ...facts, link: null } }, other],
    ['with the hash of when it was added', { 'originals/a/01.jpg': { ...facts, taken: sha256 } }, { ...other, sha256 }],
    ['with a broken hash of that', { 'originals/a/01.jpg': { ...facts, taken: 7 } }, other],
    ['with a link', { 'originals/a/01.jpg': { ...facts, link: 'example.com' } }, { ...other, link: 'example.com' }],
    ['of something else', { 'elsewhere/a/01.jpg': facts }, null],
    ['without a hash', { 'originals/a/01.jpg': { ...facts, sha256: undefined } }, null],
    ['without a source', { 'originals/a/01.jpg': { ...facts, origin: 'link' } }, null],
  ])('%s', async (_what, cached, expected) => {
    const { folder, open, names } = setUp({ 'a.mp4': 'x' });
    writeCache(folder, cached as Record<string, object>);
    expect(await (await open()).get('a/01.jpg')).toEqual(expected);
    expect(names()).toEqual(expected === null ? ['a.mp4'] : ['a.mp4', 'sources.jsonl']);
  });

  it.each<[string, Readonly<Record<string, string>>, string]>([
    ['where there is a document', { 'a.mp4': 'x', 'sources.jsonl': lineOf('b.mp4', row) }, ''],
    ['where there is one of a worker', { 'a.mp4': 'x', 'sources.host-1.jsonl': lineOf('b.mp4', row) }, 'host-2'],
    ['for a worker', { 'a.mp4': 'x' }, 'host-1'],
    ['where there are no originals', {}, ''],
  ])('count for nothing %s', async (_what, documents, writer) => {
    const { folder, open, names } = setUp(documents);
    writeCache(folder, { 'originals/a.mp4': facts });
    expect(await (await open(disk, writer)).get('a.mp4')).toBeNull();
    expect(names()).toEqual(Object.keys(documents).sort());
  });
});

/** A disk that cannot read files of this name. */
function unreadable(name: string): Files {
  return {
    ...disk,
    readText: async (path, most) =>
      path.endsWith(`/${name}`) || path.endsWith(`\\${name}`)
        ? Promise.reject(Object.assign(new Error('EIO'), { code: 'EIO', syscall: 'read' }))
        : disk.readText(path, most),
  };
}
