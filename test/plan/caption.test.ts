import { describe, expect, it } from 'vitest';
import type { Caption, Translation } from '../../src/model/caption.ts';
import { type Additions, sizeCaption, sizeOnce } from '../../src/plan/caption.ts';
import { rednote } from '../../src/targets/rednote/index.ts';
import { shorts } from '../../src/targets/shorts.ts';
import { x } from '../../src/targets/x.ts';
import { post } from '../builders.ts';

const said = (text: string, odd: Partial<Caption> = {}): Caption => {
  return { text, title: null, hashtags: null, source: 'csv', ...odd };
};
const chinese = (text: string, odd: Partial<Translation> = {}): Translation => {
  return { language: 'zh', layout: 'only', title: null, text, ...odd };
};
const size = (caption: Caption | null, additions?: Additions, target = rednote) => {
  const sized = sizeCaption(post(), caption, target.words, null, additions);
  return { ...sized.caption, codes: sized.issues.map(({ code }) => code), issues: sized.issues };
};

describe('a post without words', () => {
  it.each<[string, Caption | null, Additions, boolean]>([
    ['no caption', null, {}, true],
    ['an empty one', said(''), {}, true],
    ['a blank one', said(' \n', { title: ' ' }), {}, true],
    ['a title', said('', { title: 'A day' }), {}, false],
    ['a text', said('A day'), {}, false],
    ['a hashtag', said('#sea'), {}, false],
    ['a translation', said(''), { translation: chinese('海上的一天') }, false],
    ['a translation without words', said(''), { translation: chinese('') }, true],
  ])('%s: is told, %j %j: %s', (_what, caption, additions, isTold) => {
    expect(size(caption, additions).codes.includes('no-words')).toBe(isTold);
  });
});

describe('contacts that are removed', () => {
  it.each([
    ['A day at sea, https://a.com', 1],
    ['A day at sea, maya@example.com', 1],
    ['A day at sea, +49 30 1234567', 1],
    ['A day at sea, vx maya01', 1],
    ['A day at sea, IG: @maya', 1],
    ['A day at sea, https://a.com and maya@example.com', 2],
  ])('of %j are counted', (text, actual) => {
    const { issues } = size(said(text));
    expect(issues).toContainEqual({ code: 'contacts-removed', severity: 'warning', actual, limit: null });
  });

  it.each([
    ['a mention is none', 'A day with @maya', rednote],
    ['nothing is removed where they are allowed', 'A day at sea, https://a.com', shorts],
  ])('%s', (_what, text, target) => {
    expect(size(said(text), {}, target).codes).not.toContain('contacts-removed');
  });
});

describe('a translated post', () => {
  it('has the hashtags of both, each once', () => {
    const { hashtags } = size(said('A day #sea'), { translation: chinese('海上 #Sea #东京') }, x);
    expect(hashtags).toEqual(['sea', '东京']);
  });

  it.each<[string, Caption, Additions]>([
    ['the hashtags of the caption', said('My mop', { hashtags: ['ad'] }), {}],
    ['the creator’s own hashtags', said('My mop'), { tags: ['ad'] }],
    ['a hashtag in the text', said('My mop #ad'), {}],
  ])('discloses in its language what %s disclose', (_what, caption, additions) => {
    const { body, title } = size(caption, { ...additions, translation: chinese('我的拖把') });
    expect(`${title} ${body}`).toContain('广告');
  });

  it('says its language, which others do not', () => {
    expect(size(said('A day'), { translation: chinese('一天') }).language).toBe('zh');
    expect(size(said('A day'))).not.toHaveProperty('language');
  });

  it('keeps hashtags that are words of its sentences', () => {
    const translation = chinese('今天的 #雪 很大');
    expect(size(said('so much #snow today'), { translation }, x)).toMatchObject({
      body: '今天的 #雪 很大',
      hashtags: ['snow'],
    });
  });
});

it('hashtags in the sentences of title and text stay there', () => {
  const caption = said('and #ice there', { title: 'so much #snow today' });
  expect(size(caption, {}, x)).toMatchObject({ body: 'so much #snow today\n\nand #ice there', hashtags: [] });
});

it('characters that a platform refuses are replaced, and told', () => {
  const { title, codes } = size(said('I <3 the sea'), {}, shorts);
  expect([title, codes]).toEqual(['I ‹3 the sea', ['character-refused']]);
});

it('the footer stands under the text, without contacts that the platform forbids', () => {
  expect(size(said('A day at sea'), { footer: 'See you' }).body).toBe('See you');
  expect(size(said('A day at sea'), { footer: 'See https://a.com' }).body).not.toContain('a.com');
});

describe('a text that is too long', () => {
  const text = `A day. ${'so many words of it '.repeat(20)}here and the best mop`;

  it('is cut', () => {
    const { thread, codes } = size(said(text), {}, x);
    expect([thread, codes]).toEqual([undefined, ['body-cut']]);
  });

  it('goes on in replies where that is wanted, in which words are found too', () => {
    const watched = { absolute: { ...rednote.words.maxHashtags, value: ['best mop'] } };
    const target = { ...x, words: { ...x.words, watched } };
    const { thread, codes } = size(said(text), { asThread: true }, target);
    expect([thread?.at(-1), codes]).toEqual([expect.stringContaining('best mop'), ['body-thread', 'word-absolute']]);
  });
});

it('disclosures are not among the words that a platform frowns on', () => {
  const watched = { absolute: { ...rednote.words.maxHashtags, value: ['ad', 'mop'] } };
  const target = { ...rednote, words: { ...rednote.words, watched } };
  const found = (additions: Additions) => size(said('[ad] My mop #ad #mop'), additions, target).issues;
  const places = [
    ['mop', 'title'],
    ['mop', 'hashtag'],
  ];
  expect(found({}).map(({ actual, place }) => [actual, place?.part])).toEqual(places);
  const translation = chinese('Mopu: mop', { language: 'sw' });
  expect(found({ translation }).map(({ actual, place }) => [actual, place?.part])).toEqual(places);
});

it('sizeOnce sizes each part for each platform once', () => {
  const once = sizeOnce();
  const caption = said('A day at sea\nThen home');
  const one = once(post(), caption, rednote.words, '1/2');
  expect(once(post(), caption, rednote.words, '1/2')).toBe(one);
  const bodies = [
    one,
    once(post(), caption, rednote.words, '2/2'),
    once(post(), caption, x.words, '1/2'),
    once(post(), caption, rednote.words, null),
  ].map((each) => each.caption.body);
  expect(bodies).toEqual(['Then home (1/2)', 'Then home (2/2)', 'A day at sea\nThen home (1/2)', 'Then home']);
});
