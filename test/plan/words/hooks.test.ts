import { describe, expect, it } from 'vitest';
import { behindLabel, isDisclosureAlone, isHook } from '../../../src/plan/words/hooks.ts';

it.each([
  ['Wait for it', true],
  ['✨ wait for it!!! 😀', true],
  ['✨ Part 2', true],
  ['hi guys', true],
  ['hello everyone,', true],
  ['hi guys today', false],
  ['link in bio', true],
  ['the link in bio', true],
  ['Link ở bio', true],
  ['my link in bio today', false],
  ['12', true],
  ['123', true],
  ['12!!', true],
  ['1234', false],
  ['12 eggs', false],
  ['@maya', false],
])('%j is a hook: %s', (clause, expected) => {
  expect(isHook(clause)).toBe(expected);
});

it.each([
  ['Paid partnership with @nike', true],
  ['Anzeige', true],
  ['ad', true],
  ['my ad', false],
  ['[광고] 립', true],
  ['~ad~ my new mop', false],
  ['Paid partnership with @nike and my new mop is here', false],
  ['Paid partnership with @nike, my shoes', true],
  ['So happy, paid partnership with @nike', false],
  ['nike के साथ पेड पार्टनरशिप', true],
  ['I earn a small commission if you buy through my link', true],
  [`I earn a small commission if you buy through my link ${'and words '.repeat(9)}`, false],
  ['As an Amazon Associate I earn from qualifying purchases', true],
  ['nike के साथ पेड पार्टनरशिप दिवाली मेकअप', false],
  ['Paid partnership with @nike, extraordinarily comfortable shoes', false],
  ['含广告 新拖把非常好用吧', false],
  ['含广告 新拖把', true],
  ['no label', false],
])('%j only discloses: %s', (clause, expected) => {
  expect(isDisclosureAlone(clause)).toBe(expected);
});

describe('behindLabel', () => {
  /** `·` is where a title may begin. */
  it.each([
    'ad | ·my mop',
    'ad: ·my mop',
    'ad → ·my mop',
    'ad. ·my mop',
    'ad - ·my mop',
    'ad … ·my mop',
    'ad ✨ ·my mop',
    '(ad) ·my mop',
    '~ad~ ·my new mop',
    'AD ·my mop',
    '# ad ·my mop',
    '*gifted ·my mop',
    'ᵃᵈ ·my mop',
    '🅰🅳 ·my mop',
    '广告｜·新拖把',
    'Werbung/Anzeige - ·my car',
    'Publi natura | ·my hair',
    'ad natura.br | ·my hair',
    'ad :natura.br  | ·my hair',
    'ad: ·natura.br, my hair',
    'ad.. ·my mop',
    '(ad)·my mop',
    '·my mop | ad | x',
    '·Ad my # mop',
    '·ADs my mop',
    '·Ad my mop',
    '·ad.my mop',
    '·my mop ad',
    '·[광고] 립',
    '·no label',
  ])('%j', (written) => {
    const clause = written.replace('·', '');
    expect(clause.slice(behindLabel(clause))).toBe(written.slice(written.indexOf('·') + 1));
  });
});
