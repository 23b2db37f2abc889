import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Caption } from '../../../src/model/caption.ts';
import { sizeCaption } from '../../../src/plan/caption.ts';
import { count } from '../../../src/plan/counting.ts';
import { disclosedBy } from '../../../src/plan/words/caption-disclosures.ts';
import { declarationsOf, toDeclare } from '../../../src/plan/words/declarations.ts';
import { captionText } from '../../../src/plan/written-caption.ts';
import { targets } from '../../../src/targets/index.ts';
import type { Target, Words } from '../../../src/targets/target.ts';
import { post } from '../../builders.ts';

/**
 * The law of disclosures: whatever the caption, the limits and the platform, a word or hashtag that says that a post is
 * paid for or made by AI comes out in title, body or hashtags, in front of the fold, and brings the platform's own
 * declaration.
 */
const paidTags = [
  'ad',
  'AD',
  'sponsored',
  'paidpartnership',
  'gifted',
  'werbung',
  'anzeige',
  'publi',
  '광고',
  '협찬',
  '提供',
  '广告',
  'إعلان',
  'реклама',
  'işbirliği',
  'tarnwickpartner',
  '𝓪𝓭',
  'аd',
  'ᵃᵈ',
  'реклaма',
];
/** Words that disclose by what stands around them, at the start of a line or its end; and hashtags that are none. */
const paidLabels = [
  '~ad~',
  '(ad)',
  '[AD]',
  '{ad}',
  '*ad*',
  '•ad•',
  '_ad_',
  '-ad-',
  '✨ad✨',
  '✦ ad ✦',
  '#🅰🅳',
  '#🅰️🅳️',
  '#ⓐⓓ',
  '#a.d',
  '# ad',
  '~Werbung~',
  '•광고•',
];
const labelsAtStart = ['ad |', 'Ad:', 'AD //', '🅰🅳 |', '*ad', '.ad', 'Anzeige |', 'ad →'];
const labelsAtEnd = ['| ad', '- ad', '/ad', '💕 ad', '. Ad'];
/** `~ad~` without its frame. */
const bareLabel = (label: string) => label.replace(/^[^\p{L}\p{N}🅰ⓐ]+|[^\p{L}\p{N}🅳ⓓ]+$/gu, '').normalize('NFKC');
const paidSayings = [
  'Paid partnership with @maya',
  'Eligible for commission',
  'Colaboración pagada con @maya',
  'collaboration commerciale avec @maya',
  'Gesponsert von @maya',
  '유료광고 포함',
  '本视频由品牌赞助',
  'На правах рекламы',
  'Kerja sama berbayar',
];
const aiTags = ['aigenerated', 'AIart', 'midjourney', 'нейросеть'];
const aiSayings = ['made with AI', 'generado con IA', 'mit KI erstellt', 'сделано нейросетью'];
const declared: Readonly<Record<'paid' | 'ai', Readonly<Record<string, RegExp>>>> = {
  paid: { rednote: /营销广告/, lemon8: /paid/, shorts: /paid promotion/, reels: /Paid partnership/ },
  ai: { rednote: /AI/, lemon8: /AI/, shorts: /altered content/, reels: /AI label/ },
};

const filler = fc.constantFrom(
  ...[
    'A morning at sea',
    'Wow!',
    'wait for it…',
    'my first',
    'and',
    '汉字很好。',
    'สวัสดีครับ',
    'صباح الخير',
    '😀',
    '🔥🔥🔥',
    '(',
    'x.com',
    'shop: https://a.com',
    '@ana',
  ],
  ...[
    '#travel',
    '#fyp',
    '#turkey',
    '#ootd',
    '#viral',
    '#sea #sun #sand',
    '#booktok',
    'x'.repeat(80),
    'word '.repeat(60),
    'Part 2 on my page!!',
  ],
);
const glue = fc.constantFrom(' ', ' ', '\n', '\n\n');
const disclosure = fc.oneof(
  fc.constantFrom(...paidTags).map((tag) => ({ kind: 'paid' as const, tag: true, written: `#${tag}`, sought: tag })),
  fc.constantFrom(...aiTags).map((tag) => ({ kind: 'ai' as const, tag: true, written: `#${tag}`, sought: tag })),
  fc
    .constantFrom(...paidSayings)
    .map((said) => ({ kind: 'paid' as const, tag: false, written: `${said}.`, sought: said })),
  fc.constantFrom(...aiSayings).map((said) => ({ kind: 'ai' as const, tag: false, written: `${said}.`, sought: said })),
  fc
    .constantFrom(
      ...[...paidLabels, ...labelsAtStart].map((label) => [label, `${label} my new mop`] as const),
      ...[...paidLabels, ...labelsAtEnd].map((label) => [label, `my new mop ${label}`] as const),
    )
    .map(([label, written]) => ({ kind: 'paid' as const, tag: false, written, sought: bareLabel(label) })),
);
const stretch = fc
  .array(fc.tuple(filler, glue), { maxLength: 30 })
  .map((all) => all.map((each) => each.join('')).join(''));
const captions = fc.record({
  parts: fc.array(fc.tuple(stretch, disclosure), { minLength: 1, maxLength: 4 }),
  end: stretch,
  title: fc.option(fc.constantFrom('A title', 'A long title of a photo post that goes on and on and on'), { freq: 3 }),
  hashtags: fc.option(fc.array(fc.constantFrom('travel', 'sea', 'one', 'two', 'three', 'four'), { maxLength: 6 }), {
    freq: 4,
  }),
  /** How many hashtags the platform takes, and how long its body may be. */
  maxHashtags: fc.integer({ min: 1, max: 12 }),
  room: fc.integer({ min: 400, max: 3000 }),
});

/** Of two that are the same word in other signs (`ad`, `🅰🅳`), one is enough. */
const folded = (text: string) =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[🅰а]\uFE0F?/gu, 'a')
    .replace(/🅳\uFE0F?/gu, 'd')
    .replace(/i\u0307/g, 'i')
    .replace(/[\s@＠]+/g, '');

function limited({ words }: Target, maxHashtags: number, room: number): Words {
  return {
    ...words,
    maxHashtags: { ...words.maxHashtags, value: maxHashtags },
    body: { ...words.body, max: { ...words.body.max, value: room } },
  };
}

describe.each(targets)('a disclosure in the caption is kept on $name', (target) => {
  it('complete, at the start, first among the hashtags, and declared', () => {
    fc.assert(
      fc.property(captions, ({ parts, end, title, hashtags, maxHashtags, room }) => {
        const text = `${parts.map(([before, { written }]) => `${before} \n${written}\n`).join('')}${end}`;
        const caption: Caption = { text, title, hashtags, source: 'csv' };
        const rules = limited(target, maxHashtags, room);
        const { caption: sized } = sizeCaption(post(), caption, rules, null);
        const pasted = captionText(sized);
        const all = folded(pasted);
        for (const [, { kind, tag, sought }] of parts) {
          const isThere = tag
            ? sized.hashtags.some((each) => folded(each) === folded(sought)) || all.includes(folded(sought))
            : all.includes(folded(sought));
          expect(isThere, `${sought} in ${pasted}`).toBe(true);
          const told = toDeclare(declarationsOf(post(), [], disclosedBy(caption, [], '')), target.declarations);
          expect(told.join('\n')).toMatch(declared[kind][target.name] ?? /./);
          // What is seen without a tap has one of its kind.
          const seen = folded(
            `${sized.title ?? ''}\n${captionText({ ...sized, title: null }).slice(0, (rules.fold?.value ?? 125) + 60)}`,
          );
          const labels = [...paidLabels, ...labelsAtStart, ...labelsAtEnd].map(bareLabel);
          const ofKind = kind === 'paid' ? [...paidTags, ...paidSayings, ...labels] : [...aiTags, ...aiSayings];
          expect(
            ofKind.some((each) => seen.includes(folded(each))),
            `${kind} at first sight of ${pasted}`,
          ).toBe(true);
        }
        const places = sized.hashtags.map((each) =>
          [...paidTags, ...aiTags].some((known) => folded(known) === folded(each)),
        );
        expect(
          places.indexOf(false) === -1 || !places.slice(places.indexOf(false)).includes(true),
          sized.hashtags.join(' '),
        ).toBe(true);
        expect(sized.hashtags.length).toBeLessThanOrEqual(maxHashtags);
        expect(count(captionText({ ...sized, title: null }).trim(), rules.body.unit)).toBeLessThanOrEqual(room);
      }),
      { numRuns: 150 },
    );
  });
});
