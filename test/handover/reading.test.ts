import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { answersFor, readAnswers } from '../../src/handover/answers.ts';
import { readMemory, readYoutubeReport } from '../../src/handover/reports.ts';
import { codePoints, halfWidths, shortTitle, titledWords } from '../../src/handover/words.ts';
import { keyOf, packaged } from './packages.ts';

const key = keyOf(1);

describe('readAnswers', () => {
  it.each<[string, string, object]>([
    ['an answer', `{"${key}":{"madeForKids":false}}`, [[key, { madeForKids: false }]]],
    ['an answer for a part', `{"${key}/part-2":{"ownWork":true}}`, [[`${key}/part-2`, { ownWork: true }]]],
    ['null is no answer', `{"${key}":{"madeForKids":null}}`, [[key, {}]]],
    [
      'keys of later versions are skipped',
      `\ufeff{"${key}":{"madeForKids":true,"other":1}}`,
      [[key, { madeForKids: true }]],
    ],
  ])('%s', (_name, json, expected) => {
    const read = readAnswers(json);
    expect(typeof read === 'string' ? read : [...read]).toEqual(expected);
  });

  it.each<[string, string, RegExp]>([
    ['no JSON', '{', /^it is no JSON/],
    ['a list', '[]', /^it has to be an object of posts/],
    ['a word for an answer', `{"${key}":{"madeForKids":"no"}}`, /madeForKids takes true or false/],
    ['no object for a post', `{"${key}":false}`, /takes an object/],
    ['something that is no post', '{"maya":{"madeForKids":false}}', /“maya” is no post/],
  ])('%s', (_name, json, words) => {
    expect(readAnswers(json)).toMatch(words);
  });

  it('those of a part go before those of the post, and these before those for all', () => {
    const byPost = new Map([
      [key, { madeForKids: true }],
      [`${key}/part-2`, { madeForKids: false, ownWork: true }],
    ]);
    const all = { madeForKids: false, ownWork: null };
    expect(answersFor(`${key}/part-1`, byPost, all)).toEqual({ madeForKids: true, ownWork: null });
    expect(answersFor(`${key}/part-2`, byPost, all)).toEqual({ madeForKids: false, ownWork: true });
    expect(answersFor(keyOf(2), byPost, all)).toEqual(all);
  });
});

describe('readMemory', () => {
  const read = async (...lines: string[]) =>
    await readMemory(new TextEncoder().encode(['post,tick,target,at,url', ...lines].join('\n')));
  const sent = (id: string, at: string | null = null, url: string | null = null) => ({
    ...{ id, target: 'rednote', at: at === null ? null : Date.parse(at), url },
  });

  it.each<[string, string[], object]>([
    [
      'begun, then done',
      [`${key},begun,rednote,,`, `${key},done,rednote,2026-12-01T12:00:00Z,`],
      [sent(key, '2026-12-01T12:00:00Z')],
    ],
    ['done, then taken back', [`${key},done,rednote,,`, `${key},failed,rednote,,`], []],
    ['private and drafts', [`${key},private,rednote,,`, `${keyOf(2)},draft,rednote,,`], []],
    ['an address', [`${key},done,rednote,,https://x.example/1`], [sent(key, null, 'https://x.example/1')]],
    ['an address that is none', [`${key},done,rednote,,javascript:1`], [sent(key)]],
    ['the same post on another platform', [`${key},done,rednote,,`, `${key},failed,reels,,`], [sent(key)]],
    ['saved by a spreadsheet', [`${key},done,rednote,,\r`], [sent(key)]],
  ])('%s', async (_name, lines, expected) => {
    expect(await read(...lines)).toEqual(expected);
  });

  it('ticks of a contact sheet are something else', async () => {
    expect(await readMemory(new TextEncoder().encode(`post,tick\n${key},done\n`))).toBeNull();
  });

  it('a row that names no post is reported', async () => {
    expect(await read('maya,done,rednote,,')).toContain('“maya” in it is no post');
  });
});

describe('readYoutubeReport', () => {
  const report = (odd: object) => JSON.stringify({ kind: 'youtube#video', id: 'abcdefghijk', ...odd });
  const url = 'https://www.youtube.com/shorts/abcdefghijk';

  it.each<[string, string, string, object | string | null]>([
    [
      'public',
      `${key}.uploaded.json`,
      report({ snippet: { publishedAt: '2026-12-01T12:00:00Z' } }),
      { id: key, at: Date.parse('2026-12-01T12:00:00Z') },
    ],
    [
      'planned',
      `${key}.uploaded.json`,
      report({ status: { privacyStatus: 'private', publishAt: '2027-01-01T00:00:00.000Z' } }),
      { id: key, at: Date.parse('2027-01-01') },
    ],
    ['private', `${key}.uploaded.json`, report({ status: { privacyStatus: 'private' } }), 'private'],
    ['a part', `${key}-part-2.uploaded.json`, report({}), { id: `${key}/part-2`, at: null, url }],
    ['a post with a number', `${key}-2.uploaded.json`, report({}), { id: `${key}-2` }],
    ['another name', 'video.uploaded.json', report({}), null],
    ['another document', `${key}.uploaded.json`, '{"id":"../../x"}', null],
    ['no JSON', `${key}.uploaded.json`, 'Upload successful!', null],
  ])('%s', (_name, name, json, expected) => {
    const read = readYoutubeReport(name, json);
    if (expected === null || typeof expected === 'string') expect(read).toBe(expected);
    else expect(read).toMatchObject(expected);
  });
});

describe('shortTitle', () => {
  it.each([
    ['code points', codePoints],
    ['half widths', halfWidths],
  ])('any title fits by %s, keeps the number of its part, and stays what it is if it fits', (_name, length) => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), fc.boolean(), (text, isPart) => {
        const title = `${text}${isPart ? ' (1/2)' : ''}`;
        const short = shortTitle(title, { max: 20, length });
        expect(length(short)).toBeLessThanOrEqual(20);
        if (length(title) <= 20) expect(short).toBe(title);
        else if (isPart && short !== '') expect(short).toMatch(/ \(1\/2\)$/);
      }),
    );
  });

  it('no emoji is cut in half', () => {
    expect(shortTitle('👩‍👩‍👧‍👦'.repeat(4), { max: 20, length: codePoints })).toBe(`${'👩‍👩‍👧‍👦'.repeat(2)}…`);
  });

  it('without any words there is no title', () => {
    expect(
      titledWords(packaged('rednote', { title: ' ', body: '\n', hashtags: [] }), { max: 20, length: codePoints }),
    ).toBeNull();
  });
});
