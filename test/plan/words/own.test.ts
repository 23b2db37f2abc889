import { describe, expect, it } from 'vitest';
import { judgeOwnWords } from '../../../src/plan/words/own.ts';
import { lemon8 } from '../../../src/targets/lemon8.ts';
import { rednote } from '../../../src/targets/rednote/index.ts';
import { reels } from '../../../src/targets/reels.ts';
import { shorts } from '../../../src/targets/shorts.ts';
import type { Target } from '../../../src/targets/target.ts';
import { x } from '../../../src/targets/x.ts';

const judge = (target: Target, title: string | null, body: string, tags = '') =>
  judgeOwnWords({ title, body, hashtags: tags.split(' ').filter(Boolean) }, target.words).map(
    ({ code, actual, limit, unit, place }) =>
      [code, actual, limit, unit, place && `${place.part} ${place.at}`].filter((each) => each ?? false).join(' '),
  );

const ten = 'a1 a2 a3 a4 a5 a6 a7 a8 a9 a10';

describe('words that a person wrote', () => {
  it.each<[string, Target, string | null, string, string, string[]]>([
    ['nothing to be said', rednote, 'A day at sea', 'We took the ferry', 'sea', []],
    ['a title that just fits', rednote, '汉'.repeat(20), '', '', []],
    ['one over', rednote, '汉'.repeat(21), '', '', ['own-title-long 21 20 half-width']],
    ['Latin letters count half', rednote, 'a'.repeat(41), '', '', ['own-title-long 21 20 half-width']],
    ['characters', shorts, 'a'.repeat(103), '', '', ['own-title-long 103 100 characters']],
    ['no title where there is none', reels, null, 'a'.repeat(200), '', []],
    ['a text that just fits', reels, null, 'a'.repeat(2200), '', []],
    ['with its hashtags', reels, null, 'a'.repeat(2195), 'sea', ['own-body-long 2201 2200 characters']],
    ['in bytes', shorts, 'A title', '汉'.repeat(1667), '', ['own-body-long 5001 5000 bytes']],
    ['as many hashtags as go in', rednote, 'A title', '', ten, []],
    ['one more', rednote, 'A title', '', `${ten} a11`, ['own-hashtags-many 11 10']],
    ['those in the text count', reels, null, '#a #b #c in it', 'd e f', ['own-hashtags-many 6 5']],
    ['but not where they are picked', rednote, 'A title', '#a in it', ten, []],
    [
      'tags of more than 500 characters',
      shorts,
      'A title',
      '',
      `${'a'.repeat(250)} ${'b'.repeat(250)}`,
      ['own-hashtags-long 501 500'],
    ],
    ['as many as fit', shorts, 'A title', '', `${'a'.repeat(250)} ${'b'.repeat(249)}`, []],
    ['a refused character at the start', shorts, null, '> b', '', ['own-character-refused > body 1']],
    [
      'refused characters',
      shorts,
      'I <3 it',
      'a > b > c',
      '',
      ['own-character-refused < title 3', 'own-character-refused > body 3'],
    ],
    ['which others take', reels, null, 'I <3 it', '', []],
    [
      'contacts',
      rednote,
      'A title',
      '😀 see x.com or IG: @maya',
      '',
      ['own-contact x.com body 7', 'own-contact IG: @maya body 16', 'word-platform IG body 16'],
    ],
    ['links alone', lemon8, 'A title', 'x.com a@b.com', '', ['own-contact x.com body 1']],
    ['what is frowned on', rednote, '最好的', '', '', ['word-absolute 最好 title 1']],
  ])('%s', (_odd, target, title, body, tags, expected) => {
    expect(judge(target, title, body, tags)).toEqual(expected);
  });

  it('give warnings only', () => {
    const all = judgeOwnWords({ title: '<'.repeat(200), body: 'x'.repeat(9000), hashtags: ['a'] }, shorts.words);
    expect(new Set(all.map(({ severity }) => severity))).toEqual(new Set(['warning']));
  });

  it('each post of a thread is measured by itself', () => {
    const written = { title: null, body: 'a'.repeat(280), hashtags: [], thread: ['b'.repeat(281), 'c'] };
    expect(judgeOwnWords(written, x.words)).toEqual([
      { code: 'own-body-long', severity: 'warning', actual: 281, limit: 280, unit: 'weighted' },
    ]);
  });

  it('what is searched for is found in later posts of a thread too', () => {
    const written = { title: null, body: 'a', hashtags: [], thread: ['x.com'] };
    expect(judgeOwnWords(written, rednote.words).map(({ code }) => code)).toEqual(['own-contact']);
  });

  it('disclosures are not among the words that are frowned on', () => {
    const watched = { absolute: { ...rednote.words.maxHashtags, value: ['ad', 'mop'] } };
    const written = { title: null, body: '[ad] My mop', hashtags: ['ad', 'mop'] };
    expect(judgeOwnWords(written, { ...rednote.words, watched }).map(({ actual, place }) => [actual, place])).toEqual([
      ['mop', { part: 'body', at: 9 }],
      ['mop', { part: 'hashtag', at: 2 }],
    ]);
  });
});
