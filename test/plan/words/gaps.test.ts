import { describe, expect, it } from 'vitest';
import { refusedCharacters, replaceForbidden } from '../../../src/plan/words/forbidden.ts';
import { closeGaps, gap } from '../../../src/plan/words/gaps.ts';
import type { Removed } from '../../../src/plan/words/removed.ts';

describe('closeGaps', () => {
  /** `_` stands for a gap. */
  it.each([
    // Brackets and quotation marks that became empty
    ['a (_) b', 'a b', '()'],
    ['a ( _ , _ ) b', 'a b', '(,)'],
    ['a“_” b', 'a b', '“”'],
    ['a "_" b', 'a b', '""'],
    ['a 【_】', 'a', '【】'],
    ['((_)) x', 'x', '() ()'],
    ['[({_})] x', 'x', '{} () []'],
    ['(([(_)])) x', '() x', '() [] ()'],
    ['« _ » x', 'x', '«»'],
    ['main() _ x', 'main() x', ''],
    ['a () b', 'a () b', ''],
    ['(see _)', '(see)', ''],
    // The space that is left
    ['a _ _ b', 'a b', ''],
    ['a_b', 'ab', ''],
    ['a _b', 'a b', ''],
    ['a_ b', 'a b', ''],
    ['a\n_\nb', 'a\n\nb', ''],
    ['a _', 'a', ''],
    ['_ b', 'b', ''],
    ['see _.', 'see.', ''],
    ['see _, and', 'see, and', ''],
    ['see _. And', 'see. And', ''],
    ['a __. b', 'a. b', ''],
    ['a _... x', 'a... x', ''],
    ['a _...x', 'a ...x', ''],
    ['see _ :)', 'see :)', ''],
    ['see _!', 'see!', ''],
    ['see _ !', 'see !', ''],
    ['see _ and. more', 'see and. more', ''],
    ['see _b. more', 'see b. more', ''],
    ['a  b', 'a b', ''],
  ])('%j becomes %j', (text, expected, listed) => {
    const removed: Removed[] = [];
    expect(closeGaps(text.replaceAll('_', gap), removed)).toBe(expected);
    expect(removed.map(({ text: brackets }) => brackets).join(' ')).toBe(listed);
    expect(removed.filter(({ reason }) => reason !== 'empty-brackets')).toEqual([]);
  });
});

describe('characters that a platform refuses', () => {
  it.each([
    ['I <3 <b', 'I ‹3 ‹b', ['<<']],
    ['a<b>c', 'a‹b›c', ['<', '>']],
    ['a|b', 'ab', ['|']],
    ['abc', 'abc', []],
  ])('%j becomes %j', (text, expected, listed) => {
    const removed: Removed[] = [];
    expect(replaceForbidden(text, '<>|', removed)).toBe(expected);
    expect(removed).toEqual(listed.map((each) => ({ text: each, reason: 'forbidden-character' })));
  });

  it('each is reported once, where it is first', () => {
    const removed: Removed[] = [
      ...['<<', '>', '<'].map((text) => ({ text, reason: 'forbidden-character' }) as const),
      { text: '#x', reason: 'other-wording' },
    ];
    const issues = refusedCharacters({ title: '😀 ‹', body: '😀😀 › ‹', hashtags: [], removed });
    expect(issues.map(({ actual, place }) => [actual, place])).toEqual([
      ['<', { part: 'title', at: 3 }],
      ['>', { part: 'body', at: 4 }],
    ]);
    const [untitled] = refusedCharacters({ title: null, body: 'a ›', hashtags: [], removed: removed.slice(1, 2) });
    expect(untitled).toEqual({
      code: 'character-refused',
      severity: 'warning',
      actual: '>',
      limit: null,
      place: { part: 'body', at: 3 },
    });
  });
});
