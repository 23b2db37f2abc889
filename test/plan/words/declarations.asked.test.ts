import { expect, it } from 'vitest';
import { declarationsOf } from '../../../src/plan/words/declarations.ts';
import type { Disclosed } from '../../../src/plan/words/disclosures.ts';
import { post } from '../../builders.ts';

it.each<[string, Parameters<typeof post>[0], Disclosed[], string[]]>([
  ['words that disclose', {}, ['paid', 'ai'], ['branded-content', 'ai-generated']],
  ['words that ask', {}, ['asked-paid', 'asked-ai'], ['branded-asked', 'ai-asked']],
  ['a question that TikTok answers', { aiGenerated: true }, ['asked-ai'], ['ai-generated']],
  ['a question that words answer', {}, ['asked-paid', 'paid'], ['branded-content']],
  ['TikTok’s words, with more spaces', { disclosure: [' Branded  Content '] }, [], ['branded-content']],
  ['own brand', { disclosure: ['Your Brand'] }, ['asked-paid'], ['your-brand']],
  ['other words of TikTok', { disclosure: ['Neues Wort'] }, [], ['neues-wort', 'branded-asked']],
  ['a line nobody can read', { unreadDisclosure: ['Werbung: vielleicht'] }, [], ['branded-asked']],
  ['one about AI', { unreadDisclosure: ['AI-generated content: vielleicht'] }, [], ['ai-asked']],
  ['one that names AI', { unreadDisclosure: ['No AI-generated content: x'] }, [], ['branded-asked']],
])('%s', (_odd, odd, disclosed, expected) => {
  expect(declarationsOf(post(odd), ['maya'], disclosed)).toEqual(expected);
});
