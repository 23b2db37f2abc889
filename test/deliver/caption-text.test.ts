import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCaptionText } from '../../src/deliver/caption-text.ts';
import { captionText } from '../../src/plan/written-caption.ts';

const read = (text: string, hasTitle = true) => {
  const { title, body, hashtags } = readCaptionText(text, { hasTitle });
  return [title, body, hashtags.join(' ')];
};

describe('readCaptionText', () => {
  it.each<[string, string, (string | null)[]]>([
    ['title, body and hashtags', 'Title\n\nBody\n\n#one #two\n', ['Title', 'Body', 'one two']],
    ['a body of several paragraphs', 'Title\n\nOne\n\nTwo\n\n#one', ['Title', 'One\n\nTwo', 'one']],
    ['a body of several lines', 'Title\n\nOne\nTwo', ['Title', 'One\nTwo', '']],
    ['no hashtags', 'Title\n\nBody', ['Title', 'Body', '']],
    ['no body', 'Title\n\n#one', ['Title', '', 'one']],
    ['hashtags alone', '#one #two', ['', '', 'one two']],
    ['nothing', '', ['', '', '']],
    ['only white space', ' \n\n\n ', ['', '', '']],
    ['CRLF line breaks', 'Title\r\n\r\nBody\r\n\r\n#one\r\n', ['Title', 'Body', 'one']],
    ['CR line breaks', 'Title\r\rBody\r\r#one\r', ['Title', 'Body', 'one']],
    ['more empty lines than port writes', 'Title\n\n\n\nBody', ['Title', 'Body', '']],
    ['lines of white space', 'Title\n \nBody\n\t\n#one', ['Title', 'Body', 'one']],
    ['full-width hashtags', 'Title\n\n＃旅行 ＃海', ['Title', '', '旅行 海']],
    ['hashtags on two lines', 'Title\n\n#one\n#two', ['Title', '', 'one two']],
    ['hashtags glued together', 'Title\n\n#one#two', ['Title', '', 'one two']],
    ['a hashtag inside the body', 'Title\n\nBody with #one in it', ['Title', 'Body with #one in it', '']],
    ['a number sign that is not a hashtag', 'Title\n\n# one', ['Title', '# one', '']],
    ['a number at the end', 'Title\n\nBody\n\n#1', ['Title', 'Body\n\n#1', '']],
    ['one a line with spaces', 'Title\n\n#旅行 \n #OOTD\n', ['Title', '', '旅行 OOTD']],
    ['a byte-order mark', '\uFEFFTitle\n\nBody', ['Title', 'Body', '']],
  ])('%s', (_odd, text, expected) => {
    expect(read(text)).toEqual(expected);
  });

  it('without titles, the first paragraph is the body', () => {
    expect(read('One\n\nTwo\n\n#three', false)).toEqual([null, 'One\n\nTwo', 'three']);
  });

  it.each<[string, string, string, readonly string[] | undefined]>([
    ['no replies', 'One\n\n#a', 'One', undefined],
    ['a reply', 'One\n\n#a\n\n--- reply: 2 of 2 ---\n\n Two\n', 'One', ['Two']],
    [
      'two replies of several paragraphs',
      'One\n--- reply: 2 of 3 ---\nTwo\n\nmore\n--- reply: 3 of 3 ---\nThree #b',
      'One',
      ['Two\n\nmore', 'Three #b'],
    ],
    ['a reply that was emptied', 'One\n--- reply: 2 of 3 ---\n \n--- reply: 3 of 3 ---\nThree', 'One', ['Three']],
    ['only a line before a reply', 'One\n\n--- reply: 2 of 2 ---\n', 'One', undefined],
  ])('a thread with %s', (_odd, text, body, thread) => {
    const found = readCaptionText(text, { hasTitle: false, hasThreads: true });
    expect([found.body, found.thread, 'thread' in found]).toEqual([body, thread, thread !== undefined]);
  });

  it('where texts cannot go on in replies, the line before one is text', () => {
    const text = 'One\n--- reply: 2 of 2 ---\nTwo';
    expect(readCaptionText(text, { hasTitle: false })).toEqual({ title: null, body: text, hashtags: [] });
  });

  it('reads the text that port writes', () => {
    const line = fc.stringMatching(/^[a-zé汉][a-z 汉😀]{0,20}[a-z汉]$/u);
    const caption = fc.record({
      title: line,
      body: fc.array(line, { maxLength: 4 }).map((lines) => lines.join('\n\n')),
      hashtags: fc.array(fc.stringMatching(/^[a-z汉]{1,10}$/), { maxLength: 5 }),
      removed: fc.constant([]),
    });
    fc.assert(
      fc.property(caption, (written) => {
        const { title, body, hashtags } = written;
        for (const picked of [false, true])
          expect(readCaptionText(captionText(written, picked), { hasTitle: true })).toEqual({ title, body, hashtags });
      }),
    );
  });

  it('a long line that is almost hashtags is read in linear time', () => {
    const start = performance.now();
    readCaptionText(`Title\n\n${'#a'.repeat(50_000)} and words`, { hasTitle: true });
    expect(performance.now() - start).toBeLessThan(1000);
  });
});
