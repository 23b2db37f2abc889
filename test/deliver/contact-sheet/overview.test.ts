import { describe, expect, it } from 'vitest';
import { cardAnchor, cardIds, cardsOf, needsTitle, timeOfKey } from '../../../src/deliver/contact-sheet/cards.ts';
import { html } from '../../../src/deliver/contact-sheet/html.ts';
import { overviewHtml, overviewOf, totalsHtml } from '../../../src/deliver/contact-sheet/overview.ts';
import type { Entry } from '../../../src/state/documents.ts';
import { caption, entry, file, issue } from './entries.ts';

const key = (minute: number) => `2025-03-02_09-${String(minute).padStart(2, '0')}-00`;
const post = (minute: number, status: Entry['status'], ...issues: Entry['issues']) =>
  entry({ key: key(minute), status, issues, files: [] });
const said = (code: string, message: string) => issue(code, 'warning', message);
const words = (text: string) =>
  text
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
const shown = (...rows: Entry[]) => words(overviewHtml(overviewOf(rows)).text);

describe('above the cards stands', () => {
  it('how many posts were delivered, though none was, and of the others only those that are some', () => {
    const totals = (...rows: Entry[]) => words(totalsHtml(overviewOf(rows).totals).text);
    expect(totals()).toBe('0 delivered');
    expect(totals(post(1, 'delivered'), post(2, 'rejected'), post(3, 'rejected'))).toBe('1 delivered 2 rejected');
    expect(totals(post(1, 'held'), post(2, 'failed'))).toBe('0 delivered 1 held 1 failed');
  });

  it('failed posts before rejected and held ones', () => {
    const rows = [
      post(1, 'held', said('a', 'A.')),
      post(2, 'rejected', said('b', 'B.')),
      post(3, 'failed', said('c', 'C.')),
    ];
    expect(shown(...rows)).toBe(
      `Not on this page: 3 posts 1 failed ${key(3)} C. 1 rejected ${key(2)} B. 1 held ${key(1)} A.`,
    );
  });

  it('one post that is not on the page, in the singular, without a link', () => {
    expect(shown(post(1, 'held', said('a', 'A.')))).toBe(`Not on this page: 1 post 1 held ${key(1)} A.`);
    expect(overviewHtml(overviewOf([post(1, 'held', said('a', 'A.'))])).text).not.toContain('href');
  });

  it('several posts with the same reason, their keys behind a click', () => {
    expect(shown(post(1, 'held', said('a', 'A.')), post(2, 'held', said('a', 'A.')))).toBe(
      `Not on this page: 2 posts 2 held A. Which posts ${key(1)} ${key(2)}`,
    );
  });

  it('several posts with other figures of one reason, each with its own', () => {
    expect(shown(post(1, 'held', said('a', 'A 1.')), post(2, 'held', said('a', 'A 2.')))).toBe(
      `Not on this page: 2 posts 2 held A 1. Each post, with its own figures ${key(1)} A 1. ${key(2)} A 2.`,
    );
  });

  it('all that was said of a post, in the group of its error', () => {
    const [one, two] = [said('a', 'A.'), issue('b', 'error', 'B.')];
    const groups = overviewOf([
      post(1, 'failed', one, two),
      post(2, 'failed', two),
      post(3, 'failed', one),
      post(4, 'failed'),
    ]);
    expect(groups.missing.map(({ posts }) => posts.map(({ message }) => message))).toEqual([
      ['A. B.', 'B.'],
      ['A.'],
      [''],
    ]);
  });

  it('three reasons at once, a fourth behind a click', () => {
    const rows = [1, 2, 3, 4].map((minute) => post(minute, 'held', said(`code-${minute}`, `Reason ${minute}.`)));
    expect(shown(...rows.slice(0, 3))).not.toContain('more');
    expect(shown(...rows)).toContain('Reason 3. 1 more reason 1 held');
  });

  it('posts to look at, with a link to their cards; none is one that only lacks words', () => {
    const rows = [post(1, 'delivered', said('w', 'W.')), post(2, 'delivered', said('no-words', 'N.'))];
    expect(shown(...rows)).toBe(`To look at before you post: 1 post 1 look at ${key(1)} W.`);
    expect(overviewHtml(overviewOf(rows)).text).toContain(`href="#post-${key(1)}"`);
    expect(overviewHtml(overviewOf(rows)).text).toContain('class="tag warn"');
  });
});

describe('a card', () => {
  it.each([
    ['2025-03-02_09-15-04', 1_740_906_904],
    ['2025-03-02_09-15-04-2', 1_740_906_904],
    ['2025-03-02_09-15-04-', null],
    ['x2025-03-02_09-15-04', null],
    ['2025-03-02_09-15-04x', null],
    ['2025-13-02_09-15-04', null],
    ['2025-03-02', null],
  ])('of %s has the time %s', (of, time) => expect(timeOfKey(of)).toBe(time));

  it.each<[string, string | null, string | null, boolean]>([
    ['the day, made by port', '2025-03-02', '2025-03-02', true],
    ['the day of a part, made by port', '2025-03-02 (1/2)', '2025-03-02', true],
    ['the day, by a person', '2025-03-02', null, false],
    ['another made title than the present one', '2025-03-02', 'Sunrise', false],
    ['words, made by port', 'Sunrise', 'Sunrise', false],
    ['words with a number in them', 'Day (1/2) one', 'Day (1/2) one', false],
    ['none', null, '2025-03-02', false],
  ])('needs a title: %s', (_name, title, made, expected) => {
    const issues = made === null ? [] : [{ ...issue('title-made', 'info', ''), actual: made }];
    expect(needsTitle({ title }, { key: key(1), issues })).toBe(expected);
    expect(needsTitle({ title }, { key: key(1), issues: issues.map((each) => ({ ...each, code: 'x' })) })).toBe(false);
  });

  it('of a post with a single part has the id of the post', () => {
    const part = { caption: caption(), files: [] };
    expect(cardIds({ key: 'k' })).toEqual(['k']);
    expect(cardIds({ key: 'k', parts: [part] })).toEqual(['k']);
    expect(cardIds({ key: 'k', parts: [part, part] })).toEqual(['k/part-1', 'k/part-2']);
    const [only] = [...cardsOf([entry({ parts: [part] })], 'rednote')];
    expect([only?.id, only?.place]).toEqual(['2025-03-02_09-15-04', null]);
    expect(cardAnchor('a b\tc')).toBe('post-a-b-c');
  });

  it('has the warnings to look at and the notes apart', () => {
    const issues = [said('w', 'W.'), said('no-words', 'N.'), issue('n', 'info', 'I.'), issue('e', 'error', 'E.')];
    const [card] = [...cardsOf([entry({ issues })], 'rednote')];
    expect(card?.warnings.map(({ code }) => code)).toEqual(['w', 'e']);
    expect(card?.notes.map(({ code }) => code)).toEqual(['n']);
  });

  it('has the paths of its files beside the page', () => {
    const files = [file('rednote/k/video.mp4', 'video'), file('rednote-2/k/cover.jpg', 'cover')];
    const [card] = [...cardsOf([entry({ files })], 'rednote')];
    expect(card?.files.map(({ path }) => path)).toEqual(['k/video.mp4', 'rednote-2/k/cover.jpg']);
  });
});

it('html: numbers and nested lists are written, control characters are not', () => {
  expect(html`${1}${[['a', [html`<b>`]], null, '<']}`.text).toBe('1a<b>&lt;');
  expect(html`${'a\u0000\u0007b'}`.text).toBe('ab');
});
