import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { wrapped } from '../../src/report/wrap.ts';

describe('lines of a terminal', () => {
  it.each<[string, string, number | null, string]>([
    ['short', 'a b', 80, 'a b'],
    ['long, between words', 'one two three four five six', 21, 'one two three four\nfive six'],
    ['indented: the rest as well', '    one two three four five', 21, '    one two three\n    four five'],
    ['a group of posts: the rest below it', '17 posts: one two three four', 24, '17 posts: one two\n  three four'],
    ['a status: the rest below it', 'failed     a  one two three four', 24, 'failed     a  one two\n  three four'],
    [
      'a path is left whole',
      'open /a/very/long/path/to/some/index.html now',
      21,
      'open\n/a/very/long/path/to/some/index.html\nnow',
    ],
    ...["  open 'my posts/maya/rednote/index.html'", '  start "" "my posts\\maya\\index.html"'].map(
      (command): [string, string, number, string] => ['a command that opens a page', command, 21, command],
    ),
    ['no terminal', 'one two three four five six', null, 'one two three four five six'],
    ['a blank line', '', 80, ''],
  ])('%s', (_odd, line, columns, shown) => {
    expect(wrapped(line, columns)).toBe(shown);
  });

  it('nothing is lost, and no line is wider than the terminal but a word that is', () => {
    const word = fc.stringMatching(/^[a-zé]{1,12}$/);
    fc.assert(
      fc.property(
        fc.array(word, { minLength: 1, maxLength: 30 }),
        fc.integer({ min: 40, max: 120 }),
        (words, columns) => {
          const shown = wrapped(words.join(' '), columns);
          expect(shown.split(/\s+/)).toEqual(words);
          for (const line of shown.split('\n')) expect(line.length).toBeLessThan(columns);
        },
      ),
    );
  });
});
