import { expect, it } from 'vitest';
import { madeTitles } from '../../../src/plan/words/made-title.ts';
import { post } from '../../builders.ts';

it.each<[string, object, string, string[]]>([
  ['the date', {}, '', ['2025-03-02']],
  [
    'place, emoji, track and date, in this order',
    { location: 'Lisbon', sound: 'Slow Boat - Nobody' },
    '🌅🌊',
    ['Lisbon', '🌅🌊', '♪ Slow Boat', '2025-03-02'],
  ],
  [
    'a place and a track on one line',
    { location: ' Lisbon\n\u200b Portugal ', sound: 'Slow\nBoat - Nobody' },
    '',
    ['Lisbon Portugal', '♪ Slow Boat', '2025-03-02'],
  ],
  ['no emoji of a text with words', {}, '🌅 a day', ['2025-03-02']],
  ['nor digits or signs', {}, '12 !?', ['2025-03-02']],
  ['emoji with digits', {}, '🌅 12', ['🌅 12', '2025-03-02']],
  ['flags', {}, '🇩🇪', ['🇩🇪', '2025-03-02']],
  ['the first line alone', {}, '🌅\na day', ['🌅', '2025-03-02']],
  ['three emoji', {}, '🌅🌅🌅', ['🌅🌅🌅', '2025-03-02']],
  ['of more than three in a row, one', {}, '🌅🌅🌅🌅', ['🌅', '2025-03-02']],
  ['of a text that begins with 200 of them', {}, `${'🌅'.repeat(100)}a day`, ['🌅', '2025-03-02']],
  ['no track without a name', { sound: 'original sound - maya' }, '', ['2025-03-02']],
  ['no place of blanks', { location: ' \n' }, '', ['2025-03-02']],
])('a title made of other facts: %s', (_what, odd, text, expected) => {
  expect(madeTitles(post({ location: null, sound: null, ...odd }), text)).toEqual(expected);
});
