import { describe, expect, it } from 'vitest';
import { sizeCaption } from '../../../src/plan/caption.ts';
import { rednote } from '../../../src/targets/rednote/index.ts';
import { judgeCaptionText, planWords } from '../../../src/web/pages/studio/planning.ts';
import type { WordCells } from '../../../src/web/studio/api.ts';

const facts = { key: '2025-12-06_17-42-30', time: 1_765_000_000, kind: 'video', sound: null, location: null } as const;
const plan = (cells: Partial<WordCells>, target = 'rednote', options = { tags: [] as string[], footer: '' }) =>
  planWords(facts, { caption: '', title: '', hashtags: '', ...cells }, target, options, 1);

describe('the words of a post in the page', () => {
  it('are those that a run writes', () => {
    const text = 'Three minutes of tide. Mail me: maya@example.com #fyp #lisbon #ocean';
    const post = { ...facts, visibility: 'everyone', links: [], coverLink: null, title: null, likes: null } as const;
    const { caption } = sizeCaption(
      { ...post, aiGenerated: false, disclosure: [] },
      { text, title: null, hashtags: null, source: 'csv' },
      rednote.words,
      null,
    );
    const planned = plan({ caption: text });
    expect(planned).toMatchObject({ title: caption.title, body: caption.body, hashtags: caption.hashtags });
    expect(planned?.leftOut.map(({ text }) => text)).toContain('maya@example.com');
  });

  it.each([
    ['Latin letters count half on RedNote', { title: 'x'.repeat(41) }, 'title', { count: 21, max: 20 }],
    ['Chinese letters count whole', { title: '海'.repeat(20) }, 'title', { count: 20, max: 20 }],
    ['a text and its hashtags are pasted together', { caption: 'ab', hashtags: '#c' }, 'body', { count: 6, max: 1000 }],
    ['written hashtags are counted as written', { caption: 'x', hashtags: 'a b c' }, 'hashtags', { count: 3, max: 10 }],
  ] as const)('%s', (_what, cells, counter, expected) => {
    expect(plan(cells)?.counts[counter]).toEqual(expected);
  });

  it('without a word: that is said', () => {
    expect(plan({})?.warnings.map(({ code }) => code)).toEqual(['no-words']);
  });

  it('a platform that this page does not know has no plan', () => {
    expect(plan({ caption: 'x' }, 'elsewhere')).toBe(null);
  });
});

it('a caption.txt is judged as a run judges it', () => {
  expect(judgeCaptionText(`${'x'.repeat(60)}\n\ncall +351 912 345 678\n`, 'rednote')).toHaveLength(2);
});
