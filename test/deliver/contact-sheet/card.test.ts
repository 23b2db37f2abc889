import { describe, expect, it } from 'vitest';
import { cardHtml } from '../../../src/deliver/contact-sheet/card.ts';
import { cardsOf } from '../../../src/deliver/contact-sheet/cards.ts';
import { type CardState, shownState } from '../../../src/deliver/contact-sheet/state.ts';
import type { CaptionRow, Entry, FileRow } from '../../../src/state/documents.ts';
import { caption, entry, file, issue } from './entries.ts';
import { targetNamed } from './sample.ts';

const key = '2025-03-02_09-15-04';

/** The cards of a post as HTML. */
function cards(odd: Partial<Entry> = {}, target = 'rednote', state?: Partial<CardState>): string[] {
  const none: CardState = { planned: '', posted: '', isOut: false, url: '', note: '' };
  return [...cardsOf([entry({ target, ...odd })], target)].map(
    (card) => cardHtml(card, targetNamed(target), shownState({ ...none, ...state })).text,
  );
}
const card = (...args: Parameters<typeof cards>): string => cards(...args)[0] ?? '';
const withCaption = (odd: Partial<CaptionRow>, target = 'rednote') => card({ caption: caption(odd) }, target);

/** What a reader sees of some HTML. */
const words = (html: string | undefined) =>
  (html ?? '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
/** The content of the first element that begins with this text. */
const inside = (html: string, start: string, end: string) => words(html.split(start)[1]?.split(end)[0]);
const heading = (html: string) => words(/<h2 [^>]*>(.*?)<\/h2>/s.exec(html)?.[1]);
const tags = (html: string) => [...html.matchAll(/<span class="tag[^"]*">([^<]*)</g)].map(([, text]) => text);
/** The parts that have a button for copying, and what they copy. */
const copied = (html: string) => [...html.matchAll(/data-copy="([^"]*)"/g)].map(([, part]) => part);
const part = (html: string, name: string) => new RegExp(`data-part="${name}">([^<]*)<`).exec(html)?.[1] ?? null;

describe('the head of a card', () => {
  const made = (title: string) => [{ ...issue('title-made', 'info', ''), actual: title }];
  it.each<[string, () => string, string]>([
    ['the title', () => withCaption({ title: 'Tides' }), 'Tides'],
    [
      'the first line of the text where a platform has no titles',
      () => withCaption({ title: 'T', body: 'A\nB' }, 'reels'),
      'A',
    ],
    ['the first line where there is no title', () => withCaption({ title: null, body: 'A\nB' }), 'A'],
    ['the day where there are no words', () => withCaption({ title: null, body: '' }), 'Post of 2025-03-02'],
    ['the day where there is no caption', () => card({ caption: null }), 'Post of 2025-03-02'],
    ['the key if it has no time', () => card({ key: 'odd', caption: null }), 'odd'],
    [
      'the text where the title was only made from the day',
      () => card({ caption: caption({ title: '2025-03-02', body: 'A' }), issues: made('2025-03-02') }),
      'A',
    ],
    [
      'of a long first line its start',
      () => withCaption({ title: null, body: `${'word '.repeat(30)}end` }),
      `${'word '.repeat(24).trim()}…`,
    ],
  ])('is %s', (_name, draw, expected) => expect(heading(draw())).toBe(expected));

  it('says the day and time in UTC, or the key if it has none', () => {
    expect(inside(card(), 'class="when">', '</p>')).toContain('2025-03-02 09:15 UTC');
    expect(card()).toContain('<time datetime="2025-03-02T09:15:04.000Z">');
    expect(inside(card({ key: 'odd' }), 'class="when">', '</span>')).toBe('odd');
  });

  it('counts the title only where it is shown', () => {
    expect(withCaption({ title: 'Tides' })).toContain('title 3 / 20');
    expect(withCaption({ title: 'Tides' }, 'reels')).not.toContain('>title ');
    expect(withCaption({ title: '' })).not.toContain('>title ');
  });

  it.each<[string, () => string, readonly string[]]>([
    ['nothing that is missing', () => card(), []],
    ['that it needs words', () => withCaption({ source: 'none' }), ['needs words']],
    ['that it needs a title', () => card({ caption: caption({ title: '🌅' }), issues: made('🌅') }), ['needs a title']],
    [
      'words before a title',
      () => card({ caption: caption({ title: '🌅', source: 'none' }), issues: made('🌅') }),
      ['needs words'],
    ],
  ])('says %s', (_name, draw, expected) => {
    const html = draw();
    const state = ['Planned ', 'Posted ', ''];
    expect(tags(html).filter((tag) => !state.includes(tag ?? ''))).toEqual(expected);
    expect(html.includes('No caption yet')).toBe(expected.includes('needs words'));
    expect(html.includes('data-words="none"')).toBe(expected.includes('needs words'));
  });

  it('says which part of a post it is, and is found by it', () => {
    const parts = [1, 2].map((number) => ({
      caption: caption({ title: `T${number}` }),
      files: [`rednote/${key}/part-${number}/video.mp4`],
    }));
    const files = parts.map((each) => file(each.files[0] ?? '', 'video'));
    const [one, two] = cards({ parts, files });
    expect([one, two].map((html) => tags(html ?? ''))).toEqual([['part 1 of 2'], ['part 2 of 2']]);
    expect(two).toContain(`id="post-${key}/part-2"`);
    expect(two).toContain(`data-id="${key}/part-2"`);
    expect(two).toContain(`src="./${key}/part-2/video.mp4"`);
    expect(two).not.toContain('part-1/');
    expect(two).toContain('download="video.mp4">video.mp4</a>');
    expect(two).toContain('<strong>video.mp4</strong>: copy');
  });

  it('has what posting.csv says, for the script', () => {
    const planned = '2026-12-01T12:00:00+01:00';
    expect(card({}, 'rednote', { planned })).toContain(`data-planned="${planned}" data-posted="" data-out="no"`);
    expect(card({}, 'rednote', { posted: planned, isOut: true })).toContain(`data-posted="${planned}" data-out="yes"`);
    expect(card()).toContain('data-time="1740906904"');
    expect(card({ key: 'odd' })).toContain('data-time="0"');
  });

  it('has an id without blanks, whatever the key', () => {
    const html = card({ key: 'a b\tc' });
    expect(html).toContain('aria-labelledby="h-a-b-c"');
    expect(html).toContain('<h2 id="h-a-b-c"');
    expect(html).toContain('id="post-a-b-c"');
  });
});

describe('the texts of a card', () => {
  it.each<[string, () => string, readonly (string | undefined)[]]>([
    ['title, text and topics', () => withCaption({ hashtags: ['a'] }), ['key', 'self', 'all', 'title', 'body']],
    ['no title', () => withCaption({ title: null, hashtags: [] }), ['key', 'all', 'body']],
    ['no text', () => withCaption({ body: '', hashtags: [] }), ['key', 'all', 'title']],
    [
      'topics alone',
      () => withCaption({ title: null, body: '', hashtags: ['a', 'b'] }),
      ['key', 'self', 'self', 'all'],
    ],
    ['nothing', () => withCaption({ title: null, body: '', hashtags: [] }), ['key']],
    ['an empty title alone', () => withCaption({ title: '', body: '', hashtags: [] }), ['key']],
    ['a title on a platform without titles', () => withCaption({ hashtags: [] }, 'reels'), ['key', 'all', 'body']],
    ['no caption', () => card({ caption: null }), ['key']],
  ])('%s: what can be copied', (_name, draw, expected) => expect(copied(draw())).toEqual(expected));

  it('are what is pasted: topics each in a line where they are picked, else in one', () => {
    const two = { body: 'B', hashtags: ['a', 'b'] };
    expect([part(withCaption(two), 'body'), part(withCaption(two), 'topics')]).toEqual(['B', '#a\n#b']);
    expect(part(withCaption(two, 'reels'), 'topics')).toBe('#a #b');
    expect(withCaption({ hashtags: [] })).not.toContain('Topics');
    expect(withCaption({ body: '' })).not.toContain('<span>Text</span>');
  });

  it('are counted together, and topics against their limit', () => {
    const html = withCaption({ body: 'B', hashtags: ['a', 'b'] });
    expect(words(html)).toContain('Topics 2 / ');
    expect(words(html)).toMatch(/text and topics \d+ \/ 1000/);
    expect(html).not.toContain('too long');
    expect(withCaption({ body: '一'.repeat(1001) })).toMatch(/<strong class="over">\d+ \/ 1000[^<]*: too long/);
  });

  it('go on in replies, each with its number and button', () => {
    const html = withCaption({ body: 'One', hashtags: [], thread: ['Two', 'Three'] }, 'threads');
    expect(words(html)).toContain('Reply: 2 of 3 Two Copy reply 3 / 500');
    expect(words(html)).toContain('Reply: 3 of 3 Three Copy reply');
    expect(copied(html)).toEqual(['key', 'all', 'body', 'reply-2', 'reply-3']);
    expect([part(html, 'reply-2'), part(html, 'reply-3')]).toEqual(['Two', 'Three']);
    expect(withCaption({}, 'threads')).not.toContain('Reply');
  });
});

describe('the media of a card', () => {
  const photos = (...names: string[]): FileRow[] =>
    names.map((name) => file(`rednote/${key}/${name}`, name === 'cover.jpg' ? 'cover' : 'photo'));
  const images = (html: string) =>
    [...html.matchAll(/<img src="\.\/[^"]*\/([^"]*)" alt="([^"]*)"/g)].map(([, ...of]) => of);

  it('are the video with its cover', () => {
    expect(card()).toContain(`src="./${key}/video.mp4" data-poster="./${key}/cover.jpg" aria-label="Video of ${key}"`);
    expect(card({ files: [file(`rednote/${key}/video.mp4`, 'video')] })).toContain('data-poster=""');
  });

  it('are the photos in order behind their cover', () => {
    const html = card({ files: photos('01.jpg', '02.jpg', 'cover.jpg') });
    expect(images(html)).toEqual([
      ...[
        ['cover.jpg', `Cover of ${key}`],
        ['01.jpg', 'Photo 1 of 2'],
        ['02.jpg', 'Photo 2 of 2'],
      ],
    ]);
    expect(images(card({ files: photos('01.jpg') }))).toEqual([['01.jpg', 'Photo 1 of 1']]);
    expect(html).not.toContain('<video');
  });

  it.each([
    ['one photo', photos('01.jpg'), 'Share'],
    ['two', photos('01.jpg', '02.jpg'), 'Share 2 photos'],
    ['a video', [file(`rednote/${key}/video.mp4`, 'video')], 'Share'],
  ])('are shared: %s', (_name, files, expected) => {
    expect(inside(card({ files }), 'data-share hidden>', '<')).toBe(expected);
  });

  it.each([
    [999, '999 B'],
    [1000, '1 kB'],
    [999_499, '999 kB'],
    [1_000_000, '1 MB'],
    [12_345_678, '12.3 MB'],
  ])('%d bytes are %s', (bytes, expected) => {
    const files = [file(`rednote/${key}/video.mp4`, 'video', { bytes })];
    expect(words(card({ files }))).toContain(`video.mp4 ${expected} Share`);
  });

  it('are listed with their names for a download; a person’s own says so', () => {
    const files = [file(`rednote/${key}/video.mp4`, 'video', { action: 'own', bytes: 1 }), ...photos('cover.jpg')];
    const html = card({ files });
    expect(html).toContain(`<a href="./${key}/cover.jpg" download="cover.jpg">cover.jpg</a>`);
    expect(words(html)).toContain('video.mp4 1 B yours cover.jpg 1.2 MB Share');
    expect(html).toContain(`<a class="folder" href="./${key}/">Open folder</a>`);
  });
});

describe('what a card says besides', () => {
  it('has something to tick only if there is something to declare or to look at', () => {
    expect(card({ issues: [issue('x', 'info', 'Fine.')] })).not.toContain('Before you post');
    expect(card({ toDeclare: ['choose: AI'] })).toContain('Before you post');
    const html = card({ issues: [issue('watermark', 'warning', 'It has one. Add --fit crop.')] });
    expect(inside(html, '<legend>', '</fieldset>')).toBe('Before you post It has one. Add --fit crop.');
  });

  it('gives equal lines of different kinds a tick each', () => {
    const html = card({ toDeclare: ['A'], issues: [issue('w', 'warning', 'A'), issue('w', 'warning', 'B')] });
    const ticks = [...html.matchAll(/data-tick="([^"]*)"/g)].map(([, tick]) => tick);
    expect(new Set(ticks).size).toBe(4);
  });

  it('tells what was done with each file but the texts, why, and what was left out', () => {
    const why = [issue('a', 'info', 'Too wide.'), issue('b', 'info', 'Too long.')];
    const html = card({
      files: [
        file(`rednote/${key}/video.mp4`, 'video', { action: 'transcode', why }),
        file(`rednote/${key}/cover.jpg`, 'cover'),
        file(`rednote/${key}/caption.txt`, 'caption'),
      ],
      issues: [issue('n', 'info', 'A note.'), issue('w', 'warning', 'A warning.')],
      caption: caption({
        removed: [
          { text: '#fyp', reason: 'platform-own-tag' },
          { text: ' \n', reason: 'contact' },
        ],
      }),
    });
    expect(inside(html, '<summary>What was done</summary>', '</details>')).toBe(
      'video.mp4 : transcode · Too wide. · Too long. cover.jpg : image A note. Left out (platform own tag): #fyp',
    );
    expect(inside(card({ caption: null, files: [] }), '<summary>What was done</summary>', '</details>')).toBe('');
  });
});
