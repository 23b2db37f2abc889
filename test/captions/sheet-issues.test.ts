import { expect, it } from 'vitest';
import { aboutMerge } from '../../src/captions/sheet-issues.ts';
import { noPast, type OtherText } from '../../src/captions/sheet-past.ts';

const issue = (code: string, actual: string, limit: number) => ({ code, severity: 'warning', actual, limit });
const cells = Array.from({ length: 6 }, (_, index) => `title of ${index}`);
const five = 'title of 0; title of 1; title of 2; title of 3; title of 4';

it.each<[string, readonly string[], readonly OtherText[], unknown[]]>([
  ['nothing', [], [], []],
  ['an older copy', ['title of a'], [], [issue('captions-stale', 'title of a', 1)]],
  ['an older copy of five cells', cells.slice(0, 5), [], [issue('captions-stale', five, 5)]],
  ['an older copy of six cells: five of them', cells, [], [issue('captions-stale', five, 6)]],
  ['a text that gave way', [], [{ text: 'Sea' }], [issue('captions-conflict', 'title of a, “Sea”', 1)]],
  ['an empty text that gave way', [], [{ text: ' ' }], [issue('captions-conflict', 'title of a, empty', 1)]],
  ['a text that was told of', [], [{ text: 'Sea', isTold: true }], []],
  [
    'one of two texts',
    [],
    [{ text: 'Sea', isTold: true }, { text: 'Lake' }],
    [issue('captions-conflict', 'title of a, “Lake”', 1)],
  ],
  [
    'a text with breaks: on one line',
    [],
    [{ text: ' Sea\n\n of  blue ' }],
    [issue('captions-conflict', 'title of a, “Sea of blue”', 1)],
  ],
  [
    'a text of 60 letters',
    [],
    [{ text: '🌊'.repeat(60) }],
    [issue('captions-conflict', `title of a, “${'🌊'.repeat(60)}”`, 1)],
  ],
  [
    'a text of 61 letters: 59 of them',
    [],
    [{ text: '🌊'.repeat(61) }],
    [issue('captions-conflict', `title of a, “${'🌊'.repeat(59)}…”`, 1)],
  ],
  [
    'both',
    ['title of b'],
    [{ text: 'Sea' }],
    [issue('captions-stale', 'title of b', 1), issue('captions-conflict', 'title of a, “Sea”', 1)],
  ],
])('of a sheet that was changed in two places is reported: %s', (_name, stale, others, issues) => {
  const past = { ...noPast, others: new Map([['a', { title: others }]]) };
  expect(aboutMerge({ stale, past })).toEqual(issues);
});
