import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { foldLines } from 'ical-generator';
import { beforeEach, describe, expect, it } from 'vitest';
import { accountFolders } from '../../src/posting/accounts.ts';
import { changePostingFolder, openPostingFolder, readPosting } from '../../src/posting/folder.ts';
import type { Edits } from '../../src/posting/record.ts';
import { type Entry, toJson } from '../../src/state/documents.ts';
import { createFiles } from '../../src/tools/disk-files.ts';
import { createLocks } from '../../src/tools/locks.ts';
import { entry } from '../deliver/contact-sheet/entries.ts';
import { temporaryFolder } from '../media.ts';
import { cellsIn, codes, dates, first, header, now, second, third } from './folder.ts';

const files = createFiles();
const tools = { files, locks: createLocks(), now: () => now / 1000 };
const { noon, evening, next } = dates;
let root = '';
let folder = '';

beforeEach(async () => {
  root = await temporaryFolder();
  folder = join(root, 'maya');
  await writeManifest([first, second, third].map((upload) => entry(upload)));
});

async function writeManifest(rows: readonly Entry[], account = 'maya', place = folder): Promise<void> {
  const head = { tool: 'content-port 1.0.0', export: { files: [], account, posts: rows.length }, totals: {} };
  await mkdir(place, { recursive: true });
  await writeFile(join(place, 'manifest.json'), toJson({ ...head, posts: rows }));
}

const change = async (edits: Edits, more: Partial<typeof tools> = {}) =>
  changePostingFolder(
    folder,
    { ...tools, ...more },
    (target) => `The ${target}`,
    () => edits,
  );
const sheet = async () => readFile(join(folder, 'posting.csv'), 'utf8');
const calendar = async () => readFile(join(folder, 'posting.ics'), 'utf8');
const plan = [
  { ...first, cells: { planned: noon } },
  { ...second, cells: { planned: evening } },
];

describe('posting.ics', () => {
  it('has what is planned and not out, with title, platform and folder, and no address', async () => {
    await change([...plan, { ...third, cells: { planned: next, posted: next, url: 'https://youtu.be/a' } }]);
    const text = (await calendar()).replace(/\r\n /g, '');
    expect(text.match(/^SUMMARY:.*$/gm)).toEqual([
      expect.stringMatching(/^SUMMARY:The rednote: ./),
      expect.stringMatching(/^SUMMARY:The reels: ./),
    ]);
    expect(text).toContain('DTSTART:20261201T120000Z');
    expect(text).toContain(`Folder: rednote/${first.key}`);
    expect(text).not.toMatch(/https?:|token/);
    expect(text.split('\r\n').every((line) => Buffer.byteLength(line) <= 1000)).toBe(true);
  });

  it('is not made where nothing is planned, and is emptied once nothing is any more', async () => {
    await change([]);
    await expect(calendar()).rejects.toThrow('ENOENT');
    await change(plan);
    await change(plan.map(({ cells: _, ...upload }) => ({ ...upload, cells: { planned: '' } })));
    expect(await calendar()).toMatch(/^BEGIN:VCALENDAR[\s\S]*END:VCALENDAR\r\n$/);
    expect(await calendar()).not.toContain('VEVENT');
  });

  it('loses a post that is held now, though nobody touched posting.csv', async () => {
    await change(plan);
    await writeManifest([entry({ ...first, status: 'held' }), entry(second), entry(third)]);
    await change([]);
    expect((await calendar()).match(/BEGIN:VEVENT/g)).toHaveLength(1);
    expect(await calendar()).not.toContain(`rednote/${first.key}`);
    expect(await sheet()).toContain(`${first.key},rednote,${noon}`);
  });

  it('is left alone while it says the same', async () => {
    await change(plan);
    const before = await calendar();
    await change([], { now: () => now / 1000 + 3600 });
    expect(await calendar()).toBe(before);
  });
});

describe('at the same time', () => {
  it('ten changes of different posts are all kept', async () => {
    const keys = Array.from({ length: 10 }, (_, index) => `2025-02-0${index}_10-00-00`);
    await writeManifest(keys.map((key) => entry({ key, target: 'rednote' })));
    await Promise.all(keys.map(async (key) => change([{ key, target: 'rednote', cells: { posted: noon } }])));
    const opened = await openPostingFolder(folder, tools);
    expect(Object.values(cellsIn(opened.posting))).toEqual(keys.map(() => ` | ${noon} |  | `));
  });

  it('what a spreadsheet saves between reading and writing is not lost', async () => {
    await change(plan);
    let saved = 0;
    const edits = () => {
      // Called right after the documents were read.
      saved++;
      return [{ ...first, cells: { posted: noon } }];
    };
    const facts: typeof files.facts = async (path) => {
      if (path.endsWith('posting.csv') && saved === 1) {
        saved++;
        await writeFile(path, (await sheet()).replace(evening, next));
      }
      return await files.facts(path);
    };
    const done = await changePostingFolder(folder, { ...tools, files: { ...files, facts } }, (name) => name, edits);
    expect(saved).toBeGreaterThan(1);
    expect(cellsIn(done.posting)).toEqual({
      [`rednote ${first.key}`]: `${noon} | ${noon} |  | `,
      [`reels ${second.key}`]: `${next} |  |  | `,
    });
    expect(await sheet()).toContain(next);
  });

  it('what a spreadsheet saves again and again is not written over: the change is in it the next time', async () => {
    await change(plan);
    let saved = 0;
    const facts: typeof files.facts = async (path) => {
      if (path.endsWith('posting.csv')) {
        saved++;
        await writeFile(path, (await sheet()).replace(/2026-12-0\dT18:\d\d/, `2026-12-05T18:${String(saved + 10)}`));
      }
      return await files.facts(path);
    };
    const edits = () => [{ ...first, cells: { posted: noon } }];
    const busy = await changePostingFolder(folder, { ...tools, files: { ...files, facts } }, (name) => name, edits);
    expect(codes(busy)).toEqual(['posting-unwritten']);
    const last = /2026-12-05T18:\d\d/.exec(await sheet())?.[0] ?? '';
    expect([last, await sheet()]).toEqual([
      `2026-12-05T18:${saved + 10}`,
      expect.not.stringContaining(`${noon},${noon}`),
    ]);
    const { posting, issues } = await change([]);
    // The time that port took from the sheet and the one that was saved after it: both are kept.
    expect(codes({ issues })).toEqual(['posting-conflict']);
    expect(cellsIn(posting)).toEqual({
      [`rednote ${first.key}`]: `${noon} | ${noon} |  | `,
      [`reels ${second.key}`]: expect.stringContaining(`posting.csv said planned ${last}`),
    });
    expect(await sheet()).toContain(`${noon},${noon}`);
    expect(await sheet()).toContain(last);
  });

  it('a lock that a dead process left is broken', async () => {
    await mkdir(join(folder, '.port'), { recursive: true });
    const lock = join(folder, '.port/posting.lock');
    await writeFile(lock, JSON.stringify({ pid: 4_000_000, host: hostname(), id: '0123456789abcdef' }));
    await change(plan);
    expect(await sheet()).toContain(noon);
    await expect(readFile(lock)).rejects.toThrow('ENOENT');
  });

  it('a change that throws writes nothing and leaves no lock', async () => {
    const failing = changePostingFolder(
      folder,
      tools,
      (name) => name,
      () => {
        throw new Error('no');
      },
    );
    await expect(failing).rejects.toThrow('no');
    await expect(sheet()).rejects.toThrow('ENOENT');
    await change(plan);
  });
});

describe('readPosting', () => {
  it('takes ticks from a sheet whose posting.json is lost, or that a person wrote for an older folder', async () => {
    await writeFile(join(folder, 'posting.csv'), `${header.join()}\r\n${first.key},rednote,,x,,\r\n`);
    const posting = await readPosting(folder, tools);
    expect([codes(posting), Object.keys(cellsIn(posting))]).toEqual([[], [`rednote ${first.key}`]]);
  });
});

describe('accountFolders', () => {
  const found = async (path: string, named?: string) =>
    (await accountFolders(path, named, files)).map(({ folder: place, account, target }) => [
      place.slice(root.length),
      account,
      target,
    ]);

  it('finds accounts in an output folder, an account, and a platform of it', async () => {
    await mkdir(join(folder, 'rednote', first.key), { recursive: true });
    await writeManifest([], 'tomas', join(root, 'tomas'));
    await mkdir(join(root, 'summary'));
    expect((await found(root)).sort()).toEqual([
      ['/maya', 'maya', null],
      ['/tomas', 'tomas', null],
    ]);
    expect(await found(folder)).toEqual([['/maya', 'maya', null]]);
    expect(await found(join(folder, 'rednote'))).toEqual([['/maya', 'maya', 'rednote']]);
    expect(await found(root, 'tomas')).toEqual([['/tomas', 'tomas', null]]);
  });

  it('tells what is there where the account is not, and that nothing is there', async () => {
    await expect(found(root, 'mya')).rejects.toThrow('There is no account "mya"');
    await expect(found(join(root, 'nowhere'))).rejects.toThrow('There is nothing of port in');
    await rm(folder, { recursive: true });
    await expect(found(root)).rejects.toThrow('Run port first, or name its output folder.');
  });
});

it('lines of the calendar are folded as its library folds them', async () => {
  const words = ['x'.repeat(73), 'x'.repeat(300), `ü 小 😀 ${'long '.repeat(40)}`, `${'小'.repeat(90)}`, ''];
  const rows = words.map((title, index) => {
    const key = `2026-01-0${index + 1}_12-00-00`;
    return entry({ key, target: 'rednote', caption: { title, body: 'b', hashtags: [], source: 'csv', removed: [] } });
  });
  await writeManifest(rows, 'maya');
  await change(rows.map(({ key, target }) => ({ key, target, cells: { planned: noon } })));
  const text = await calendar();
  expect(text.match(/BEGIN:VEVENT/g)).toHaveLength(5);
  expect(text).toBe(foldLines(text.replaceAll('\r\n ', '')));
  expect(text.split('\r\n').every((line) => Buffer.byteLength(line) <= 75)).toBe(true);
});

it('words of a post and the name of an account cannot add lines to the calendar', async () => {
  const account = 'maya\r\nATTENDEE:mailto:x@example.com\nBEGIN:VALARM, ; \u2028 "x';
  const caption = {
    title: 'a\r\nBEGIN:VEVENT\r\nURL:https://example.com\nx',
    body: 'b',
    hashtags: [],
    source: 'csv',
    removed: [],
  };
  await writeManifest([entry({ ...first, caption: caption as Entry['caption'] })], account);
  await change(plan.slice(0, 1));
  const lines = (await calendar()).replace(/\r\n /g, '').split(/\r\n|\r|\n|\u2028/);
  expect(lines.filter((line) => /^(?:ATTENDEE|URL|BEGIN:VALARM)/.test(line))).toEqual([]);
  expect(lines.filter((line) => line === 'BEGIN:VEVENT')).toHaveLength(1);
});
