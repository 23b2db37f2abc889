import { expect, it } from 'vitest';
import { gap } from '../../../src/plan/words/gaps.ts';
import { contactGap, withoutLabels } from '../../../src/plan/words/labels.ts';
import type { Removed } from '../../../src/plan/words/removed.ts';

/** `_` stands for a contact, `~` for a sentence that was removed as a whole. */
it.each<[string, string, string]>([
  // A clause that only points
  ['shop: _', '_', 'shop:'],
  ['Shop here: _ 😀', '_😀', 'Shop here:'],
  ['book now at _', '_', 'book now at'],
  ['see 👉 _', '_', 'see 👉'],
  ['see _?', '_?', 'see'],
  ['Order 📩: _', '_', 'Order 📩:'],
  ['_ 👈 here', '_', '👈 here'],
  ['_ or _', '_', 'or'],
  ['1. shop _', '_', '1. shop'],
  ['1 shop _', '_', '1 shop'],
  ['小店：_', '_', '小店：'],
  ['a 5 km run: _', '_', 'a 5 km run:'],
  ['Recipes: _ here', '_', 'Recipes: here'],
  ['Recipes: _ for cats', '_ for cats', 'Recipes:'],
  // A label on the line above
  ['Recipes 👇\n_', 'Recipes  _', '👇'],
  ['Recipes:\n  _\nmore', '_\nmore', 'Recipes:'],
  ['a\n_', 'a\n_', ''],
  // Long labels stay.
  ['one two three four: _', '_', 'one two three four:'],
  ['one two three four five: _', 'one two three four five _', ':'],
  ['extraordinarily longer recipes: _', '_', 'extraordinarily longer recipes:'],
  ['extraordinarily longer receipts: _', 'extraordinarily longer receipts _', ':'],
  ['我的非常好的小店在这: _', '_', '我的非常好的小店在这:'],
  ['我的非常好的小店在这里: _', '我的非常好的小店在这里 _', ':'],
  ['a: b: _', 'a: _', 'b:'],
  // Clauses that say more
  ['I found it at _ today', 'I found it  _ today', 'at'],
  ['12 eggs at _', '12 eggs  _', 'at'],
  ['123 _', '123  _', ''],
  ['hello _ world', 'hello  _ world', ''],
  ['x _: y', 'x  _: y', ''],
  ['find me on _ and bake', 'find me  _ and bake', 'on'],
  ['_ and _ one', '_   _ one', 'and'],
  ['shop _ 👇 x', 'shop  _  x', '👇'],
  ['one 👉 shop _ 👉', 'one 👉 shop  _ ', '👉'],
  // Sentences
  ['I baked. Order at _. Then ate', 'I baked.~ Then ate', 'Order at.'],
  ['I baked! Order at _! Then ate', 'I baked!~ Then ate', 'Order at!'],
  ['order at _。好', '~好', 'order at。'],
  ['I baked. Order at _', 'I baked._', 'Order at'],
  ['hello (shop _) world', 'hello (_) world', 'shop'],
  ['see v1.5 at _', 'see v1.5  _', 'at'],
  // Separators
  ['one | _', 'one_', '|'],
  ['one | _ | two', 'one |_ two', '|'],
  ['one | two: _ | three', 'one |_ three', 'two: |'],
  ['one, shop: _', 'one_', 'shop: ,'],
  ['one – shop _', 'one_', 'shop –'],
  ['a | b | _', 'a | b_', '|'],
  ['order — _ — or call', 'order —_ or call', '—'],
  ['_, and more', '_ and more', ','],
  ['a ; shop: _ ;', 'a _', 'shop:; ;'],
  ['one. two | _', 'one. two_', '|'],
  ['one. | _', 'one._', '|'],
  ['more | 😀 | _', 'more | 😀_', '|'],
  ['one | 😀 _', 'one | 😀_', ''],
  ['shop: _ | one |', '_ one |', 'shop: |'],
  ['hello _ world |', 'hello  _ world |', ''],
  ['1 one, shop: _', '1 one_', 'shop: ,'],
  ['shop 2 _', 'shop 2  _', ''],
  ['see maya.b. Order at _', 'see maya.b._', 'Order at'],
  ['cats at _ and dogs', 'cats  _ and dogs', 'at'],
  ['order at _ and dogs eat', 'order  _ and dogs eat', 'at'],
  ['at _ and dogs eat', '_  dogs eat', 'at and'],
  ['one · | _', 'one _', '| ·'],
  ['no a: b\nshop: c', 'no a: b\nshop: c', ''],
])('%j becomes %j', (text, expected, listed) => {
  const removed: Removed[] = [];
  const told = withoutLabels(text.replaceAll('_', contactGap), removed);
  expect(told.replaceAll(contactGap, '_').replaceAll(gap, '~')).toBe(expected);
  expect(removed.map(({ text: label }) => label).join(' ')).toBe(listed);
  expect(removed.filter(({ reason }) => reason !== 'contact-label')).toEqual([]);
});
