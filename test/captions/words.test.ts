import { describe, expect, it } from 'vitest';
import { type Features, featureDistance, isOtherKind } from '../../src/captions/likeness.ts';
import type { Fit } from '../../src/captions/match.ts';
import { blank, type Note } from '../../src/captions/source.ts';
import { wordsOf } from '../../src/captions/words.ts';

describe('how unlike two posts are', () => {
  const all: Features = { kind: 'video', seconds: 10, likes: 100, sound: 'Waves - Sea' };
  it.each<[string, Partial<Features>, number]>([
    ['nothing differs', {}, 0],
    ['a second longer', { seconds: 11 }, 0],
    ['more than a second longer', { seconds: 11.1 }, 40],
    ['of unknown length', { seconds: null }, 20],
    ['a tenth more likes', { likes: 111 }, 0],
    ['a fifth more likes', { likes: 120 }, 20],
    ['of unknown likes', { likes: null }, 10],
    ['a part of the name of its sound', { sound: 'waves' }, 0],
    ['the sound with signs', { sound: 'WAVES – sea!' }, 0],
    ['another sound', { sound: 'Wind' }, 10],
    ['a sound of signs', { sound: '✨' }, 10],
    ['of unknown sound', { sound: null }, 5],
    ['all unknown', { seconds: null, likes: null, sound: null }, 35],
  ])('%s: %s', (_name, odd, distance) => {
    expect(featureDistance(all, { ...all, ...odd })).toBe(distance);
    expect(featureDistance({ ...all, ...odd }, all)).toBe(distance);
  });

  it('two likes more are no difference where there are few', () => {
    expect(featureDistance({ ...all, likes: 1 }, { ...all, likes: 3 })).toBe(0);
    expect(featureDistance({ ...all, likes: 1 }, { ...all, likes: 4 })).toBe(20);
  });

  it('kinds differ only if both are known', () => {
    expect([null, 'video', 'photos'].map((kind) => isOtherKind(all, { ...all, kind } as Features))).toEqual([
      false,
      false,
      true,
    ]);
    expect(isOtherKind({ ...all, kind: null }, all)).toBe(false);
  });
});

describe('the words of a post', () => {
  const matched = (note: Partial<Note>, by: Fit['by'] = 'id', seconds: number | null = 3): Fit => ({
    note: { ...blank, source: 'sidecar', origin: 'x', ...note },
    by,
    seconds,
  });
  const csv = { source: 'csv' } as const;
  it.each<[string, string | null, Fit[], object | null]>([
    ['of no source', null, [], null],
    ['of no source, with a blank title in the export', '  ', [], null],
    [
      'of the export alone',
      ' T ',
      [],
      { text: '', title: 'T', hashtags: null, source: 'export', matchedBy: null, seconds: null },
    ],
    [
      'of a note',
      'T',
      [matched({ text: 'one' })],
      { text: 'one', title: 'T', hashtags: null, source: 'sidecar', matchedBy: 'id', seconds: 3 },
    ],
    [
      'each of the most trusted note that has it',
      'T',
      [
        matched({ ...csv, title: 'mine' }, 'key', null),
        matched({ text: 'one', title: 'two', hashtags: ['a'] }, 'time', 4),
      ],
      { text: 'one', title: 'mine', hashtags: ['a'], source: 'sidecar', matchedBy: 'time', seconds: 4 },
    ],
    [
      'a title without text',
      null,
      [matched({ ...csv, title: 'mine' }, 'key', null)],
      { text: '', title: 'mine', hashtags: null, source: 'csv', matchedBy: 'key', seconds: null },
    ],
    [
      'hashtags without text',
      null,
      [matched({ ...csv, hashtags: ['a'] }, 'key', null)],
      { text: '', title: null, hashtags: ['a'], source: 'csv', matchedBy: 'key', seconds: null },
    ],
    ['a text that was cleared', null, [matched({ ...csv, text: '' }, 'key'), matched({ text: 'one' })], null],
    [
      'a title that was cleared',
      'T',
      [matched({ ...csv, title: '' }, 'key'), matched({ text: 'one', title: 'two' })],
      { text: 'one', title: null, hashtags: null, source: 'sidecar', matchedBy: 'id', seconds: 3 },
    ],
    ['a text of blanks', null, [matched({ text: ' \n' })], null],
  ])('%s', (_name, title, fits, words) => {
    expect(wordsOf({ title }, fits)).toEqual(words);
  });
});
