import { describe, expect, it } from 'vitest';
import { isDomain, isTopLevel, otherScripts } from '../../../src/plan/words/domains.ts';
import { parseWords } from '../../../src/plan/words/parse.ts';

describe('isDomain', () => {
  it.each<[boolean, string, string, string]>([
    // The end
    [true, '', 'brotzeit-kiez.berlin', ' is open'],
    [true, '', 'maya.com', ' is open'],
    [true, '', 'MAYA.COM', ' is open'],
    [true, '', 'maya.com?page=1', ''],
    [true, '', 'maya.com#menu', ''],
    [true, '', 'maya.com/menu.pdf', ''],
    [false, '', 'node.js', ''],
    [false, '', 'readme.txt/com', ''],
    [true, '', 'maya.xn--p1ai', ''],
    [false, '', 'maya.axn--p1ai', ''],
    [false, '', 'maya.xn--p1ai_', ''],
    [false, '', 'maya.xn--', ''],
    // A name has letters, none of its parts is empty or begins or ends with a hyphen.
    [false, '', '12.de', ''],
    [true, '', '12.de/menu', ''],
    [false, '', '12.de/', ''],
    [false, '', '12.de/?', ''],
    [false, '', '12.de?a=/menu', ''],
    [true, '', '1a.de', ''],
    [false, '', 'de', ''],
    [false, '', 'maya..de', ''],
    [false, '', '.maya.de', ''],
    [false, '', '-maya.de', ''],
    [false, '', 'maya-.de', ''],
    [true, '', 'ma-ya.de', ''],
    // Short words, which begin a sentence where a space is missing
    [false, 'I love ', 'maya.it', ''],
    [false, 'I love ', 'maya.it', ' so much'],
    [true, 'I love ', 'maya.it/menu', ''],
    [true, 'I love ', 'küche.at/rezepte', ' so'],
    [true, 'I love ', 'ma-ya.it', ''],
    [true, 'I love ', 'maya2.it', ''],
    [true, 'I love ', 'shop.maya.it', ''],
    [false, 'I love ', 'a.b.it', ''],
    [false, 'visit ', 'a.it', ''],
    [true, 'visit ', 'ab.it', ''],
    [true, '', 'a.it/menu', ''],
    [true, '', 'a.com', ''],
    [false, 'visit ', 'main.py', ''],
    [true, 'visit ', 'main.py/menu', ''],
    [true, 'visit ', 'maya.copy.it', ''],
    [true, 'visit ', 'main.ps.it', ''],
    [false, 'visit ', 'a-b.md', ''],
    // Everyday words, where a sentence goes on
    [true, 'I love ', 'maya.coffee', ''],
    [true, 'I love ', 'maya.coffee', ', really'],
    [false, 'I love ', 'maya.coffee', ' is good'],
    [false, 'I love ', 'maya.coffee', '3'],
    [true, 'I love ', 'maya.coffee', '\nis good'],
    [true, 'visit ', 'maya.coffee', ' is good'],
    [false, '', 'x.coffee', ''],
    // Those that are more often domains
    [true, 'I love ', 'maya.shop', ' is good'],
  ])('%s: %j %j %j', (expected, before, link, after) => {
    expect(isDomain(link, before, after)).toBe(expected);
  });

  it.each<[boolean, string]>([
    ...['shop: ', 'shop：', '👉 ', '🌐', '💻\uFE0F ', '(', '“', 'at ', 'on  ', 'Website ', '"', 'AUF ', 'https '].map(
      (before): [boolean, string] => [true, before],
    ),
    ...['cat ', 'revisit ', 'at home ', 'at   ', 'at\n', 'shop; ', '👉 to '].map((before): [boolean, string] => [
      false,
      before,
    ]),
  ])('%s: a short word behind %j', (expected, before) => {
    expect(isDomain('maya.it', before, '')).toBe(expected);
  });
});

it.each([
  ['com', true],
  ['COM', true],
  ['js', false],
  ['', false],
])('top-level domain %j: %s', (label, expected) => {
  expect(isTopLevel(label)).toBe(expected);
});

it('finds each domain of another script to its end', () => {
  for (const top of otherScripts) {
    const [first, ...others] = parseWords(`例え.${top} !`).filter(({ kind }) => kind !== 'text');
    expect([first?.kind, first?.text, others]).toEqual(['link', `例え.${top}`, []]);
  }
});
