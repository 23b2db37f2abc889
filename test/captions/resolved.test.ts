import { mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cellRecordJson, type RecordedCells } from '../../src/captions/own-sheet.ts';
import { post } from '../builders.ts';
import { zip } from '../originals/world.ts';
import { account, csv, entry, id, idAt, key, printing, sidecar, time } from './account.ts';

const write = (folder: string, name: string, text: string) => writeFileSync(join(folder, name), text);
const codes = (issues: readonly { readonly code: string }[]) => issues.map(({ code }) => code);
const nothing = { text: '', personal: false };
const record = (odd: Partial<RecordedCells>) =>
  cellRecordJson(new Map([[key, { caption: nothing, title: nothing, hashtags: nothing, ...odd }]]));

describe('the choices of a post', () => {
  it('are its cells of captions.csv, and none without a row', async () => {
    const { folder, open } = account();
    write(folder, 'captions.csv', `key,caption,cover,targets,fit\n${key},,1.5,rednote,pad\n`);
    const captions = await open({ mayAsk: false });
    expect(captions.choicesOf(key)).toEqual({ cover: '1.5', targets: 'rednote', fit: 'pad' });
    expect(captions.choicesOf('other')).toEqual({ cover: '', targets: '', fit: '' });
    const empty = await account().open({ mayAsk: false });
    expect(empty.choicesOf(key)).toEqual({ cover: '', targets: '', fit: '' });
  });

  it('give way to --cover for the post that it names', async () => {
    const { folder, open } = account();
    write(folder, 'captions.csv', `key,caption,cover\n${key},,1.5\n`);
    const chosen = async (of: string) =>
      (await open({ mayAsk: false, cover: { key: of, cell: '3' } })).choicesOf(key).cover;
    expect([await chosen(key), await chosen('other')]).toEqual(['3', '1.5']);
  });

  it.each([
    ['none', 0],
    ['rednote', 1],
    ['', 1],
  ])('for the platforms %j: TikTok is asked for a caption %i times', async (targets, times) => {
    const { folder, open } = account();
    write(folder, 'captions.csv', `key,caption,targets\n${key},,${targets}\n`);
    const { asked, ytDlp } = printing([]);
    await open({}, ytDlp);
    expect(asked).toHaveLength(times);
  });
});

describe('a sheet that cannot be read', () => {
  it('makes the caption of a post unsure, unless its cells are recorded', async () => {
    const { folder, open, remember } = account();
    write(folder, 'captions.csv', 'milk\n');
    expect((await open({ mayAsk: false })).isUnsure(key)).toBe(true);
    remember('side');
    const known = await open({ mayAsk: false });
    expect([known.isUnsure(key), known.isUnsure('other')]).toEqual([false, true]);
  });

  it('is none where it can be read, or does not exist', async () => {
    const { open, sheet } = account();
    expect((await open({ mayAsk: false })).isUnsure(key)).toBe(false);
    sheet('mine');
    const { isUnsure, sheet: read } = await open({ mayAsk: false });
    expect([isUnsure(key), read.isBroken, read.found?.rows.get(key)?.caption]).toEqual([false, false, 'mine']);
  });
});

describe('issues', () => {
  it('tell of files that an archive of --captions set aside', async () => {
    const setAside = [{ code: 'file-unreadable', severity: 'warning', actual: 'x', limit: null }] as never;
    const { issues } = await account().open({ given: [{ ...csv('x'), setAside }], mayAsk: false });
    expect(issues).toEqual([{ code: 'file-unreadable', severity: 'warning', actual: 'x', limit: '--captions' }]);
  });

  it('tell of a sheet that cannot be read, and of a spreadsheet beside it', async () => {
    const { folder, open } = account();
    write(folder, 'captions.csv', 'milk\n');
    utimesSync(join(folder, 'captions.csv'), 1000, 1000);
    write(folder, 'captions.ods', 'PK');
    const { issues } = await open({ mayAsk: false });
    const warning = { severity: 'warning', limit: null };
    expect(issues).toEqual([
      { ...warning, code: 'captions-sheet-unread', actual: 'it has no columns “key” and “caption” any more' },
      { ...warning, code: 'captions-spreadsheet-beside', actual: 'captions.ods' },
    ]);
  });

  const two = zip({
    'a.info.json': JSON.stringify({ id: idAt(time - 4), timestamp: time + 1, description: 'one' }),
    'b.info.json': JSON.stringify({ id: idAt(time - 5), timestamp: time - 1, description: 'two' }),
  });
  it.each<[string, string, string[]]>([
    ['tell that several captions fit', '', ['several-captions-fit']],
    ['do not tell so where another source has the caption', 'mine', []],
  ])('of a post %s', async (_name, caption, expected) => {
    const { open, sheet } = account();
    sheet(caption, 'A title');
    const { issuesOf } = await open({ beside: [two], mayAsk: false });
    expect(codes(issuesOf(key))).toEqual(expected);
    expect(issuesOf('other')).toEqual([]);
  });

  it('tell how many posts --captions has other words for', async () => {
    const other = '2025-03-03_09-15-04';
    const { folder, open } = account();
    write(folder, 'captions.csv', `key,caption\n${key},mine\n${other},mine\n`);
    const posts = [post(), post({ key: other, time: time + 86_400 })];
    const given = [zip({ 'a.csv': `key,caption\n${key},theirs\n${other},theirs\n` })];
    const told = async (odd: object) =>
      (await open({ posts, mayAsk: false, ...odd })).issues.filter(({ code }) => code === 'captions-outranked');
    expect(await told({ given })).toMatchObject([{ actual: 2 }]);
    // Sidecars are no list that a person gave.
    expect(await told({ beside: [sidecar('side')] })).toEqual([]);
  });

  it('of the listing tell how many posts it had', async () => {
    const { ytDlp } = printing([entry('far', time + 900), entry('further', time + 1900)], 'blocked');
    const { issues } = await account().open({}, ytDlp);
    expect(issues.filter(({ code }) => code === 'listing-failed')).toEqual([
      { code: 'listing-failed', severity: 'warning', actual: 'blocked', limit: 2 },
    ]);
    const none = await account().open({}, printing([], 'blocked').ytDlp);
    expect(none.issues.find(({ code }) => code === 'listing-failed')?.limit).toBeNull();
  });

  it('of the listing are none where its post is not of this export, or of nobody else', async () => {
    const { ytDlp } = printing([entry('x'), { ...entry('leo', time + 900), uploader: 'leo' }]);
    const { issues } = await account().open({}, ytDlp);
    expect(codes(issues)).toEqual([]);
  });
});

describe('times of sources that are shifted', () => {
  const at = (seconds: number, odd: object = {}) => JSON.stringify({ timestamp: seconds, description: 'x', ...odd });
  it.each<[string, number | null, string, string | null]>([
    ['by nothing: as they are', null, at(time + 3), 'x'],
    ['by 0, which a person gave', 0, at(time + 3), 'x'],
    ['by an hour', -3600, at(time + 3603), 'x'],
    ['by an hour, and the file has no time but an id', -3600, JSON.stringify({ id, description: 'x' }), 'x'],
    ['by an hour that the file does not have', -3600, at(time + 3), null],
  ])('%s', async (_name, shift, json, text) => {
    const { get } = await account().open({ beside: [zip({ 'a.info.json': json })], shift, mayAsk: false });
    expect(get(key)?.text ?? null).toBe(text);
  });

  it('do not concern the listing, whose times are right', async () => {
    const untimed = { ...entry('x'), id: undefined };
    const { get } = await account().open({ shift: -3600 }, printing([untimed]).ytDlp);
    expect(get(key)?.text).toBe('x');
  });
});

describe('what else is known of a post', () => {
  it('subtitles, where a video was heard', async () => {
    const said = { language: 'en', cues: [] } as never;
    const transcripts = { subtitlesOf: (of: string) => (of === key ? said : null) };
    const { subtitlesOf } = await account().open({ mayAsk: false, transcripts });
    expect([subtitlesOf(key), subtitlesOf('other')]).toEqual([said, null]);
    expect((await account().open({ mayAsk: false })).subtitlesOf(key)).toBeNull();
  });

  it('the id of an address in the sheet gives way to that of a source', async () => {
    const { folder, open } = account();
    const own = idAt(time - 9);
    write(folder, 'captions.csv', `key,caption,tiktokUrl\n${key},,${own}\nother,x,\n`);
    expect([...(await open({ mayAsk: false })).tiktokIds]).toEqual([[key, own]]);
    expect((await open({ mayAsk: false, beside: [sidecar('x')] })).tiktokIds.get(key)).toBe(id);
  });

  it('translations into the languages in force, and a transcript, stay in the record', async () => {
    const { folder, open } = account();
    const cell = (text: string) => ({ text, personal: true, of: '' });
    const translations = { es: { title: cell(''), caption: cell('El mar') } };
    write(folder, 'captions.json', record({ translations, speech: { text: 'said', personal: false } }));
    const languages = { byTarget: new Map([['reels', 'es']]), layout: 'only' } as const;
    const { get, sheet } = await open({ mayAsk: false, languages });
    expect(get(key)).toMatchObject({ text: '', translations: { reels: { language: 'es', text: 'El mar' } } });
    expect(sheet.languages).toEqual({ es: { targets: ['reels'], layout: 'only' } });
    expect(sheet.cells.get(key)).toMatchObject({ translations, speech: { text: 'said' } });
    expect((await open({ mayAsk: false })).get(key)).toBeNull();
    expect((await account().open({ mayAsk: false })).sheet.cells.get(key)).not.toHaveProperty('translations');
  });

  it('a translation and a transcript that a person changed in the sheet go out, and are recorded', async () => {
    const { folder, open } = account();
    const translations = {
      es: { title: { ...nothing, of: '' }, caption: { text: 'El mar', personal: false, of: '' } },
    };
    write(folder, 'captions.json', record({ translations, speech: { text: 'said', personal: false } }));
    write(folder, 'captions.csv', `key,caption,caption_es,speech\n${key},The sea,La mar,heard\n`);
    const languages = { byTarget: new Map([['reels', 'es']]), layout: 'only' } as const;
    const { get, sheet } = await open({ mayAsk: false, languages });
    expect(get(key)).toMatchObject({ text: 'The sea', translations: { reels: { language: 'es', text: 'La mar' } } });
    expect(sheet.cells.get(key)).toMatchObject({
      translations: { es: { caption: { text: 'La mar', personal: true } } },
      speech: { text: 'heard', personal: true },
    });
  });

  it('a title from the sheet alone does not make TikTok unneeded, hashtags and words do', async () => {
    const asks = async (caption: string, title: string) => {
      const { open, sheet } = account();
      sheet(caption, title);
      const { asked, ytDlp } = printing([]);
      await open({}, ytDlp);
      return asked.length;
    };
    expect([await asks('', 'A title'), await asks('mine', '')]).toEqual([1, 0]);
  });

  it('a cached listing of the profile is used without asking', async () => {
    const { folder, open } = account();
    mkdirSync(join(folder, 'originals'));
    const listing = { profile: 'maya', askedAt: '2025-03-02T10:00:00Z', trouble: null, entries: [entry('kept')] };
    write(folder, 'originals/listing.json', JSON.stringify(listing));
    expect((await open({ mayAsk: false })).get(key)?.text).toBe('kept');
    expect((await open({ mayAsk: false, profile: null })).get(key)).toBeNull();
  });
});
