import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cardsOf } from '../../../src/deliver/contact-sheet/cards.ts';
import { address, html, sentenceHtml } from '../../../src/deliver/contact-sheet/html.ts';
import { overviewHtml, overviewOf } from '../../../src/deliver/contact-sheet/overview.ts';
import { sheetPage } from '../../../src/deliver/contact-sheet/page.ts';
import { sheetScript } from '../../../src/deliver/contact-sheet/script.ts';
import type { Entry } from '../../../src/state/documents.ts';
import { targets } from '../../../src/targets/index.ts';
import { caption, entry, file, issue } from './entries.ts';
import { noPosting } from './posting.ts';
import { sampleRows, targetNamed } from './sample.ts';

const page = (rows: readonly Entry[], name = 'rednote', account = 'maya') =>
  [
    ...sheetPage({ account, target: targetNamed(name), rows, posting: noPosting, uploadFolder: null, script: 'run()' }),
  ].join('');

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

describe('sentences with options of the command line', () => {
  it.each([
    ['an option', 'Add --include private.', 'Add <code class="option">--include</code> private.'],
    ['two', '--a-b or --cd', '<code class="option">--a-b</code> or <code class="option">--cd</code>'],
    ['a dash', 'a -- b --- c', 'a -- b --- c'],
    ['markup', '--x<b>', '--x&lt;b&gt;'],
    ['none', 'Its link ended.', 'Its link ended.'],
  ])('%s', (_odd, text, expected) => expect(sentenceHtml(text).text).toBe(expected));
});

describe('the overview at the top of the sheet', () => {
  const post = (minute: number, odd: Partial<Entry>) =>
    entry({ key: `2025-03-02_09-${String(minute).padStart(2, '0')}-00`, files: [], ...odd });
  const failed = (minute: number, code: string, message: string) =>
    post(minute, {
      status: 'failed',
      issues: [issue('passed-over', 'warning', `file ${minute}`), issue(code, 'error', message)],
    });
  const held = (minute: number) =>
    post(minute, { status: 'held', issues: [issue('visibility', 'info', 'Held. Add --include private.')] });
  const lookAt = (minute: number, message: string) =>
    post(minute, { issues: [issue('watermark', 'warning', message)] });

  it('counts posts of each status, and cards with parts', () => {
    const split = { parts: [1, 2, 3].map(() => ({ caption: caption(), files: [] })) };
    const { totals, cards } = overviewOf([
      post(1, {}),
      post(2, split),
      held(3),
      failed(4, 'x', ''),
      failed(5, 'x', ''),
    ]);
    expect([totals, cards]).toEqual([{ delivered: 2, held: 1, rejected: 0, failed: 2 }, 4]);
  });

  it('groups posts by status and the code of their error, failed before held, the most frequent reason first', () => {
    const rows = [
      held(1),
      held(2),
      held(3),
      failed(4, 'no-link', 'a'),
      failed(5, 'link-expired', 'b'),
      failed(6, 'link-expired', 'c'),
    ];
    const groups = overviewOf(rows).missing.map(({ status, posts }) => [status, posts.length, posts[0]?.message]);
    expect(groups).toEqual([
      ['failed', 2, 'file 5 b'],
      ['failed', 1, 'file 4 a'],
      ['held', 3, 'Held. Add --include private.'],
    ]);
  });

  it('says an equal reason once, and reasons with different figures at each post', () => {
    const { text } = overviewHtml(
      overviewOf([held(1), held(2), lookAt(3, 'It lasts 3 s.'), lookAt(4, 'It lasts 4 s.')]),
    );
    expect(text).toContain('Not on this page: 2 posts');
    expect(text.match(/Held\. Add/g)).toHaveLength(1);
    expect(text).toContain('To look at before you post: 2 posts');
    expect(text).toContain('<a href="#post-2025-03-02_09-04-00"><code>2025-03-02_09-04-00</code></a> It lasts 4 s.');
  });

  it('a post with two warnings is one post to look at; a split post is linked to its first part', () => {
    const parts = [1, 2].map(() => ({ caption: caption(), files: [] }));
    const issues = [
      issue('watermark', 'warning', 'w'),
      issue('borders', 'warning', 'b'),
      issue('no-words', 'warning', 'n'),
    ];
    const { text } = overviewHtml(overviewOf([post(1, { parts, issues })]));
    expect(text).toContain('To look at before you post: 1 post<');
    expect(text.match(/href="#post-2025-03-02_09-01-00%2Fpart-1"/g)).toHaveLength(2);
    expect(text).not.toContain('Not on this page');
  });

  it('shows three reasons, and the others behind a click', () => {
    const { text } = overviewHtml(overviewOf(['a', 'b', 'c', 'd', 'e'].map((code, at) => failed(at, code, code))));
    expect(text.split('<summary>2 more reasons</summary>')[0]?.match(/1 failed/g)).toHaveLength(3);
  });

  it('says nothing where all was delivered without warnings', () => {
    expect(overviewHtml(overviewOf([post(1, {})])).text.trim()).toBe('');
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

  it('delivered posts, parts by themselves in order; the others at the top', () => {
    const rows = [...sampleRows].sort((one, other) => (one.key < other.key ? 1 : -1));
    expect([...cardsOf(rows, 'rednote')].map(({ id }) => id)).toEqual([
      '2025-11-23_08-05-41',
      '2025-08-16_06-30-22',
      '2025-05-18_21-47-55',
      '2025-03-02_09-15-04/part-1',
      '2025-03-02_09-15-04/part-2',
    ]);
    const { cards, missing } = overviewOf(rows);
    expect([cards, missing.map(({ status }) => status)]).toEqual([5, ['failed', 'held']]);
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

  it('a card shows the key of its row in captions.csv; parts share that of their post', () => {
    const keys = [...page(sampleRows).matchAll(/<code data-part="key">([^<]*)<\/code>/g)].map(([, key]) => key);
    expect(keys.slice(-2)).toEqual(['2025-03-02_09-15-04', '2025-03-02_09-15-04']);
    expect(keys).toHaveLength(5);
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
