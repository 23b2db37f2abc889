import { describe, expect, it } from 'vitest';
import { sizeCaption } from '../../../src/plan/caption.ts';
import { spoken } from '../../../src/plan/words/tag-title.ts';
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
