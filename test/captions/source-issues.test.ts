import { describe, expect, it } from 'vitest';
import type { Post } from '../../src/model/post.ts';
import { post } from '../builders.ts';
import { zip } from '../originals/world.ts';

import { account, id, idAt, key, sidecar, time } from './account.ts';

describe('a list in an encoding that is not reported', () => {
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
  it('a list of --captions that a cell of captions.csv outranks is reported', async () => {
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
    sheet('', '', '#a #b');
    expect(await outranked(`key,hashtags,caption\n${key},b a,\n`)).toEqual(told);
    expect(await outranked(`key,hashtags,caption\n${key},ab,\n`)).toEqual(told);
    expect(await outranked(`key,hashtags,caption\n${key},"a, b",\n`)).toEqual([]);
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

  it('an issue that two places report is reported once', async () => {
    const broken = zip({ 'a.info.json': '{' });
    const { issues } = await account().open({ given: [broken], beside: [broken], mayAsk: false });
    expect(issues.map(({ code, severity, actual }) => [code, severity, actual])).toEqual([
      ['captions-unread', 'warning', 'a.info.json'],
    ]);
  });

  it('a former user name of the account is reported with its number of files, which are used', async () => {
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
