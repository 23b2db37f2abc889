import { describe, expect, it } from 'vitest';
import { captionDisclosures } from '../../../src/plan/words/caption-disclosures.ts';
import { leadOf, leadText } from '../../../src/plan/words/lead.ts';
import { rednote } from '../../../src/targets/rednote/index.ts';

const long = 'my new mop is really very good and so is my bucket. ';
const japanese = `${'とても素敵な新しいモップを買いました、'.repeat(3)}\n`;

interface Given {
  readonly title?: string;
  readonly text: string;
  /** What is left of it, where that is less. */
  readonly body?: string;
  readonly hashtags?: readonly string[];
  readonly lost?: readonly string[];
  readonly footer?: string;
}

/** With a fold behind 40 characters. */
function lead({ title, text, body = text, hashtags = [], lost = [], footer = '' }: Given, fold: number | null = 40) {
  const caption = { title: title ?? null, text, hashtags, source: 'csv' } as const;
  const rules = fold === null ? {} : { fold: { ...rednote.words.maxHashtags, value: fold } };
  return leadOf({ title: title ?? null, body, hashtags }, captionDisclosures(caption, footer), lost, rules);
}

describe('leadOf', () => {
  it.each<[string, Given, string[]]>([
    ['nothing is disclosed', { text: long }, []],
    ['nor by a hashtag', { text: long, hashtags: ['mop'] }, []],
    ['seen at once', { text: 'Ad | my mop' }, []],
    ['behind the fold', { text: `${long}(ad)` }, ['ad']],
    ['cut off', { text: 'Ad | my mop', body: 'my mop' }, ['Ad']],
    ['cut off, other words hold the letters', { text: 'Ad | mop', body: 'bread salad ads, ad1' }, ['Ad']],
    ['cut off, after a word that holds it the phrase is', { text: 'Ad | mop', body: 'bread, ad' }, []],
    ['in the title', { title: 'Ad | mop', text: long }, []],
    ['from the title on into the body', { title: 'Paid', text: 'partnership with us' }, []],
    ['Chinese, in the title', { title: '广告', text: long }, []],
    ['a thank-you is asked about, not told', { text: `${long}#collab`, hashtags: ['collab'] }, []],
    ['a brand without its sign', { text: `${long}paid partnership with @nike` }, ['paid partnership with nike']],
    // Hashtags
    ['a hashtag behind the fold', { text: long, hashtags: ['ad'] }, ['ad']],
    ['a hashtag that just fits', { text: 'x'.repeat(34), hashtags: ['ad'] }, []],
    ['a hashtag that does not', { text: 'x'.repeat(35), hashtags: ['ad'] }, ['ad']],
    ['a second one that just fits', { text: 'x'.repeat(31), hashtags: ['m', 'ad'] }, []],
    ['a second one that does not', { text: 'x'.repeat(32), hashtags: ['m', 'ad'] }, ['ad']],
    ['one behind it does not count', { text: 'x'.repeat(34), hashtags: ['ad', 'mop'] }, []],
    ['a hashtag that did not fit', { text: 'mop', lost: ['ad'] }, ['ad']],
    ['once', { text: long, hashtags: ['ad'], lost: ['Ad'] }, ['Ad']],
    ['a hashtag rather than a phrase', { text: `${long}paid partnership`, hashtags: ['ad'] }, ['ad']],
    // The footer
    ['a footer that was left out', { text: 'mop', footer: 'ad | by me' }, ['ad']],
    ['a hashtag of the footer', { text: long, footer: 'by me #ad' }, ['ad']],
    // One of each kind
    ['both kinds', { text: `${long}(ad) made with AI` }, ['ad', 'made with AI']],
    ['both kinds as hashtags', { text: long, hashtags: ['ad', 'aigenerated'] }, ['ad', 'aigenerated']],
    ['paid is seen, AI is not', { text: `Ad | ${long} made with AI` }, ['made with AI']],
    [
      'AI is lost, paid is behind the fold',
      { text: `${long}(ad) made with AI`, body: `${long}(ad)` },
      ['made with AI', 'ad'],
    ],
    ['the shortest of several', { text: `${long}paid partnership with @nike, sponsored post` }, ['sponsored post']],
    // Japanese sentences have no short words of their own.
    ['Japanese, one word', { text: `${japanese}タイアップ` }, ['タイアップ']],
    ['Japanese, by AI', { text: `${japanese}生成AIで作りました` }, ['AI生成']],
    ['Japanese, paid', { text: `${japanese}化粧水をプレゼントいただきました` }, ['PR']],
  ])('%s', (_odd, given, expected) => {
    expect(lead(given)).toEqual(expected);
  });

  it('nothing where the platform hides no text', () => {
    expect(lead({ text: `${long}(ad)`, hashtags: ['ad'] }, null)).toEqual([]);
  });

  it('is put in brackets', () => {
    expect(leadText(['ad', 'AI'])).toBe('[ad · AI] ');
  });
});
