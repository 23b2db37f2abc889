import { describe, expect, it } from 'vitest';
import { type CardState, marksHtml, momentsHtml, shownState } from '../../../src/deliver/contact-sheet/state.ts';

const state = (odd: Partial<CardState> = {}): CardState => ({
  ...{ planned: '', posted: '', isOut: false, url: '', note: '' },
  ...odd,
});
/** What a reader of the card sees: texts of elements that are not hidden. */
const seen = (html: string) =>
  html
    .replace(/<(p|span)[^>]* hidden>(?:<span[^>]*>[^<]*<\/span>|<a [^>]*>[^<]*<\/a>|[^<])*<\/\1>/g, '')
    .replace(/<div class="fields">.*<\/div>/s, '')
    .replace(/<[^>]*>/g, '')
    .trim();

describe('a card says', () => {
  const [noon, evening] = ['2026-12-01T12:00:00+01:00', '2026-12-01T18:30:00+01:00'];
  it.each<[string, Partial<CardState>, string]>([
    ['nothing of a post that is not planned', {}, ''],
    ['when it is planned', { planned: noon }, 'Planned 2026-12-01 12:00 (+01:00)'],
    [
      'when it went out, and not when it was planned',
      { planned: noon, posted: evening, isOut: true },
      'Posted 2026-12-01 18:30 (+01:00)',
    ],
    [
      'when it is planned, while not all of its parts are out',
      { planned: noon, posted: '' },
      'Planned 2026-12-01 12:00 (+01:00)',
    ],
    ['nothing of a plan for a post that is out without a time', { planned: noon, isOut: true }, ''],
    [
      'a time without seconds, with its offset',
      { planned: '2026-12-01T12:00+05:30' },
      'Planned 2026-12-01 12:00 (+05:30)',
    ],
    ['a time without seconds, in UTC', { planned: '2026-12-01T12:00Z' }, 'Planned 2026-12-01 12:00 (Z)'],
  ])('%s', (_name, odd, expected) => {
    expect(seen(momentsHtml(state(odd)).text)).toBe(expected);
  });

  it('nothing in the place of a time that is not there, for a script that reads it', () => {
    const html = momentsHtml(state()).text;
    expect(html).toContain('<span data-value="planned"></span>');
    expect(html).toContain('<span data-value="posted"></span>');
  });

  it.each<[string, Partial<CardState>, string]>([
    ['neither a link nor a note if there is none', {}, ''],
    ['its link', { url: 'https://example.com/p/1' }, 'https://example.com/p/1'],
    ['its note, as text', { note: 'ask <b>Ana</b>' }, 'ask &lt;b&gt;Ana&lt;/b&gt;'],
  ])('%s', (_name, odd, expected) => {
    expect(seen(marksHtml(state(odd), 'x').text)).toBe(expected);
  });

  it.each<[string, Partial<CardState>, Partial<CardState>]>([
    ['a time that is none', { planned: 'soon', posted: '2026-13-01T12:00:00Z' }, {}],
    ['a time without its offset', { planned: '2026-12-01T12:00:00' }, {}],
    ['a script for a link', { url: 'javascript:alert(1)' }, {}],
    ['a link with a quotation mark', { url: 'https://x/"onclick="y' }, {}],
    ['a link of a web page', { url: 'HTTPS://example.com/p' }, { url: 'HTTPS://example.com/p' }],
    ['any note', { note: 'javascript:alert(1)' }, { note: 'javascript:alert(1)' }],
  ])('of %s only what is one', (_name, odd, expected) => {
    expect(shownState(state(odd))).toEqual(state(expected));
  });
});
