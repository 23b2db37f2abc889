import { describe, expect, it } from 'vitest';
import { didYouMean, nearest } from '../../src/text/nearest.ts';

const platforms = ['rednote', 'xhs', 'lemon8', 'shorts', 'yt', 'reels', 'instagram', 'ig', 'all'];

describe('the word that was meant', () => {
  it.each<[string, string, string | null]>([
    ['a letter missing', 'rednot', 'rednote'],
    ['two letters swapped', 'renote', 'rednote'],
    ['in capitals', 'REELS', 'reels'],
    ['in the singular', 'reel', 'reels'],
    ['shortened', 'insta', 'instagram'],
    ['with a digit spelled out', 'lemon', 'lemon8'],
    ['another word', 'myspace', null],
    ['another word of the same length', 'mastodo', null],
    ['a single letter', 'r', null],
    ['two letters that are none of a short name', 'qq', null],
    ['empty', '', null],
  ])('%s', (_odd, written, meant) => {
    expect(nearest(written, platforms)).toBe(meant);
  });

  it('a question at the end of a sentence, or nothing', () => {
    expect(didYouMean('rednot', platforms)).toBe(' Did you mean “rednote”?');
    expect(didYouMean('myspace', platforms)).toBe('');
  });
});
