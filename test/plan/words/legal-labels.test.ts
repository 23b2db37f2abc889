import { describe, expect, it } from 'vitest';
import { disclosuresIn } from '../../../src/plan/words/disclosures.ts';
import { labelledLanguages, legalLabel } from '../../../src/plan/words/legal-labels.ts';

describe.each(labelledLanguages)('the legal labels of %s', (language) => {
  it.each(['paid', 'ai'] as const)('%s in brackets is recognised as a disclosure', (kind) => {
    const label = legalLabel(kind, language);
    expect(disclosuresIn(`[${label}] Lisboa`).map((each) => each.kind)).toContain(kind);
  });
});

it.each([
  ['zh-TW', '廣告'],
  ['zh-Hant', '廣告'],
  ['ZH-hk', '廣告'],
  ['zh-MO', '廣告'],
  ['zh', '广告'],
  ['zh-CN', '广告'],
  ['zh-Hans', '广告'],
  ['pt-BR', 'Publicidade'],
  ['sw', null],
])('a tag with a region or script, %s, gets the label of its language', (language, label) => {
  expect(legalLabel('paid', language)).toBe(label);
});

it.each([
  ['zh', 'AI生成'],
  ['de-AT', 'Mit KI erstellt'],
  ['el', 'AI-generated'],
  ['sw', null],
])('the label of AI in %s is %s, in English where none is common', (language, label) => {
  expect(legalLabel('ai', language)).toBe(label);
});
