import { describe, expect, it } from 'vitest';
import { plainWords } from '../../../src/plan/words/plain.ts';
import type { Removed } from '../../../src/plan/words/removed.ts';
import type { ContactKind } from '../../../src/targets/target.ts';

const read = (text: string, ownNetworks: string[] = [], forbidden: ContactKind[] = []) => {
  const removed: Removed[] = [];
  const words = plainWords(text, { forbidden, ownNetworks }, removed);
  return { words, told: [words.text, ...removed.map((each) => `${each.reason} ${each.text}`)] };
};

describe('a handle that stays', () => {
  it.each<[string, string[], string[]]>([
    ['IG: @maya', ['ig', 'insta'], ['IG: @maya']],
    ['my insta is @maya', ['ig', 'insta'], ['my insta is @maya']],
    ['@maya on Instagram', ['instagram'], ['@maya on Instagram']],
    ['@maya on Instagram', ['youtube'], ['maya on Instagram', 'mention @maya']],
    ['@instagram on Twitch', ['instagram'], ['instagram on Twitch', 'mention @instagram']],
    ['IG: ＠maya', [], ['IG: maya', 'mention ＠maya']],
    ['insta: maya.b', [], ['insta: maya.b']],
    ['Telegram: @maya_t', [], ['Telegram: maya_t', 'mention @maya_t']],
    ['maya@example.com', [], ['maya@example.com']],
    ['maya @ gmail.com', [], ['maya @ gmail.com']],
  ])('%s, where %j is the platform’s own', (text, own, expected) => {
    expect(read(text, own).told).toEqual(expected);
  });

  it('is read anew for each platform', () => {
    const text = 'Look at IG: @maya and @ana today';
    expect(read(text, ['ig']).told).toEqual(['Look at IG: @maya and ana today', 'mention @ana']);
    expect(read(text, ['yt']).told).toEqual(['Look at IG: maya and ana today', 'mention @maya', 'mention @ana']);
    expect(read(text, ['ig'], ['handle']).told).toContain('handle IG: @maya');
    expect(read(text, ['ig']).told).toEqual(['Look at IG: @maya and ana today', 'mention @ana']);
  });
});

describe('what TikTok itself writes', () => {
  it.each<[string, string[]]>([
    ['#stitch with @ana so good', ['so good', 'platform-tag #stitch with @ana']],
    ['Replying to @ana my answer', ['my answer', 'platform-tag Replying to @ana']],
    ['One\n  Replying to @ana my answer', ['One\nmy answer', 'platform-tag Replying to @ana']],
  ])('%j', (text, expected) => {
    expect(read(text).told).toEqual(expected);
  });
});

describe('signs between and behind hashtags', () => {
  it.each<[string, string[]]>([
    ['#one | #two', ['', 'hashtag-separator |']],
    ['A view #one · #two', ['A view', 'hashtag-separator ·']],
    ['#one  #two', ['']],
    ['###one', ['', 'hashtag-separator #', 'hashtag-separator #']],
    ['we saw #Rome, #Oslo today', ['we saw Rome, Oslo today']],
    ['@maya | #one #two', ['maya |', 'mention @maya']],
    ['#one and then, my mop', ['one and then, my mop']],
    ['#one #two | my mop', ['my mop', 'hashtag-separator |']],
    ['#one | #two | my mop', ['my mop', 'hashtag-separator |', 'hashtag-separator |']],
    ['my view of\n  #one #two | my mop', ['my view of\nmy mop', 'hashtag-separator |']],
    ['| my mop', ['| my mop']],
    ['text | my mop', ['text | my mop']],
  ])('%j', (text, expected) => {
    expect(read(text).told).toEqual(expected);
  });
});

it('nothing is read of nothing', () => {
  expect(read('').words).toEqual({ text: '', hashtags: [], inSentences: [], torn: [] });
});

it.each<[string, ContactKind[], string[]]>([
  ['Order WA 081234567890 ya kak 🍰 brownies', ['phone'], ['Order ya kak 🍰']],
  ['Order WA 081234567890 ya kak 🍰 brownies', [], ['Order WA 081234567890 ya kak 🍰']],
  ['My mop', ['link'], []],
])('clauses that a contact was taken out of, or that hold one: %j without %j', (text, forbidden, expected) => {
  expect(read(text, [], forbidden).words.torn.map((each) => each.text)).toEqual(expected);
});
