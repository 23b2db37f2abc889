import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { CaptionsOptions } from '../../src/captions/index.ts';
import type { Post } from '../../src/model/post.ts';
import type { YtDlp } from '../../src/tools/yt-dlp.ts';
import { post } from '../builders.ts';
import { zip } from '../originals/world.ts';

import { account, csv, entry, id, idAt, key, printing, sidecar, time } from './account.ts';

describe('the order of sources', () => {
  it('captions.csv, --captions, sidecars, the listing, the title in the export', async () => {
    const { open, sheet } = account();
    const { ytDlp } = printing([entry('listing')]);
    const photos: Post = post({ kind: 'photos', title: 'Title' });
    const source = async (odd: Partial<CaptionsOptions>, program = ytDlp) => {
      const words = (await open({ posts: [photos], ...odd }, program)).get(key);
      return words && [words.source, words.text, words.matchedBy, words.seconds, words.title];
    };
    expect(await source({ mayAsk: false })).toEqual(['export', '', null, null, 'Title']);
    expect(await source({})).toEqual(['listing', 'listing', 'time', 5, 'Title']);
    expect(await source({ beside: [sidecar('side')] })).toEqual(['sidecar', 'side', 'time', 3, 'Title']);
    sheet('mine');
    expect(await source({ beside: [sidecar('side')] })).toEqual(['csv', 'mine', 'key', null, 'Title']);
    // Also where `--captions` says something else: the cell was changed by hand.
    expect(await source({ beside: [sidecar('side')], given: [csv('given')] })).toEqual([
      'csv',
      'mine',
      'key',
      null,
      'Title',
    ]);
  });

  it("a title or hashtags from a person are combined with another source's caption", async () => {
    const { open, sheet } = account();
    sheet('', 'My title', '"#one, two"');
    const words = (await open({ beside: [sidecar('side #x')], mayAsk: false })).get(key);
    expect(words).toMatchObject({ text: 'side #x', title: 'My title', hashtags: ['one', 'two'], source: 'sidecar' });
  });

  it('a caption that a person cleared stays empty', async () => {
    const { open, sheet, remember } = account();
    sheet('');
    remember('side');
    const captions = await open({ beside: [sidecar('side')], mayAsk: false });
    expect(captions.get(key)).toBeNull();
    expect(captions.sheet.cells.get(key)?.caption).toEqual({ text: '', personal: true });
  });

  it('a caption stays when its source is gone', async () => {
    const { open, sheet, remember } = account();
    sheet('side');
    remember('side');
    expect((await open({ mayAsk: false })).get(key)).toMatchObject({ text: 'side', source: 'csv' });
  });
});

describe('a sidecar', () => {
  it('of another uploader is not joined, and reported', async () => {
    const { get, issues } = await account().open({ beside: [sidecar('side', { uploader: 'leo' })], mayAsk: false });
    expect(get(key)).toBeNull();
    expect(issues).toMatchObject([{ code: 'captions-foreign', actual: 1 }]);
  });

  it('an hour off joins nothing, reports the shift, and joins with --caption-shift', async () => {
    const posts = [post(), post({ key: '2025-03-02_11-15-04', time: time + 7200 })];
    const at = (seconds: number) => JSON.stringify({ timestamp: seconds, description: `at ${seconds}` });
    const beside = [zip({ 'a.info.json': at(time + 3602), 'b.info.json': at(time + 7200 + 3605) })];
    const wrong = await account().open({ posts, beside, mayAsk: false });
    expect(posts.map((each) => wrong.get(each.key))).toEqual([null, null]);
    expect(wrong.issues).toMatchObject([{ code: 'captions-shifted', actual: -3600 }]);
    const right = await account().open({ posts, beside, shift: -3600, mayAsk: false });
    expect(posts.map((each) => right.get(each.key)?.seconds)).toEqual([2, 5]);
    expect(right.issues).toEqual([]);
  });

  it('two matching sidecars are distinguished by the duration of the video', async () => {
    const beside = [
      sidecar('long', { duration: 30 }),
      sidecar('short', { id: idAt(time - 9), timestamp: time - 2, duration: 9 }),
    ];
    const doubtful = await account().open({ beside, mayAsk: false });
    expect(doubtful.get(key)).toBeNull();
    expect(doubtful.issuesOf(key)).toMatchObject([{ code: 'several-captions-fit', actual: 2 }]);
    const known = await account().open({ beside, mayAsk: false, secondsOf: async () => 9.2 });
    expect(known.get(key)).toMatchObject({ text: 'short', seconds: 2 });
  });

  it.each<[string, Partial<Post>, readonly string[]]>([
    ['of a video that two sidecars match', {}, [key]],
    ['of photos that two sidecars match', { kind: 'photos' }, []],
    ['of a video that one sidecar matches', { key: '2025-03-03_09-15-04', time: time + 86_400 }, []],
  ])('the duration %s is looked up where it decides', async (_name, odd, expected) => {
    const at = (seconds: number) => ({ id: idAt(seconds - 4), timestamp: seconds });
    const beside = [sidecar('one', at(time + 1)), sidecar('two', at(time - 1)), sidecar('far', at(time + 86_400))];
    const asked: string[] = [];
    const secondsOf = async (each: Post) => {
      asked.push(each.key);
      return null;
    };
    await account().open({ posts: [post(odd)], beside, mayAsk: false, secondsOf });
    expect(asked).toEqual(expected);
  });

  it('provides the id even without a caption', async () => {
    const captions = await account().open({ beside: [sidecar('')], mayAsk: false });
    expect(captions.tiktokIds.get(key)).toBe(id);
    expect(captions.get(key)).toBeNull();
  });
});

describe("the profile's listing", () => {
  it('is requested once a day, and cached', async () => {
    const { folder, open } = account();
    const { asked, ytDlp } = printing([entry('old', time - 86_400)]);
    for (const later of [0, 3600, 86_399]) expect((await open({}, ytDlp, time + later)).get(key)).toBeNull();
    expect(asked).toEqual(['https://www.tiktok.com/@maya']);
    const next = printing([entry('new')]);
    expect((await open({}, next.ytDlp, time + 86_400)).get(key)).toMatchObject({ text: 'new', source: 'listing' });
    const kept = JSON.parse(readFileSync(join(folder, 'originals', 'listing.json'), 'utf8'));
    expect(kept).toMatchObject({
      schemaVersion: 1,
      askedAt: new Date((time + 86_400) * 1000).toISOString(),
      trouble: null,
    });
    expect(kept.entries).toHaveLength(2);
    const refused = printing([], 'blocked');
    expect((await open({}, refused.ytDlp, time + 300_000)).get(key)).toMatchObject({ text: 'new' });
    expect(refused.asked).toEqual([]);
  });

  it('is not requested if every post has a caption, or if that is not allowed', async () => {
    const { asked, ytDlp } = printing([entry('x')]);
    await account().open({ beside: [sidecar('side')] }, ytDlp);
    await account().open({ beside: [sidecar('')] }, ytDlp);
    await account().open({ mayAsk: false }, ytDlp);
    await account().open({ isWanted: () => false }, ytDlp);
    await account().open({ profile: null }, ytDlp);
    await account().open({ profile: '../x?y' }, ytDlp);
    expect(asked).toEqual([]);
  });

  it.each<[string, YtDlp | null, RegExp, string | null]>([
    ['absent', null, /not installed/, null],
    ['blocked', printing([], 'ERROR: blocked').ytDlp, /blocked/, null],
    ['slow, with what came', printing([entry('x')], 'took longer than 30 s').ytDlp, /^$/, 'x'],
    ['half a line', printing([entry('far', time + 900), '{"id": "74']).ytDlp, /1 line was broken/, null],
    ['nothing', printing([]).ytDlp, /no posts/, null],
    ['something else', printing(['WARNING: x', '[]', '7', 'null']).ytDlp, /no posts/, null],
  ])('yt-dlp is %s: a warning at most', async (_name, ytDlp, trouble, text) => {
    const { get, issues } = await account().open({}, ytDlp);
    expect(get(key)?.text ?? null).toBe(text);
    const failed = issues.filter(({ code }) => code === 'listing-failed');
    expect(failed.map(({ actual }) => actual).join()).toMatch(trouble);
    expect(failed).toHaveLength(text === null ? 1 : 0);
    // What came is not said to be missing.
    if (failed.length > 0) expect(failed[0]?.limit ?? 0).toBe(_name === 'half a line' ? 1 : 0);
  });
});

describe('captions.csv', () => {
  it('that is no longer a sheet is reported and not overwritten', async () => {
    const { folder, open } = account();
    writeFileSync(join(folder, 'captions.csv'), 'my shopping list\nmilk\n');
    const captions = await open({ mayAsk: false });
    expect(captions.issues).toMatchObject([{ code: 'captions-sheet-unread' }]);
    expect(captions.sheet.isBroken).toBe(true);
  });

  it.each([
    ['broken', (path: string) => writeFileSync(path, 'key,caption\n2025-03-02_09-15-04,"x\n')],
    ['another file', (path: string) => writeFileSync(path, 'PK\u0003\u0004')],
    ['emptied', (path: string) => writeFileSync(path, '')],
    ['deleted', () => {}],
    ['without the row', (path: string) => writeFileSync(path, 'key,caption\nother,y\n')],
  ])('that is %s loses no recorded text', async (_name, spoil) => {
    const { folder, open, remember } = account();
    remember('mine', true);
    spoil(join(folder, 'captions.csv'));
    const captions = await open({ mayAsk: false, beside: [sidecar('side')] });
    expect(captions.get(key)).toMatchObject({ text: 'mine', source: 'csv' });
    expect(captions.sheet.cells.get(key)?.caption).toEqual({ text: 'mine', personal: true });
  });

  it('may provide an id that no other source has', async () => {
    const { folder, open } = account();
    writeFileSync(
      join(folder, 'captions.csv'),
      `key,tiktokUrl,caption\n${key},https://www.tiktok.com/@maya/video/${id},\n`,
    );
    expect((await open({ mayAsk: false })).tiktokIds.get(key)).toBe(id);
    expect(existsSync(join(folder, 'originals'))).toBe(false);
  });
});
