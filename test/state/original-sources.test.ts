import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openOriginalSources, type SourceRow } from '../../src/state/original-sources.ts';
import { runFile } from '../../src/state/queue-paths.ts';
import { createFiles } from '../../src/tools/disk-files.ts';
import { temporaryFolder } from '../tools/folder.ts';
import { fullOnce } from './full-disk.ts';

const sha256 = 'a'.repeat(64);
const row: SourceRow = { source: 'link', matchedBy: 'link', seconds: null, link: 'example.com/v', sha256 };
const other: SourceRow = { source: 'media', matchedBy: 'id', seconds: 3, sha256: 'b'.repeat(64) };

function setUp() {
  const folder = temporaryFolder();
  const root = join(folder, 'originals');
  mkdirSync(root);
  const whole = join(root, 'sources.jsonl');
  const open = async (writer?: string) => openOriginalSources(folder, createFiles().confined(folder), writer);
  const lines = () => readFileSync(whole, 'utf8').trim().split('\n');
  return { folder, root, whole, open, lines };
}

it('tells after a kill what was recorded, the last line of a name first', async () => {
  const { open, lines } = setUp();
  const sources = await open();
  await sources.record('a.mp4', other);
  await sources.record('b/01.jpg', other);
  await sources.record('a.mp4', row);
  expect(lines()).toHaveLength(3);
  const next = await open();
  expect([await next.get('a.mp4'), await next.get('b/01.jpg'), await next.get('c.mp4')]).toEqual([row, other, null]);
});

it('continues after a line that was cut off, and skips unknown keys and lines that are none', async () => {
  const { whole, open } = setUp();
  const known = JSON.stringify({ name: 'a.mp4', ...row, later: { more: 1 } });
  writeFileSync(whole, `${known}\nnothing\n{"name":"b.mp4","source":"else"}\n${known.slice(0, 30)}`);
  const sources = await open();
  expect(await sources.get('a.mp4')).toEqual(row);
  await sources.record('b.mp4', other);
  const next = await open();
  expect([await next.get('a.mp4'), await next.get('b.mp4')]).toEqual([row, other]);
});

it('continues after a line in the middle of which the disk was full', async () => {
  const { folder, open } = setUp();
  const sources = await openOriginalSources(folder, fullOnce(createFiles()));
  await expect(sources.record('a.mp4', row)).rejects.toThrow('disk full');
  await sources.record('b.mp4', other);
  await sources.record('c.mp4', row);
  const next = await open();
  expect([await next.get('a.mp4'), await next.get('b.mp4'), await next.get('c.mp4')]).toEqual([null, other, row]);
});

it('is written again once it has more than twice as many lines as files', async () => {
  const { open, lines } = setUp();
  const sources = await open();
  for (let round = 0; round < 30; round++) await sources.record('a.mp4', round % 2 === 0 ? other : row);
  expect(lines()).toHaveLength(30);
  expect(await (await open()).get('a.mp4')).toEqual(row);
  expect(lines()).toHaveLength(1);
});

it('workers of a queue have documents of their own, which the next run puts together when they are done', async () => {
  const { folder, root, open, lines } = setUp();
  const [first, second] = [await open('host-1'), await open('host-2')];
  expect(await second.get('a.mp4')).toBeNull();
  await first.record('a.mp4', row);
  await second.record('b.mp4', other);
  // Another worker had the post before.
  expect(await second.get('a.mp4')).toEqual(row);
  mkdirSync(join(folder, '.port/queue'), { recursive: true });
  writeFileSync(runFile(folder), '{}');
  expect(await (await open()).get('b.mp4')).toEqual(other);
  expect(readdirSync(root)).toEqual(['sources.host-1.jsonl', 'sources.host-2.jsonl']);
  execFileSync('rm', [runFile(folder)]);
  await (await open()).merge();
  expect(readdirSync(root)).toEqual(['sources.jsonl']);
  expect(lines()).toHaveLength(2);
});

it('takes over what earlier versions kept in their cache, once', async () => {
  const { folder, root, whole, open } = setUp();
  writeFileSync(join(root, 'a.mp4'), 'x');
  mkdirSync(join(folder, '.port'));
  const facts = (odd: object) => JSON.stringify({ bytes: 1, modified: 1, facts: odd });
  const origin = { source: 'link', matchedBy: 'link', seconds: null };
  const files = {
    'originals/a.mp4': facts({ origin, link: 'example.com/v', taken: sha256, sha256: 'c'.repeat(64) }),
    'originals/b/01.jpg': facts({ origin: { source: 'media', matchedBy: 'id', seconds: 3 }, sha256: other.sha256 }),
    'elsewhere/c.mp4': facts({ origin, sha256 }),
    'originals/d.mp4': facts({ sha256 }),
  };
  const cache = join(folder, '.port/cache.json');
  writeFileSync(cache, JSON.stringify({ schemaVersion: 1, files }));
  const sources = await open();
  expect(existsSync(whole)).toBe(true);
  const found = async (from: typeof sources) =>
    Promise.all(['a.mp4', 'b/01.jpg', 'c.mp4', 'd.mp4'].map(async (name) => from.get(name)));
  expect(await found(sources)).toEqual([row, other, null, null]);
  execFileSync('rm', ['-r', join(folder, '.port')]);
  expect(await found(await open())).toEqual([row, other, null, null]);
});

it.skipIf(process.platform === 'win32')('a planted pipe or folder in its place does no harm', async () => {
  const { whole, open } = setUp();
  execFileSync('mkfifo', [whole]);
  const sources = await open();
  expect(await sources.get('a.mp4')).toBeNull();
  await sources.record('a.mp4', row);
  expect(await (await open()).get('a.mp4')).toEqual(row);
  execFileSync('rm', [whole]);
  mkdirSync(join(whole, 'inside'), { recursive: true });
  const again = await open();
  await again.record('a.mp4', row);
  expect(await (await open()).get('a.mp4')).toEqual(row);
});
