import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type CaptionsOptions, openCaptions } from '../../src/captions/index.ts';
import { keptJson } from '../../src/captions/own-sheet.ts';
import type { Post } from '../../src/model/post.ts';
import { createFiles } from '../../src/tools/disk-files.ts';
import type { Tools } from '../../src/tools/tools.ts';
import type { YtDlp } from '../../src/tools/yt-dlp.ts';
import { post } from '../builders.ts';
import { zip } from '../originals/world.ts';
import { temporaryFolder } from '../tools/folder.ts';

const time = 1_740_906_904;
const key = '2025-03-02_09-15-04';
const idAt = (seconds: number) => ((BigInt(seconds) << 32n) + 5n).toString();
const id = idAt(time - 4);
const never = new AbortController().signal;

/** A yt-dlp that prints these lines, and counts how often it is asked. */
function printing(lines: readonly (object | string)[], trouble: string | null = null) {
  const asked: string[] = [];
  const ytDlp: YtDlp = {
    download: async () => '',
    async list(profile) {
      asked.push(profile);
      return {
        lines: lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n'),
        trouble,
      };
    },
  };
  return { asked, ytDlp };
}

/** An account's folder, and a way to look for words in it. */
function account(folder = temporaryFolder()) {
  const open = async (odd: Partial<CaptionsOptions>, ytDlp: YtDlp | null = null, now = time + 9000) => {
    const { captions, ask } = await openCaptions(
      {
        folder,
        account: 'maya',
        profile: 'maya',
        posts: [post()],
        isWanted: () => true,
        given: [],
        beside: [],
        aliases: [],
        shift: null,
        mayAsk: true,
        secondsOf: async () => null,
        ...odd,
      },
      { files: createFiles(), ytDlp, now: () => now } as Partial<Tools> as Tools,
      never,
    );
    return ask === null ? captions : await ask();
  };
  const sheet = (caption: string, title = '', hashtags = '') =>
    writeFileSync(join(folder, 'captions.csv'), `key,caption,title,hashtags\n${key},${caption},${title},${hashtags}\n`);
  const remember = (text: string, personal = false) => {
    const nothing = { text: '', personal: false };
    const rows = new Map([[key, { caption: { text, personal }, title: nothing, hashtags: nothing }]]);
    writeFileSync(join(folder, 'captions.json'), keptJson(rows));
  };
  return { folder, open, sheet, remember };
}

const sidecar = (text: string, odd: object = {}) =>
  zip({ 'a.info.json': JSON.stringify({ id, timestamp: time + 3, uploader: 'maya', description: text, ...odd }) });
const csv = (caption: string) => zip({ 'a.csv': `key,caption\n${key},${caption}\n` });
const entry = (text: string, at = time + 5) => ({
  id: idAt(at - 4),
  timestamp: at,
  description: text,
  uploader: 'maya',
});

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

describe('a list in an encoding that is not told', () => {
  const list = zip({ 'a.csv': Uint8Array.from(Buffer.from(`key,caption\n${key},Möwen\n`, 'latin1')) });
  it.each<[string, Partial<Post>, string | null]>([
    ['the title', { title: 'Möwen', kind: 'photos' }, 'Möwen'],
    ['the sound', { sound: 'Möwen' }, 'Möwen'],
    ['the place', { location: 'Möwen' }, 'Möwen'],
    ['nothing', { title: 'Krähen' }, null],
  ])('is read if %s of a post in the export has its words', async (_name, odd, text) => {
    const { get, issues } = await account().open({ posts: [post(odd)], given: [list], mayAsk: false });
    expect(get(key)?.text || null).toBe(text);
    expect(issues.map(({ code }) => code)).toEqual(text === null ? ['captions-unread'] : []);
  });
});

describe('what the issues of sources say', () => {
  it('a list of --captions that a cell of captions.csv outranks is told', async () => {
    const { open, sheet } = account();
    sheet('mine', 'My title', '#a');
    const outranked = async (given: string) =>
      (await open({ given: [zip({ 'a.csv': given })], mayAsk: false })).issues.filter(
        ({ code }) => code === 'captions-outranked',
      );
    const told = [{ code: 'captions-outranked', severity: 'warning', actual: 1, limit: null }];
    expect(await outranked(`key,caption\n${key},given\n`)).toEqual(told);
    expect(await outranked(`key,caption\n${key}, mine \n`)).toEqual([]);
    sheet(' mine', 'My title', '#a');
    expect(await outranked(`key,caption\n${key},mine\n`)).toEqual([]);
    expect(await outranked(`key,caption,title\n${key},mine,Other\n`)).toEqual(told);
    expect(await outranked(`key,caption,hashtags\n${key},mine,#b\n`)).toEqual(told);
    expect(await outranked(`key,caption,title,hashtags\n${key},mine,My title,#a\n`)).toEqual([]);
  });

  it('files of another account that were given are a warning, those beside media are information', async () => {
    const foreign = sidecar('side', { uploader: 'leo' });
    const issue = { code: 'captions-foreign', actual: 1 };
    expect((await account().open({ given: [foreign], mayAsk: false })).issues).toMatchObject([
      { ...issue, severity: 'warning' },
    ]);
    expect((await account().open({ beside: [foreign], mayAsk: false })).issues).toEqual([
      { ...issue, severity: 'info', limit: 'the sidecars' },
    ]);
  });

  it('files of another account beside those of this one are counted alone', async () => {
    const both = zip({
      'a.info.json': JSON.stringify({ id, timestamp: time, uploader: 'maya', description: 'mine' }),
      'b.info.json': JSON.stringify({ id: idAt(time + 60), timestamp: time + 60, uploader: 'leo', description: 'x' }),
      'c.info.json': JSON.stringify({ id: idAt(time + 90), timestamp: time + 90, description: 'nobody’s' }),
    });
    const { issues, get } = await account().open({ beside: [both], mayAsk: false });
    expect(issues.filter(({ code }) => code === 'captions-foreign').map(({ actual }) => actual)).toEqual([1]);
    expect(get(key)?.text).toBe('mine');
  });

  it('an issue that two places report is told once', async () => {
    const broken = zip({ 'a.info.json': '{' });
    const { issues } = await account().open({ given: [broken], beside: [broken], mayAsk: false });
    expect(issues.map(({ code, severity, actual }) => [code, severity, actual])).toEqual([
      ['captions-unread', 'warning', 'a.info.json'],
    ]);
  });

  it('a former user name of the account is told with its number of files, which are used', async () => {
    const posts = [post(), post({ key: '2025-03-03_09-15-04', time: time + 86_400 })];
    const old = (at: number, text: string) =>
      JSON.stringify({ id: idAt(at - 4), timestamp: at, uploader: 'Old.Maya', description: text });
    const beside = [zip({ 'a.info.json': old(time, 'one'), 'b.info.json': old(time + 86_400, 'two') })];
    const { issues, get } = await account().open({ posts, beside, mayAsk: false });
    expect(issues).toMatchObject([{ code: 'captions-alias', severity: 'warning', actual: 'old.maya', limit: 2 }]);
    expect(get(key)).toBeNull();
    const named = await account().open({ posts, beside, aliases: ['@old.maya'], mayAsk: false });
    expect([named.issues, named.get(key)?.text]).toEqual([[], 'one']);
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
