import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { askListing, cachedListing, isProfileName, listingPath } from '../../src/captions/profile-listing.ts';
import { createFiles } from '../../src/tools/disk-files.ts';
import type { YtDlp } from '../../src/tools/yt-dlp.ts';
import { temporaryFolder } from '../tools/folder.ts';
import { entry, idAt, printing, time } from './account.ts';

const files = createFiles();
const { signal } = new AbortController();
const ask = (folder: string, ytDlp: YtDlp | null, now: number, profile = 'maya') =>
  askListing(folder, profile, ytDlp, files, now, signal);
const texts = ({ notes }: Awaited<ReturnType<typeof ask>>) => notes.map(({ text }) => text);

/** A folder that has a listing, asked for at `time`. */
async function asked(...lines: readonly object[]): Promise<string> {
  const folder = temporaryFolder();
  await ask(folder, printing(lines).ytDlp, time);
  return folder;
}

describe('the listing of a profile', () => {
  it.each<[string, number, boolean]>([
    ['the second it was asked for', time, false],
    ['a second less than a day later', time + 86_399, false],
    ['a day later', time + 86_400, true],
    ['by a clock that was set back', time - 1, true],
  ])('%s: is it asked for again?', async (_name, now, isAsked) => {
    const folder = await asked(entry('a'));
    const again = printing([]);
    expect(texts(await ask(folder, again.ytDlp, now))).toEqual(['a']);
    expect(again.asked.length).toBe(isAsked ? 1 : 0);
  });

  it('takes 30 s at most, and ends with the run', async () => {
    const options: unknown[] = [];
    const ytDlp: YtDlp = {
      download: async () => '',
      list: async (profile, { maxBytes: _, ...rest }) => {
        options.push(profile, rest);
        return { lines: '', failure: null };
      },
    };
    await ask(temporaryFolder(), ytDlp, time, 'May.a');
    expect(options).toEqual(['https://www.tiktok.com/@May.a', { seconds: 30, signal }]);
  });

  it('of the same profile in other capitals is used, of another one is not', async () => {
    const folder = await asked(entry('a'));
    expect((await cachedListing(folder, 'MAYA', files))?.notes).toHaveLength(1);
    expect(await cachedListing(folder, 'mayb', files)).toBeNull();
    expect(await cachedListing(temporaryFolder(), 'maya', files)).toBeNull();
  });

  it.each<[string, (text: string) => string]>([
    ['cut off', (text) => text.slice(0, 30)],
    ['without a date', (text) => text.replace('askedAt', 'x')],
    ['with a date of another kind', (text) => text.replace(/"askedAt": "[^"]*"/, '"askedAt": "yesterday"')],
    ['of another shape', () => '[]'],
  ])('that is broken, %s, is asked for again', async (_name, change) => {
    const folder = await asked(entry('a'));
    writeFileSync(listingPath(folder), change(readFileSync(listingPath(folder), 'utf8')));
    expect(await cachedListing(folder, 'maya', files)).toBeNull();
    expect(texts(await ask(folder, printing([entry('b')]).ytDlp, time))).toEqual(['b']);
  });

  it('keeps all that was told of a post, and whether it is photos', async () => {
    const photos = {
      ...{ ...entry('a'), duration: 9, like_count: 3, track: 'Waves' },
      webpage_url: 'https://www.tiktok.com/@maya/photo/1',
    };
    const nameless = { ...photos, id: idAt(time), uploader: null };
    const folder = await asked(photos, nameless, entry('b', time + 60));
    const kept = (await cachedListing(folder, 'maya', files))?.notes;
    expect(kept).toMatchObject([
      {
        ...{ text: 'a', time: time + 5, tiktokId: idAt(time + 1), uploader: 'maya', kind: 'photos' },
        ...{ seconds: 9, likes: 3, sound: 'Waves', source: 'listing', origin: 'listing.json' },
      },
      { kind: 'photos', uploader: null },
      { kind: null, text: 'b' },
    ]);
    const { entries } = JSON.parse(readFileSync(listingPath(folder), 'utf8'));
    expect(entries.map(({ webpage_url }: { webpage_url?: string }) => webpage_url)).toEqual([
      `https://www.tiktok.com/@maya/photo/${idAt(time + 1)}`,
      `https://www.tiktok.com/@_/photo/${idAt(time)}`,
      undefined,
    ]);
  });

  it('is a playlist as yt-dlp writes it, so that it can be given to --captions', async () => {
    const folder = await asked(entry('a'));
    expect(listingPath(folder)).toBe(join(folder, 'originals', 'listing.json'));
    expect(JSON.parse(readFileSync(listingPath(folder), 'utf8'))).toMatchObject({
      ...{ schemaVersion: 1, _type: 'playlist', profile: 'maya', trouble: null },
    });
  });

  it('has each post once, as it was reported last, and keeps those that are gone', async () => {
    const untimed = { timestamp: time + 900, description: 'no id', uploader: 'maya' };
    const later = { ...untimed, timestamp: time + 960, description: 'no id either' };
    const folder = await asked(entry('old'), entry('gone', time + 60), untimed, later);
    const listing = await ask(folder, printing([entry('new'), untimed]).ytDlp, time + 86_400);
    expect(texts(listing)).toEqual(['new', 'gone', 'no id', 'no id either']);
  });

  it.each<[string, Parameters<typeof printing>, string | null]>([
    ['yt-dlp failed, whatever it told', [[entry('a'), '{'], 'blocked'], 'blocked'],
    ['a line was broken', [[entry('a'), '{']], '1 line was broken'],
    ['two lines were broken', [[entry('a'), '{', '', ' ', '[']], '2 lines were broken'],
    ['there was no post', [['{', '{}']], 'it listed no posts'],
    ['nothing happened', [[entry('a')]], null],
  ])('is kept for the next run with what happened: %s', async (_name, program, problem) => {
    const folder = temporaryFolder();
    expect((await ask(folder, printing(...program).ytDlp, time)).problem).toBe(problem);
    expect((await cachedListing(folder, 'maya', files))?.problem).toBe(problem);
    expect((await ask(folder, printing([]).ytDlp, time + 60)).problem).toBe(problem);
  });

  it('without yt-dlp is the one of before', async () => {
    const folder = await asked(entry('a'));
    const listing = await ask(folder, null, time + 86_400);
    expect([texts(listing), listing.problem]).toEqual([['a'], 'yt-dlp is not installed']);
  });

  it('that cannot be written is used, and that is reported', async () => {
    const folder = temporaryFolder();
    // A file where the folder would be.
    writeFileSync(join(folder, 'originals'), '');
    const listing = await ask(folder, printing([entry('a')]).ytDlp, time);
    expect(texts(listing)).toEqual(['a']);
    expect(listing.problem).toMatch(/^it could not be kept: E/);
  });

  it('an error in port itself is not taken for one of the disk', async () => {
    const broken = { ...files, write: () => Promise.reject(new TypeError('x is no function')) };
    await expect(askListing(temporaryFolder(), 'maya', printing([]).ytDlp, broken, time, signal)).rejects.toThrow(
      'x is',
    );
  });
});

it.each<[string, boolean]>([
  ['maya', true],
  ['Maya_1.9', true],
  ['x'.repeat(32), true],
  ['x'.repeat(33), false],
  ['', false],
  ['@maya', false],
  ['maya/video', false],
  ['maya?', false],
  ['maya x', false],
])('%j is the name of a profile: %s', (name, expected) => expect(isProfileName(name)).toBe(expected));
