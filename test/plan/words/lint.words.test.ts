import { describe, expect, it } from 'vitest';
import { lintWords } from '../../../src/plan/words/lint.ts';
import { rednote } from '../../../src/targets/rednote/index.ts';

const watching = (...words: (string | RegExp)[]) => ({
  ...rednote.words,
  watched: { bait: { ...rednote.words.maxHashtags, value: words } },
});
const empty = { title: null, body: '', hashtags: [] };
const bait = (words: (string | RegExp)[], body: string) =>
  lintWords({ ...empty, body }, watching(...words)).map(({ actual, place }) => `${actual} ${place?.at}`);

describe('watched words', () => {
  it.each<[string, (string | RegExp)[], string, string[]]>([
    ['a word in any case', ['free'], 'all FREE today', ['FREE 5']],
    ['each once in any case', ['free'], 'Free, FREE, free', ['Free 1']],
    ['not inside of another word', ['ins'], 'instead of coins, ínsé or ins2', []],
    ['a sign next to a letter', ['<3'], 'a<3', ['<3 2']],
    ['a word that ends with a sign', ['no.'], 'no.1', ['no. 1']],
    ['not behind a letter', ['no.'], 'mono.', []],
    ['a sign before a letter, not before another', ['%off'], '5%off, 5%offer', ['%off 2']],
    ['Chinese inside of a sentence', ['免费'], '全部免费送', ['免费 3']],
    ['signs of patterns as they are', ['a.b', 'c+'], 'axb cc', []],
    ['signs of patterns', ['a.b', 'c+'], 'a.b c+', ['a.b 1', 'c+ 5']],
    ['any white space', ['for free'], 'for\n free', ['for\n free 1']],
    ['the longer word', ['for', 'for free'], 'for free', ['for free 1']],
    ['a pattern and a word', [/gr[ae]tis/iu, 'free'], 'GRETIS and free', ['GRETIS 1', 'free 12']],
    [
      'a pattern with its surroundings',
      [/(?<!not )gratis(?! \(no(?:t [a-z]| way)\))/iu],
      'not gratis, gratis',
      ['gratis 13'],
    ],
    ['a pattern that its surroundings forbid', [/(?<!not )gratis(?! \(no(?:t [a-z]| way)\))/iu], 'gratis (no way)', []],
    ['another pattern beside a forbidden one', [/(?<!not )gratis/iu, 'free'], 'not gratis, free', ['free 13']],
    ['nothing', [], 'free', []],
  ])('%s', (_odd, words, body, expected) => {
    expect(bait(words, body)).toEqual(expected);
  });

  it('in hashtags, where words are joined', () => {
    const words = watching(/lip[-\s+]filler/iu, /link\s+in\s+bio/iu, 'ad');
    const hashtags = ['lipfiller', 'lip_filler', 'lip-filler', 'link_in_bio', 'linkinbio', 'lipxfiller', 'ad'];
    const issues = lintWords({ ...empty, hashtags }, words, [], (hashtag) => hashtag === 'ad');
    expect(issues).toEqual(
      hashtags.slice(0, 5).map((actual, index) => ({
        code: 'word-bait',
        severity: 'warning',
        actual,
        limit: null,
        place: { part: 'hashtag', at: index + 1 },
      })),
    );
    expect(lintWords({ ...empty, hashtags: ['li', 'pfiller'] }, watching(/lip[-\s+]filler/iu))).toEqual([]);
    expect(lintWords({ ...empty, hashtags: ['ad'] }, watching('ad'))).toHaveLength(1);
  });

  it('not in disclosures, without a change to other positions', () => {
    const caption = { ...empty, title: 'paid ad free', body: 'my paid ad is free, paid ad' };
    const issues = lintWords(caption, watching('free', 'paid'), [{ text: 'paid ad' }]);
    expect(issues.map(({ actual, place }) => [actual, place])).toEqual([
      ['free', { part: 'title', at: 9 }],
      ['free', { part: 'body', at: 15 }],
    ]);
  });

  it('none where nothing is watched', () => {
    const { watched: _watched, ...words } = rednote.words;
    expect(lintWords({ ...empty, body: '最好' }, words)).toEqual([]);
  });
});
