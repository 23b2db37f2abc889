import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCaptionText } from '../../../src/deliver/caption-text.ts';
import { countingUnits } from '../../../src/model/caption.ts';
import { count, fitsInto } from '../../../src/plan/counting.ts';
import { intoThread, separators, wholeText } from '../../../src/plan/words/thread.ts';
import { captionText } from '../../../src/plan/written-caption.ts';

const room = { unit: 'characters', max: 40 } as const;
const plain = { rooms: [room], maxPosts: 9, first: '', last: '' };

describe('intoThread', () => {
  it('divides at sentences and words, and numbers the posts', () => {
    expect(intoThread('A first sentence is here. A second one that is longer than a whole post.', plain)).toEqual({
      posts: ['A first sentence is here. 1/3', 'A second one that is longer than a 2/3', 'whole post. 3/3'],
      rest: '',
    });
  });

  it('keeps room for what follows the first post and puts the footer under the last one', () => {
    const { posts } = intoThread('words '.repeat(14).trim(), { ...plain, first: '\n\n#travel', last: '\n\nSee you' });
    expect(posts.at(-1)).toMatch(/\n\nSee you \d\/\d$/);
    expect(`${posts[0]}\n\n#travel`.length).toBeLessThanOrEqual(40);
    expect(posts.every((post) => post.length <= 40)).toBe(true);
  });

  it('gives a footer that does not fit a post of its own', () => {
    const text = `${'a'.repeat(34)} ${'b'.repeat(34)}`;
    const { posts } = intoThread(text, { ...plain, last: '\n\nSee you soon' });
    expect(posts).toEqual([`${'a'.repeat(34)} 1/3`, `${'b'.repeat(34)} 2/3`, 'See you soon 3/3']);
  });

  it('returns what does not fit into the longest thread', () => {
    const { posts, rest } = intoThread('words '.repeat(40).trim(), { ...plain, maxPosts: 2 });
    expect(posts).toHaveLength(2);
    expect(`${posts.join(' ')} ${rest}`.replace(/ \d\/2/g, '')).toBe('words '.repeat(40).trim());
  });

  it('stops before a link that is longer than a post, and returns it', () => {
    const link = `https://example.com/${'a'.repeat(60)}`;
    expect(intoThread(`See this: ${link}`, plain)).toEqual({ posts: ['See this:'], rest: link });
  });

  it('keeps a link whole that fits only without a number', () => {
    const link = `https://example.com/${'a'.repeat(18)}`;
    expect(intoThread(link, plain)).toEqual({ posts: [link], rest: '' });
    expect(intoThread(`Some words before this link: ${link}`, plain)).toEqual({
      posts: ['Some words before this link: 1/2', link],
      rest: '',
    });
  });

  it.each<[string, string, Partial<typeof plain>, string[], string]>([
    [
      'leaves room for the number of the last post',
      'A first sentence is here. Then we go on, to the sea again and home',
      {},
      ['A first sentence is here. 1/3', 'Then we go on, to the sea again and 2/3', 'home 3/3'],
      '',
    ],
    [
      'leaves room for the footer in the last possible post',
      'words '.repeat(14).trim(),
      { maxPosts: 2, last: '\n\nSee you' },
      ['words words words words words words 1/2', 'words words words words\n\nSee you 2/2'],
      'words words words words',
    ],
    [
      'puts a footer into a single post that has room for it beside its hashtags',
      'a'.repeat(18),
      { first: '\n\n#travel', last: '\n\nSee you' },
      [`${'a'.repeat(18)}\n\nSee you`],
      '',
    ],
    [
      'and else into a post of its own',
      'a'.repeat(19),
      { first: '\n\n#travel', last: '\n\nSee you' },
      [`${'a'.repeat(19)} 1/2`, 'See you 2/2'],
      '',
    ],
    ['leaves out a number that has no room', 'abc', { last: `\n\n${'b'.repeat(39)}` }, ['abc 1/2', 'b'.repeat(39)], ''],
    [
      'begins in the second post where hashtags fill the first',
      'Some words',
      { first: `\n\n#${'a'.repeat(33)}` },
      ['1/2', 'Some words 2/2'],
      '',
    ],
  ])('%s', (_what, text, odd, posts, rest) => {
    expect(intoThread(text, { ...plain, ...odd })).toEqual({ posts, rest });
  });

  it('never exceeds a limit, never splits a grapheme, loses nothing', () => {
    const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' });
    const pieces = (text: string) =>
      [...graphemes.segment(text)].map(({ segment }) => segment).filter((each) => !/^\s*$/.test(each));
    const words = fc.constantFrom(
      'a',
      'word',
      '汉字',
      '👨‍👩‍👧‍👦',
      '🇩🇪',
      'e\u0301',
      'नमस्ते',
      'https://example.com/abc',
      '. ',
      '\n',
      ' ',
    );
    fc.assert(
      fc.property(
        fc.array(words, { maxLength: 300 }).map((all) => all.join('').trim()),
        fc.constantFrom(...countingUnits),
        (text, unit) => {
          const rooms = [{ unit, max: 60 }];
          const { posts, rest } = intoThread(text, { ...plain, rooms });
          for (const post of posts) expect(count(post, unit)).toBeLessThanOrEqual(60);
          const bare = posts.map((post) => (posts.length > 1 ? post.replace(/ ?\d\/\d$/, '') : post));
          expect(pieces(`${bare.join(' ')} ${rest}`)).toEqual(pieces(text));
          expect(fitsInto(rest, rooms) && posts.length < 9 ? rest : '').toBe('');
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe('a thread in caption.txt', () => {
  const caption = { title: null, body: 'One 1/3', hashtags: ['travel'], thread: ['Two\n\nwords 2/3', 'Three 3/3'] };

  it('has a line before each reply', () => {
    expect(captionText({ ...caption })).toBe(
      'One 1/3\n\n#travel\n\n--- reply: 2 of 3 ---\n\nTwo\n\nwords 2/3\n\n--- reply: 3 of 3 ---\n\nThree 3/3\n',
    );
  });

  it('is read as it was written, also with other line ends and with separators of a person', () => {
    const form = { hasTitle: false, hasThreads: true };
    expect(readCaptionText(captionText(caption), form)).toEqual(caption);
    expect(readCaptionText(captionText(caption).replaceAll('\n', '\r\n'), form)).toEqual(caption);
    expect(readCaptionText('One\n\n----- Reply -----\nTwo', form)).toMatchObject({ body: 'One', thread: ['Two'] });
  });

  it.each([
    ['--- reply: 2 of 3 ---', true],
    ['---reply---', true],
    ['-----   Replies   ----- ', true],
    ['-- reply --', false],
    ['--- reply -', false],
    ['--- reply', false],
    ['--- replying ---', false],
    ['--- my reply ---', false],
    ['so --- reply ---', false],
    ['--- reply --- so', false],
  ])('is divided by %j: %s', (line, divides) => {
    expect(`One\n${line}\nTwo`.split(separators).length > 1).toBe(divides);
  });

  it('is searched as one text', () => {
    expect([wholeText({ body: 'One' }), wholeText({ body: 'One', thread: ['Two', 'Three'] })]).toEqual([
      'One',
      'One\n\nTwo\n\nThree',
    ]);
  });

  it('is only text where a platform has no threads', () => {
    expect(readCaptionText('A\n\n--- reply: 2 of 2 ---\n\nB', { hasTitle: false })).toEqual({
      ...{ title: null, body: 'A\n\n--- reply: 2 of 2 ---\n\nB', hashtags: [] },
    });
  });
});
