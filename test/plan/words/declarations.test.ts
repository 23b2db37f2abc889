import { describe, expect, it } from 'vitest';
import { declarationsOf, toDeclare } from '../../../src/plan/words/declarations.ts';
import { targets } from '../../../src/targets/index.ts';
import { lemon8 } from '../../../src/targets/lemon8.ts';
import { rednote } from '../../../src/targets/rednote/index.ts';
import { shorts } from '../../../src/targets/shorts.ts';
import { post } from '../../builders.ts';

describe('declarationsOf', () => {
  it.each<[string, object, string[]]>([
    ['nothing', {}, []],
    ['AI', { aiGenerated: true }, ['ai-generated']],
    ['a brand', { disclosure: ['Your Brand'] }, ['your-brand']],
    ['both kinds', { disclosure: ['Your Brand', 'Branded Content'] }, ['your-brand', 'branded-content']],
    [
      'words that are new to us, which are asked for',
      { disclosure: ['Something New'] },
      ['something-new', 'branded-asked'],
    ],
    ['words of another language beside known ones', { disclosure: ['Your Brand', 'Uusi'] }, ['your-brand', 'uusi']],
    ['a line that nobody here reads', { unreadDisclosure: ['Toimint: Uusi'] }, ['branded-asked']],
    ['an answer about AI that nobody here reads', { unreadDisclosure: ['AI-generated content: kukin'] }, ['ai-asked']],
    ['a library track', { sound: 'Slow Boat - Nobody' }, ['library-sound']],
    ['an own sound', { sound: 'original sound - maya' }, []],
    [
      'all',
      { aiGenerated: true, disclosure: ['Your Brand'], sound: 'Slow Boat - Nobody' },
      ['ai-generated', 'your-brand', 'library-sound'],
    ],
  ])('%s', (_odd, odd, expected) => {
    expect(declarationsOf(post(odd), ['maya'])).toEqual(expected);
  });
});

describe('toDeclare', () => {
  it('uses the words of the platform’s form', () => {
    expect(toDeclare(['ai-generated'], rednote.declarations)).toContain('choose: 笔记含AI合成内容');
    expect(toDeclare([], shorts.declarations)).toEqual(['answer: made for kids, or not']);
    expect(toDeclare([], lemon8.declarations)).toEqual(['switch off: Share to TikTok']);
  });

  it('lists each declaration once', () => {
    const both = toDeclare(['your-brand', 'branded-content'], rednote.declarations);
    expect(both.filter((each) => each === 'choose: 内容包含营销广告')).toHaveLength(1);
  });

  it.each([
    [['your-brand', 'ai-generated'], true],
    [['branded-content', 'ai-generated'], true],
    [['ai-generated', 'branded-content', 'your-brand'], true],
    [['your-brand', 'branded-content'], false],
    [['ai-generated'], false],
  ])('a form that takes one answer has one for %j: %s', (declared, isOne) => {
    const told = toDeclare(declared, rednote.declarations);
    expect(told[0]?.includes('write 含AI合成内容')).toBe(isOne);
    expect(told).toHaveLength(1 + toDeclare([], rednote.declarations).length);
  });

  it('returns no text for unknown declarations', () => {
    expect(toDeclare(['something-new', 'constructor'], shorts.declarations)).toHaveLength(1);
  });

  it.each(targets)('$name has a text for each declaration', ({ declarations }) => {
    for (const each of ['ai-generated', 'your-brand', 'branded-content', 'library-sound'])
      expect(toDeclare([each], declarations)).not.toEqual(toDeclare([], declarations));
  });
});
