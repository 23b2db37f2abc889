import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { sizeCaption } from '../../../src/plan/caption.ts';
import { rednote } from '../../../src/targets/rednote/index.ts';
import { shorts } from '../../../src/targets/shorts.ts';
import { post } from '../../builders.ts';

/**
 * Captions of many kinds and languages as they go out, word for word: to the platform with the shortest title that allows
 * no contacts, and to one with a long title that allows them. So a rule for one caption that changes another is seen. After
 * an intended change, `PORT_WRITE=1 npx vitest run test/plan/words/approved.test.ts` writes approved.txt anew: read the
 * difference. A new caption is a line `> "…"` in that file.
 */
const approved = new URL('approved.txt', import.meta.url);

function told(text: string): string {
  const lines = [rednote, shorts].map(({ name, words }) => {
    const caption = { text, title: null, hashtags: null, source: 'sidecar' } as const;
    const { caption: sized, issues } = sizeCaption(post(), caption, words, null);
    const removed = sized.removed.map((each) => `${each.reason} ${JSON.stringify(each.text)}`).join(', ');
    const parts = {
      title: JSON.stringify(sized.title),
      body: JSON.stringify(sized.body),
      tags: sized.hashtags.join(' '),
      removed,
      issues: issues.map(({ code, severity, actual, limit }) => `${severity} ${code} ${actual} ${limit}`).join(', '),
    };
    const filled = Object.entries(parts).filter(([, said]) => said !== '');
    return `${name}: ${filled.map(([part, said]) => `${part} ${said}`).join(' · ')}`;
  });
  return [`> ${JSON.stringify(text)}`, ...lines].join('\n');
}

const known = readFileSync(approved, 'utf8').trimEnd().split('\n\n');
const textOf = (each: string) => JSON.parse(each.slice(2).split('\n')[0] ?? '') as string;
if (process.env['PORT_WRITE'] === '1')
  writeFileSync(approved, `${known.map((each) => told(textOf(each))).join('\n\n')}\n`);

describe('captions go out as approved', () => {
  it.each(known.map((each) => [textOf(each), each] as const))('%s', (text, expected) => {
    expect(told(text)).toBe(expected);
  });
});
