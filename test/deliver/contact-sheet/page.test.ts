import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cardsOf, countCards } from '../../../src/deliver/contact-sheet/cards.ts';
import { address, html } from '../../../src/deliver/contact-sheet/html.ts';
import { sheetPage } from '../../../src/deliver/contact-sheet/page.ts';
import { sheetScript } from '../../../src/deliver/contact-sheet/script.ts';
import type { Entry } from '../../../src/state/documents.ts';
import { targets } from '../../../src/targets/index.ts';
import { caption, entry, file, issue } from './entries.ts';
import { sampleRows, targetNamed } from './sample.ts';

const page = (rows: readonly Entry[], name = 'rednote', account = 'maya') =>
  [...sheetPage({ account, target: targetNamed(name), rows, uploadFolder: null, script: 'run()' })].join('');

describe('html', () => {
  it.each([
    ['a tag', '<b>', '&lt;b&gt;'],
    ['quotes', `"'`, '&quot;&#39;'],
    ['an entity', '&amp;', '&amp;amp;'],
  ])('escapes %s', (_odd, text, expected) => expect(html`${text}`.text).toBe(expected));

  it('leaves what is HTML, joins lists, drops null', () => {
    expect(html`<ul>${[1, 2].map((each) => html`<li>${each}</li>`)}${null}</ul>`.text).toBe(
      '<ul><li>1</li><li>2</li></ul>',
    );
  });

  it.each([
    ['a plain path', 'k/video.mp4', './k/video.mp4'],
    ['a scheme', 'javascript:alert(1)', './javascript%3Aalert(1)'],
    ['another host', '//evil.example/x', './evil.example/x'],
    ['up and out', '../../etc/passwd', './etc/passwd'],
    ['a query and a fragment', 'a?b#c', './a%3Fb%23c'],
    ['a back slash', 'a\\b', './a%5Cb'],
    ['half an emoji', 'a\ud83d', './a%EF%BF%BD'],
  ])('%s', (_odd, path, expected) => expect(address(path)).toBe(expected));

  it('no text ends a text or an attribute', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(html`<a title="${text}">${text}</a>`.text.match(/[<>"']/g)?.join('')).toBe('<"">' + '<>');
      }),
    );
  });
});

describe('what is on the sheet', () => {
  it.each<[string, Partial<Entry>, boolean]>([
    ['a title that is only the day', { issues: [{ ...issue('title-made', 'info', ''), actual: '2025-03-02' }] }, false],
    ['the same day, written by a person', {}, true],
  ])('%s: whether it can be copied', (_odd, odd, isOffered) => {
    const text = page([entry({ key: '2025-03-02_09-15-04', caption: caption({ title: '2025-03-02' }), ...odd })]);
    expect(text.includes('data-copy="title"')).toBe(isOffered);
    expect(text.includes('needs a title')).toBe(!isOffered);
    // What is pasted as a whole has no date either.
    expect(text.includes('data-part="title"')).toBe(isOffered);
  });

  it.each<[string, string, boolean]>([
    ['emoji alone', '🌅🌊', true],
    ['what discloses alone', 'Anzeige', true],
    ['a sign alone', '🅰🅳', true],
    ['a hashtag', 'Leg day', false],
    ['a place', 'Lisbon', false],
  ])('a title that was made of %s: whether it needs another', (_odd, title, isNeeded) => {
    const issues = [{ ...issue('title-made', 'info', ''), actual: title }];
    const [card] = [...cardsOf([entry({ caption: caption({ title }), issues })], 'rednote')];
    expect(card?.needsTitle).toBe(isNeeded);
  });

  it('delivered posts, parts by themselves in order; the others at the end', () => {
    const rows = [...sampleRows].sort((one, other) => (one.key < other.key ? 1 : -1));
    expect([...cardsOf(rows, 'rednote')].map(({ id }) => id)).toEqual([
      '2025-11-23_08-05-41',
      '2025-08-16_06-30-22',
      '2025-05-18_21-47-55',
      '2025-03-02_09-15-04/part-1',
      '2025-03-02_09-15-04/part-2',
    ]);
    const { cards, rest } = countCards(rows);
    expect([cards, rest.map(({ status }) => status)]).toEqual([5, ['held', 'failed']]);
  });

  it('each part has its own files and words', () => {
    const [one, two] = [...cardsOf(sampleRows, 'rednote')].filter(({ place }) => place !== null);
    expect(one?.files.map(({ path }) => path)).toEqual([
      '2025-03-02_09-15-04/part-1/video.mp4',
      '2025-03-02_09-15-04/part-1/cover.jpg',
    ]);
    expect([one?.caption?.body, two?.caption?.body]).toEqual(['Part by part (1/2)', 'Part by part (2/2)']);
    expect([one?.place, two?.place]).toEqual(['1 of 2', '2 of 2']);
  });

  it.each([
    ['words of a person', entry(), false],
    ['none', entry({ caption: caption({ source: 'none' }) }), true],
    ['no caption at all', entry({ caption: null }), true],
  ])('needs words: %s', (_odd, row, needs) => expect([...cardsOf([row], 'rednote')][0]?.needsWords).toBe(needs));

  it.each(targets.map(({ name }) => [name]))('%s: a whole page', (name) => {
    const text = page(
      [entry({ target: name, caption: caption({ title: targetNamed(name).words.title ? 'T' : null }) })],
      name,
    );
    expect(text).toContain(`<title>maya · ${targetNamed(name).title}</title>`);
    expect(text).not.toMatch(/undefined|\[object|NaN|>null</);
    expect(text.endsWith('</html>\n')).toBe(true);
  });

  it('says how long words are, in the platform’s units, and what is too long', () => {
    const long = page([entry({ caption: caption({ title: '一'.repeat(21) }) })]);
    expect(long).toContain('21 / 20 (a Latin letter counts half): too long');
    expect(page([entry({ caption: caption({ title: 'a'.repeat(40) }) })])).toContain(
      '20 / 20 (a Latin letter counts half)',
    );
    expect(page([entry({ target: 'shorts' })], 'shorts')).toMatch(/\d+ \/ 5000 bytes/);
  });

  it('Lemon8: no page to upload to', () => {
    const text = page([], 'lemon8');
    expect(text).toContain('port serve');
    expect(text).not.toContain('Open the upload page');
    expect(text).toContain('No post was delivered here yet.');
  });

  it('what to declare and what to look at, to tick', () => {
    const text = page([
      entry({
        toDeclare: ['switch off: Share to TikTok'],
        issues: [issue('watermark', 'warning', 'It carries a watermark.'), issue('x', 'info', 'Fine.')],
      }),
    ]);
    const [, tick] = /data-tick="(declare-[0-9a-f]{8})"><span>switch off: Share to TikTok/.exec(text) ?? [];
    expect(tick).toBeDefined();
    expect(text).toMatch(/data-tick="watermark-[0-9a-f]{8}"/);
    // What comes before it in a later run does not take its tick.
    expect(page([entry({ toDeclare: ['choose: AI', 'switch off: Share to TikTok'] })])).toContain(
      `data-tick="${tick}"><span>switch off: Share to TikTok`,
    );
    expect(text).not.toContain('data-tick="x');
  });

  it('a row that somebody changed by hand cannot lead out of its folder', () => {
    const text = page([
      entry({
        key: '../x"><script>',
        files: [file('../../etc/passwd', 'video'), file('javascript:alert(1)', 'cover')],
      }),
    ]);
    for (const [, to = ''] of text.matchAll(/(?:src|href|data-poster|data-folder)="([^"]*)"/g)) {
      expect(to).toMatch(/^(?:\.\/(?!.*\.\.\/)|https:\/\/|$)/);
    }
    expect(text.match(/<script/g)).toHaveLength(1);
  });

  it('any words: one script, nothing undefined', () => {
    const words = fc.string({ unit: 'binary', maxLength: 60 });
    fc.assert(
      fc.property(words, words, words, words, (title, body, tag, account) => {
        const row = entry({
          caption: caption({ title, body, hashtags: [tag], removed: [{ text: body, reason: title }] }),
          toDeclare: [tag],
          issues: [issue(tag, 'warning', body)],
        });
        const text = page([row], 'rednote', account);
        expect(text.match(/<script|<\/script/g)).toHaveLength(2);
        expect(text.match(/ on[a-z]+=/gi)).toBeNull();
      }),
      { numRuns: 60 },
    );
  });

  it('the script has nothing that would end its element, and is no syntax error', () => {
    const script = sheetScript();
    expect(script).not.toMatch(/<\/script|<!--|innerHTML|insertAdjacentHTML|eval\(/);
    expect(() => runInNewContext(`(async () => { ${script.replace(/export \{\};/, '')} })`)).not.toThrow();
  });
});
