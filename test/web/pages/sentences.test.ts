import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Issue, IssueCode } from '../../../src/model/issue.ts';
import { issueSentence } from '../../../src/report/issue-sentences.ts';
import { targets } from '../../../src/targets/index.ts';
import { en, type Sentences } from '../../../src/web/pages/studio/sentences/en.ts';
import { es } from '../../../src/web/pages/studio/sentences/es.ts';
import { programText as inSpanish } from '../../../src/web/pages/studio/sentences/program-text-es.ts';
import { programText as inChinese } from '../../../src/web/pages/studio/sentences/program-text-zh.ts';
import { zh } from '../../../src/web/pages/studio/sentences/zh.ts';
import { carried } from '../../report/carried.ts';

const codes = Object.keys(carried) as IssueCode[];
const others = [
  ['zh', zh],
  ['es', es],
] as const;
const facts = (code: IssueCode, more: Partial<Issue> = {}): Issue => ({
  ...{ code, severity: 'error', actual: carried[code][0], limit: carried[code][1] },
  ...more,
});
const say = (issue: Issue, { issues }: Pick<Sentences, 'issues'>) => issueSentence(issue, issues);

/** Words that stand in nearly every English sentence, and in no Spanish or Chinese one. */
const english = /\b(?:the|and|its|is|of|with|for|was|are|it|this|that|post|posts|held|wanted|limit|than|left|out)\b/i;
/** Values that are shown as they came, and names that other languages take over. */
const asTheyCame: readonly RegExp[] = [
  /“[^”]*”|\([^()]*\)|（[^（）]*）|--[a-z-]+|@\w+/g,
  /\b(?:port doctor|post\.json|the engine answered 503|Lemon8|in FLV|Main, High|original sound)\b/g,
];
const bare = (text: string) => asTheyCame.reduce((rest, each) => rest.replace(each, ''), text);

describe.each(others)('issues in %s', (name, sentences) => {
  it.each(codes)('%s: a sentence without a word of English', (code) => {
    const sentence = say(facts(code), sentences);
    expect(sentence).toMatch(
      name === 'zh' ? /\p{Script=Han}.*[。？”]$|^未从|可能不被/su : /^[¿“\p{L}\d@].*[.?”]$|^No se tomó de/su,
    );
    expect(sentence).not.toMatch(/undefined|null|NaN|\[object|\(\)|（）| {2}/);
    expect(sentence).not.toBe(say(facts(code), en));
    expect(bare(sentence)).not.toMatch(english);
  });

  it.each(codes)('%s: what English says of it is there too', (code) => {
    const marks = [
      { actual: '⟦A⟧', limit: '⟦L⟧' },
      { actual: 4242, limit: 17 },
      { actual: 17, limit: 4242 },
      { actual: '⟦A⟧', limit: null },
      { actual: null, limit: '⟦L⟧' },
    ];
    const places = [{}, { place: { part: 'title', at: 77 } }, { place: { part: 'hashtag', at: 77 } }] as const;
    for (const mark of marks)
      for (const place of places) {
        const issue = facts(code, { ...mark, ...place });
        const told = say(issue, en).match(/⟦[AL]⟧|\b(?:4242|4225|77)\b/g) ?? [];
        const own = say(issue, sentences);
        for (const each of told) expect(own).toContain(each);
      }
  });

  it.each(codes)('%s: never “undefined”, though nothing is carried', (code) => {
    expect(say(facts(code, { actual: null, limit: null }), sentences)).not.toMatch(/undefined|null/);
  });

  it('no two codes say the same', () => {
    expect(new Set(codes.map((code) => say(facts(code), sentences))).size).toBe(codes.length);
  });

  it('every declaration of every platform', () => {
    const told = targets.flatMap(({ declarations: { when, always, paidAndAi } }) => [
      ...Object.values(when).flat(),
      ...Object.values(always),
      ...(paidAndAi ? [paidAndAi] : []),
    ]);
    for (const { value } of told) {
      const own = sentences.programText(value);
      expect(own, value).not.toBe(value);
      expect(bare(own), value).not.toMatch(/\b(?:choose|say|your|made|brand|then|check|music)\b/i);
      // The words of the form itself are to be found there.
      for (const label of value.match(/\p{Script=Han}[\p{Script=Han}AI]*|(?<=: )[A-Z][A-Za-z ]*\w/gu) ?? [])
        expect(own).toContain(label);
    }
  });
});

describe('issues in English', () => {
  it.each(codes)('%s: what to do is named as on the page, not as an option of the command line', (code) => {
    const sentence = say(facts(code), en);
    expect(sentence.replace(/(?:[Ss]tart|was started)[^.]*/g, '')).not.toMatch(
      /--(?:include|media|fit|sound|photos|jobs|out|allow-host|offline)\b/,
    );
  });
});

describe('what the server says', () => {
  const folder = join(import.meta.dirname, '../../../src/web/studio');
  const files = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'));
  /** Sentences of refusals, made-up values in the place of others. */
  const refusals = files
    .flatMap((text) => [...text.matchAll(/(?:RefusedError|refusal)\((?:context, )?\s*(['`])([A-Z][^\n]*?)\1[,)]/g)])
    .map(([, , text = '']) =>
      text
        .replace(/\$\{(?:error\.code)\}/g, 'EIO')
        .replace(/\$\{max\w+\}/g, '300')
        .replace(/\$\{[^}]*\}/g, 'x'),
    );

  it.each([...new Set(refusals)])('“%s” is known in all languages', (text) => {
    expect(inChinese(text)).toMatch(/\p{Script=Han}.*。$/u);
    expect(inSpanish(text)).not.toBe(text);
    expect(bare(inSpanish(text))).not.toMatch(english);
  });

  it.each([
    'captions.csv cannot be written: close it where it is open, in a spreadsheet for example.',
    'It has 4.2 GB, and only 900 MB are free where port keeps it meanwhile. Make room, or name the file when you start: port studio <file>.',
    'The time was not saved: that is no date and time: write it as 2026-12-31 18:00.',
    'Wait a moment: the posts are being looked at.',
    '"a.zip" is named .zip but is none: the download may have failed. Download it again.',
  ])('“%s” is known too', (text) => {
    expect(inChinese(text)).toMatch(/\p{Script=Han}.*。$/u);
    expect(inSpanish(text)).not.toBe(text);
    expect(bare(inSpanish(text))).not.toMatch(english);
  });

  it('they are found', () => expect(refusals.length).toBeGreaterThan(20));
});

describe('reasons inside sentences', () => {
  it.each([
    ['2 files (a.mp4, b.mp4)', '2 个文件（a.mp4, b.mp4）', '2 archivos (a.mp4, b.mp4)'],
    ['a.mp4: it is empty', 'a.mp4: it is empty', 'a.mp4: it is empty'],
    ['row 7 of Posts: it has no date', 'Posts 第 7 行：没有日期', 'fila 7 de Posts: no tiene fecha'],
    [
      'planned of a on RedNote (Xiaohongshu), posted of b on YouTube Shorts',
      'a 在 RedNote (Xiaohongshu) 的计划时间、b 在 YouTube Shorts 的发布标记',
      'lo previsto de a en RedNote (Xiaohongshu), lo publicado de b en YouTube Shorts',
    ],
    ['It lasts 75 s; the limit is 60 s.', '它长 75 秒；上限是 60 秒。', 'Dura 75 s; el límite es 60 s.'],
    ['Did you mean “crop”?', '是指“crop”吗？', '¿Quisiste decir “crop”?'],
    ['something of another version', 'something of another version', 'something of another version'],
  ])('%s', (reason, chinese, spanish) => {
    expect([inChinese(reason), inSpanish(reason)]).toEqual([chinese, spanish]);
  });
});

describe('the sentences of the page', () => {
  /** All sentences, with made-up values in those that take some. */
  const all = (value: unknown): string[] => {
    if (typeof value === 'string') return [value];
    if (typeof value === 'function')
      return [1, 2, 5].map((count) => String((value as (...given: unknown[]) => unknown)(count, count, count)));
    return typeof value === 'object' && value !== null ? Object.values(value).flatMap(all) : [];
  };
  const own = ({ issues: _, programText: __, leftOut: ___, ...sentences }: Sentences) => all(sentences);

  it('in Chinese have no punctuation of half width at Chinese letters', () => {
    const chinese = [...own(zh), ...codes.map((code) => say(facts(code), zh))];
    const wrong = chinese.filter((each) =>
      /\p{Script=Han}\s*[,;:?!]|[,;?!]\s*\p{Script=Han}|[(].*\p{Script=Han}.*[)]|\.\s*\p{Script=Han}|\p{Script=Han}\.(?:\s|$)/u.test(
        each,
      ),
    );
    expect(wrong).toEqual([]);
  });

  it.each(others)('in %s have no word of English', (_name, sentences) => {
    expect(own(sentences).filter((each) => english.test(bare(each)))).toEqual([]);
  });

  it('in Spanish are those of one: “1 publicación”, never “1 publicaciones”', () => {
    expect(own(es).filter((each) => /\b1 (?:\p{L}+s|otr[oa]s|má?s)\b/u.test(each))).toEqual([]);
  });
});
