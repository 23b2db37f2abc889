import { describe, expect, it } from 'vitest';
import { sizeCaption } from '../../../src/plan/caption.ts';
import { languageOf } from '../../../src/plan/words/disclosures.ts';
import { spoken, titleOfDisclosures, titleOfTags } from '../../../src/plan/words/tag-title.ts';
import { rednote } from '../../../src/targets/rednote/index.ts';
import { shorts } from '../../../src/targets/shorts.ts';
import { post } from '../../builders.ts';

it.each([
  ['slowliving', 'Slow living'],
  ['legday', 'Leg day'],
  ['leg_day', 'Leg day'],
  ['_leg__day_', 'Leg day'],
  ['LegDay', 'Leg Day'],
  ['LEGDAY', 'Leg day'],
  ['catsanddogs', 'Cats and dogs'],
  ['dog'.repeat(13), `Dog${' dog'.repeat(12)}`],
  // In as few words as possible: not `in die sewing`, `to day`.
  ['indiesewing', 'Indie sewing'],
  ['today', 'Today'],
  ['slowlivingxx', 'Slowlivingxx'],
  ['foodie', 'Foodie'],
  ['cat', 'Cat'],
  ['NYC', 'NYC'],
  ['MyNYCTrip', 'My NYCTrip'],
  ['Tokyo2025', 'Tokyo 2025'],
  ['y2kFashion', 'Y2k Fashion'],
  ['a_b', 'A b'],
  ['4K', '4K'],
  ['top10tips', 'Top 10tips'],
  ['Top5', 'Top5'],
  ['10Best', '10 Best'],
  ['10BEST', '10BEST'],
  ['NYCtrip', 'NYCtrip'],
  ['legdayxx', 'Legdayxx'],
  ['', ''],
  ['straße', 'Straße'],
  ['旅行', '旅行'],
  ['a'.repeat(41), `A${'a'.repeat(40)}`],
])('the hashtag %s is read as “%s”', (hashtag, text) => {
  expect(spoken(hashtag)).toBe(text);
});

describe('the title of a caption of hashtags alone', () => {
  it.each([
    ['#fyp #viral #legday', 'Leg day'],
    ['#instagram #legday', 'Leg day'],
    ['#ad #legday', 'Leg day'],
    ['#booktok #legday', 'Books'],
    ['#𝐥𝐞𝐠𝐝𝐚𝐲', 'Leg day'],
    ['#fyp #viral', '2025-03-02'],
  ])('%s: %s', (text, title) => {
    const caption = { text, title: null, hashtags: null, source: 'sidecar' } as const;
    expect(sizeCaption(post(), caption, shorts.words, null).caption.title).toBe(title);
  });
});

it('several disclosures behind a long text are shown together at its start', () => {
  const text = `${'Bread, radishes and a salad. '.repeat(90)}\n\nad\nmade with AI`;
  const { body } = sizeCaption(
    post(),
    { text, title: null, hashtags: null, source: 'csv' },
    rednote.words,
    null,
  ).caption;
  expect(body).toMatch(/^\[ad · made with AI\] Bread/);
});

describe('a title of what a post discloses', () => {
  it.each<[string, string[], string[], string]>([
    ['the brand of a hashtag', ['sea', 'nikepartner'], [], 'Nike'],
    ['the brand in a phrase', ['sea'], ['Anzeige', 'ad by ＠hema.nl'], 'Hema.nl'],
    ['a hashtag before a phrase', ['nikepartner'], ['ad by @hema'], 'Nike'],
    ['that AI made it', ['sea', 'aigenerated'], [], 'AI generated'],
    ['a brand before AI', ['aiart', 'nikepartner'], [], 'Nike'],
    ['AI behind another word', ['madewithai'], [], 'Madewithai'],
    ['in a font', ['𝐧𝐢𝐤𝐞𝐩𝐚𝐫𝐭𝐧𝐞𝐫'], [], 'Nike'],
    ['a name of one letter is none', ['sea'], ['ad by @h'], ''],
    ['none', ['sea'], ['Anzeige'], ''],
  ])('%s', (_what, hashtags, phrases, title) => {
    const found = titleOfDisclosures(
      hashtags,
      phrases.map((text) => ({ text })),
      () => languageOf('a day at sea'),
    );
    expect(found).toBe(title);
  });
});

it.each([
  ['fyp sea', 'Sea'],
  ['BookTok sea', 'Books'],
  ['shorts sea', 'Sea'],
  ['rednote sea', 'Sea'],
  ['ad sea', 'Sea'],
  ['viral sea', 'Sea'],
  ['𝐬𝐞𝐚', 'Sea'],
  ['fyp shorts rednote ad viral', ''],
  ['', ''],
])('a title of the hashtags %s, where rednote is the platform’s own: %j', (hashtags, title) => {
  expect(titleOfTags(hashtags.split(' ').filter(Boolean), ['rednote'], () => languageOf('a day'))).toBe(title);
});
