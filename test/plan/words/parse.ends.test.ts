import { describe, expect, it } from 'vitest';
import { parseWords } from '../../../src/plan/words/parse.ts';

const found = (text: string) =>
  parseWords(text)
    .filter(({ kind }) => kind !== 'text')
    .map(({ kind, text: said }) => `${kind} ${said}`);

describe('the end of a link is not the punctuation of its sentence', () => {
  it.each([
    ['see https://a.com/b.', 'https://a.com/b'],
    ['see https://a.com/b?!…', 'https://a.com/b'],
    ['see https://a.com/b?!,;:', 'https://a.com/b'],
    ["see *https://a.com/b*, ~https://a.com/b~ or 'https://a.com/b'", 'https://a.com/b'],
    ['(see https://a.com/b)', 'https://a.com/b'],
    ['(see https://a.com/(b))', 'https://a.com/(b)'],
    ['see https://a.com/(b).', 'https://a.com/(b)'],
    ['see https://a.com/(b)c).', 'https://a.com/(b)c'],
    ['[see https://a.com/b]', 'https://a.com/b'],
    ['https://a.com/b|so', 'https://a.com/b|so'],
    ['https://a.com/b\u0301 so', 'https://a.com/b\u0301'],
  ])('%j: %s', (text, link) => {
    expect(new Set(found(text))).toEqual(new Set([`link ${link}`]));
  });
});

describe('the end of a name', () => {
  it.each<[string, string[]]>([
    ['with @maya...', ['mention @maya']],
    ['with @maya.b.', ['mention @maya.b']],
    ['IG: @maya.', ['handle IG: @maya']],
    ['微信: maya123.', ['messenger 微信: maya123']],
    ['#stitch with @ana.', ['stitch #stitch with @ana']],
    ['#Duet  with @ana', ['stitch #Duet  with @ana']],
    ['#duets with @ana', ['hashtag #duets', 'mention @ana']],
    ['#tag\u200d so', ['hashtag #tag\u200d']],
    ['#tag.', ['hashtag #tag']],
  ])('%j', (text, expected) => {
    expect(found(text)).toEqual(expected);
  });
});

describe('an answer to a comment, as TikTok begins it', () => {
  it.each<[string, string[]]>([
    ['Replying to @ana my view', ['reply Replying to @ana']],
    ['replying to: @ana', ['reply replying to: @ana']],
    ['A view\n Antwort auf @ana.b.', ['reply  Antwort auf @ana.b']],
    ['回复@ana 好的', ['reply 回复@ana']],
    ['@ana님에게 답글 네', ['reply @ana님에게 답글']],
    ['@ana さんへの返信', ['reply @ana さんへの返信']],
    ['so Replying to @ana', ['mention @ana']],
    ['Replying to ana', []],
  ])('%j', (text, expected) => {
    expect(found(text)).toEqual(expected);
  });
});

describe('an `ad` that is spelled around filters is no hashtag `#a`', () => {
  it.each<[string, string[]]>([
    ['#a.d', []],
    ['＃A·D my mop', []],
    ['#a•d', []],
    ['#a*d', []],
    ['#a-d!', []],
    ['#a🅳 my mop', []],
    ['#aⒹ', []],
    ['#a.dog', ['hashtag #a']],
    ['#a.d1', ['hashtag #a']],
    ['#a d', ['hashtag #a']],
    ['#ab.d', ['hashtag #ab']],
    ['#a.b', ['hashtag #a']],
  ])('%j', (text, expected) => {
    expect(found(text)).toEqual(expected);
  });
});

describe('what looks like a domain', () => {
  it.each<[string, string[]]>([
    ['the end.De Lisboa', []],
    ['The end.Next#travel', ['hashtag #travel']],
    ['the end.de/x lisboa', ['link end.de/x']],
    ['see maya (dot) com now', ['link maya (dot) com']],
    ['see maya dot com now', ['link maya dot com']],
    ['file.txt#travel and maya.com', ['hashtag #travel', 'link maya.com']],
    ['see 例え.jp now', ['link 例え.jp']],
    ['see кто.рф now', ['link кто.рф']],
  ])('%j', (text, expected) => {
    expect(found(text)).toEqual(expected);
  });
});

it('the name of a hashtag or mention is without its sign', () => {
  expect(parseWords('##one ＃two @maya ＠ana')).toEqual([
    { kind: 'hashtag', text: '##one', name: 'one' },
    { kind: 'text', text: ' ' },
    { kind: 'hashtag', text: '＃two', name: 'two' },
    { kind: 'text', text: ' ' },
    { kind: 'mention', text: '@maya', name: 'maya' },
    { kind: 'text', text: ' ' },
    { kind: 'mention', text: '＠ana', name: 'ana' },
  ]);
  expect([parseWords(''), parseWords('A view'), parseWords('at 9')]).toEqual([
    [],
    [{ kind: 'text', text: 'A view' }],
    [{ kind: 'text', text: 'at 9' }],
  ]);
});
