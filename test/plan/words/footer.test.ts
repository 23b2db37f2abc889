import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sizeCaption } from '../../../src/plan/caption.ts';
import { count } from '../../../src/plan/counting.ts';
import { disclosuresIn } from '../../../src/plan/words/disclosures.ts';
import { captionText } from '../../../src/plan/written-caption.ts';
import { targets } from '../../../src/targets/index.ts';
import { rednote } from '../../../src/targets/rednote/index.ts';
import { reels } from '../../../src/targets/reels.ts';
import type { Target } from '../../../src/targets/target.ts';
import { post } from '../../builders.ts';

const size = ({ words }: Target, text: string, footer: string, place: string | null = null) =>
  sizeCaption(post(), { text, source: 'csv', title: null, hashtags: null }, words, place, { tags: ['brand'], footer });

describe.each(targets)('a footer on $name', (target) => {
  const { body } = target.words;
  // Of an even length, so that half-widths add up.
  const footer = 'Recipes every Sunday! 🍝 Tell me yours';

  it('is a separate paragraph after the text', () => {
    expect(size(target, 'Title\n\nWords.', footer).caption.body).toMatch(
      /\S\n\nRecipes every Sunday! 🍝 Tell me yours$/,
    );
  });

  it('the caption is the same as with a limit shortened by the footer', () => {
    const texts = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 6000 }),
      fc.constantFrom('', 'Short. #travel #fyp'),
    );
    const less = body.max.value - count(`\n\n${footer}`, body.unit);
    const narrow = { ...target, words: { ...target.words, body: { ...body, max: { ...body.max, value: less } } } };
    fc.assert(
      fc.property(texts, fc.constantFrom(null, '2/3'), (text, place) => {
        const end = place === null ? '' : ` (${place})`;
        const plain = size(narrow, text, '', place);
        const footed = size(target, text, footer, place);
        const above = place === null ? plain.caption.body : plain.caption.body.replace(/ ?\(2\/3\)$/, '');
        const own = above === '' ? '' : `${above}\n\n`;
        expect(footed.caption).toEqual({ ...plain.caption, body: own + footer + end });
        const pasted = captionText({ ...footed.caption, title: null }).trim();
        expect(count(pasted, body.unit)).toBeLessThanOrEqual(body.max.value);
      }),
      { numRuns: 200 },
    );
  });

  it('any footer is complete or left out with a reason, and the text keeps its room', () => {
    const footers = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 200 }),
      fc.string({ unit: 'grapheme', minLength: 900, maxLength: 5000 }),
      fc.constantFrom('maya@example.com', 'a <b> c', '汉字'.repeat(600), '\u202e\u0000', '  \n ', 'x'.repeat(5000)),
    );
    fc.assert(
      fc.property(footers, (written) => {
        // What discloses stays, also of a footer that is left out; random letters can spell `[ǺḊ]`.
        fc.pre(disclosuresIn(written).length === 0);
        const { caption, issues } = size(target, 'Words of the post. #travel', written);
        const left = issues.filter(({ code }) => code === 'footer-contact' || code === 'footer-too-long');
        if (left.length > 0) expect(caption.body).toBe(size(target, 'Words of the post. #travel', '').caption.body);
        expect(count(captionText({ ...caption, title: null }).trim(), body.unit)).toBeLessThanOrEqual(body.max.value);
        for (const character of target.words.forbidden?.value ?? '') expect(caption.body).not.toContain(character);
      }),
      { numRuns: 200 },
    );
  });
});

describe('a footer', () => {
  it.each<[string, Target, string, string, string, string[]]>([
    ['of a post without words', reels, '', 'Follow along', 'Follow along', ['no-words']],
    ['with contact details where they may stand', reels, 'Words', 'www.example.com', 'Words\n\nwww.example.com', []],
    ['with contact details where they are forbidden', rednote, 'Words', 'www.example.com', '', ['footer-contact']],
    ['of two lines', reels, 'Words', 'one\r\ntwo', 'Words\n\none\ntwo', []],
    ['with spaces around it', reels, 'Words', '\n  Follow \n\n', 'Words\n\nFollow', []],
  ])('%s', (_odd, target, text, footer, body, codes) => {
    const { caption, issues } = size(target, text, footer);
    expect(caption.body).toBe(body);
    expect(issues.map(({ code }) => code).filter((code) => code !== 'title-made')).toEqual(codes);
  });

  it('longer than the limit is left out, and the text keeps its room', () => {
    const { caption, issues } = size(reels, 'Words', 'f'.repeat(3000));
    expect(caption.body).toBe('Words');
    expect(issues).toEqual([
      { code: 'footer-too-long', severity: 'warning', actual: 3000, limit: reels.words.body.max.value },
    ]);
  });

  it('longer than the limit keeps what discloses', () => {
    const { caption, issues } = size(reels, 'Words', `[ad] ${'f'.repeat(3000)}`);
    expect(caption.body).toContain('[ad]');
    expect(caption.body).not.toContain('fff');
    expect(issues.map(({ code }) => code)).toContain('footer-too-long');
  });

  it('comes before hashtags', () => {
    const tags = Array.from({ length: 30 }, (_, index) => `#${'t'.repeat(200)}${index}x`).join(' ');
    const footer = 'f'.repeat(reels.words.body.max.value);
    expect(size(reels, `Words ${tags}`, footer).caption).toMatchObject({ body: footer, hashtags: [] });
  });
});
